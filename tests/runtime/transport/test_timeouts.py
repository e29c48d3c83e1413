"""Every wait has an end. The limits are small and real, because the waits are."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from time import monotonic

import pytest

from runtime.errors import ConnectTimeout, DeadlineExceeded, ReadTimeout, WriteTimeout
from runtime.http import HTTPRequest, Origin, Timeout
from tests.runtime.transport.clients import Client, MakeClient
from tests.runtime.transport.server import HANG, READ, READ_HEAD, FaultServer, Script, reply, serving

SOON = 0.05


def request(server: FaultServer, method: str = "GET", body: bytes = b"") -> HTTPRequest:
    return HTTPRequest(method, server.origin, "/", [], body)


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """A wait that ends for another reason than its own limit ends much later."""
    begin = monotonic()
    yield
    assert monotonic() - begin < 5


@pytest.fixture
def black_hole() -> Iterator[Origin]:
    """A port whose backlog is full: the kernel drops further SYNs."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        yield Origin("http", "127.0.0.1", address[1])
        for each in waiting:
            each.close()


def test_connect(client: Client, black_hole: Origin) -> None:
    with pytest.raises(ConnectTimeout, match=r"within 0\.05 seconds") as caught:
        client.send(HTTPRequest("GET", black_hole, "/", []), Timeout(connect=SOON))
    assert not caught.value.request_sent


def test_an_address_that_does_not_answer_leaves_time_for_the_next(
    client: Client, black_hole: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer(serving(reply(b"ok"))) as server:
        found = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
            for port in (black_hole.port, server.origin.port)
        ]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        host = Origin("http", "example.invalid", 80)
        assert client.send(HTTPRequest("GET", host, "/", []), Timeout(connect=1.0)).body == b"ok"


def test_the_handshake_belongs_to_connecting(client: Client) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with FaultServer([HANG], context=context) as server, pytest.raises(ConnectTimeout):
        client.send(request(server), Timeout(connect=SOON))


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"])
def test_read(client: Client, answer: bytes) -> None:
    with FaultServer([READ, answer, HANG]) as server:
        with pytest.raises(ReadTimeout, match=r"for 0\.05 seconds") as caught:
            client.send(request(server), Timeout(read=SOON))
        assert caught.value.request_sent
        assert server.accepted == 1


def test_a_read_timeout_gives_up_the_connection(client: Client) -> None:
    with FaultServer([READ, reply(b"1"), READ, HANG], serving(reply(b"2"))) as server:
        assert client.send(request(server)).body == b"1"
        with pytest.raises(ReadTimeout):
            client.send(request(server), Timeout(read=SOON))
        assert client.send(request(server)).body == b"2"


def test_write(client: Client) -> None:
    with FaultServer([READ_HEAD, HANG]) as server, pytest.raises(WriteTimeout, match=r"for 0\.05 seconds"):
        client.send(request(server, "POST", b"x" * 20_000_000), Timeout(write=SOON))


def test_the_wait_for_the_reply_begins_when_the_request_is_out(client: Client) -> None:
    with FaultServer([READ, HANG]) as server, pytest.raises(ReadTimeout):
        client.send(request(server, "POST", b"x" * 20_000_000), Timeout(write=None, read=SOON))


def test_total_cuts_a_read_short(client: Client) -> None:
    with FaultServer([READ, reply(b"1"), READ, HANG]) as server:
        client.send(request(server))  # so that the limit passes while reading, and not while connecting
        with pytest.raises(DeadlineExceeded, match=r"0\.05 seconds") as caught:
            client.send(request(server), Timeout(total=SOON))
        assert caught.value.request_sent


def test_total_cuts_a_write_short(client: Client) -> None:
    with FaultServer([READ_HEAD, HANG]) as server, pytest.raises(DeadlineExceeded):
        client.send(request(server, "POST", b"x" * 20_000_000), Timeout(total=SOON))


def test_total_cuts_a_connect_short(client: Client, black_hole: Origin) -> None:
    with pytest.raises(DeadlineExceeded) as caught:
        client.send(HTTPRequest("GET", black_hole, "/", []), Timeout(total=SOON))
    assert not caught.value.request_sent


def test_total_cuts_the_wait_for_a_connection_short(make_client: MakeClient) -> None:
    client = make_client(max_connections=1)
    with FaultServer([READ, HANG]) as server:
        results = client.send_all([request(server)] * 2, Timeout(total=SOON))
        assert [type(each) for each in results] == [DeadlineExceeded] * 2


def test_a_trickle_is_bounded_by_total_alone(client: Client) -> None:
    trickle: Script = [READ, b"HTTP/1.1 200 OK\r\n\r\n", *[b"x"] * 1000, HANG]
    with FaultServer(trickle) as server, pytest.raises(DeadlineExceeded):
        client.send(request(server), Timeout(read=5.0, total=SOON))


def test_no_limits(client: Client) -> None:
    unlimited = Timeout(connect=None, read=None, write=None, pool=None, total=None)
    with FaultServer(serving(reply(b"ok"))) as server:
        assert client.send(request(server), unlimited).body == b"ok"


def test_a_shorter_limit_holds_on_a_kept_connection(client: Client) -> None:
    with FaultServer([READ, reply(b"1"), READ, reply(b"2"), READ, HANG]) as server:
        client.send(request(server), Timeout(read=60.0))
        client.send(request(server), Timeout(read=None))
        with pytest.raises(ReadTimeout):
            client.send(request(server), Timeout(read=SOON))
