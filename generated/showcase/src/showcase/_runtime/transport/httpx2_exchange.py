"""One request on its way through httpx2, in this package's terms: what is sent, what came back, what went wrong.

httpx2 says little in its exceptions, so its trace is listened to: how far the exchange came decides whether a request
may have arrived, and whose fault it is that there is no reply. It refuses to do any input or output of its own.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import AsyncIterable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx2

from ..errors import (
    ConnectError,
    ConnectionLost,
    IncompleteRead,
    PoolTimeout,
    ProtocolError,
    ProxyError,
    SDKError,
    TransportError,
)
from ..http import Headers, HTTPRequest, HTTPResponse, Origin, Timeout
from . import tls
from .coding import coding_of, decode
from .deadline import Deadline
from .failures import connect_timeout, describe, read_timeout, refused, too_large, unknown_host, write_timeout
from .head import encode_head, fields_of
from .lane import IDEMPOTENT
from .proxies import AUTHENTICATION_REQUIRED, refusal
from .upload import Outgoing

if TYPE_CHECKING:
    from ..uploads import Upload

# Beside httpx2's own errors: what it lets through from below.
FAILURES = (httpx2.TransportError, OSError, UnicodeError)

_SWITCHING_PROTOCOLS = 101
# What httpx2 says of a connection, or an HTTP/2 stream, that ended before the reply; and of one that ended inside it.
_ENDED = ("Server disconnected", "<ConnectionTerminated", "<StreamReset")
_ENDED_INSIDE = "peer closed connection"


class Progress:
    """How far an exchange came, as httpx2's trace tells it. Client objects without a network of their own tell nothing.

    Attributes:
        phase: `connect`, `tunnel`, `handshake`, `request`, `reply`, or None as long as nothing was told.
        peer: Host and port of the connection that was made, None where a kept one was used.
    """

    __slots__ = ("peer", "phase")

    def __init__(self) -> None:
        self.phase: str | None = None
        self.peer: tuple[str, int] | None = None

    @property
    def request_sent(self) -> bool:
        """Whether the request may have arrived."""
        return self.phase in (None, "request", "reply")

    def note(self, event: str, info: dict[str, Any]) -> None:
        """Take in an event of the trace."""
        step = event.partition(".")[2]
        if step == "connect_tcp.started":
            self.phase, self.peer = "connect", (info["host"], info["port"])
        elif step == "start_tls.started":
            self.phase = "handshake"
        elif step == "send_request_headers.started":
            self.phase = "tunnel" if info["request"].method == b"CONNECT" else "request"
        elif step == "receive_response_headers.complete" and self.phase == "request":
            self.phase = "reply"

    async def note_async(self, event: str, info: dict[str, Any]) -> None:
        """`note`, as the asynchronous client wants it."""
        self.note(event, info)


class _Limits(dict[str, float | None]):
    """httpx2's limits. It asks for one when the wait begins, and is told what is left of the whole by then."""

    def __init__(self, deadline: Deadline, progress: Progress) -> None:
        timeout = deadline.timeout
        super().__init__(connect=timeout.connect, read=timeout.read, write=timeout.write, pool=timeout.pool)
        self._deadline = deadline
        self._progress = progress

    def get(self, wait: str, default: Any = None) -> Any:
        if self._progress.phase == "tunnel":
            wait = "connect"  # a tunnel belongs to connecting, though httpx2 sees one more request
        sent = self._progress.phase in ("request", "reply")
        return self._deadline.cap(super().get(wait, default), request_sent=sent)


