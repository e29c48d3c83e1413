"""Making a blocking connection, and saying clearly why there is none."""

from __future__ import annotations

import socket
from collections.abc import Callable
from time import monotonic

from ..errors import ConnectError, ConnectTimeout, DNSError
from ..http import Origin
from .deadline import Deadline
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
        raise deadline.blame(timed_out(origin, deadline)) from error
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
    sock.sendall(tunnel.request)
    while not tunnel.feed(sock.recv(4096)):
        sock.settimeout(_left(end))


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


def unknown_host(origin: Origin, error: OSError | UnicodeError) -> DNSError:
    """The error for a name without an address."""
    why = describe(error) if isinstance(error, OSError) else "it is not a valid name"
    return DNSError(f"the host name {origin.host} cannot be resolved: {why}")


def no_address(origin: Origin, failure: OSError | None) -> Exception:
    """The error after the last address failed with `failure`; a timeout stays one, for the caller knows the limits."""
    if failure is None:
        return DNSError(f"the host name {origin.host} has no address")
    return failure if isinstance(failure, TimeoutError) else refused(origin, failure)


def refused(origin: Origin, error: OSError) -> ConnectError:
    """The error for a connection that was not accepted."""
    failure = ConnectError(f"cannot connect to {origin.host}:{origin.port}: {describe(error)}")
    failure.__cause__ = error
    return failure


def timed_out(origin: Origin, deadline: Deadline) -> ConnectTimeout:
    """The error for a connection that was not there in time."""
    return ConnectTimeout(f"no connection to {origin.host}:{origin.port} within {deadline.timeout.connect} seconds")
