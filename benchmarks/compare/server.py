"""A server that plays one situation: a script answers each request, and what was asked is kept."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self, cast

JSON = "application/x-amz-json-1.1"
REQUEST_ID = "11111111-2222-4333-8444-555555555555"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent, its header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def operation(self) -> str:
        """The operation that is called."""
        return self.headers.get("x-amz-target", "").rpartition(".")[2]

    @property
    def document(self) -> Any:
        """The body, decoded."""
        return json.loads(self.body or b"{}")

    @property
    def key_id(self) -> str | None:
        """The access key that signed, None for an unsigned request."""
        credential = self.headers.get("authorization", "").partition("Credential=")[2]
        return credential.partition("/")[0] or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What to answer.

    Attributes:
        body: Bytes as they are, or a document to encode.
        headers: Fields beside those that every reply has; an empty value takes one of those away.
        clock: How far the server's clock is ahead.
        trickle: Seconds before each byte of the body, 0 for all at once.
        drop: Close the connection instead of answering.
    """

    status: int = 200
    body: Any = b"{}"
    headers: tuple[tuple[str, str], ...] = ()
    clock: timedelta = timedelta()
    trickle: float = 0.0
    drop: bool = False

    @property
    def payload(self) -> bytes:
        """The body's bytes."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Script = Callable[[Request, int], Reply]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fields = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, fields, body, time.monotonic())
        listener = cast("_Listener", self.server)
        with listener.lock:
            listener.requests.append(request)
            number = len(listener.requests)
        reply = listener.script(request, number)
        if reply.drop:
            self.close_connection = True
            return
        payload = reply.payload
        head = {
            "Date": format_datetime(datetime.now(UTC) + reply.clock, usegmt=True),
            "Content-Type": JSON,
            "x-amzn-RequestId": REQUEST_ID,
            "Content-Length": str(len(payload)),
        } | dict(reply.headers)
        self.send_response_only(reply.status)
        for name, value in head.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self._write(payload, reply.trickle)

    do_GET = do_POST = do_PUT = do_CONNECT = answer  # noqa: N815  (the names that http.server asks for)

    def _write(self, payload: bytes, trickle: float) -> None:
        if not trickle:
            self.wfile.write(payload)
            return
        for byte in payload:
            if cast("_Listener", self.server).ended.wait(trickle):
                return
            self.wfile.write(bytes([byte]))
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's)
        """Keep quiet."""


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script
        self.requests: list[Request] = []
        self.lock = threading.Lock()
        self.ended = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is part of some situations."""


class Server:
    """Listens on a port of its own for as long as the `with` statement lasts."""

    def __init__(self, script: Script | Reply) -> None:
        self._listener = _Listener((lambda _request, _number: script) if isinstance(script, Reply) else script)

    def __enter__(self) -> Self:
        threading.Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.ended.set()
        self._listener.shutdown()
        self._listener.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._listener.server_port}"

    @property
    def requests(self) -> list[Request]:
        """What was asked so far."""
        return self._listener.requests
