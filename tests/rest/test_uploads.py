"""Uploads of files that are never held in memory, as a generated client sends them."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.runtime.transport.server import READ, FaultServer, reply

PACKAGE = "uploads_client"
DONE = b"HTTP/1.1 204 No Content\r\n\r\n"
BUSY = reply(b"", "Retry-After: 0", status="503 Busy")


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("uploads")
    write_files(root, run(Path(__file__).with_name("streams.yaml"), package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture(params=["blocking", "asyncio"])
def put(request: pytest.FixtureRequest, sdk: ModuleType) -> Callable[..., Any]:
    """Uploads something: `put(server, what)`."""

    def made(server: FaultServer, what: Any, **options: Any) -> Any:
        options["server_url"] = f"http://{server.origin.authority}"
        if request.param == "blocking":
            with sdk.SDK(**options) as client:
                return client.put_file(name="a", request=what)

        async def main() -> Any:
            async with sdk.AsyncSDK(**options) as client:
                return await client.put_file(name="a", request=what)

        return asyncio.run(main())

    return made


def bodies(server: FaultServer) -> list[bytes]:
    return [request.partition(b"\r\n\r\n")[2] for request in server.requests]


@pytest.mark.parametrize("validate", ["none", "types", "strict"])
def test_a_file(sdk: ModuleType, put: Callable[..., Any], tmp_path: Path, validate: str) -> None:
    (tmp_path / "a").write_bytes(b"x" * 300_000)
    with FaultServer([READ, DONE] * 2) as server:
        assert put(server, sdk.Upload(tmp_path / "a"), validate=validate).status_code == 204
        assert put(server, b"bytes", validate=validate).status_code == 204
        assert bodies(server) == [b"x" * 300_000, b"bytes"]
        assert b"\r\nContent-Type: application/octet-stream\r\n" in server.requests[0]


def test_what_can_be_rewound_is_tried_again(sdk: ModuleType, put: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"hello")
    with (tmp_path / "a").open("rb") as file, FaultServer([READ, BUSY, READ, DONE]) as server:
        assert put(server, sdk.Upload(file)).attempts == 2
        assert bodies(server) == [b"hello", b"hello"]


def test_what_cannot_be_rewound_is_not(sdk: ModuleType, put: Callable[..., Any]) -> None:
    with FaultServer([READ, BUSY, READ, DONE]) as server:
        with pytest.raises(sdk.models.errors.APIError) as caught:
            put(server, sdk.Upload(iter([b"he", b"llo"]), size=5))
        assert (caught.value.status_code, caught.value.attempts) == (503, 1)
        assert bodies(server) == [b"hello"]


def test_what_was_not_begun_may_be_tried_again(sdk: ModuleType) -> None:
    class Refusing:
        def __init__(self) -> None:
            self.sent: list[Any] = []

        def send(self, request: Any, timeout: Any) -> Any:
            self.sent.append(request)
            if len(self.sent) == 1:
                raise sdk.models.errors.ConnectError("refused")
            return sdk.HTTPResponse(204, sdk.Headers(()), b"".join(request.upload))

        def close(self) -> None:
            """Nothing is open."""

    importlib.import_module(f"{PACKAGE}.models")
    transport = Refusing()
    stub = importlib.import_module(f"{PACKAGE}.testing").Stub()
    with sdk.SDK(transport=transport, clock=stub.clock) as client:
        assert client.put_file(name="a", request=sdk.Upload(iter([b"hello"]))).raw_response.body == b"hello"


def test_something_else_is_refused(sdk: ModuleType) -> None:
    with sdk.SDK(server_url="http://127.0.0.1:1") as client:
        with pytest.raises(sdk.models.errors.RequestError):
            client.put_file(name="a", request=Path("a"))


def test_the_stub_reads_it(sdk: ModuleType) -> None:
    stub = importlib.import_module(f"{PACKAGE}.testing").Stub()
    with stub.client() as client:
        client.put_file(name="a", request=sdk.Upload(iter([b"he", b"llo"])))

    assert stub.calls[0].body == b"hello"
