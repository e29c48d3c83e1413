"""Making a blocking connection, and saying clearly why there is none."""

from __future__ import annotations

import socket
from collections.abc import Callable
from time import monotonic

from ..errors import ConnectError, ConnectTimeout, DNSError
from ..http import Origin
from .deadline import Deadline

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
        sock = _connect_first(origin, end) if proxy is None else _connect_proxy(proxy, end)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if secure is None:
                return sock
            if proxy is not None:
                _tunnel(sock, proxy, origin, end)
            sock.settimeout(_left(end))
            return secure(sock, origin)
        except BaseException:
            sock.close()
            raise
    except TimeoutError as error:
        raise deadline.blame(timed_out(origin, deadline)) from error
    except OSError as error:
        raise refused(origin, error) from error


def _connect_first(origin: Origin, end: float | None) -> socket.socket:
    try:
        found = socket.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise unknown_host(origin, error) from error
    for position, (family, kind, protocol, _, address) in enumerate(found, start=1):
        sock = socket.socket(family, kind, protocol)
        try:
            # An address that never answers may use up its share only, or the others would not get their chance.
            left = _left(end)
            sock.settimeout(None if left is None else left / (len(found) - position + 1))
            sock.connect(address)
        except BaseException as error:
            sock.close()
            if position == len(found) or not isinstance(error, OSError):
                raise
        else:
            return sock
    raise unknown_host(origin, None)


def _connect_proxy(proxy: Proxy, end: float | None) -> socket.socket:
    try:
        return _connect_first(proxy.origin, end)
    except DNSError as error:
        raise proxy.unreachable(error) from error
    except TimeoutError:
        raise
    except OSError as error:
        raise proxy.unreachable(refused(proxy.origin, error)) from error


def _tunnel(sock: socket.socket, proxy: Proxy, origin: Origin, end: float | None) -> None:
    reply = Reply("CONNECT", MAX_HEAD_BYTES)
    sock.settimeout(_left(end))
    sock.sendall(proxy.tunnel_head(origin))
    while not reply.feed(sock.recv(4096)):
        sock.settimeout(_left(end))
    proxy.check(origin, reply)


def _left(end: float | None) -> float | None:
    if end is None:
        return None
    left = end - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def describe(error: OSError) -> str:
    """The system's words for `error`."""
    return error.strerror or str(error) or type(error).__name__


def unknown_host(origin: Origin, error: OSError | UnicodeError | None) -> DNSError:
    """The error for a name without an address."""
    why = describe(error) if isinstance(error, OSError) else "no address" if error is None else "not a valid name"
    return DNSError(f"the host name {origin.host} cannot be resolved: {why}")


def refused(origin: Origin, error: OSError) -> ConnectError:
    """The error for a connection that was not accepted."""
    return ConnectError(f"cannot connect to {origin.host}:{origin.port}: {describe(error)}")


def timed_out(origin: Origin, deadline: Deadline) -> ConnectTimeout:
    """The error for a connection that was not there in time."""
    return ConnectTimeout(f"no connection to {origin.host}:{origin.port} within {deadline.timeout.connect} seconds")
