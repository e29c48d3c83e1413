"""A loopback server that writes down what it is sent, and answers what it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A request as it arrived: the target is what stood in the request line, header names are lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)


class Recorder:
    """The server. Every request gets the answer that was set last: 204 until one is."""

    def __init__(self) -> None:
        self.requests: list[Recorded] = []
        self._status, self._body, self._content_type = 204, b"", ""
        self._fields: Mapping[str, str] = {}
        self._function: Callable[[Recorded], tuple[Any, dict[str, str]]] | None = None
        self._turns: list[tuple[Any, ...]] = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                recorder._answer(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815  (names of http.server)
            do_QUERY = do_COPY = do_syncAll = answer  # noqa: N815  (the same)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        """Where it listens, below a path, as APIs are."""
        return f"http://127.0.0.1:{self._server.server_port}/v2"

    @property
    def request(self) -> Recorded:
        """The one request that came."""
        assert len(self.requests) == 1
        return self.requests[0]

    def answers(
        self,
        status: int,
        body: Any = None,
        content_type: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer with `status`, `headers`, and with `body` as JSON unless it is bytes."""
        self._status, self._content_type, self._fields = status, content_type, headers or {}
        self._body = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()

    def answers_by(self, function: Callable[[Recorded], tuple[Any, dict[str, str]]]) -> None:
        """Answer 200 with what a function makes of a request: a body as JSON, and further header fields."""
        self._function = function

    def answers_in_turn(self, answers: Iterable[tuple[Any, ...]]) -> None:
        """Give these answers one after the other, each as for `answers`; the last one stays."""
        self._turns = list(answers)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length", 0))
        self.requests.append(
            Recorded(
                method=handler.command,
                target=handler.path,
                headers={name.lower(): value for name, value in handler.headers.items()},
                body=handler.rfile.read(length),
            )
        )
        if self._function is not None:
            document, fields = self._function(self.requests[-1])
            self.answers(200, document, headers=fields)
        if self._turns:
            self.answers(*self._turns.pop(0))
        handler.send_response(self._status)
        for name, value in self._fields.items():
            handler.send_header(name, value)
        if self._status != 204:
            handler.send_header("Content-Type", self._content_type)
            handler.send_header("Content-Length", str(len(self._body)))
        handler.send_header("X-Request-Id", "r-1")
        handler.end_headers()
        handler.wfile.write(self._body)
