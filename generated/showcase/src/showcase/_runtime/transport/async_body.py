"""What is left of an exchange of the asyncio transport whose reply is read piece by piece."""

from __future__ import annotations

import asyncio

from ..errors import SDKError
from .asynchronous import AsyncLease
from .failures import describe, read_timeout
from .open_reply import OpenReply

# Beyond this nothing more is taken from the socket: a reader that is slow slows the server down.
_MOST_BUFFERED = 256 * 1024


class AsyncBody(asyncio.Protocol):
    """The body of an open reply, as it travels. The loop hands it what arrives, in place of the connection.

    Args:
        reply: The reply, its head complete.
        lease: The connection, which reads nothing by now; None where the reply is complete already.
    """

    def __init__(self, reply: OpenReply, lease: AsyncLease | None) -> None:
        self._reply = reply
        self._lease = lease
        self._waiter: asyncio.Future[None] | None = None
        self._failure: SDKError | None = None
        self._loop = asyncio.get_running_loop()
        if lease is not None:
            lease.connection.transport.set_protocol(self)
            if lease.connection.transport.is_closing():  # nobody would tell of it any more
                self._failure = reply.broken("broke")

    @property
    def is_open(self) -> bool:
        """Whether it holds a connection."""
        return self._lease is not None

    async def read(self) -> bytes:
        """The next bytes, `b""` at the end; a cancelled wait for them can be taken up again.

        Raises:
            TransportError: The body broke off, or did not go on in time; the connection is dropped.
        """
        reply = self._reply
        try:
            while not reply.buffered and not reply.done and self._lease is not None:
                await self._arrival(self._lease)
        except Exception:
            self.close()
            raise
        if reply.done:
            self.close()
        return reply.take()

    async def aclose(self) -> None:
        """See `close`."""
        self.close()

    def close(self) -> None:
        """Give the connection back where the reply is complete, drop it where it is not."""
        lease, self._lease = self._lease, None
        if lease is None:
            return
        connection, reply = lease.connection, self._reply
        if reply.done and reply.reusable:
            connection.rest(reply)
        connection.transport.set_protocol(connection)
        is_reusable = reply.done and reply.reusable
        if is_reusable:
            connection.transport.resume_reading()
        else:
            connection.close()
        lease.pool.leave(lease.lane, connection if is_reusable else None)
        self._wake()

    def abandon(self) -> None:
        """`close`, called by the collector: maybe in another thread, maybe when the loop is gone."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.close)

    def data_received(self, data: bytes) -> None:
        """Called by the loop with what arrived."""
        try:
            self._reply.feed(data)
        except SDKError as error:
            self._failure = error
        if self._reply.buffered > _MOST_BUFFERED and self._lease is not None:
            self._lease.connection.transport.pause_reading()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop when the connection is gone."""
        try:
            if exc is not None:
                why = describe(exc) if isinstance(exc, OSError) else type(exc).__name__
                raise self._reply.broken(f"broke ({why})") from exc
            self._reply.feed(b"")
        except SDKError as error:
            self._failure = self._failure or error
        if self._lease is not None:
            self._lease.connection.connection_lost(exc)
        self._wake()

    async def _arrival(self, lease: AsyncLease) -> None:
        """Wait until there is something to hand over."""
        if self._failure is not None:
            raise self._failure
        deadline = lease.deadline
        limit = deadline.cap(deadline.timeout.read)
        self._waiter = self._loop.create_future()
        try:
            lease.connection.transport.resume_reading()
            async with asyncio.timeout(limit):
                await self._waiter
        except TimeoutError as error:
            raise deadline.blame(read_timeout(deadline.timeout.read)) from error
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
