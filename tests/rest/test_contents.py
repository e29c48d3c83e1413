"""Bodies of several media types: the preferred one, and the others by `content_type`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.rest.recorder import Recorder

PACKAGE = "contents_client"
DOCUMENT = Path(__file__).parent / "contents.yaml"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("contents")
    write_files(directory, run(DOCUMENT, package=PACKAGE).files())
    return directory


@pytest.fixture(scope="module")
def sdk(root: Path) -> Iterator[ModuleType]:
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder


@pytest.mark.parametrize(
    ("arguments", "content_type", "body"),
    [
        ({"text": "a b", "stars": 5}, "application/json", b'{"text":"a b","stars":5}'),
        ({"text": "a b", "content_type": "application/json"}, "application/json", b'{"text":"a b"}'),
        ({"text": "a b", "content_type": "application/x-www-form-urlencoded"}, None, b"text=a+b"),
        ({"text": "a b", "content_type": "application/xml"}, None, b"<Note><text>a b</text></Note>"),
        ({"request": "plain", "content_type": "text/plain"}, None, b"plain"),
        ({"request": b"\x00\xff", "content_type": "application/octet-stream"}, None, b"\x00\xff"),
    ],
)
def test_what_travels(
    sdk: ModuleType, server: Recorder, arguments: dict[str, Any], content_type: str | None, body: bytes
) -> None:
    with sdk.SDK(server_url=server.url) as client:
        client.add_note(id=1, **arguments)

    assert server.request.headers["content-type"] == (content_type or arguments["content_type"])
    assert server.request.body.endswith(body)
    assert server.request.target == "/v2/notes/1"


def test_a_form_with_a_file(sdk: ModuleType, server: Recorder) -> None:
    picture = sdk.models.shared.Picture(picture=b"png")

    async def call() -> None:
        async with sdk.AsyncSDK(server_url=server.url) as client:
            await client.add_note(id=1, content_type="multipart/form-data", request=picture)

    asyncio.run(call())

    assert server.request.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'filename="picture"' in server.request.body


def test_request_objects(sdk: ModuleType, server: Recorder) -> None:
    ops, shared = sdk.models.operations, sdk.models.shared
    path = ops.AddNotePathParams(id=1)
    with sdk.SDK(server_url=server.url) as client:
        client.add_note(ops.AddNoteRequestAsText(path_params=path, request="plain"))
        client.add_note(
            ops.AddNoteRequest(path_params=path, request=shared.Note(text="t")),
            content_type="application/x-www-form-urlencoded",
        )

    assert [request.body for request in server.requests] == [b"plain", b"text=t"]


def test_what_cannot_be_is_refused(sdk: ModuleType, server: Recorder) -> None:
    errors = sdk.models.errors
    with sdk.SDK(server_url=server.url) as client:
        with pytest.raises(errors.RequestError, match=r"'application/json', 'application/x-www-form-urlencoded'"):
            client.add_note(id=1, text="t", content_type="text/html")
        with pytest.raises(errors.RequestError, match="request"):
            client.add_note(id=1, request=5, content_type="text/plain")
        with pytest.raises(TypeError, match="no argument content_typ"):
            client.add_note(id=1, text="t", content_typ="text/plain")
    assert server.requests == []


def test_an_optional_body_is_not_sent(sdk: ModuleType, server: Recorder) -> None:
    with sdk.SDK(server_url=server.url) as client:
        client.maybe()

    assert server.request.body == b""
    assert "content-type" not in server.request.headers


def test_the_stub_reads_them(sdk: ModuleType) -> None:
    stub = import_module(f"{PACKAGE}.testing").Stub()
    stub.client().add_note(id=1, request="plain", content_type="text/plain")
    stub.client().add_note(id=1, text="t", content_type="application/x-www-form-urlencoded")

    bodies = [call.request.request for call in stub.calls]
    assert bodies == ["plain", sdk.models.shared.Note(text="t")]


def test_the_page_of_the_operation_lists_them(root: Path) -> None:
    text = (root / "docs" / "operations" / "add_note.md").read_text()

    assert "`content_type`" in text
    assert "`application/xml`" in text


def test_types(root: Path, mypy: Callable[[str, Path], str]) -> None:
    program = f"""from {PACKAGE} import SDK
from {PACKAGE}.models import operations, shared
client = SDK()
client.add_note(id=1, text="t", content_type="application/xml")
client.add_note(id=1, content_type="multipart/form-data", request=shared.Picture(picture=b""))
client.add_note(operations.AddNoteRequestAsText(path_params=operations.AddNotePathParams(id=1), request="t"))
client.add_note(id=1, content_type="text/plain", request=5)  # type: ignore[call-overload]
client.add_note(id=1, content_type="text/html", text="t")  # type: ignore[call-overload]
"""
    assert mypy(program, root) == ""
