"""The asyncio transport: one `asyncio.Protocol` per connection, which parses in the loop's own callback.

No stream objects, no task of its own and one timer per connection: what a call costs is a future and a write.
"""

from __future__ import annotations

import asyncio
import ssl
import weakref
from collections.abc import AsyncGenerator
from warnings import warn

from ..errors import ClientClosed, ConnectionLost
from ..http import HTTPRequest, HTTPResponse, Timeout
from . import tls
from .async_connection import AsyncConnection
from .async_dial import connect
from .async_pool import AsyncPool
from .deadline import Deadline
from .head import encode
from .lane import may_resend
from .proxies import from_environment
from .reply import Reply


class AsyncioTransport:
    """Sends requests over pooled connections of the running event loop; each loop has connections of its own.

    Args:
        max_connections: Connections to one origin at the same time; further calls wait for `timeout.pool`.
        verify: True for the system's certificate authorities, the path of a PEM file or directory for those alone,
            False to accept any certificate.
        client_certificate: A PEM file with certificate and key, or the paths of both.
        max_response_bytes: The largest body taken in, before and after its content coding is undone.
        trust_env: Whether the proxies named in the environment are used.
    """

    def __init__(
        self,
        *,
        max_connections: int = 10,
        verify: tls.Verify = True,
        client_certificate: tls.ClientCertificate = None,
        max_response_bytes: int = 64 * 1024 * 1024,
        trust_env: bool = True,
    ) -> None:
        self._max_connections = max_connections
        self._verify = verify
        self._client_certificate = client_certificate
        self._max_response_bytes = max_response_bytes
        self._proxies = from_environment() if trust_env else None
        self._context: ssl.SSLContext | None = None
        self._closed = False
        self._pools: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Guarded] = weakref.WeakKeyDictionary()

    async def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        """Send `request` once and return the whole reply; cancelling it closes the connection it was using.

        Raises:
            RequestError: The request cannot be written as HTTP/1.1; nothing was sent.
            TransportError: No complete reply arrived.
            ResponseError: The reply is too large, or its content coding is broken.
        """
        if self._closed:
            raise ClientClosed
        proxy = None if self._proxies is None else self._proxies.find(request.origin)
        pieces = encode(request) if proxy is None else proxy.encode(request)
        deadline = Deadline(timeout)
        reply = Reply(request.method, self._max_response_bytes)
        guarded = self._pools.get(asyncio.get_running_loop())
        pool = await self._new_pool() if guarded is None or guarded[0].closed else guarded[0]
        lane = await pool.enter(request.origin, deadline)
        connection = None
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
        finally:
            # Not `except`: a cancelled exchange must not leave its connection in the pool either.
            if connection is not None and not reply.reusable:
                connection.close()
                connection = None
            pool.leave(lane, connection)
        if proxy is not None:
            proxy.check(request.origin, reply.status_code)
        return reply.response()

    async def aclose(self) -> None:
        """Close every connection of the running loop; a second call does nothing."""
        self._closed = True
        guarded = self._pools.pop(asyncio.get_running_loop(), None)
        if guarded is not None:
            await guarded[1].aclose()
            await asyncio.sleep(0)  # the loop closes an aborted connection's socket in its next turn

    def __del__(self) -> None:
        pools = getattr(self, "_pools", {})  # missing where the constructor was called wrongly
        if any(not pool.is_empty for pool, _ in pools.values()):
            warn(f"{type(self).__name__} was not closed; await its aclose()", ResourceWarning, stacklevel=2)

    def _secure(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = tls.make_context(self._verify, self._client_certificate)
        return self._context

    async def _new_pool(self) -> AsyncPool[AsyncConnection]:
        for reference in self._pools.keyrefs():
            loop = reference()
            if loop is not None and loop.is_closed():
                self._pools.pop(loop, None)  # its connections hold on to it, so that it would never go by itself
        pool: AsyncPool[AsyncConnection] = AsyncPool(self._max_connections)
        guard = _close_with_loop(pool)
        self._pools[asyncio.get_running_loop()] = (pool, guard)
        await anext(guard)
        return pool


_Guarded = tuple[AsyncPool[AsyncConnection], AsyncGenerator[None, None]]


async def _close_with_loop(pool: AsyncPool[AsyncConnection]) -> AsyncGenerator[None, None]:
    # A loop tells nobody that it ends, but `asyncio.run` finishes every asynchronous generator that has begun: a client
    # that lives longer than its loop leaves no open socket behind.
    try:
        yield
    finally:
        pool.close()
