"""Replies that are read piece by piece: what the transports' ways to the bytes have in common.

It undoes content codings and sees to it that a stream which nobody closed does not go unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol
from warnings import warn

from ..errors import ResponseError
from ..http import HTTPResponse
from .coding import Undoing
from .failures import too_large

__all__ = ["AsyncSource", "AsyncStreamed", "AsyncWhole", "Source", "Streamed", "Whole"]


class Source(Protocol):
    """Where the bytes of a body come from."""

    @property
    def is_open(self) -> bool:
        """Whether it holds a connection."""
        ...

    def read(self) -> bytes:
        """The next bytes, `b""` at the end; where it raises, it is closed."""
        ...

    def close(self) -> None:
        """Read no more; a second call does nothing."""
        ...

    def abandon(self) -> None:
        """`close`, called by the collector: from any thread, at any time."""
        ...


class AsyncSource(Protocol):
    """The asyncio twin of `Source`."""

    @property
    def is_open(self) -> bool:
        """Whether it holds a connection."""
        ...

    async def read(self) -> bytes:
        """The next bytes, `b""` at the end; where it raises anything but a cancellation, it is closed."""
        ...

    async def aclose(self) -> None:
        """Read no more; a second call does nothing."""
        ...

    def abandon(self) -> None:
        """Close as far as that is possible in the collector: from any thread, at any time."""
        ...


class _Decoded:
    """What both kinds share: the head, the coding, and whether there may be more."""

    def __init__(self, head: HTTPResponse, source: Source | AsyncSource, max_bytes: int, coding: str | None) -> None:
        self._source = source
        self._is_open = True
        self._has_ended = False
        self._max_bytes = max_bytes
        self.head = head
        self._pending: Iterator[bytes] = iter(())
        self._undoing = None if coding is None else Undoing(coding)

    def _check_open(self) -> None:
        if not self._is_open:
            raise ResponseError("the stream was closed before its end", raw_response=self.head)

    def _decoded(self, raw: bytes) -> bytes:
        """The next decoded piece, beginning with `raw`; `b""` where more is needed."""
        if self._undoing is None:
            return raw
        if raw:
            self._pending = self._undoing.push(raw)
        return next(self._pending, b"")

    def _end(self) -> bytes:
        self._is_open, self._has_ended = False, True
        if self._undoing is not None:
            self._undoing.check_end()
        return b""

    def __del__(self) -> None:
        if getattr(self, "_is_open", False) and self._source.is_open:  # missing where the constructor failed
            self._source.abandon()
            warn("a stream was neither read to its end nor closed: use `with`", ResourceWarning, stacklevel=2)


class Streamed(_Decoded):
    """A `StreamedResponse`.

    Args:
        head: Status and header fields.
        source: Where its bytes come from.
        max_bytes: The most that `read_all` takes in.
        coding: The value of Content-Encoding; None where there is nothing to undo.

    Raises:
        DecodeError: The content coding is unknown.
    """

    _source: Source

    def __init__(self, head: HTTPResponse, source: Source, max_bytes: int, coding: str | None) -> None:
        try:
            super().__init__(head, source, max_bytes, coding)
        except BaseException:
            self._is_open = False
            source.close()
            raise

    def read(self) -> bytes:
        """The next piece of the body. See `StreamedResponse.read`."""
        if self._has_ended:
            return b""
        self._check_open()
        try:
            piece = self._decoded(b"")
            while not piece:
                raw = self._source.read()
                if not raw:
                    return self._end()
                piece = self._decoded(raw)
        except BaseException:
            self.close()
            raise
        return piece

    def read_all(self) -> bytes:
        """The rest of the body. See `StreamedResponse.read_all`."""
        found = bytearray()
        while piece := self.read():
            found += piece
            if len(found) > self._max_bytes:
                self.close()
                raise too_large(self._max_bytes)
        return bytes(found)

    def close(self) -> None:
        """Read no more; a second call does nothing."""
        self._is_open = False
        self._source.close()


class AsyncStreamed(_Decoded):
    """The asyncio twin of `Streamed`."""

    _source: AsyncSource

    def __init__(self, head: HTTPResponse, source: AsyncSource, max_bytes: int, coding: str | None) -> None:
        try:
            super().__init__(head, source, max_bytes, coding)
        except BaseException:
            self._is_open = False
            source.abandon()
            raise

    async def read(self) -> bytes:
        """The next piece of the body. See `AsyncStreamedResponse.read`."""
        if self._has_ended:
            return b""
        self._check_open()
        try:
            piece = self._decoded(b"")
            while not piece:
                raw = await self._source.read()
                if not raw:
                    return self._end()
                piece = self._decoded(raw)
        except Exception:
            await self.aclose()
            raise
        return piece

    async def read_all(self) -> bytes:
        """The rest of the body. See `AsyncStreamedResponse.read_all`."""
        found = bytearray()
        while piece := await self.read():
            found += piece
            if len(found) > self._max_bytes:
                await self.aclose()
                raise too_large(self._max_bytes)
        return bytes(found)

    async def aclose(self) -> None:
        """Read no more; a second call does nothing."""
        self._is_open = False
        await self._source.aclose()


class Whole:
    """A reply that is complete, as a stream: of transports that open none."""

    def __init__(self, response: HTTPResponse) -> None:
        self.head = HTTPResponse(response.status_code, response.headers, b"", response.reason)
        self._body = response.body

    def read(self) -> bytes:
        """All of it, then `b""`."""
        body, self._body = self._body, b""
        return body

    read_all = read

    def close(self) -> None:
        """Nothing is open."""


class AsyncWhole:
    """The asyncio twin of `Whole`."""

    def __init__(self, response: HTTPResponse) -> None:
        self._whole = Whole(response)
        self.head = self._whole.head

    async def read(self) -> bytes:
        """All of it, then `b""`."""
        return self._whole.read()

    read_all = read

    async def aclose(self) -> None:
        """Nothing is open."""
