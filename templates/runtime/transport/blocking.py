"""The blocking transport: sockets, no thread of its own, nothing done per call that could be done per connection.

Name resolution is the one wait it cannot interrupt: the system's resolver takes no limit. Its time counts, though.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from ..errors import ConnectionLost, TransportError
from ..http import HTTPRequest, HTTPResponse, Origin, StreamedResponse, Timeout
from .coding import coding_of
from .deadline import Deadline
from .dial import connect
from .failures import describe, is_timeout, read_timeout, write_timeout
from .head import encode
from .lane import input_probe, may_resend
from .options import ENVIRONMENT, ClientCertificate, Verify
from .pool import BlockingLane, Pool
from .proxies import choose
from .reply import Reply

if TYPE_CHECKING:
    import ssl

# More than a TLS record holds, so that a read leaves nothing behind in OpenSSL, where the probe could not see it.
_READ_BYTES = 64 * 1024
# OpenSSL reports nothing until all of a write is done, so that a longer one could not tell slow from stuck.
_WRITE_BYTES = 128 * 1024


class SocketTransport:
    """Sends requests over pooled, blocking connections. Safe to use from several threads, and across a fork.

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
        self._pool: Pool[Connection] = Pool(max_connections)
        self._verify = verify
        self._client_certificate = client_certificate
        self._max_response_bytes = max_response_bytes
        self._proxies = choose(proxy)
        self._context: ssl.SSLContext | None = None

    def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        """Send `request` once and return the whole reply.

        Raises:
            RequestError: The request cannot be written as HTTP/1.1; nothing was sent.
            TransportError: No complete reply arrived.
            ResponseError: The reply is too large, or its content coding is broken.
        """
        reply = Reply(request.method, self._max_response_bytes, keeps_coding=request.keeps_coding)
        self._exchange(request, timeout, reply)
        return reply.response()

    def open(self, request: HTTPRequest, timeout: Timeout) -> StreamedResponse:
        """Send `request` once and return its reply as soon as the head is there, to be read piece by piece.

        `timeout.read` and `timeout.total` hold for what is read later too; `max_response_bytes` only for `read_all`.

        Raises:
            RequestError: The request cannot be written as HTTP/1.1; nothing was sent.
            TransportError: No head of a reply arrived.
        """
        from .body import Body  # most programs open no streams
        from .open_reply import OpenReply
        from .streamed import Streamed

        reply = OpenReply(request.method)
        body = Body(reply, self._exchange(request, timeout, reply))
        head = reply.response()
        return Streamed(head, body, self._max_response_bytes, coding_of(head, request))

    def _exchange(self, request: HTTPRequest, timeout: Timeout, reply: Reply) -> Lease | None:
        """Send `request` and take in its reply; what is left of the exchange where the reply is still open."""
        proxy = None if self._proxies is None else self._proxies.find(request.origin)
        pieces = encode(request) if proxy is None else proxy.encode(request)
        deadline = Deadline(timeout)
        lane = self._pool.enter(request.origin, deadline)
        connection = lease = None
        try:
            connection = lane.pick()
            if connection is not None:
                try:
                    connection.exchange(pieces, reply, deadline)
                except ConnectionLost as lost:
                    if not may_resend(request, reply, lost):
                        raise
                    connection.close()
                    connection = None
            if connection is None:
                secure = self._secure if request.origin.scheme == "https" else None
                connection = Connection(connect(request.origin, deadline, secure, proxy))
                connection.exchange(pieces, reply, deadline)
            if proxy is not None:
                proxy.check(request.origin, reply.status_code)
            if reply.is_open:
                lease = Lease(self._pool, lane, connection, deadline)
        finally:
            # Not `except`: KeyboardInterrupt in the middle of an exchange must not leave its connection in the pool.
            if lease is None:
                if connection is not None and not reply.reusable:
                    connection.close()
                    connection = None
                self._pool.leave(lane, connection)
        return lease

    def close(self) -> None:
        """Close every connection; a second call does nothing."""
        self._pool.close()

    def _secure(self, sock: socket.socket, origin: Origin) -> socket.socket:
        # Here, because a plain http client, and a program's start, do without OpenSSL.
        from . import tls

        # Without a lock, which a fork could leave locked for ever; at worst two threads make one context each.
        if self._context is None:
            self._context = tls.make_context(self._verify, self._client_certificate)
        return tls.handshake(sock, origin, self._context)


