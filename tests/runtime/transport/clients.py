"""All transports behind one face, so that one suite states the contract of all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

from runtime.http import AsyncStreamedResponse, AsyncTransport, HTTPRequest, HTTPResponse, Timeout, Transport
from runtime.transport import AsyncHttpx2Transport, AsyncioTransport, Httpx2Transport, SocketTransport

OPEN_FILES = Path("/proc/self/fd")
QUICK = Timeout(connect=5.0, read=5.0, write=5.0, pool=5.0)


def open_files() -> int:
    """How many files this process has open, the way Linux shows them."""
    return sum(1 for _ in OPEN_FILES.iterdir())


class Opened(Protocol):
    """A reply that is read piece by piece."""

    head: HTTPResponse

    def read(self) -> bytes:
        """The next piece."""
        ...

    def read_all(self) -> bytes:
        """What is left."""
        ...

    def close(self) -> None:
        """Read no more."""
        ...


class OpenedAsyncio:
    """A stream of an asyncio transport, on the loop of its client."""

    def __init__(self, stream: AsyncStreamedResponse, runner: asyncio.Runner) -> None:
        self._stream = stream
        self._runner = runner
        self.head = stream.head

    def read(self) -> bytes:
        """The next piece."""
        return self._runner.run(self._stream.read())

    def read_all(self) -> bytes:
        """What is left."""
        return self._runner.run(self._stream.read_all())

    def close(self) -> None:
        """Read no more."""
        self._runner.run(self._stream.aclose())


class Client(Protocol):
    """What the suite does with a transport."""

    def open(self, request: HTTPRequest, timeout: Timeout = QUICK) -> Opened:
        """Send one request, and read its reply piece by piece."""
        ...

    def send(self, request: HTTPRequest, timeout: Timeout = QUICK) -> HTTPResponse:
        """Send one request."""
        ...

    def send_all(self, requests: Sequence[HTTPRequest], timeout: Timeout = QUICK) -> list[HTTPResponse | BaseException]:
        """Send all at the same time."""
        ...

    def close(self) -> None:
        """Close the transport."""
        ...

    def stop(self) -> None:
        """Close what the transport lived on."""
        ...


class BlockingClient:
    """A blocking transport, with threads where several requests are under way."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def send(self, request: HTTPRequest, timeout: Timeout = QUICK) -> HTTPResponse:
        """Send one request."""
        return self.transport.send(request, timeout)

    def open(self, request: HTTPRequest, timeout: Timeout = QUICK) -> Opened:
        """Send one request, and read its reply piece by piece."""
        assert isinstance(self.transport, SocketTransport | Httpx2Transport)
        return self.transport.open(request, timeout)

    def send_all(self, requests: Sequence[HTTPRequest], timeout: Timeout = QUICK) -> list[HTTPResponse | BaseException]:
        """Send all at the same time."""
        with ThreadPoolExecutor(len(requests)) as threads:
            futures = [threads.submit(self.send, request, timeout) for request in requests]
        return [future.exception() or future.result() for future in futures]

    def close(self) -> None:
        """Close the transport."""
        self.transport.close()

    def stop(self) -> None:
        """Nothing more is to be closed."""


class AsyncioClient:
    """An asyncio transport on one event loop that lives as long as the client."""

    def __init__(self, transport: AsyncTransport) -> None:
        self.transport = transport
        self._runner = asyncio.Runner()

    def send(self, request: HTTPRequest, timeout: Timeout = QUICK) -> HTTPResponse:
        """Send one request."""
        return self._runner.run(self.transport.send(request, timeout))

    def open(self, request: HTTPRequest, timeout: Timeout = QUICK) -> Opened:
        """Send one request, and read its reply piece by piece."""
        assert isinstance(self.transport, AsyncioTransport | AsyncHttpx2Transport)
        return OpenedAsyncio(self._runner.run(self.transport.open(request, timeout)), self._runner)

    def send_all(self, requests: Sequence[HTTPRequest], timeout: Timeout = QUICK) -> list[HTTPResponse | BaseException]:
        """Send all at the same time."""

        async def gather() -> list[HTTPResponse | BaseException]:
            sends = [self.transport.send(request, timeout) for request in requests]
            return await asyncio.gather(*sends, return_exceptions=True)

        return self._runner.run(gather())

    def close(self) -> None:
        """Close the transport; the loop stays, so that what is closed can be used again by mistake."""
        self._runner.run(self.transport.aclose())

    def stop(self) -> None:
        """Close the loop too."""
        self._runner.close()


def blocking(**options: Any) -> Client:
    """A client of `SocketTransport`."""
    return BlockingClient(SocketTransport(**options))


def asyncio_(**options: Any) -> Client:
    """A client of `AsyncioTransport`."""
    return AsyncioClient(AsyncioTransport(**options))


def httpx2(**options: Any) -> Client:
    """A client of `Httpx2Transport`."""
    return BlockingClient(Httpx2Transport(**options))


def httpx2_asyncio(**options: Any) -> Client:
    """A client of `AsyncHttpx2Transport`."""
    return AsyncioClient(AsyncHttpx2Transport(**options))


KINDS = {"blocking": blocking, "asyncio": asyncio_, "httpx2": httpx2, "httpx2-asyncio": httpx2_asyncio}
"""Every transport that the suite is the contract of."""

MakeClient = Callable[..., Client]
