"""Replies of httpx2 that are read piece by piece."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from ..errors import ConnectionLost, SDKError
from ..http import HTTPResponse
from .coding import coding_of
from .httpx2_exchange import FAILURES, Exchange
from .streamed import AsyncStreamed, Streamed

if TYPE_CHECKING:
    import httpx2


def opened(response: httpx2.Response, exchange: Exchange, max_bytes: int) -> Streamed:
    """`response` as this package's own kind of stream.

    Raises:
        ProtocolError: The reply is not one that was asked for.
        ProxyError: It is a proxy's refusal.
        DecodeError: Its content coding is unknown.
    """
    try:
        is_unread = exchange.expect(response)
        head, read = _head(exchange.finish(response))
    except BaseException:
        response.close()
        raise
    pieces = response.iter_raw() if is_unread else iter((read,))
    coding = coding_of(head, exchange.request) if is_unread else None
    return Streamed(head, _Body(response, pieces, exchange), max_bytes, coding)


async def opened_async(response: httpx2.Response, exchange: Exchange, max_bytes: int) -> AsyncStreamed:
    """The asyncio twin of `opened`."""
    try:
        is_unread = exchange.expect(response)
        head, read = _head(exchange.finish(response))
    except BaseException:
        await response.aclose()
        raise
    pieces = response.aiter_raw() if is_unread else _once(read)
    coding = coding_of(head, exchange.request) if is_unread else None
    return AsyncStreamed(head, _AsyncBody(response, pieces, exchange), max_bytes, coding)


class _Body:
    def __init__(self, response: httpx2.Response, pieces: Iterator[bytes], exchange: Exchange) -> None:
        self._response = response
        self._pieces = pieces
        self._exchange = exchange

    @property
    def is_open(self) -> bool:
        return not self._response.is_closed

    def read(self) -> bytes:
        try:
            piece = next((piece for piece in self._pieces if piece), b"")
            self._exchange.count(piece)
        except SDKError:
            self.close()
            raise
        except FAILURES as error:
            self.close()
            raise self._exchange.failure(error) from error
        except BaseException:
            self.close()
            raise
        if not piece:
            self.close()
        return piece

    def close(self) -> None:
        self._response.close()

    def abandon(self) -> None:
        self.close()


class _AsyncBody:
    def __init__(self, response: httpx2.Response, pieces: AsyncIterator[bytes], exchange: Exchange) -> None:
        self._response = response
        self._pieces = pieces
        self._exchange = exchange
        self._is_read = response.is_stream_consumed
        self._loop = asyncio.get_running_loop()

    @property
    def is_open(self) -> bool:
        return not self._response.is_closed

    async def read(self) -> bytes:
        if self._response.is_closed and not self._is_read:
            raise ConnectionLost("the connection was closed when a wait for the body was cancelled")
        try:
            async with asyncio.timeout(self._exchange.left()):
                piece = await self._next()
                self._exchange.count(piece)
        except FAILURES as error:
            await self.aclose()
            if isinstance(error, SDKError):
                raise
            raise self._exchange.too_late() if _is_limit(error) else self._exchange.failure(error) from error
        except BaseException:
            # httpx2 has closed the connection: a wait that was cancelled cannot be taken up again.
            await self.aclose()
            raise
        if not piece:
            await self.aclose()
        return piece

    async def aclose(self) -> None:
        await self._response.aclose()

    def abandon(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(lambda: self._loop.create_task(self._response.aclose()))

    async def _next(self) -> bytes:
        async for piece in self._pieces:
            if piece:
                return piece
        return b""


def _is_limit(error: Exception) -> bool:
    """Whether the limit of the whole ran out, and not one of the system's or of httpx2."""
    return isinstance(error, TimeoutError) and error.errno is None


def _head(reply: HTTPResponse) -> tuple[HTTPResponse, bytes]:
    """The head of a reply, and the body where it was read already."""
    return HTTPResponse(reply.status_code, reply.headers, b"", reply.reason), reply.body


async def _once(read: bytes) -> AsyncIterator[bytes]:
    yield read
