"""Bodies that are read while they are sent, over every transport."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.errors import RequestError, WriteTimeout
from runtime.http import HTTPRequest, Origin, Timeout
from runtime.transport.head import encode
from runtime.uploads import Upload
from tests.runtime.transport.clients import Client
from tests.runtime.transport.server import CLOSE, HANG, READ, READ_HEAD, Action, FaultServer, reply, serving


class Unread(io.RawIOBase):
    """A file that cannot be rewound, like a pipe."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self._inner.read(size)


def put(server: FaultServer, upload: Upload) -> HTTPRequest:
    return HTTPRequest("PUT", server.origin, "/", [], upload=upload)


def test_a_path_is_sent_with_its_length_and_again(client: Client, tmp_path: Path) -> None:
    body = bytes(range(256)) * 4000
    (tmp_path / "a").write_bytes(body)
    upload = Upload(tmp_path / "a")
    with FaultServer(serving(reply(), reply())) as server:
        for _ in range(2):
            assert client.send(put(server, upload)).body == b"ok"
        assert server.accepted == 1
        for request in server.requests:
            head, _, sent = request.partition(b"\r\n\r\n")
            assert f"\r\nContent-Length: {len(body)}".encode() in head
            assert sent == body


def test_an_open_file_is_sent_from_where_it_is(client: Client) -> None:
    file = io.BytesIO(b"not this: hello")
    file.seek(10)
    upload = Upload(file)
    with FaultServer(serving(reply(), reply())) as server:
        for _ in range(2):
            client.send(put(server, upload))
        assert [request.partition(b"\r\n\r\n")[2] for request in server.requests] == [b"hello", b"hello"]


def test_what_has_no_length_goes_out_in_chunks(client: Client) -> None:
    script: list[Action] = [READ_HEAD, reply(b"ok", "Connection: close")]
    with FaultServer(script) as server:
        client.open(put(server, Upload(iter([b"one", b"", b"three"])))).read_all()
        assert b"\r\nTransfer-Encoding: chunked\r\n" in server.requests[0]
        assert b"content-length" not in server.requests[0].lower()


def test_chunks() -> None:
    request = HTTPRequest("PUT", Origin("http", "a", 80), "/", [], upload=Upload(iter([b"one", b"", b"x" * 20])))
    assert b"".join(encode(request)).partition(b"\r\n\r\n")[2] == b"3\r\none\r\n14\r\n" + b"x" * 20 + b"\r\n0\r\n\r\n"


def test_what_cannot_be_rewound_is_sent_once(client: Client) -> None:
    upload = Upload(Unread(b"hello"), size=5)
    with FaultServer(serving(reply(), reply())) as server:
        client.send(put(server, upload))
        with pytest.raises(RequestError, match="cannot be read again"):
            client.send(put(server, upload))
        assert len(server.requests) == 1


@pytest.mark.parametrize(("pieces", "match"), [([b"abc"], "3 of the 4"), ([b"abc", b"de"], "more than the 4")])
def test_a_wrong_length_ends_the_request(client: Client, pieces: list[bytes], match: str) -> None:
    with FaultServer([READ, reply()]) as server:
        with pytest.raises(RequestError, match=match):
            client.send(put(server, Upload(iter(pieces), size=4)))
    assert server.requests == []


def test_what_goes_wrong_in_the_source_reaches_the_caller(client: Client) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"one"
        raise KeyError("mine")

    with FaultServer([READ, CLOSE]) as server, pytest.raises(KeyError, match="mine"):
        client.send(put(server, Upload(pieces(), size=9)))


def test_a_server_that_takes_nothing(client: Client) -> None:
    with FaultServer([READ_HEAD, HANG]) as server:
        with pytest.raises(WriteTimeout):
            client.send(put(server, Upload(iter([bytes(1_000_000)] * 40), size=40_000_000)), Timeout(write=0.2, read=5))


def test_pieces_are_asked_for_as_the_server_takes_them(client: Client) -> None:
    asked: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(200):
            asked.append(number)
            yield bytes(1_000_000)

    with FaultServer([READ_HEAD, HANG]) as server:
        with pytest.raises(WriteTimeout):
            client.send(put(server, Upload(pieces(), size=200_000_000)), Timeout(write=0.2, read=5))
    assert len(asked) < 50
