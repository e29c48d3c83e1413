"""One connection of the asyncio transport.

The reply is parsed where its bytes arrive, in the loop's callback; the waiting task is woken once, when it is complete.
"""

from __future__ import annotations

import asyncio
from asyncio import FIRST_COMPLETED
from collections.abc import Iterable
from contextlib import aclosing
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, cast

from ..errors import SDKError, TransportError
from .deadline import Deadline
from .failures import describe, read_timeout, write_timeout
from .lane import input_probe
from .reply import Reply

if TYPE_CHECKING:
    from .upload import Outgoing


class AsyncConnection(asyncio.Protocol):
    """One connection; it carries one request and its reply at a time.

    Attributes:
        transport: The loop's end of it.
    """

    transport: asyncio.Transport

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiter: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._room: asyncio.Future[None] | None = None
        self._lost = False
        self.idle_since = 0.0

    def is_alive(self) -> bool:
        """Whether another request may be sent; asks the socket too, for what the loop has not seen yet."""
        return not self._lost and not self.transport.is_closing() and not self._probe()

    def close(self) -> None:
        """Give up the connection, without a word to the peer and without waiting for what is unsent."""
        self._lost = True
        self.transport.abort()

    async def exchange(self, pieces: Iterable[bytes], reply: Reply, deadline: Deadline) -> None:
        """Write a request and wait until its reply is complete.

        Raises:
            ConnectionLost: The connection broke.
            ProtocolError: What arrived is not HTTP/1.1.
            WriteTimeout, ReadTimeout, DeadlineExceeded: The server did not take or send a byte in time.
        """
        self._reply = reply
        self._deadline = deadline
        self._waiter = waiter = self._loop.create_future()
        try:
            if isinstance(pieces, tuple):
                for piece in pieces:
                    self.transport.write(piece)
            else:
                await self._upload(cast("Outgoing", pieces), waiter, deadline)
            self._unsent = self.transport.get_write_buffer_size()
            self._progress = self._loop.time()
            self._watch()
            await waiter
        finally:
            self._waiter = None
        self.rest(reply)

    def rest(self, reply: Reply) -> None:
        """Note that `reply` is read; the connection is idle from now on, where it may be used again."""
        reply.reusable = reply.reusable and not self.transport.get_write_buffer_size()
        self.idle_since = monotonic()

    async def _upload(self, outgoing: Outgoing, waiter: asyncio.Future[None], deadline: Deadline) -> None:
        """Write a request whose body is read meanwhile, no faster than the server takes it, until it answers."""
        self.transport.write(outgoing.head)
        async with aclosing(outgoing.body_async()) as pieces:
            async for piece in pieces:
                if waiter.done():
                    return
                self.transport.write(piece)
                await self._drained(waiter, deadline)

    async def _drained(self, waiter: asyncio.Future[None], deadline: Deadline) -> None:
        """Wait until there is room for more, or no need for it."""
        room = self._room
        if room is None:
            return
        limit = deadline.timeout.write
        done, _ = await asyncio.wait((room, waiter), timeout=deadline.cap(limit), return_when=FIRST_COMPLETED)
        if not done:
            raise deadline.blame(write_timeout(limit))

    def pause_writing(self) -> None:
        """Called by the loop when more is unsent than it likes to keep."""
        self._room = self._loop.create_future()

    def resume_writing(self) -> None:
        """Called by the loop when there is room again."""
        if self._room is not None:
            self._room.set_result(None)
            self._room = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop when the connection, its TLS handshake included, is there."""
        self.transport = cast("asyncio.Transport", transport)
        self._probe = input_probe(transport.get_extra_info("socket").fileno())

    def data_received(self, data: bytes) -> None:
        """Called by the loop with what arrived."""
        waiter = self._waiter
        if waiter is None or waiter.done():
            self.close()  # nobody asked for this
            return
        self._progress = self._loop.time()
        try:
            if self._reply.feed(data):
                waiter.set_result(None)
                if self._reply.is_open:
                    self.transport.pause_reading()  # until whoever reads the rest is there
        except SDKError as error:
            waiter.set_exception(error)

    def eof_received(self) -> bool:
        """Called by the loop when the server has no more to say; a client has no use for half a connection then."""
        self.close()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop when the connection is gone."""
        self._lost = True
        if self._timer is not None:
            self._timer.cancel()
        self._end(exc)

    def _end(self, error: Exception | None) -> None:
        waiter = self._waiter
        if waiter is None or waiter.done():
            return
        try:
            if error is not None:
                why = describe(error) if isinstance(error, OSError) else type(error).__name__
                raise self._reply.broken(f"broke ({why})") from error
            self._reply.feed(b"")
        except SDKError as failure:
            waiter.set_exception(failure)
        else:
            waiter.set_result(None)

    def _watch(self) -> None:
        """Fail the exchange if it is overdue, else look again when it may be."""
        waiter = self._waiter
        if waiter is None or waiter.done():
            return
        now = self._loop.time()
        unsent = self.transport.get_write_buffer_size()
        if unsent < self._unsent:
            self._progress = now
        self._unsent = unsent
        timeout = self._deadline.timeout
        read = inf if timeout.read is None else timeout.read
        limit = read if not unsent else inf if timeout.write is None else timeout.write
        left = self._progress + limit - now
        try:
            if left <= 0:
                raise self._deadline.blame(write_timeout(limit) if unsent else read_timeout(limit))
            # While something is unsent nothing tells when it is gone, and the wait for the reply begins.
            pause = self._deadline.cap(min(left, read))
        except TransportError as failure:
            waiter.set_exception(failure)
        else:
            self._wake_at(now + pause)

    def _wake_at(self, when: float) -> None:
        # A timer outlives its exchange: one that fires for nothing now and then is cheaper than one for each call.
        timer = self._timer
        if (timer is not None and timer.when() <= when) or when == inf:
            return
        if timer is not None:
            timer.cancel()
        self._timer = self._loop.call_at(when, self._woken)

    def _woken(self) -> None:
        self._timer = None
        self._watch()
