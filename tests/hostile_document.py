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
        },
        "components": {
            "schemas": {
                text: _record(text),
                "Body": {"allOf": [{"$ref": _pointer(text)}, {"description": text}]},
                "Error": {"$ref": _pointer(text)},
            },
            "securitySchemes": {
                text: {"type": "apiKey", "name": text, "in": "header", "description": text},
                "oauth": {
                    "type": "oauth2",
                    "description": text,
                    "flows": {"implicit": {"authorizationUrl": text, "scopes": {text: text}}},
                },
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
