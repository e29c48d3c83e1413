"""Swagger 2.0 becomes OpenAPI 3.0; expected facts are those of the two specifications."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Report
from generator.openapi.origin import Origin
from generator.openapi.scan import scan
from generator.openapi.swagger.convert import convert
from generator.openapi.tree import copied, look_up
from generator.openapi.validate import validate

SAMPLE = Path(__file__).parents[1] / "cases" / "swagger" / "openapi.yaml"
INFO = {"title": "t", "version": "1"}


def document(**parts: Any) -> dict[str, Any]:
    return {"swagger": "2.0", "info": INFO, "paths": {}, **parts}


def operation(parameters: list[Any], **parts: Any) -> dict[str, Any]:
    responses = {"200": {"description": "d"}}
    return {"/a": {"post": {"parameters": parameters, "responses": responses, **parts}}}


def converted_operation(load, parameters, *, around=None, **parts):
    loaded, _ = load({"a.json": document(paths=operation(parameters, **parts), **(around or {}))})
    return loaded.root["paths"]["/a"]["post"]


def test_what_comes_out_is_valid(load):
    loaded, report = load({"a.yaml": SAMPLE.read_text(encoding="utf-8")})
    validate(loaded, report, None)
    assert [found.code for found in report.diagnostics] == ["SPEC022", "GEN011"]
    assert not {"swagger", "host", "basePath", "schemes", "consumes", "produces"} & loaded.root.keys()
    assert not {"definitions", "parameters", "responses", "securityDefinitions"} & loaded.root.keys()


@pytest.mark.parametrize(
    ("parts", "urls"),
    [
        ({"host": "h", "basePath": "/v1/", "schemes": ["http", "https"]}, ["https://h/v1", "http://h/v1"]),
        ({"host": "h:81", "schemes": ["http", "ws"]}, ["http://h:81"]),
        ({"host": "h", "basePath": "v1"}, ["https://h/v1"]),
        ({"basePath": "/v1"}, ["/v1"]),
        ({"basePath": "/"}, None),
        ({}, None),
    ],
)
def test_servers(load, parts, urls):
    loaded, _ = load({"a.json": document(**parts)})
    servers = loaded.root.get("servers")
    assert (servers and [server["url"] for server in servers]) == urls


@pytest.mark.parametrize(
    ("place", "written", "style", "explode"),
    [
        ("query", None, "form", False),
        ("query", "csv", "form", False),
        ("query", "multi", "form", True),
        ("query", "ssv", "spaceDelimited", False),
        ("query", "pipes", "pipeDelimited", False),
        ("path", None, "simple", False),
        ("header", "csv", "simple", False),
    ],
)
def test_arrays(load, place, written, style, explode):
    array = {"name": "n", "in": place, "type": "array", "items": {"type": "array", "collectionFormat": "csv"}}
    found = converted_operation(load, [array | ({"collectionFormat": written} if written else {})])
    assert found["parameters"] == [
        {
            "name": "n",
            "in": place,
            "schema": {"type": "array", "items": {"type": "array"}},
            "style": style,
            "explode": explode,
        }
    ]


@pytest.mark.parametrize(("place", "written"), [("query", "tsv"), ("path", "multi"), ("header", "pipes")])
def test_arrays_that_cannot_be_said(load, seen, place, written):
    array = {"name": "n", "in": place, "type": "array", "items": {}, "collectionFormat": written}
    loaded, report = load({"a.json": document(paths=operation([array]))})
    assert "GEN011" in [found.code for found in report.diagnostics]
    assert loaded.root["paths"]["/a"]["post"]["parameters"][0]["explode"] is False


def test_a_body_takes_the_media_types_of_its_operation(load):
    body = {"name": "b", "in": "body", "required": True, "schema": {"$ref": "#/definitions/P"}, "x-a": 1}
    around = {"consumes": ["application/xml"], "definitions": {"P": {}}}
    schema = {"schema": {"$ref": "#/components/schemas/P"}}
    for own, content in (
        ({}, {"application/xml": schema}),
        ({"consumes": ["text/csv", "application/json"]}, {"text/csv": schema, "application/json": schema}),
        ({"consumes": []}, {"application/json": schema}),
    ):
        found = converted_operation(load, [body], around=around, **own)
        assert found["requestBody"] == {"required": True, "x-a": 1, "content": content}


def test_a_form_is_one_body(load):
    members = [
        {"name": "a", "in": "formData", "type": "string", "description": "A.", "required": True},
        {"name": "b", "in": "formData", "type": "array", "items": {"type": "string"}, "collectionFormat": "multi"},
    ]
    found = converted_operation(load, members, consumes=["application/json", "application/x-www-form-urlencoded"])
    assert found["parameters"] == []
    assert found["requestBody"] == {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["a"],
                    "properties": {
                        "a": {"type": "string", "description": "A."},
                        "b": {"type": "array", "items": {"type": "string"}},
                    },
                },
                "encoding": {"b": {"style": "form", "explode": True}},
            }
        },
    }


def test_a_file_travels_in_a_multipart_form_whatever_is_consumed(load):
    (name, media), *others = converted_operation(load, [{"name": "f", "in": "formData", "type": "file"}])[
        "requestBody"
    ]["content"].items()
    assert (name, others) == ("multipart/form-data", [])
    assert media["schema"]["properties"]["f"] == {"type": "string", "format": "binary"}


def test_an_operation_replaces_the_body_of_its_path(load):
    common = [{"name": "b", "in": "body", "schema": {"type": "string"}}, {"name": "q", "in": "query", "type": "string"}]
    own = {"parameters": [{"name": "b", "in": "body", "schema": {"type": "integer"}}], "responses": {}}
    loaded, _ = load({"a.json": document(paths={"/a": {"parameters": common, "put": own, "post": {"responses": {}}}})})
    item = loaded.root["paths"]["/a"]
    types = [item[method]["requestBody"]["content"]["application/json"]["schema"]["type"] for method in ("put", "post")]
    assert types == ["integer", "string"]
    assert item["parameters"] == [{"name": "q", "in": "query", "schema": {"type": "string"}}]


def test_a_downloaded_file_is_not_json(load):
    found = converted_operation(
        load,
        [],
        produces=["application/json", "application/pdf"],
        responses={"200": {"description": "d", "schema": {"type": "file"}}},
    )
    assert found["responses"]["200"]["content"] == {
        "application/pdf": {"schema": {"type": "string", "format": "binary"}}
    }


@pytest.mark.parametrize(
    ("flow", "name"),
    [
        ("implicit", "implicit"),
        ("password", "password"),
        ("application", "clientCredentials"),
        ("accessCode", "authorizationCode"),
    ],
)
def test_flows(load, flow, name):
    scheme = {"type": "oauth2", "flow": flow, "tokenUrl": "https://h/t", "scopes": {"r": "R"}}
    loaded, _ = load({"a.json": document(securityDefinitions={"s": scheme})})
    flows = {name: {"tokenUrl": "https://h/t", "scopes": {"r": "R"}}}
    assert loaded.root["components"]["securitySchemes"] == {"s": {"type": "oauth2", "flows": flows}}


def test_parts_in_other_files(load):
    first = document(
        paths={
            "/a": {"$ref": "paths.json"},
            "/b": {"get": {"parameters": [{"$ref": "parts.json#/body"}], "responses": {}}},
        },
        definitions={"Base": {"type": "object"}},
    )
    path = {"get": {"responses": {"200": {"description": "d", "schema": {"$ref": "parts.json#/Pet"}}}}}
    pet = {"discriminator": "k", "properties": {"k": {"$ref": "a.json#/definitions/Base", "x-nullable": True}}}
    body = {"name": "n", "in": "body", "schema": {"type": "string", "x-nullable": True}}
    loaded, _ = load({"a.json": first, "paths.json": path, "parts.json": {"Pet": pet, "body": body}})
    root = loaded.root
    item = look_up(root, ("x-bundled-files", "paths.json"))
    reference = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    found = look_up(root, reference[2:].split("/"))
    assert found["discriminator"] == {"propertyName": "k"}
    assert found["properties"]["k"] == {"allOf": [{"$ref": "#/components/schemas/Base"}], "nullable": True}
    body_schema = root["paths"]["/b"]["get"]["requestBody"]["content"]["application/json"]["schema"]
    assert body_schema == {"type": "string", "nullable": True}


def test_places_are_those_of_the_text(load):
    loaded, report = load({"a.yaml": SAMPLE.read_text(encoding="utf-8")})
    upload = "/paths/~1pictures/post/requestBody"
    form = f"{upload}/content/multipart~1form-data/schema"
    for pointer, written in (
        ("/openapi", "/swagger"),
        ("/servers/0/url", "/host"),
        ("/components/schemas/Item/discriminator/propertyName", "/definitions/Item/discriminator"),
        ("/components/schemas/Item/properties/fault/allOf/0/$ref", "/definitions/Item/properties/fault/$ref"),
        (f"{form}/properties/picture/type", "/paths/~1pictures/post/parameters/1/type"),
        ("/paths/~1items~1{id}/get/parameters/2/schema/items", "/paths/~1items~1{id}/get/parameters/2/items"),
        ("/components/parameters/Limit/schema/minimum", "/parameters/Limit/minimum"),
        ("/paths/~1items~1{id}/put/requestBody/description", "/parameters/NewItem/description"),
        (
            "/paths/~1items~1{id}/get/responses/200/content/application~1json/schema",
            "/paths/~1items~1{id}/get/responses/200/schema",
        ),
        (
            "/components/securitySchemes/machine/flows/clientCredentials/tokenUrl",
            "/securityDefinitions/machine/tokenUrl",
        ),
    ):
        assert loaded.locate(pointer).pointer.startswith(written), pointer
    (note,) = [found for found in report.diagnostics if found.code == "SPEC022"]
    assert (note.location.line, note.location.column) == (1, 10)


def test_an_overlay_corrects_the_document_as_it_is_written(load):
    overlay = {
        "overlay": "1.0.0",
        "info": INFO,
        "actions": [{"target": "$.definitions.P", "update": {"x-nullable": True}}],
    }
    loaded, _ = load({"a.json": document(definitions={"P": {"type": "string"}}), "a.overlay.json": overlay})
    assert loaded.root["components"]["schemas"]["P"] == {"type": "string", "nullable": True}
    assert loaded.locate("/components/schemas/P").file == "a.json"


def test_a_chain_of_references_longer_than_the_stack(load):
    chain = {f"D{n}": {"properties": {"next": {"$ref": f"#/definitions/D{n + 1}"}}} for n in range(3000)}
    loaded, _ = load({"a.json": document(definitions={**chain, "D3000": {"type": "file"}})})
    assert loaded.root["components"]["schemas"]["D3000"]["format"] == "binary"


def _everywhere(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, child in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from _everywhere(child, (*path, key))


@pytest.mark.parametrize("wrong", [None, 1, "text", [], [1], [{"a": 1}], {}, {"$ref": "#/definitions/Item"}], ids=str)
def test_no_wrong_value_stops_the_conversion(wrong):
    file = scan(SAMPLE, Report())
    for path in _everywhere(file.value):
        if path not in (("swagger",), ("info",)):
            root = copied(file.value)
            look_up(root, path[:-1])[path[-1]] = copied(wrong)
            convert(root, Origin(file, ""), Report())
            assert root["openapi"] == "3.0.4"


def test_a_wrong_value_is_told(load):
    _, report = load({"a.json": document(host=["h"])})
    assert [(found.code, found.location.pointer) for found in report.diagnostics if found.code != "SPEC022"] == [
        ("SPEC030", "/host")
    ]