class Exchange:
    """A request and what becomes of it, over two attempts at most.

    Args:
        request: What to send.
        timeout: The limits; asyncio clients are cut off at `total` by their caller, blocking ones at each wait.
        max_bytes: The largest body taken in.
        is_async: Which client sends it.

    Raises:
        RequestError: The request cannot be written as one valid HTTP/1.1 request.
    """

    def __init__(self, request: HTTPRequest, timeout: Timeout, max_bytes: int, *, is_async: bool) -> None:
        self.request = request
        encode_head(request)  # for its checks: h11 has some of them, and httpx2 corrects what it can
        self._fields = [(name.encode("ascii"), value.encode("latin-1")) for name, value in fields_of(request)]
        self._deadline = Deadline(timeout)
        self._waits = Deadline(replace(timeout, total=None)) if is_async else self._deadline
        self._max_bytes = max_bytes
        self._is_async = is_async
        self._attempts = 0
        self.progress = Progress()

    def begin(self) -> httpx2.Request:
        """The request of a new attempt."""
        request = self.request
        self._attempts += 1
        self._body = bytearray()
        self._received = 0
        self._expected: str | None = None
        self._is_read = False
        self.progress = progress = Progress()
        made = httpx2.Request(
            request.method,
            f"{request.origin.scheme}://{request.origin.authority}{request.target}",
            headers=self._fields,
            content=request.body if request.upload is None else self._pieces(request.upload),
            # The target as it was signed: httpx2 would normalise it.
            extensions={
                "target": request.target.encode("ascii"),
                "timeout": _Limits(self._waits, progress),
                "trace": progress.note_async if self._is_async else progress.note,
            },
        )
        made.method = request.method  # httpx2 writes it in capitals; to HTTP it is another then (RFC 9110, section 9.1)
        return made

    def _pieces(self, upload: Upload) -> Iterable[bytes] | AsyncIterable[bytes]:
        outgoing = Outgoing(b"", upload)
        return outgoing.raw_async() if self._is_async else outgoing.raw()

    def expect(self, response: httpx2.Response) -> bool:
        """Look at the head of the reply; whether its body is still to be read.

        Raises:
            ProtocolError: It is not one that was asked for.
        """
        self._expected = response.headers.get("content-length")
        if response.status_code == _SWITCHING_PROTOCOLS:
            raise ProtocolError("the server switched to another protocol unasked")
        self._is_read = response.is_stream_consumed  # by a hook, or a mock that never had a stream
        return not self._is_read

    def take(self, piece: bytes) -> None:
        """Take in a piece of the body.

        Raises:
            ResponseError: The body is larger than allowed.
            DeadlineExceeded: The call took too long.
        """
        self._body += piece
        if len(self._body) > self._max_bytes:
            raise too_large(self._max_bytes)
        self.count(piece)

    def count(self, piece: bytes) -> None:
        """Note a piece of the body that somebody else takes in.

        Raises:
            DeadlineExceeded: The call took too long.
        """
        self._received += len(piece)
        self._deadline.cap(None)

    def left(self) -> float | None:
        """Seconds that are left for the whole.

        Raises:
            DeadlineExceeded: None are.
        """
        return self._deadline.cap(None)

    def finish(self, response: httpx2.Response) -> HTTPResponse:
        """The complete reply.

        Raises:
            ProxyError: A proxy's refusal, in place of a reply.
            ResponseError: The content coding is unknown or broken, or the body grows too large.
        """
        if response.status_code == AUTHENTICATION_REQUIRED:
            raise refusal("the proxy", self.request.origin, response.status_code)
        reason = response.extensions.get("reason_phrase")
        reply = HTTPResponse(
            response.status_code,
            Headers((), response.headers.raw),
            bytes(self._body),
            response.reason_phrase if reason is None else reason.decode("latin-1"),
        )
        if self._is_read:
            reply.body = response.content  # reading it undid its coding
            if len(reply.body) > self._max_bytes:
                raise too_large(self._max_bytes)
        elif (coding := coding_of(reply, self.request)) is not None:
            decode(reply, coding, self._max_bytes)
        return reply

    def may_resend(self, lost: ConnectionLost) -> bool:
        """Whether the request may go out once more: a kept connection ended before a word of the reply."""
        progress = self.progress
        upload = self.request.upload
        return (
            self._attempts == 1
            and (upload is None or upload.can_begin)
            and progress.phase == "request"
            and progress.peer is None
            and not isinstance(lost, IncompleteRead)
            and self.request.method in IDEMPOTENT
        )

    def failure(self, error: Exception) -> SDKError:
        """What `error` of httpx2, or of what is below it, means."""
        match error:
            case httpx2.TimeoutException():
                return self._timeout(error)
            case httpx2.ProxyError():
                status = str(error)[:3]
                if status.isdecimal():
                    return refusal(self._proxy(), self.request.origin, int(status))
                return ProxyError(f"{self._proxy()} cannot be used: {str(error)[:80]}")
        match self.progress.phase:
            case "tunnel":
                return ProxyError(f"{self._proxy()} gave no answer: {_words(error)}")
            case "connect" | "handshake":
                return self._no_connection(error)
        if isinstance(error, httpx2.ConnectError):  # of a client that tells nothing of its progress
            return ConnectError(f"cannot connect to {self.request.origin.authority}: {_words(error)}")
        return self._broken(error)

    def too_late(self) -> TransportError:
        """The error of a call that took longer than its whole limit."""
        return self._deadline.exceeded(request_sent=self.progress.phase in ("request", "reply"))

    def _timeout(self, error: httpx2.TimeoutException) -> SDKError:
        deadline, phase = self._deadline, self.progress.phase
        timeout = deadline.timeout
        if isinstance(error, httpx2.PoolTimeout):
            where = self.request.origin.authority
            return deadline.blame(
                PoolTimeout(f"all connections stayed busy, none was free for {where}; max_connections= allows more")
            )
        if isinstance(error, httpx2.ConnectTimeout) or phase in ("connect", "tunnel", "handshake"):
            return deadline.blame(connect_timeout(self.request.origin, timeout.connect))
        if isinstance(error, httpx2.WriteTimeout):
            return deadline.blame(write_timeout(timeout.write))
        return deadline.blame(read_timeout(timeout.read))

    def _no_connection(self, error: Exception) -> SDKError:
        origin, cause = self.request.origin, _cause(error)
        if self.progress.phase == "handshake":
            if isinstance(cause, OSError):
                return tls.failure(origin, cause)
            return ConnectError(f"the connection to {origin.host}:{origin.port} broke during the TLS handshake")
        peer = Origin(origin.scheme, *(self.progress.peer or (origin.host, origin.port)))
        failure: ConnectError
        if isinstance(cause, UnicodeError | socket.gaierror):
            failure = unknown_host(peer, cause)
        elif isinstance(cause, OSError):
            failure = refused(peer, cause)
        else:
            failure = ConnectError(f"cannot connect to {peer.host}:{peer.port}")
        is_proxy = (peer.host, peer.port) != (origin.host, origin.port)
        return ProxyError(f"the proxy cannot be used: {failure.message}") if is_proxy else failure

    def _broken(self, error: Exception) -> SDKError:
        sent, text = self.progress.request_sent, str(error)
        ended = text.startswith((*_ENDED, _ENDED_INSIDE)) or not isinstance(error, httpx2.ProtocolError)
        if not ended:
            # Up to the first colon: what follows may quote what was received.
            return ProtocolError(f"the reply is not valid HTTP: {text.partition(':')[0][:80]}", request_sent=sent)
        if self.progress.phase == "reply" or text.startswith(_ENDED_INSIDE):
            expected = "an unknown number of" if self._expected is None else self._expected[:20]
            return IncompleteRead(
                f"the connection broke inside the reply: got {self._received} of {expected} bytes", request_sent=sent
            )
        return ConnectionLost(f"the connection broke before the reply ({_words(error)})", request_sent=sent)

    def _proxy(self) -> str:
        peer = self.progress.peer
        return "the proxy" if peer is None else f"the proxy {Origin('http', *peer).authority}"


def _cause(error: BaseException) -> OSError | UnicodeError | None:
    """The system's own error below the layers of httpx2 and anyio."""
    found: OSError | UnicodeError | None = None
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, BaseExceptionGroup):
            below = below.exceptions[0]  # anyio's, of attempts side by side
        if isinstance(below, OSError | UnicodeError) and (found is None or not _is_system_s(found)):
            found = below
        below = below.__cause__ or below.__context__
    return found


def _is_system_s(error: OSError | UnicodeError) -> bool:
    return not isinstance(error, OSError) or isinstance(error, ssl.SSLError) or error.errno is not None


def _words(error: Exception) -> str:
    cause = _cause(error)
    return describe(cause) if isinstance(cause, OSError) else str(error)[:80] or type(error).__name__
