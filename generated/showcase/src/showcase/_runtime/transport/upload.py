"""A request whose body is read while it is sent: head and pieces, framed, as often as the body can be read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..uploads import Upload


class Outgoing:
    """The bytes of a request, from the beginning each time it is iterated.

    Args:
        head: The head, with the empty line that ends it.
        upload: The body.
    """

    def __init__(self, head: bytes, upload: Upload) -> None:
        self.head = head
        self._upload = upload

    def __iter__(self) -> Iterator[bytes]:
        yield self.head
        yield from self.body()

    def raw(self) -> Iterator[bytes]:
        """The body without a frame, for those who make their own."""
        return iter(self._upload)

    async def raw_async(self) -> AsyncGenerator[bytes, None]:
        """`raw`, read in a thread."""
        pieces = self.raw()
        while piece := await asyncio.to_thread(next, pieces, b""):
            yield piece

    def body(self) -> Iterator[bytes]:
        """The body, in chunks (RFC 9112, section 7.1) where its length is not known."""
        if self._upload.size is not None:
            yield from self._upload
            return
        for piece in self._upload:
            yield b"%x\r\n%b\r\n" % (len(piece), piece)
        yield b"0\r\n\r\n"

    async def body_async(self) -> AsyncGenerator[bytes, None]:
        """`body`, read in a thread: a file that is slow does not hold up the event loop."""
        pieces = self.body()
        while piece := await asyncio.to_thread(next, pieces, b""):
            yield piece
