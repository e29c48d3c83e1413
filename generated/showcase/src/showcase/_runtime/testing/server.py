"""A stub behind a port: the same answers over HTTP/1.1, for programs in other processes and other languages.

It is made for tests on one machine: it listens on the loopback interface unless told otherwise, and asks nobody who
they are. `Prefer: code=404` asks for an error (RFC 7240), by its status or by its code.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from ..errors import TransportError
from ..http import Headers, HTTPRequest, HTTPResponse, Origin
from .service import Failure, UnexpectedRequest
from .stub import Stub

__all__ = ["StubServer", "main"]

_LARGEST = 64 * 1024 * 1024
_PREFERRED = re.compile(r"(?:^|[,;])\s*code\s*=\s*\"?([\w.#-]+)", re.IGNORECASE)
_ERROR_STATUS = re.compile(r"[45][0-9]{2}")
_ATTEMPT = re.compile(r"\battempt=([0-9]{1,4})\b")
_NOT_SENT = frozenset({"connection", "content-length", "date", "transfer-encoding"})
_LENGTH_REQUIRED, _TOO_LARGE, _FAILED, _NO_CONTENT, _NOT_MODIFIED = 411, 413, 500, 204, 304


class StubServer(ThreadingHTTPServer):
    """Serves a stub.

    Args:
        stub: What answers.
        host: Where to listen.
        port: The port, 0 for any that is free.
        log: Told one line for each request; None for nobody.
    """

    daemon_threads = True

    def __init__(
        self, stub: Stub[Any], host: str = "127.0.0.1", port: int = 0, log: Callable[[str], None] | None = None
    ) -> None:
        self.stub = stub
        self.log = log
        super().__init__((host, port), _Handler)

    @property
    def url(self) -> str:
        """Where it listens."""
        host = str(self.server_address[0])
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def _behind(self) -> StubServer:
        return cast("StubServer", self.server)

    def __getattr__(self, name: str) -> Any:
        # http.server looks for `do_GET` and the like; every method is answered alike.
        if name.startswith("do_"):
            return self._respond
        raise AttributeError(name)

    def _respond(self) -> None:
        length = self.headers.get("content-length", "0" if "transfer-encoding" not in self.headers else "")
        if not length.isdecimal() or int(length) > _LARGEST:
            self.close_connection = True
            self.send_error(_TOO_LARGE if length.isdecimal() else _LENGTH_REQUIRED)
            return
        request = self._request(self.rfile.read(int(length)))
        try:
            response = self._behind.stub.answer(request, _preferred(request))
        except UnexpectedRequest as error:
            response = self._behind.stub.refusal(error)
        except TransportError:
            self._note("no answer, as prepared")
            self.close_connection = True
            return
        except Exception as error:  # noqa: BLE001  (what a test's function raises is for the test to see)
            response = HTTPResponse(_FAILED, Headers(()), f"{type(error).__name__}: {error}".encode())
        self._note(str(response.status_code))  # first, so that who has the answer finds the line
        self._send(response)

    def _request(self, body: bytes) -> HTTPRequest:
        attempt = _ATTEMPT.search(self.headers.get("amz-sdk-request", ""))
        return HTTPRequest(
            self.command,
            Origin("http", str(self._behind.server_address[0]), self._behind.server_port),
            self.path,
            list(self.headers.items()),
            body,
            int(attempt[1]) if attempt else 1,
        )

    def _send(self, response: HTTPResponse) -> None:
        has_body = response.status_code not in (_NO_CONTENT, _NOT_MODIFIED) and self.command != "HEAD"
        self.send_response_only(response.status_code, response.reason or None)
        self.send_header("Date", response.headers.get("date") or self.date_time_string())
        for name, value in response.headers.raw:
            if name.lower() not in _NOT_SENT:
                self.send_header(name, value)
        if response.status_code != _NO_CONTENT:
            self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if has_body:
            self.wfile.write(response.body)

    def _note(self, outcome: str) -> None:
        if self._behind.log is not None:
            # The query is left out: keys travel there.
            target = self.headers.get("x-amz-target", "")
            words = (self.command, self.path.partition("?")[0], target, "->", outcome)
            self._behind.log(" ".join(_visible(word) for word in words if word))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the name of http.server)
        """Nothing: what is worth a line gets one in `_note`."""


def _visible(word: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in word)[:200]


def _preferred(request: HTTPRequest) -> Failure | None:
    found = _PREFERRED.search(Headers(request.headers).get("prefer", ""))
    if found is None:
        return None
    wanted, message = found[1], "as the Prefer header asks for"
    if _ERROR_STATUS.fullmatch(wanted):
        return Failure(status=int(wanted), message=message)
    return None if wanted.isdecimal() else Failure(code=wanted, message=message)


def main(stub: Stub[Any], arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted: the program behind `python -m PACKAGE.testing`.

    Returns:
        The exit code: 0 after an interruption, which is how it ends; 1 where the port is taken.
    """
    parser = argparse.ArgumentParser(
        prog=f"python -m {(__package__ or '').partition('.')[0]}.testing", description="Serve the stub over HTTP."
    )
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: %(default)s)")
    parser.add_argument("--port", type=int, default=0, help="port; 0, the default, takes any that is free")
    parser.add_argument("--quiet", action="store_true", help="print nothing but the address")
    parser.add_argument("--strict", action="store_true", help="refuse what breaks the limits of the API's description")
    options = parser.parse_args(arguments)
    stub.strict = options.strict
    try:
        server = StubServer(stub, options.host, options.port, None if options.quiet else _print)
    except (OSError, OverflowError) as error:
        sys.stderr.write(f"cannot listen on {options.host}:{options.port}: {error}\n")
        return 1
    with server:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: _stop(server))
        if not options.quiet:
            for line in table(stub):
                _print(line)
        _print(f"listening on {server.url}")
        server.serve_forever(poll_interval=0.1)
    return 0


def table(stub: Stub[Any]) -> list[str]:
    """The operations, a line each, and the constraints that no value could be made for."""
    rows = [(operation.method, operation.path, name) for name, operation in stub.operations.items()]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(2)]
    lines = [f"{method:{widths[0]}}  {path:{widths[1]}}  {name}" for method, path, name in rows]
    return [*lines, *(f"cannot be met: {path}: {limits}" for path, limits in stub.unmet().items())]


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _stop(server: StubServer) -> None:
    # In a thread, because the loop that is to end is the one that was interrupted.
    threading.Thread(target=server.shutdown, daemon=True).start()