@dataclass(slots=True)
class Lease:
    """A connection in use, the right to use it, and the limits that hold."""

    pool: Pool[Connection]
    lane: BlockingLane[Connection]
    connection: Connection
    deadline: Deadline


class Connection:
    """One connection; it carries one request and its reply at a time."""

    __slots__ = ("_limit", "_probe", "_sock", "idle_since")

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._limit = sock.gettimeout()
        self._probe = input_probe(sock.fileno())
        self.idle_since = 0.0

    def is_alive(self) -> bool:
        """Whether another request may be sent; an idle connection with something to read is at its end."""
        return not self._probe()

    def close(self) -> None:
        """Give up the connection, without a word to the peer."""
        self._sock.close()

    def exchange(self, pieces: Iterable[bytes], reply: Reply, deadline: Deadline) -> None:
        """Write a request and read until its reply is complete.

        Raises:
            ConnectionLost: The connection broke.
            ProtocolError: What arrived is not HTTP/1.1.
            WriteTimeout, ReadTimeout, DeadlineExceeded: The server did not take or send a byte in time.
        """
        reply.keep = self._write(pieces, deadline)
        self.receive(reply, deadline)

    def receive(self, reply: Reply, deadline: Deadline) -> None:
        """Read until the reply is complete, or as far as an `OpenReply` wants.

        Raises:
            IncompleteRead, ConnectionLost: The connection broke.
            ProtocolError: What arrived is not HTTP/1.1.
            ReadTimeout, DeadlineExceeded: The server did not send a byte in time.
        """
        seconds = deadline.timeout.read
        complete = False
        while not complete:
            limit = deadline.cap(seconds)
            if limit != self._limit:
                self._set_limit(limit)
            try:
                data = self._sock.recv(_READ_BYTES)
            except OSError as error:
                if is_timeout(error):
                    raise deadline.blame(read_timeout(seconds)) from error
                raise reply.broken(f"broke ({describe(error)})") from error
            complete = reply.feed(data)
        self.idle_since = monotonic()

    def _write(self, pieces: Iterable[bytes], deadline: Deadline) -> bool:
        """Whether all of `pieces` went out; if not, the server may have said why."""
        sent = 0
        for piece in pieces:
            rest: bytes | memoryview = piece if len(piece) <= _WRITE_BYTES else memoryview(piece)
            while rest:
                limit = deadline.cap(deadline.timeout.write, request_sent=sent > 0)
                if limit != self._limit:
                    self._set_limit(limit)
                try:
                    count = self._sock.send(rest[:_WRITE_BYTES])
                except OSError as error:
                    if sent and isinstance(error, ConnectionError) and not is_timeout(error):
                        # A server may refuse a large body before it has read it; what it says is worth reading.
                        return False
                    raise _unsent(error, deadline, request_sent=sent > 0) from error
                sent += count
                if count == len(rest):
                    break
                rest = rest[count:]
        return True

    def _set_limit(self, seconds: float | None) -> None:
        self._sock.settimeout(seconds)
        self._limit = seconds


def _unsent(error: OSError, deadline: Deadline, *, request_sent: bool) -> TransportError:
    if is_timeout(error):
        return deadline.blame(write_timeout(deadline.timeout.write, request_sent=request_sent))
    return ConnectionLost(
        f"the connection broke while the request was sent ({describe(error)})", request_sent=request_sent
    )
