"""Parameters that are all of the query (`in: querystring` of OpenAPI 3.2)."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.rest.recorder import Recorder

DOCUMENT = """openapi: 3.2.0
info: {title: Search, version: "1"}
paths:
  /form:
    get:
      operationId: byForm
      parameters:
        - name: filter
          in: querystring
          required: true
          content:
            application/x-www-form-urlencoded:
              schema: {$ref: "#/components/schemas/Filter"}
              encoding: {ids: {style: form, explode: false}}
      responses: {"204": {description: Found.}}
  /json:
    get:
      operationId: byJson
      parameters: [{name: filter, in: querystring, content: {application/json: {schema: {$ref: "#/components/schemas/Filter"}}}}]
      responses: {"204": {description: Found.}}
  /text:
    get:
      operationId: byPath
      parameters: [{name: selector, in: querystring, content: {application/jsonpath: {schema: {type: string}}}}]
      responses: {"204": {description: Found.}}
  /nowhere:
    get:
      operationId: byNothing
      parameters:
        - {name: a, in: querystring, content: {multipart/form-data: {schema: {type: object}}}}
        - {name: b, in: querystring, schema: {type: string}}
        - {name: c, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: string}}}}
      responses: {"204": {description: Found.}}
components:
  schemas:
    Filter:
      type: object
      properties:
        foo: {type: string}
        bar: {type: boolean}
        ids: {type: array, items: {type: integer}}
        tags: {type: array, items: {type: string}}
        near: {type: object, properties: {x: {type: number}}}
"""  # noqa: E501


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("whole_query")
    (root / "openapi.yaml").write_text(DOCUMENT, encoding="utf-8")
    stages = run(root / "openapi.yaml", package="whole_query_client")
    assert stages.messages("GEN016") == [f"there is no way to write {name!r} as the whole query" for name in "abc"]
    write_files(root, stages.files())
    with imported(root, "whole_query_client") as module:
        yield module


def calls(sdk: ModuleType) -> list[tuple[Any, Any, str]]:
    """Calls, each with the value and the query."""
    shared = sdk.models.shared
    whole = shared.Filter(foo="a + b", bar=True, ids=[1, 2], tags=["x", "y"], near=shared.FilterNear(x=1.5))
    text = "$.a.b[1:1]"
    return [
        (
            lambda client, value: client.by_form(filter=value),
            whole,
            "foo=a+%2B+b&bar=true&ids=1,2&tags=x&tags=y&near=%7B%22x%22%3A1.5%7D",
        ),
        (lambda client, value: client.by_json(filter=value), shared.Filter(foo="é"), "%7B%22foo%22%3A%22%C3%A9%22%7D"),
        (lambda client, value: client.by_path(selector=value), text, "%24.a.b%5B1%3A1%5D"),
    ]


def test_the_value_is_the_query(sdk: ModuleType) -> None:
    with Recorder() as server, sdk.SDK(server_url=server.url) as client:
        for call, value, query in calls(sdk):
            call(client, value)
            assert server.requests[-1].target.partition("?")[2] == query


def test_nothing_is_no_query(sdk: ModuleType) -> None:
    with Recorder() as server, sdk.SDK(server_url=server.url) as client:
        client.by_form(filter=sdk.models.shared.Filter())
        client.by_json()
        assert [request.target for request in server.requests] == ["/v2/form", "/v2/json"]


def test_the_stub_reads_it_back(sdk: ModuleType) -> None:
    stub = importlib.import_module(f"{sdk.__name__}.testing").Stub()
    with stub.client() as client:
        for call, value, _ in calls(sdk):
            call(client, value)
            group = stub.calls[-1].request.query_string
            assert value in (getattr(group, "filter", None), getattr(group, "selector", None))
        client.by_json()
        assert stub.calls[-1].request.query_string is None
