"""Pages whose token is a parameter, declared by either extension; a server that gives three of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run, write_document

PACKAGE = "pages_client"
OURS = "x-pagination: {input: after, output: next, results: things, limit: size}"
THEIRS = """x-speakeasy-pagination:
        type: cursor
        inputs: [{name: after, in: parameters, type: cursor}, {name: size, in: parameters, type: limit}]
        outputs: {nextCursor: $.next, results: $.things}"""
DOCUMENT = """
paths:
  /things:
    get:
      operationId: listThings
      EXTENSION
      parameters:
        - {name: after, in: query, schema: {type: string}}
        - {name: size, in: query, schema: {type: integer}}
      responses:
        '200':
          description: Some.
          content:
            application/json:
              schema:
                type: object
                properties: {things: {type: array, items: {type: string}}, next: {type: string}}
"""
PAGES = {None: (["a", "b"], "2"), "2": (["c"], "3"), "3": ([], None)}


@pytest.fixture(scope="module", params=[OURS, THEIRS], ids=["x-pagination", "x-speakeasy-pagination"])
def sdk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("pages")
    document = write_document(root, DOCUMENT.replace("EXTENSION", request.param))
    write_files(root, run(document, package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


def stub_of(sdk: ModuleType) -> Any:
    return import_module(f"{sdk.__name__}.testing").Stub()


@pytest.mark.parametrize("options", [{}, {"size": 2}], ids=["nothing given", "a size given"])
def test_every_page_is_asked_for_with_the_token_of_the_one_before(sdk: ModuleType, options: dict[str, int]) -> None:
    stub = stub_of(sdk)
    asked: list[tuple[Any, Any]] = []

    def answer(call: Any) -> Any:
        sent = call.request.query_params
        asked.append((None if sent is None else sent.after, None if sent is None else sent.size))
        things, following = PAGES[asked[-1][0]]
        return {"things": things, "next": following}

    stub.on("list_things").answer(answer)
    client = stub.client()

    assert list(client.list_things(**options)) == ["a", "b", "c"]
    size = options.get("size")
    assert asked == [(None, size), ("2", size), ("3", size)]


def test_asyncio(sdk: ModuleType) -> None:
    stub = stub_of(sdk)
    stub.on("list_things").pages(3, items=2)

    async def read() -> list[str]:
        async with stub.async_client() as client:
            return [item async for item in await client.list_things()]

    assert len(asyncio.run(read())) == 6


def test_the_next_page_can_be_asked_for_later(sdk: ModuleType) -> None:
    stub = stub_of(sdk)
    stub.on("list_things").pages(2, items=1)
    client = stub.client()

    first = client.list_things()
    later = client.list_things(after=first.next_token)

    assert later.next_token is None
    assert later.items == first.next().items


@pytest.mark.parametrize(
    "extension",
    [
        "{type: offsetLimit, inputs: [{name: after, in: parameters, type: limit}], outputs: {results: $.things}}",
        "{type: offsetLimit, inputs: [{name: after, in: parameters, type: page}], outputs: {results: '$.t[?(@)]'}}",
        "{type: url, outputs: {nextUrl: $.next}}",
        "{type: cursor, inputs: [{name: after, in: parameters, type: cursor}], "
        "outputs: {nextCursor: '$.things[-1]..id', results: $.things}}",
        "[1]",
        "{type: cursor, inputs: 1, outputs: 2}",
    ],
)
def test_what_is_not_understood_is_told(tmp_path: Path, extension: str) -> None:
    text = DOCUMENT.replace("EXTENSION", f"x-speakeasy-pagination: {extension}")
    found = run(write_document(tmp_path, text), package=PACKAGE)

    assert found.codes() == ["GEN013"]
    assert found.api.operations[0].pagination is None


@pytest.mark.parametrize(
    ("extension", "name", "place", "near"),
    [
        ("x-pagination: {input: aftr, output: next, results: things}", "aftr", "/input", "after"),
        ("x-pagination: {input: after, output: nxt, results: things}", "nxt", "/output", "next"),
        ("x-pagination: {input: after, output: next, results: $.thing}", "thing", "/results", "things"),
        ("x-pagination: {input: [after, siz], output: [next, next], results: things}", "siz", "/input/1", "size"),
        ("x-pagination: {url: nextt, results: things}", "nextt", "/url", "next"),
        ("x-pagination: {offset: what, results: things}", "what", "/offset", None),
        (
            "x-speakeasy-pagination: {type: cursor, inputs: [{name: aftr, in: parameters, type: cursor}], "
            "outputs: {nextCursor: $.next, results: $.things}}",
            "aftr",
            "/inputs/0/name",
            "after",
        ),
        (
            "x-speakeasy-pagination: {type: url, outputs: {nextUrl: $.nxt, results: $.things}}",
            "nxt",
            "/outputs/nextUrl",
            "next",
        ),
        (
            "x-fern-pagination: {cursor: $request.aftr, next_cursor: $response.next, results: $response.things}",
            "aftr",
            "/cursor",
            "after",
        ),
        (
            "x-fern-pagination: {cursor: $request.after, next_cursor: $response.next, results: $response.thngs}",
            "thngs",
            "/results",
            "things",
        ),
    ],
)
def test_a_name_that_is_not_there_is_a_warning_at_its_place(
    tmp_path: Path, extension: str, name: str, place: str, near: str | None
) -> None:
    found = run(write_document(tmp_path, DOCUMENT.replace("EXTENSION", extension)), package=PACKAGE)

    assert found.codes() == ["SPEC045"]
    (said,) = (each for each in found.report.diagnostics if each.code == "SPEC045")
    assert f"{name!r}" in said.message
    assert said.location is not None
    assert said.location.pointer == f"/paths/~1things/get/{extension.partition(':')[0]}{place}"
    assert said.help == (f"write `{near}`, or describe what is missing" if near else "name what the document describes")
    assert [operation.pagination for operation in found.plan.operations] == [None]


def test_what_has_no_schema_may_be_there(tmp_path: Path) -> None:
    text = DOCUMENT.replace("EXTENSION", OURS).replace("properties: {things", "x-properties: {things")
    found = run(write_document(tmp_path, text), package=PACKAGE)

    assert found.codes() == ["GEN013"]
