"""One connection of the asyncio transport, and how it is made.

The reply is parsed where its bytes arrive, in the loop's callback; the waiting task is woken once, when it is complete.
"""

from __future__ import annotations

import asyncio
import socket
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, cast

from ..errors import ConnectError, ReadTimeout, SDKError, TransportError, WriteTimeout
from ..http import Origin
from . import tls
from .deadline import Deadline
from .dial import describe, no_address, refused, timed_out, unknown_host
from .lane import input_probe
from .proxies import Proxy, Tunnel
from .reply import Reply

if TYPE_CHECKING:
    import ssl


class AsyncConnection(asyncio.Protocol):
    """One connection; it carries one request and its reply at a time."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiter: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._lost = False
        self.idle_since = 0.0

    def is_alive(self) -> bool:
        """Whether another request may be sent; asks the socket too, for what the loop has not seen yet."""
        return not self._lost and not self._transport.is_closing() and not self._probe()

    def close(self) -> None:
        """Give up the connection, without a word to the peer and without waiting for what is unsent."""
        self._lost = True
        self._transport.abort()

    async def exchange(self, pieces: tuple[bytes, ...], reply: Reply, deadline: Deadline) -> None:
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
            for piece in pieces:
                self._transport.write(piece)
            self._unsent = self._transport.get_write_buffer_size()
            self._progress = self._loop.time()
            self._watch()
            await waiter
        finally:
            self._waiter = None
        reply.reusable = reply.reusable and not self._transport.get_write_buffer_size()
        self.idle_since = monotonic()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop when the connection, its TLS handshake included, is there."""
        self._transport = cast("asyncio.Transport", transport)
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
        except SDKError as error:
            waiter.set_exception(error)

    def eof_received(self) -> bool:
        """Called by the loop when the server has no more to say; a client has no use for half a connection then."""
        self._end(None)
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
        unsent = self._transport.get_write_buffer_size()
        if unsent < self._unsent:
            self._progress = now
        self._unsent = unsent
        timeout = self._deadline.timeout
        read = inf if timeout.read is None else timeout.read
        limit = read if not unsent else inf if timeout.write is None else timeout.write
        left = self._progress + limit - now
        try:
            if left <= 0:
                raise self._deadline.blame(_took_too_long(unsent, limit))
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


def _took_too_long(unsent: int, limit: float) -> TransportError:
    if unsent:
        return WriteTimeout(f"the server took no byte of the request for {limit:g} seconds")
    return ReadTimeout(f"no byte of the reply arrived for {limit:g} seconds")


async def connect(
    origin: Origin, deadline: Deadline, context: ssl.SSLContext | None, proxy: Proxy | None = None
) -> AsyncConnection:
    """A connection to `origin`; one limit, `timeout.connect`, covers name, connection and handshake.

    Args:
        origin: Where to.
        deadline: The limits.
        context: For TLS, or None for plain text.
        proxy: Connect through this; a connection with TLS gets a tunnel.

    Raises:
        ConnectError: There is no connection; its subclasses say why.
    """
    loop = asyncio.get_running_loop()
    limit = deadline.cap(deadline.timeout.connect, request_sent=False)
    try:
        async with asyncio.timeout(limit) as clock:
            sock = await _open(origin, proxy, clock)
            if context is None:
                return (await loop.create_connection(lambda: AsyncConnection(loop), sock=sock))[1]
            if proxy is not None:
                await _talk(sock, Tunnel(proxy, origin))
            return await _handshake(sock, origin, context, limit)
    except TimeoutError as error:
        raise deadline.blame(timed_out(origin, deadline)) from error
    except OSError as error:
        raise refused(origin, error) from error


async def _open(origin: Origin, proxy: Proxy | None, clock: asyncio.Timeout) -> socket.socket:
    if proxy is None:
        return await _connect_first(origin, clock)
    try:
        return await _connect_first(proxy.origin, clock)
    except ConnectError as error:
        raise proxy.unreachable(error) from error


async def _connect_first(origin: Origin, clock: asyncio.Timeout) -> socket.socket:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise unknown_host(origin, error) from error
    failure: OSError | None = None
    for remaining, (family, kind, protocol, _, address) in zip(range(len(found), 0, -1), found, strict=True):
        sock = socket.socket(family, kind, protocol)
        end = clock.when()
        try:
            sock.settimeout(0)
            # An address that never answers may use up its share only, or the others would not get their chance.
            async with asyncio.timeout(None if end is None else (end - loop.time()) / remaining):
                await loop.sock_connect(sock, address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            sock.close()
            failure = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise no_address(origin, failure)


async def _talk(sock: socket.socket, tunnel: Tunnel) -> None:
    loop = asyncio.get_running_loop()
    try:
        await loop.sock_sendall(sock, tunnel.request)
        while not tunnel.feed(await loop.sock_recv(sock, 4096)):
            pass
    except BaseException:
        sock.close()
        raise


async def _handshake(
    sock: socket.socket, origin: Origin, context: ssl.SSLContext, limit: float | None
) -> AsyncConnection:
    loop = asyncio.get_running_loop()
    try:
        # From here on the socket is the loop's to close, whatever happens.
        _, connection = await loop.create_connection(
            lambda: AsyncConnection(loop),
            sock=sock,
            ssl=context,
            server_hostname=origin.host,
            ssl_handshake_timeout=limit,
        )
    except TimeoutError:
        raise
    except OSError as error:
        raise tls.failure(origin, error) from error
    return connection
