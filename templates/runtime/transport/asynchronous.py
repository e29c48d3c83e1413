"""The asyncio transport: one `asyncio.Protocol` per connection, which parses in the loop's own callback.

No stream objects, no task of its own and one timer per connection: what a call costs is a future and a write.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from warnings import warn

from ..errors import ClientClosed, ConnectionLost
from ..http import AsyncStreamedResponse, HTTPRequest, HTTPResponse, Timeout
from . import tls
from .async_connection import AsyncConnection
from .async_dial import connect
from .async_pool import AsyncLane, AsyncPool
from .coding import coding_of
from .deadline import Deadline
from .head import encode
from .lane import may_resend
from .loops import PerLoop
from .options import ENVIRONMENT, ClientCertificate, Verify
from .proxies import choose
from .reply import Reply


class AsyncioTransport:
    """Sends requests over pooled connections of the running event loop; each loop has connections of its own.

    Args:
        max_connections: Connections to one origin at the same time; further calls wait for `timeout.pool`.
        verify: True for the system's certificate authorities, the path of a PEM file or directory for those alone,
            False to accept any certificate; or a function that is asked for one of these at the first need.
        client_certificate: A PEM file with certificate and key, or the paths of both, and the key's password.
        max_response_bytes: The largest body taken in, before and after its content coding is undone.
        proxy: URL of an HTTP proxy; None to use none; "environment" for those that the environment's variables name.
    """

    def __init__(
        self,
        *,
        max_connections: int = 10,
        verify: Verify = True,
        client_certificate: ClientCertificate = None,
        max_response_bytes: int = 64 * 1024 * 1024,
        proxy: str | None = ENVIRONMENT,
    ) -> None:
        self._max_connections = max_connections
        self._verify = verify
        self._client_certificate = client_certificate
        self._max_response_bytes = max_response_bytes
        self._proxies = choose(proxy)
        self._context: ssl.SSLContext | None = None
        self._closed = False
        self._pools: PerLoop[AsyncPool[AsyncConnection]] = PerLoop()

    async def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        """Send `request` once and return the whole reply; cancelling it closes the connection it was using.

        Raises:
            RequestError: The request cannot be written as HTTP/1.1; nothing was sent.
            TransportError: No complete reply arrived.
            ResponseError: The reply is too large, or its content coding is broken.
        """
        reply = Reply(request.method, self._max_response_bytes, keeps_coding=request.keeps_coding)
        await self._exchange(request, timeout, reply)
        return reply.response()

    async def open(self, request: HTTPRequest, timeout: Timeout) -> AsyncStreamedResponse:
        """Send `request` once and return its reply as soon as the head is there. See `SocketTransport.open`.

        Raises:
            RequestError: The request cannot be written as HTTP/1.1; nothing was sent.
            TransportError: No head of a reply arrived.
        """
        from .async_body import AsyncBody  # most programs open no streams
        from .open_reply import OpenReply
        from .streamed import AsyncStreamed

        reply = OpenReply(request.method)
        body = AsyncBody(reply, await self._exchange(request, timeout, reply))
        head = reply.response()
        return AsyncStreamed(head, body, self._max_response_bytes, coding_of(head, request))

    async def _exchange(self, request: HTTPRequest, timeout: Timeout, reply: Reply) -> AsyncLease | None:
        """Send `request` and take in its reply; what is left of the exchange where the reply is still open."""
        if self._closed:
            raise ClientClosed
        proxy = None if self._proxies is None else self._proxies.find(request.origin)
        pieces = encode(request) if proxy is None else proxy.encode(request)
        deadline = Deadline(timeout)
        pool = self._pools.find() or await self._pools.keep(AsyncPool(self._max_connections), _close)
        lane = await pool.enter(request.origin, deadline)
        connection = lease = None
        try:
            connection = lane.pick()
            if connection is not None:
                try:
                    await connection.exchange(pieces, reply, deadline)
                except ConnectionLost as lost:
                    if not may_resend(request, reply, lost):
                        raise
                    connection.close()
                    connection = None
            if connection is None:
                context = self._secure() if request.origin.scheme == "https" else None
                connection = await connect(request.origin, deadline, context, proxy)
                await connection.exchange(pieces, reply, deadline)
            if proxy is not None:
                proxy.check(request.origin, reply.status_code)
            if reply.is_open:
                lease = AsyncLease(pool, lane, connection, deadline)
        finally:
            # Not `except`: a cancelled exchange must not leave its connection in the pool either.
            if lease is None:
                if connection is not None and not reply.reusable:
                    connection.close()
                    connection = None
                pool.leave(lane, connection)
        return lease

    async def aclose(self) -> None:
        """Close every connection of the running loop; a second call does nothing."""
        self._closed = True
        await self._pools.end()
        await asyncio.sleep(0)  # the loop closes an aborted connection's socket in its next turn

    def __del__(self) -> None:
        pools = getattr(self, "_pools", ())  # missing where the constructor was called wrongly
        if any(not pool.is_empty for pool in pools):
            warn(f"{type(self).__name__} was not closed; await its aclose()", ResourceWarning, stacklevel=2)

    def _secure(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = tls.make_context(self._verify, self._client_certificate)
        return self._context


@dataclass(slots=True)
class AsyncLease:
    """A connection in use, the right to use it, and the limits that hold."""

    pool: AsyncPool[AsyncConnection]
    lane: AsyncLane[AsyncConnection]
    connection: AsyncConnection
    deadline: Deadline


async def _close(pool: AsyncPool[AsyncConnection]) -> None:
    pool.close()
