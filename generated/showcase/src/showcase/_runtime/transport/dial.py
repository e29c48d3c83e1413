"""Making a blocking connection: name, address, proxy, handshake, all within one limit."""

from __future__ import annotations

import socket
from collections.abc import Callable
from time import monotonic

from ..errors import ConnectError
from ..http import Origin
from .deadline import Deadline
from .failures import connect_timeout, describe, no_address, refused, unknown_host
from .proxies import Proxy, Tunnel

Secure = Callable[[socket.socket, Origin], socket.socket]


def connect(origin: Origin, deadline: Deadline, secure: Secure | None, proxy: Proxy | None = None) -> socket.socket:
    """A connected socket to `origin`; one limit, `timeout.connect`, covers name, connection and handshake.

    Args:
        origin: Where to.
        deadline: The limits.
        secure: Wraps the connected socket in TLS, or None for plain text.
        proxy: Connect through this; a secured connection gets a tunnel.

    Raises:
        ConnectError: There is no connection; its subclasses say why.
    """
    limit = deadline.cap(deadline.timeout.connect, request_sent=False)
    end = None if limit is None else monotonic() + limit
    try:
        sock = _open(origin, proxy, end)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if secure is None:
                return sock
            if proxy is not None:
                _talk(sock, Tunnel(proxy, origin), end)
            sock.settimeout(_left(end))
            return secure(sock, origin)
        except BaseException:
            sock.close()
            raise
    except TimeoutError as error:
        raise deadline.blame(connect_timeout(origin, deadline.timeout.connect)) from error
    except OSError as error:
        raise refused(origin, error) from error


def _open(origin: Origin, proxy: Proxy | None, end: float | None) -> socket.socket:
    if proxy is None:
        return _connect_first(origin, end)
    try:
        return _connect_first(proxy.origin, end)
    except ConnectError as error:
        raise proxy.unreachable(error) from error


def _connect_first(origin: Origin, end: float | None) -> socket.socket:
    try:
        found = socket.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise unknown_host(origin, error) from error
    failure: OSError | None = None
    for remaining, (family, kind, protocol, _, address) in zip(range(len(found), 0, -1), found, strict=True):
        sock = socket.socket(family, kind, protocol)
        try:
            # An address that never answers may use up its share only, or the others would not get their chance.
            left = _left(end)
            sock.settimeout(None if left is None else left / remaining)
            sock.connect(address)
        except OSError as error:
            sock.close()
            failure = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise no_address(origin, failure)


def _talk(sock: socket.socket, tunnel: Tunnel, end: float | None) -> None:
    sock.settimeout(_left(end))
    try:
        sock.sendall(tunnel.request)
        while not tunnel.feed(sock.recv(4096)):
            sock.settimeout(_left(end))
    except TimeoutError:
        raise
    except OSError as error:
        raise tunnel.broken(describe(error)) from error


def _left(end: float | None) -> float | None:
    if end is None:
        return None
    left = end - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
