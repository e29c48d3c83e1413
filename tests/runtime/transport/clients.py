"""Both transports behind one face, so that one suite states the contract of both."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

from runtime.http import HTTPRequest, HTTPResponse, Timeout
from runtime.transport import AsyncioTransport, SocketTransport

OPEN_FILES = Path("/proc/self/fd")
QUICK = Timeout(connect=5.0, read=5.0, write=5.0, pool=5.0)


def open_files() -> int:
    """How many files this process has open, the way Linux shows them."""
    return sum(1 for _ in OPEN_FILES.iterdir())


class Client(Protocol):
    """What the suite does with a transport."""

    def send(self, request: HTTPRequest, timeout: Timeout = QUICK) -> HTTPResponse:
        """Send one request."""
        ...

    def send_all(self, requests: Sequence[HTTPRequest], timeout: Timeout = QUICK) -> list[HTTPResponse | BaseException]:
        """Send all at the same time."""
        ...

    def close(self) -> None:
        """Close the transport."""
        ...


class BlockingClient:
    """`SocketTransport`, with threads where several requests are under way."""

    def __init__(self, **options: Any) -> None:
        self.transport = SocketTransport(**options)

    def send(self, request: HTTPRequest, timeout: Timeout = QUICK) -> HTTPResponse:
        """Send one request."""
        return self.transport.send(request, timeout)

    def send_all(self, requests: Sequence[HTTPRequest], timeout: Timeout = QUICK) -> list[HTTPResponse | BaseException]:
        """Send all at the same time."""
        with ThreadPoolExecutor(len(requests)) as threads:
            futures = [threads.submit(self.send, request, timeout) for request in requests]
        return [future.exception() or future.result() for future in futures]

    def close(self) -> None:
        """Close the transport."""
        self.transport.close()


class AsyncioClient:
    """`AsyncioTransport` on one event loop that lives as long as the client."""

    def __init__(self, **options: Any) -> None:
        self.transport = AsyncioTransport(**options)
        self._runner = asyncio.Runner()

    def send(self, request: HTTPRequest, timeout: Timeout = QUICK) -> HTTPResponse:
        """Send one request."""
        return self._runner.run(self.transport.send(request, timeout))

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


MakeClient = Callable[..., Client]
