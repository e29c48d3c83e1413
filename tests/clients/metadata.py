"""The services that give credentials to a container and to an instance, on a loopback port."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["CONTAINER", "ROLES", "metadata_service"]

CONTAINER = "/container"
ROLES = "/latest/meta-data/iam/security-credentials/"


@contextmanager
def metadata_service(documents: Iterator[dict[str, str]], *, session: str) -> Iterator[str]:
    """Serve both.

    Args:
        documents: The credentials that are given out, one document for each time they are asked for.
        session: Session token of the instance's service.

    Yields:
        The URL of the service.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:  # the name that the standard library calls
            self.answer(session)

        def do_GET(self) -> None:  # the name that the standard library calls
            self.answer("role" if self.path == ROLES else json.dumps({"Code": "Success", **next(documents)}))

        def answer(self, text: str) -> None:
            self.send_response_only(200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
