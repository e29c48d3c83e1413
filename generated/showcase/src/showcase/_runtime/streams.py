"""Results that arrive piece by piece: iterators of items, and downloads.

A stream holds a connection until it is read to its end or closed, so it is used in a `with` statement. `timeout.read`
holds for each wait, `timeout.total` for everything from the call to the end of the stream. Nothing is tried again once
the first byte is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO, Generic, Self, TypeVar
from uuid import uuid4

from .errors import SDKError
from .http import AsyncStreamedResponse, StreamedResponse
from .model import Response
from .stream_readers import Event, Reader

__all__ = ["AsyncDownload", "AsyncStream", "Download", "Event", "Stream"]

T = TypeVar("T")


class _Arriving(Response, Generic[T], kw_only=True, eq=False, weakref=True):
    """What both kinds of stream share."""

    reader: Reader

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("status_code", self.status_code), ("attempts", self.attempts)]

    def _completed(self, error: SDKError) -> SDKError:
        """An error that says of which reply it is."""
        error.raw_response = error.raw_response or self.raw_response
        error.request_id, error.attempts = self.request_id, self.attempts
        return error


class Stream(_Arriving[T], kw_only=True, eq=False):
    """The items of a reply, each as soon as it is here: an iterator, to be used in a `with` statement.

    An item that cannot be read raises `DecodeError`; the next one can be asked for all the same. `raw_response` is the
    reply's head.
    """

    source: StreamedResponse

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> T:
        """Wait for the next item.

        Raises:
            TransportError: The stream broke off, or did not go on in time.
            DecodeError: The item is not what is documented.
        """
        reader = self.reader
        try:
            while not reader.is_ready:
                if reader.has_ended:
                    self.close()
                    raise StopIteration
                reader.feed(self.source.read())
            item: T = reader.take()
        except SDKError as error:
            raise self._completed(error) from error.__cause__
        return item

    def close(self) -> None:
        """Read no more: the connection is dropped unless the reply is complete. A second call does nothing."""
        self.source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class AsyncStream(_Arriving[T], kw_only=True, eq=False):
    """The asyncio twin of `Stream`, to be used in an `async with` statement."""

    source: AsyncStreamedResponse

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        """Wait for the next item. See `Stream.__next__`."""
        reader = self.reader
        try:
            while not reader.is_ready:
                if reader.has_ended:
                    await self.aclose()
                    raise StopAsyncIteration
                reader.feed(await self.source.read())
            item: T = reader.take()
        except SDKError as error:
            raise self._completed(error) from error.__cause__
        return item

    async def aclose(self) -> None:
        """Read no more: the connection is dropped unless the reply is complete. A second call does nothing."""
        await self.source.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.aclose()


class Download(Stream[bytes], kw_only=True, eq=False):
    """A reply's bytes as they arrive: iterate over the pieces, `read` what is left, or `save` it."""

    def read(self) -> bytes:
        """All that is left.

        Raises:
            TransportError: The reply broke off, or did not go on in time.
        """
        return b"".join(self)

    def save(self, path: str | PathLike[str]) -> int:
        """Write all that is left to a file. It appears under its name when it is complete, replacing what was there.

        Args:
            path: Where to.

        Returns:
            How many bytes were written.

        Raises:
            TransportError: The reply broke off, or did not go on in time; no file is left behind.
            OSError: It cannot be written.
        """
        with _new_file(Path(path)) as file:
            return sum(file.write(piece) for piece in self)


class AsyncDownload(AsyncStream[bytes], kw_only=True, eq=False):
    """The asyncio twin of `Download`."""

    async def read(self) -> bytes:
        """All that is left. See `Download.read`."""
        return b"".join([piece async for piece in self])

    async def save(self, path: str | PathLike[str]) -> int:
        """Write all that is left to a file, without blocking the event loop. See `Download.save`."""
        from asyncio import to_thread  # slow to import, and blocking clients have no use for it

        size = 0
        with _new_file(Path(path)) as file:
            async for piece in self:
                size += await to_thread(file.write, piece)
        return size


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when everything went well, and is gone where it did not."""
    part = path.with_name(f".{path.name[:100]}.{uuid4().hex}.part")
    try:
        with part.open("xb") as file:
            yield file
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
