"""The blocking connection on a socket that does what a real one does only rarely."""

from __future__ import annotations

import errno
import socket

import pytest

from runtime.errors import ConnectionLost, DeadlineExceeded, WriteTimeout
from runtime.http import Timeout
from runtime.transport.blocking import Connection
from runtime.transport.deadline import Deadline
from runtime.transport.reply import Reply
from tests.runtime.transport.server import reply


class Scripted(socket.socket):
    """Sends what it is allowed to at a time, then fails; receives what it is given."""

    def __init__(self, sends: list[int | OSError], receives: list[bytes | OSError]) -> None:
        super().__init__()
        self.sends = sends
        self.receives = receives
        self.sent = b""

    def send(self, data: bytes | memoryview, *_: object) -> int:  # type: ignore[override]
        step = self.sends.pop(0)
        if isinstance(step, OSError):
            raise step
        self.sent += data[:step]
        return min(step, len(data))

    def recv(self, *_: object) -> bytes:
        step = self.receives.pop(0)
        if isinstance(step, OSError):
            raise step
        return step


def exchange(sock: Scripted, timeout: Timeout, *pieces: bytes) -> Reply:
    answer = Reply("POST", 1000)
    with sock:
        Connection(sock).exchange(pieces, answer, Deadline(timeout))
    return answer


def test_partial_writes() -> None:
    sock = Scripted([1, 2, 10, 3, 100], [reply()])
    exchange(sock, Timeout(), b"0123456789", b"abcdefgh")
    assert sock.sent == b"0123456789abcdefgh"


def test_a_reply_to_a_request_that_could_not_be_finished() -> None:
    sock = Scripted([4, BrokenPipeError()], [reply(status="413 Too Large")])
    answer = exchange(sock, Timeout(), b"0123456789")
    assert answer.status_code == 413
    assert not answer.reusable


@pytest.mark.parametrize("error", [BrokenPipeError(), ConnectionResetError(), OSError(errno.EHOSTUNREACH, "no route")])
@pytest.mark.parametrize("sent", [0, 4])
def test_broken_writes(sent: int, error: OSError) -> None:
    sends: list[int | OSError] = [sent, error] if sent else [error]
    with pytest.raises(ConnectionLost) as caught:
        exchange(Scripted(sends, [ConnectionResetError()]), Timeout(), b"0123456789")
    assert caught.value.request_sent is bool(sent)


@pytest.mark.parametrize("sent", [0, 4])
def test_stuck_writes(sent: int) -> None:
    sends: list[int | OSError] = [sent, TimeoutError("timed out")] if sent else [TimeoutError("timed out")]
    with pytest.raises(WriteTimeout) as caught:
        exchange(Scripted(sends, []), Timeout(), b"0123456789")
    assert caught.value.request_sent is bool(sent)


def test_a_peer_the_kernel_gave_up_on() -> None:
    gone = OSError(errno.ETIMEDOUT, "Connection timed out")
    for sock in (Scripted([gone], []), Scripted([10], [gone])):
        with pytest.raises(ConnectionLost, match="Connection timed out"):
            exchange(sock, Timeout(read=None, write=None), b"0123456789")


def test_a_deadline_that_has_passed() -> None:
    sock = Scripted([], [])
    with pytest.raises(DeadlineExceeded) as caught:
        exchange(sock, Timeout(total=1e-9), b"0123456789")
    assert not caught.value.request_sent
