"""A document in which one string stands wherever a string can stand."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote


def hostile_document(text: str) -> dict[str, Any]:
    """The document, with `text` in every slot that takes words, names or values of any kind."""
    words = {
        "summary": text,
        "description": text,
        "x-anything": text,
        "externalDocs": {"url": text, "description": text},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": text,
            "version": text,
            "summary": text,
            "description": text,
            "termsOfService": text,
            "contact": {"name": text, "url": text, "email": text},
            "license": {"name": text, "identifier": text},
            "x-serviceName": text,
            "x-logo": {text: text},
        },
        "externalDocs": {"description": text, "url": text},
        "servers": [
            {"url": text, "description": text},
            {
                "url": "https://{v}.example.com",
                "variables": {"v": {"default": text, "description": text, "enum": [text]}},
            },
        ],
        "tags": [{"name": text, "description": text}],
        "security": [{text: [text]}],
        "paths": {
            f"/{text}": {
                "description": text,
                "get": {"operationId": text, "responses": {"204": {"description": text}}},
            },
            "/fixed/{id}": {"summary": text, "post": words | _operation(text) | _body(text)},
            "/forms": {
                "post": _form(text, "multipart/form-data"),
                "put": _form(text, "application/x-www-form-urlencoded"),
            },
            "/choices": {"post": _choosing(text)},
        },
        "components": {
            "schemas": {
                text: _record(text),
                "Body": {"allOf": [{"$ref": _pointer(text)}, {"description": text}]},
                "Error": {"$ref": _pointer(text)},
                "Tagged": _union(text),
                "Untagged": {"oneOf": _union(text)["oneOf"], "description": text},
                **{name: _alternative(text, name) for name in ("Left", "Right")},
            },
            "securitySchemes": {
                text: {"type": "apiKey", "name": text, "in": "header", "description": text},
                "oauth": {
                    "type": "oauth2",
                    "description": text,
                    "flows": {"implicit": {"authorizationUrl": text, "scopes": {text: text}}},
                },
                "machine": {
                    "type": "oauth2",
                    "flows": {
                        "clientCredentials": {"tokenUrl": text, "refreshUrl": text, "scopes": {text: text}},
                        "password": {"tokenUrl": f"https://x.example/{text}", "scopes": {}},
                    },
                },
                f"{text} basic": {"type": "http", "scheme": "basic", "description": text},
                f"{text} digest": {"type": "http", "scheme": "digest"},
                f"{text} bearer": {"type": "http", "scheme": "bearer", "bearerFormat": text},
                "strange": {"type": text, "scheme": text},
            },
        },
    }


def _operation(text: str) -> dict[str, Any]:
    return {
        "operationId": f"{text} again",
        "tags": [text],
        "summary": text,
        "description": text,
        "deprecated": True,
        "x-anything": {text: [text]},
        "x-pagination": {"input": text, "output": text, "results": text},
        "parameters": [
            {
                "name": text,
                "in": place,
                "required": place == "path",
                "description": text,
                "example": text,
                "x-anything": text,
                "schema": schema,
            }
            for place, schema in {
                "path": {"type": "string", "pattern": text, "default": text, "example": text},
                "query": {"type": "array", "items": _enumeration(text)},
                "header": {"type": "string", "format": text, "const": text},
                "cookie": {"type": text, "title": text},
            }.items()
        ],
        "responses": {
            "200": {
                "description": text,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
            },
            "404": {
                "description": text,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
            },
            "409": {"description": text, "content": {text: {"schema": {"title": text}}}},
            text: {"description": text, "headers": {text: {"description": text, "schema": {"type": "string"}}}},
            "default": {"description": text, "x-anything": text},
        },
    }


def _form(text: str, media_type: str) -> dict[str, Any]:
    members = {text: {"type": "string", "format": "binary"}, "plain": _enumeration(text), "inner": {"type": "object"}}
    encoding = {"contentType": text, "style": text, "headers": {text: {"schema": {"type": "string", "default": text}}}}
    return {
        "operationId": f"{text} {media_type}",
        "security": [{"machine": [text]}, {f"{text} basic": [], f"{text} bearer": []}, {f"{text} digest": []}],
        "servers": [{"url": f"https://x.example/{text}", "description": text}],
        "x-idempotency-key": text,
        "x-hostPrefix": text,
        "x-requestCompression": [text],
        "x-speakeasy-retries": {"strategy": "backoff", "statusCodes": [text, "5XX"], "backoff": {"exponent": text}},
        "requestBody": {
            "content": {
                media_type: {
                    "schema": {"type": "object", "properties": members, "additionalProperties": {"const": text}},
                    "encoding": {text: encoding, "inner": {**encoding, "contentType": f"application/json; x={text}"}},
                }
            }
        },
        "responses": {"200": {"description": text, "content": {f"text/{text}": {"schema": {"type": "string"}}}}},
    }


def _choosing(text: str) -> dict[str, Any]:
    return {
        "operationId": "choose",
        "parameters": [
            {
                "name": f"{text} key",
                "in": "header",
                "x-idempotency-key": True,
                "style": text,
                "schema": {"type": "string", "x-sensitive": text},
            },
            {"name": "raw", "in": "query", "content": {text: {"schema": {"$ref": "#/components/schemas/Untagged"}}}},
        ],
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tagged"}}}},
        "responses": {
            "200": {
                "description": text,
                "content": {
                    "application/json": {
                        "schema": {"$ref": "#/components/schemas/Untagged"},
                        "examples": {text: {"value": {text: text}, "summary": text}},
                    }
                },
            },
            "4XX": {"description": text, "content": {"application/json": {"schema": _alternative(text, "Inline")}}},
        },
    }


def _union(text: str) -> dict[str, Any]:
    return {
        "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Left", "Right")],
        "discriminator": {
            "propertyName": text,
            "mapping": {text: "#/components/schemas/Left", f"{text} again": "Right", "name": text},
        },
        "description": text,
    }


def _alternative(text: str, name: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": text,
        "required": [text],
        "properties": {
            text: {"type": "string", "enum": [text, f"{text} {name}"]},
            f"{text} constant": {"const": [text]},
            "by_key": {"type": "object", "propertyNames": _enumeration(text), "additionalProperties": {"const": text}},
            "limits": {"type": "array", "items": {"type": "string", "pattern": f"^{text}$"}, "uniqueItems": True},
            "secret": {"type": "string", "format": "password", "default": text, "example": text},
        },
        "additionalProperties": {"type": "string", "pattern": text},
    }


def _pointer(text: str) -> str:
    return "#/components/schemas/" + quote(text.replace("~", "~0").replace("/", "~1"), errors="surrogatepass")


def _body(text: str) -> dict[str, Any]:
    return {
        "requestBody": {
            "description": text,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Body"}, "example": text}},
        }
    }


def _enumeration(text: str) -> dict[str, Any]:
    return {
        "type": "string",
        "enum": [text, f"{text} again", "name"],
        "description": text,
        "default": text,
        "x-enum-varnames": [text],
    }


def _record(text: str) -> dict[str, Any]:
    return {
        "type": "object",
        "title": text,
        "description": text,
        "required": [text],
        "example": {text: text},
        "discriminator": {"propertyName": text, "mapping": {text: text}},
        "x-anything": text,
        "properties": {
            text: {
                "type": "string",
                "description": text,
                "example": text,
                "default": text,
                "pattern": text,
                "title": text,
            },
            f"{text} list": {
                "type": "array",
                "items": {"type": "object", "title": text, "properties": {text: {"const": text}}},
            },
            "choice": {"oneOf": [_enumeration(text), {"type": "null"}]},
            "map": {
                "type": "object",
                "additionalProperties": {"type": "string", "description": text},
                "propertyNames": {"pattern": text},
            },
            "number": {"type": "integer", "default": text, "example": text, "minimum": text},
            "moment": {"type": "string", "format": "date-time", "x-timestampFormat": text, "example": text},
        },
    }
