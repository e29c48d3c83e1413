"""One reply, put together from the bytes that arrive, without any input or output of its own.

The grammar of HTTP/1.1 is llhttp's business (through httptools). This module adds what a client must decide: which
reply is the final one, when it is complete, how large it may be, and whether the connection may be used again.
"""

from __future__ import annotations

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from ..errors import ConnectionLost, IncompleteRead, ProtocolError, ResponseError
from ..http import Headers, HTTPResponse
from .coding import decode, is_success
from .failures import too_large

MAX_HEAD_BYTES = 64 * 1024
# A body in one-byte chunks has five bytes of framing for each of its own; more than this only wastes our time.
_MAX_FRAMING_PER_BODY_BYTE = 8
_FIRST_FINAL_STATUS = 200
_SWITCHING_PROTOCOLS = 101
_CONTENT_ENCODING = b"content-encoding"


class Reply:
    """Collects the reply to one request: `feed` it what arrives, then ask for the `response`.

    Attributes:
        started: Whether any byte of it arrived.
        done: Whether it is complete.
        reusable: Whether the connection may carry another request; known when done.
        keep: Whether the connection is worth keeping, whatever the reply says of it.
    """

    __slots__ = (
        "_bodiless",
        "_body",
        "_fields",
        "_head_done",
        "_keeps_coding",
        "_limit",
        "_parser",
        "_reason",
        "_received",
        "_size",
        "_status",
        "_unchecked",
        "done",
        "keep",
        "reusable",
        "started",
    )

    def __init__(self, method: str, max_bytes: int, *, keeps_coding: bool = False) -> None:
        self.started = self.done = self.reusable = False
        self.keep = True
        self._bodiless = method in ("HEAD", "CONNECT")
        self._limit = max_bytes
        self._keeps_coding = keeps_coding
        self._unchecked = min(MAX_HEAD_BYTES, max_bytes)
        self._fields: list[tuple[bytes, bytes]] = []
        self._body: bytes | bytearray = b""
        self._reason = b""
        self._status = self._received = self._size = 0
        self._head_done = False
        self._parser: HttpResponseParser | None = HttpResponseParser(self)

    @property
    def is_open(self) -> bool:
        """Whether there is a body to be read piece by piece; an `OpenReply` may say so."""
        return False

    @property
    def status_code(self) -> int:
        """The status; 0 until the head is complete."""
        return self._status

    def feed(self, data: bytes) -> bool:
        """Take in what arrived, or `b""` for the end of the connection; True when the reply is complete.

        Raises:
            IncompleteRead: The connection ended inside the body.
            ConnectionLost: It ended before the body.
            ProtocolError: This is not HTTP/1.1, contradicts itself or has an endless head.
            ResponseError: The body is larger than allowed.
        """
        parser = self._parser
        if parser is None:
            self.reusable = False
            return True
        if not data:
            self._end()
            return True
        self.started = True
        self._received += len(data)
        try:
            parser.feed_data(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            self.reusable = False
            if not self.done:
                raise ProtocolError(self._complaint(error, data)) from error
        if self.done:
            self._parser = None  # it refers back to this object: a cycle for each call would keep the collector busy
        if self._received > self._unchecked and (excess := self._excess()):
            self.reusable = False
            raise excess
        return self.done

    def broken(self, how: str) -> ConnectionLost:
        """The error for a connection that broke (`how`: `closed`, `was reset`) before the reply was complete."""
        if not self._head_done:
            return ConnectionLost(
                f"the connection {how} {'inside the head of' if self.started else 'before'} the reply"
            )
        want = self._field(b"content-length")
        expected = "an unknown number of" if want is None else want.decode("ascii")
        return IncompleteRead(f"the connection {how} inside the reply: got {self._size} of {expected} bytes")

    def response(self) -> HTTPResponse:
        """The complete reply, its content coding undone unless that is to be kept.

        Raises:
            ResponseError: The content coding is unknown or broken, or the body grows too large.
        """
        response = HTTPResponse(
            self._status,
            Headers((), self._fields),
            bytes(self._body),
            self._reason.decode("latin-1"),
        )
        if self._keeps_coding and is_success(self._status):
            return response
        for name, _ in self._fields:
            if len(name) == len(_CONTENT_ENCODING) and name.lower() == _CONTENT_ENCODING:
                decode(response, response.headers["content-encoding"], self._limit)
                break
        return response

    def on_message_begin(self) -> None:
        """Called by the parser at the first byte of a message; after the final reply, that is one nobody asked for."""
        if self.done:
            self.reusable = False

    def on_status(self, reason: bytes) -> None:
        """Called by the parser with (a piece of) the reason phrase."""
        if not self.done:
            self._reason += reason

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser for each field; trailer fields are passed over."""
        if not self._head_done:
            self._fields.append((name, value))

    def on_headers_complete(self) -> None:
        """Called by the parser at the end of a head."""
        parser = self._parser
        if self.done or parser is None:
            return
        self._head_done = True
        self._status = parser.get_status_code()
        if self._bodiless and self._status >= _FIRST_FINAL_STATUS:
            self._finish(parser)

    def on_body(self, data: bytes) -> None:
        """Called by the parser for each piece of the body."""
        if self.done:
            self.reusable = False
            return
        if not self._size:
            self._body = data
        elif isinstance(self._body, bytearray):
            self._body += data
        else:
            # Not a list of pieces: a peer that sends chunks of two bytes would make it twenty times the body.
            self._body = bytearray(self._body) + data
        self._size += len(data)

    def on_message_complete(self) -> None:
        """Called by the parser at the end of a message: the final one, or an interim one (RFC 9110, section 15.2)."""
        parser = self._parser
        if self.done or parser is None:
            return
        if self._status >= _FIRST_FINAL_STATUS:
            self._finish(parser)
        elif self._status != _SWITCHING_PROTOCOLS:
            self._fields.clear()
            self._reason = b""
            self._status = 0
            self._head_done = False

    def _end(self) -> None:
        if not self._head_done or self._field(b"content-length") or self._field(b"transfer-encoding"):
            raise self.broken("closed")
        self.done = True  # a body that ends with the connection (RFC 9112, section 6.3)
        self._parser = None

    def _finish(self, parser: HttpResponseParser) -> None:
        self.done = True
        self.reusable = self.keep and parser.should_keep_alive()

    def _excess(self) -> ProtocolError | ResponseError | None:
        head = len(self._reason) + sum(len(name) + len(value) + 4 for name, value in self._fields)
        framing = 0 if self.done else self._received - self._size
        if max(head, framing - _MAX_FRAMING_PER_BODY_BYTE * self._size) > MAX_HEAD_BYTES:
            return ProtocolError(f"the head of the reply is larger than {MAX_HEAD_BYTES} bytes")
        if self._size > self._limit:
            return too_large(self._limit)
        return None

    def _field(self, wanted: bytes) -> bytes | None:
        return next((value for name, value in self._fields if name.lower() == wanted), None)

    def _complaint(self, error: Exception, data: bytes) -> str:
        if isinstance(error, HttpParserUpgrade):
            return "the server switched to another protocol unasked"
        # Of the first line only: header values stay out of messages.
        first_line = data.partition(b"\r\n")[0][:40] if self._received == len(data) else b""
        return f"the reply is not valid HTTP/1.1: {error}" + (f"; it begins {first_line!r}" if first_line else "")
