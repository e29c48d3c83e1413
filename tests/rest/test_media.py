"""Bodies that are no JSON: forms, files, text and bytes, as a generated client sends and reads them.

What is sent is read back by the standard library, which is not ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.rest.recorder import Recorded, Recorder

PACKAGE = "media_client"


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("media")
    write_files(root, run(Path(__file__).with_name("media.yaml"), package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder


@pytest.fixture
def client(sdk: ModuleType, server: Recorder) -> Iterator[Any]:
    with sdk.SDK(server_url=server.url, retries=0) as client:
        yield client


def parts_of(request: Recorded) -> list[EmailMessage]:
    """The parts of a form, read by the standard library's MIME parser."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=policy.HTTP).parsebytes(head + request.body)
    assert isinstance(message, EmailMessage)
    assert message.is_multipart()
    assert not message.defects
    return [part for part in message.iter_parts() if isinstance(part, EmailMessage)]


def facts(part: EmailMessage) -> tuple[Any, ...]:
    """Name, file name, media type and content."""
    disposition = part["content-disposition"].params
    return (
        disposition["name"],
        disposition.get("filename"),
        part.get_content_type() if "content-type" in part else None,
        part.get_payload(decode=True),
    )


def test_a_form_with_files(sdk: ModuleType, client: Any, server: Recorder) -> None:
    client.add_photo(
        title="Tür",
        photo=sdk.File(content=b"\xff\xd8\r\n--x", name="tür.jpg", content_type="image/jpeg"),
        more=[b"one", b"two"],
        tags=["a", "b"],
        place=sdk.models.shared.AddPhotoRequestPlace(city="Köln"),
        thumbnail=b"png",
    )

    assert [facts(part) for part in parts_of(server.request)] == [
        ("title", None, None, "Tür".encode()),
        ("photo", "tür.jpg", "image/jpeg", b"\xff\xd8\r\n--x"),
        ("more", "more", "application/octet-stream", b"one"),
        ("more", "more", "application/octet-stream", b"two"),
        ("tags", None, None, b"a"),
        ("tags", None, None, b"b"),
        ("place", None, "application/vnd.place+json", '{"city":"Köln"}'.encode()),
        ("thumbnail", "thumbnail", "image/png", b"png"),
    ]


def test_names_in_a_form_cannot_break_out(sdk: ModuleType, client: Any, server: Recorder) -> None:
    client.add_photo(title="t", photo=sdk.File(content=b"", name='a"\r\nX: y'))

    assert b'filename="a%22%0D%0AX: y"' in server.request.body


def test_a_header_of_a_part_cannot_break_out(sdk: ModuleType, client: Any, server: Recorder) -> None:
    with pytest.raises(sdk.models.errors.RequestError, match="line break"):
        client.add_photo(title="t", photo=sdk.File(content=b"", headers={"X-A": "b\r\nX-C: d"}))

    assert server.requests == []


def test_the_same_form_is_the_same_bytes(client: Any, server: Recorder) -> None:
    client.add_photo(title="t", photo=b"p")
    client.add_photo(title="t", photo=b"p")

    first, second = server.requests
    assert (first.body, first.headers["content-type"]) == (second.body, second.headers["content-type"])


def test_a_file_from_a_path(sdk: ModuleType, client: Any, server: Recorder, tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(b"cat")

    client.add_photo(title="t", photo=sdk.File.read(tmp_path / "cat.png"))

    assert facts(parts_of(server.request)[1]) == ("photo", "cat.png", "image/png", b"cat")


def test_a_form_of_names_and_values(sdk: ModuleType, client: Any, server: Recorder) -> None:
    shared = sdk.models.shared
    client.add_charge(
        amount=5,
        note="a b&c=d+é",
        flags=["x", "y"],
        codes=["1", "2"],
        card=shared.AddChargeRequestCard(number="4242", owner=shared.AddChargeRequestCardOwner(name="A B")),
        plain=shared.AddChargeRequestPlain(a=1),
    )

    assert server.request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert b"note=a+b%26c%3Dd%2B%C3%A9" in server.request.body
    assert parse_qsl(server.request.body.decode(), strict_parsing=True) == [
        ("amount", "5"),
        ("note", "a b&c=d+é"),
        ("flags", "x"),
        ("flags", "y"),
        ("codes", "1,2"),
        ("card[number]", "4242"),
        ("card[owner][name]", "A B"),
        ("plain", '{"a":1}'),
    ]


def test_text_goes_out_and_comes_back(client: Any, server: Recorder) -> None:
    server.answers(200, "Zoë".encode("latin-1"), "text/plain; charset=iso-8859-1")

    result = client.put_note(request="# Zoë")

    assert server.request.body == "# Zoë".encode()
    assert server.request.headers["content-type"] == "text/markdown"
    assert server.request.headers["accept"] == "text/plain"
    assert result.result == "Zoë"


def test_text_in_an_unknown_charset_is_read_as_well_as_can_be(client: Any, server: Recorder) -> None:
    server.answers(200, b"a\xff", "text/plain; charset=klingon")

    assert client.put_note(request="x").result == "a\ufffd"


def test_bytes_go_out_and_come_back(client: Any, server: Recorder) -> None:
    server.answers(200, b"\x00\xff ", "image/png")

    result = client.put_blob(request=b"\xff\x00")

    assert server.request.body == b"\xff\x00"
    assert server.request.headers["content-type"] == "application/octet-stream"
    assert result.result == b"\x00\xff "


def test_an_operation_with_a_server_of_its_own(sdk: ModuleType) -> None:
    with sdk.SDK() as client:
        auth = client._session.auth

        assert auth.base_url(sdk._operations.GET_ELSEWHERE) == "https://eu.elsewhere.example/v9"
        assert auth.base_url(sdk._operations.PUT_NOTE) == "http://127.0.0.1:1/v2"


def test_the_callers_server_comes_first(client: Any, server: Recorder) -> None:
    client.get_elsewhere()

    assert server.request.target == "/v2/elsewhere"
