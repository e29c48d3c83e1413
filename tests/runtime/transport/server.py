"""A server that misbehaves on command: each connection it accepts plays one script of byte actions.

Deterministic and on the loopback interface: it acts when the client has acted, never after some time.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

from runtime.http import Origin

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class _Step:
    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


class Until:
    """The action of waiting until another script sets `event`; an event by itself is the action of setting it."""

    def __init__(self, event: threading.Event) -> None:
        self.event = event


class START_TLS:  # noqa: N801 - reads as the other actions do
    """The action of continuing in TLS."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context


READ: Final = _Step("read one request")
READ_HEAD: Final = _Step("read up to the end of the head, and no further if that can be told")
ECHO: Final = _Step("read one request and answer with its target")
CLOSE: Final = _Step("close in an orderly way")
RESET: Final = _Step("close with RST")
HALF_CLOSE: Final = _Step("send nothing more, but stay")
HANG: Final = _Step("do nothing more until the server stops")

Action = bytes | _Step | threading.Event | Until | START_TLS
Script = Sequence[Action]


def reply(body: bytes = b"ok", *fields: str, status: str = "200 OK") -> bytes:
    """A well-formed reply with Content-Length."""
    lines = [f"HTTP/1.1 {status}", *fields, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def serving(*replies: bytes) -> list[Action]:
    """The script that answers one request after the other."""
    return [action for each in replies for action in (READ, each)]


class FaultServer:
    """Plays `scripts[n]` on the n-th connection; the last script serves all connections after it.

    Attributes:
        requests: Every request read, in order of arrival.
        accepted: How many connections were made.
        gone: For each connection in order, set when either side has closed it.
    """

    def __init__(self, *scripts: Script, context: ssl.SSLContext | None = None) -> None:
        self._scripts = scripts
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.requests: list[bytes] = []
        self.accepted = 0
        self.gone: list[threading.Event] = []

    @property
    def origin(self) -> Origin:
        """Where it listens."""
        port = self._listener.getsockname()[1]
        return Origin("http" if self._context is None else "https", "127.0.0.1", port)

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopped.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._threads[0].join()
        with self._lock:
            for each in self._sockets:
                if each.fileno() != -1:
                    try:
                        each.shutdown(socket.SHUT_RDWR)
                    except OSError:  # the client closed it already
                        continue
        for thread in self._threads:
            thread.join()

    def _start(self, target: object, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            script = self._scripts[min(self.accepted, len(self._scripts) - 1)]
            gone = threading.Event()
            with self._lock:
                self.accepted += 1
                self.gone.append(gone)
                self._sockets.append(sock)
            self._start(self._play, sock, script, gone)

    def _play(self, sock: socket.socket, script: Script, gone: threading.Event) -> None:
        try:
            if self._context is not None and script[:1] != [HANG]:
                sock = self._secure(sock, self._context)
            for action in script:
                if isinstance(action, START_TLS):
                    sock = self._secure(sock, action.context)
                elif not self._act(sock, action):
                    return
            while sock.recv(65536):
                pass
        except OSError:
            pass  # the client went away, which is part of the game
        finally:
            with self._lock:
                sock.close()
            gone.set()

    def _secure(self, sock: socket.socket, context: ssl.SSLContext) -> ssl.SSLSocket:
        secured = context.wrap_socket(sock, server_side=True)
        with self._lock:
            self._sockets.append(secured)
        return secured

    def _act(self, sock: socket.socket, action: Action) -> bool:
        if isinstance(action, bytes):
            sock.sendall(action)
        elif isinstance(action, threading.Event):
            action.set()
        elif isinstance(action, Until):
            return action.event.wait(5)
        elif action is READ or action is READ_HEAD:
            return self._read(sock, with_body=action is READ)
        elif action is ECHO:
            if not self._read(sock, with_body=True):
                return False
            sock.sendall(reply(self.requests[-1].split(b" ", 2)[1]))
        elif action is RESET:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            return False
        elif action is HALF_CLOSE:
            sock.shutdown(socket.SHUT_WR)
        elif action is CLOSE:
            return False
        else:
            self._stopped.wait()
        return True

    def _read(self, sock: socket.socket, *, with_body: bool) -> bool:
        data = b""
        while b"\r\n\r\n" not in data:
            more = sock.recv(65536 if with_body else 1)
            if not more:
                return False
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        while with_body and len(body) < length:
            more = sock.recv(65536)
            if not more:
                return False
            body += more
        with self._lock:
            self.requests.append(head + b"\r\n\r\n" + body)
        return True
