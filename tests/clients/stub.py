"""A server that records what it is asked and answers with what a test prepared.

It exists because no emulator implements every operation, and because only a recording says what went on the wire. It
refuses to know what any operation means: the last part of the X-Amz-Target header picks the prepared reply, no more.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

__all__ = ["MINIMAL_REPLIES", "Recorded", "Reply", "Stub"]

_POOL = {
    "IdentityPoolId": "us-east-1:00000000-0000-4000-8000-000000000000",
    "IdentityPoolName": "pool",
    "AllowUnauthenticatedIdentities": False,
}

MINIMAL_REPLIES: dict[str, dict[str, Any]] = {
    "CreateIdentityPool": _POOL,
    "DescribeIdentityPool": _POOL,
    "UpdateIdentityPool": _POOL,
}
"""The least that a documented success holds; every operation that is not here has no required member in its reply."""


@dataclass(frozen=True)
class Recorded:
    """One request as it arrived."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Values of each header field of that name."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name: str) -> str | None:
        """The one value of a header, None where it was not sent."""
        values = self.all(name)
        assert len(values) <= 1, f"{name} was sent {len(values)} times"
        return values[0] if values else None

    @property
    def operation(self) -> str:
        """The operation that X-Amz-Target names."""
        return self.all("X-Amz-Target")[0].rpartition(".")[2]

    @property
    def json(self) -> Any:
        """The body, decoded."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """A prepared reply."""

    body: bytes = b"{}"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (
        ("Content-Type", "application/x-amz-json-1.1"),
        ("x-amzn-RequestId", "id-1"),
    )

    @classmethod
    def of(cls, document: Any, status: int = 200) -> Reply:
        """The reply whose body is `document` as JSON."""
        return cls(json.dumps(document).encode(), status)


@dataclass
class Stub:
    """The server; it listens on a loopback port of its own between `with` and its end.

    Attributes:
        replies: Prepared replies by operation; for any other, the minimal one.
        requests: Everything that arrived, in order.
    """

    replies: dict[str, Reply] = field(default_factory=dict)
    requests: list[Recorded] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def host(self) -> str:
        """What the Host header says."""
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{self.host}"

    @property
    def only(self) -> Recorded:
        """The one request that arrived."""
        assert len(self.requests) == 1, f"{len(self.requests)} requests arrived"
        return self.requests[0]

    def answer(self, request: Recorded) -> Reply:
        """Note the request down and pick its reply."""
        self.requests.append(request)
        prepared = self.replies.get(request.operation)
        return prepared or Reply.of(MINIMAL_REPLIES.get(request.operation, {}))

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:  # the name that the standard library calls
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                reply = stub.answer(Recorded(self.command, self.path, tuple(self.headers.items()), body))
                self.send_response_only(reply.status)  # without a Date of its own
                for name, value in (*reply.headers, ("Content-Length", str(len(reply.body)))):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *_: object) -> None:
                """Stay silent; what arrived is in `requests`."""

        return Handler
