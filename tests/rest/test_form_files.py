"""Files in forms that are read while they are sent."""

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
from tests.runtime.transport.server import READ, FaultServer, reply

PACKAGE = "form_files_client"
DONE = b"HTTP/1.1 204 No Content\r\n\r\n"
BUSY = reply(b"", "Retry-After: 0", status="503 Busy")


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("form_files")
    write_files(root, run(Path(__file__).with_name("media.yaml"), package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture(params=["blocking", "asyncio"])
def add(request: pytest.FixtureRequest, sdk: ModuleType) -> Callable[..., Any]:
    """Sends the form: `add(server, title=..., photo=...)`."""

    def made(server: FaultServer, **arguments: Any) -> Any:
        url = f"http://{server.origin.authority}"
        if request.param == "blocking":
            with sdk.SDK(server_url=url, retries=sdk.Retries(statuses=("5XX",))) as client:
                return client.add_photo(**arguments)

        async def main() -> Any:
            policy = sdk.Retries(statuses=("5XX",))
            async with sdk.AsyncSDK(server_url=url, retries=policy) as client:
                return await client.add_photo(**arguments)

        return asyncio.run(main())

    return made


def parts(sent: bytes) -> list[bytes]:
    head, _, body = sent.partition(b"\r\n\r\n")
    boundary = head.partition(b"boundary=")[2].split(b"\r\n")[0]
    first, *blocks, last = (b"\r\n" + body).split(b"\r\n--" + boundary)
    assert (first, last) == (b"", b"--\r\n")
    return [block.removeprefix(b"\r\n") for block in blocks]


def test_files_are_read_while_they_are_sent(sdk: ModuleType, add: Callable[..., Any], tmp_path: Path) -> None:
    content = bytes(range(256)) * 2000
    (tmp_path / "a.png").write_bytes(content)
    with (tmp_path / "a.png").open("rb") as opened, FaultServer([READ, DONE]) as server:
        opened.seek(len(content) - 3)
        more = [
            sdk.File(content=sdk.Upload(opened), name="end", headers={"X-Part": "2"}),
            sdk.File(content=b"whole", name="b"),
        ]
        add(server, title="t", photo=sdk.File.open(tmp_path / "a.png"), more=more)

        (sent,) = server.requests
        assert parts(sent) == [
            b'Content-Disposition: form-data; name="title"\r\n\r\nt',
            b'Content-Disposition: form-data; name="photo"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
            + content,
            b'Content-Disposition: form-data; name="more"; filename="end"\r\nX-Part: 2\r\n'
            b"Content-Type: application/octet-stream\r\n\r\n\xfd\xfe\xff",
            b'Content-Disposition: form-data; name="more"; filename="b"\r\n'
            b"Content-Type: application/octet-stream\r\n\r\nwhole",
        ]
        head, _, body = sent.partition(b"\r\n\r\n")
        assert b"\r\nContent-Length: %d\r\n" % len(body) in head + b"\r\n"


def test_what_can_be_read_again_is_tried_again(sdk: ModuleType, add: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"hello")
    with FaultServer([READ, BUSY, READ, DONE]) as server:
        assert add(server, title="t", photo=sdk.File.open(tmp_path / "a")).attempts == 2
        first, second = server.requests
        assert parts(first) == parts(second)


class Recording:
    """A transport that answers with one status, and notes what it was to send."""

    def __init__(self, sdk: ModuleType, status: int) -> None:
        self._sdk, self._status = sdk, status
        self.sent: list[Any] = []

    def send(self, request: Any, timeout: Any) -> Any:
        self.sent.append((request.body, request.upload.size, len(b"".join(request.upload))))
        return self._sdk.HTTPResponse(self._status, self._sdk.Headers(()), b"")

    def close(self) -> None:
        """Nothing is open."""


def test_what_cannot_is_sent_once(sdk: ModuleType) -> None:
    transport = Recording(sdk, 503)
    photo = sdk.File(content=sdk.Upload(iter([b"he", b"llo"])))
    with sdk.SDK(transport=transport, retries=sdk.Retries(statuses=("5XX",))) as client:
        with pytest.raises(sdk.models.errors.APIError) as caught:
            client.add_photo(title="t", photo=photo)
    assert (caught.value.attempts, len(transport.sent)) == (1, 1)
    assert transport.sent[0][:2] == (b"", None)


def test_nothing_is_held_in_memory_and_the_length_is_known(sdk: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 1000)
    (tmp_path / "empty").write_bytes(b"")
    transport = Recording(sdk, 204)
    with sdk.SDK(transport=transport) as client:
        client.add_photo(
            title="t",
            photo=sdk.File.open(tmp_path / "a"),
            more=[sdk.File(content=b"", name="e"), sdk.File.open(tmp_path / "empty")],
        )
    ((body, size, length),) = transport.sent
    assert (body, size > 1000, size) == (b"", True, length)


def test_the_stub_reads_them(sdk: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"hello")
    stub = import_module(f"{PACKAGE}.testing").Stub()
    with stub.client() as client:
        client.add_photo(title="t", photo=sdk.File.open(tmp_path / "a.txt"))

    assert stub.calls[0].request.request.photo == sdk.File(content=b"hello", name="a.txt", content_type="text/plain")


def test_its_representation_holds_no_content(sdk: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"hello")

    assert repr(sdk.File.open(tmp_path / "a")) == "File(name='a', 5 bytes)"
