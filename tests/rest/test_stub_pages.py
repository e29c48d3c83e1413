"""Pages that the stub makes where more than a token leads on: flags, several tokens at once, tokens as objects."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run, write_document

PACKAGE = "stub_pages"
DOCUMENT = """
paths:
  /flagged:
    get:
      operationId: flagged
      x-pagination: {input: after, output: /meta/next, results: things, more: /meta/more}
      parameters: [{name: after, in: query, schema: {type: string}}]
      responses: {'200': {$ref: '#/components/responses/Things'}}
  /counted:
    get:
      operationId: counted
      x-pagination: {offset: offset, results: things, more: /meta/more}
      parameters: [{name: offset, in: query, schema: {type: integer}}]
      responses: {'200': {$ref: '#/components/responses/Things'}}
  /several:
    get:
      operationId: several
      x-pagination: {input: [name, kind], output: [next_name, next_kind], results: things, more: /meta/more}
      parameters:
        - {name: name, in: query, schema: {type: string}}
        - {name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}
      responses: {'200': {$ref: '#/components/responses/Things'}}
  /objects:
    post:
      operationId: objects
      x-pagination: {input: start, output: last, results: things}
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {start: {$ref: '#/components/schemas/Key'}}}
      responses: {'200': {$ref: '#/components/responses/Things'}}
  /maps:
    post:
      operationId: maps
      x-pagination: {input: start, output: last_map, results: things}
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {start: {$ref: '#/components/schemas/Map'}}}
      responses: {'200': {$ref: '#/components/responses/Things'}}
  /numbers:
    get:
      operationId: numbers
      x-pagination: {input: after, output: last_number, results: things}
      parameters: [{name: after, in: query, schema: {type: integer}}]
      responses: {'200': {$ref: '#/components/responses/Things'}}
components:
  schemas:
    Kind: {type: string, enum: [A, AAAA]}
    Key: {type: object, properties: {table: {type: string}, number: {type: integer}}}
    Map: {type: object, additionalProperties: {$ref: '#/components/schemas/Key'}}
  responses:
    Things:
      description: Some.
      content:
        application/json:
          schema:
            type: object
            properties:
              things: {type: array, items: {type: string}}
              meta: {type: object, properties: {next: {type: string}, more: {type: boolean}}}
              next_name: {type: string}
              next_kind: {$ref: '#/components/schemas/Kind'}
              last: {$ref: '#/components/schemas/Key'}
              last_map: {$ref: '#/components/schemas/Map'}
              last_number: {type: integer}
"""
FLAGGED = ["flagged", "counted", "several"]


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("stub-pages")
    write_files(root, run(write_document(root, DOCUMENT), package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture
def stub(sdk: ModuleType) -> Any:
    return import_module(f"{sdk.__name__}.testing").Stub()


@pytest.mark.parametrize("name", [*FLAGGED, "objects", "maps", "numbers"])
def test_every_page_is_found(stub: Any, name: str) -> None:
    stub.on(name).pages(3, items=2)

    first = getattr(stub.client(), name)()
    pages = [page.items for page in first.pages()]

    assert [len(page) for page in pages] == [2, 2, 2]
    assert len({item for page in pages for item in page}) == 6
    assert len(stub.calls) == 3
    assert first.next().items == pages[1]


@pytest.mark.parametrize("name", FLAGGED)
def test_all_but_the_last_page_say_that_there_is_more(stub: Any, name: str) -> None:
    stub.on(name).pages(3)

    pages = list(getattr(stub.client(), name)().pages())

    assert [getattr(page, vars(page)["pager"].operation.field).meta.more for page in pages] == [True, True, False]


def test_tokens_that_belong_to_no_page_together(sdk: ModuleType, stub: Any) -> None:
    stub.on("several").pages(2)
    unexpected = import_module(f"{sdk.__name__}.testing").UnexpectedRequest

    with pytest.raises(unexpected, match="no page led to the token"):
        stub.client().several(name="elsewhere", kind="A")
