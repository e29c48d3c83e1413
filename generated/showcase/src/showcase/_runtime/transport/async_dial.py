"""Making a connection in asyncio: name, address, proxy, handshake, all within one limit; the counterpart of `dial`."""

from __future__ import annotations

import asyncio
import socket
import ssl

from ..errors import ConnectError
from ..http import Origin
from . import tls
from .async_connection import AsyncConnection
from .deadline import Deadline
from .failures import connect_timeout, describe, no_address, refused, unknown_host
from .proxies import Proxy, Tunnel


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
        raise deadline.blame(connect_timeout(origin, deadline.timeout.connect)) from error
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
    except BaseException as error:
        sock.close()
        if isinstance(error, OSError) and not isinstance(error, TimeoutError):
            raise tunnel.broken(describe(error)) from error
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
            # Never the one that strikes: it only keeps the loop's own limit of a minute from being the shorter.
            ssl_handshake_timeout=None if limit is None else 2 * limit,
        )
    except TimeoutError:
        raise
    except OSError as error:
        raise tls.failure(origin, error) from error
    return connection
