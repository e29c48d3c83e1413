"""When connections are made, kept, shared and given up."""

from __future__ import annotations

import socket
import threading

import pytest

from runtime.errors import ClientClosed, ConnectError, ConnectionLost, DNSError, PoolTimeout, TransportError
from runtime.http import HTTPRequest, Origin, Timeout
from runtime.transport import lane
from tests.runtime.transport.clients import OPEN_FILES, Client, MakeClient, open_files
from tests.runtime.transport.server import (
    CLOSE,
    HANG,
    READ,
    READ_HEAD,
    RESET,
    Action,
    FaultServer,
    Script,
    Until,
    reply,
    serving,
)


def request(server: FaultServer, method: str = "GET", body: bytes = b"", target: str = "/") -> HTTPRequest:
    return HTTPRequest(method, server.origin, target, [], body)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def test_refused(client: Client) -> None:
    port = closed_port()
    with pytest.raises(ConnectError, match=f"127.0.0.1:{port}") as caught:
        client.send(HTTPRequest("GET", Origin("http", "127.0.0.1", port), "/", []))
    assert not caught.value.request_sent
    assert caught.value.retryable


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 64 + ".invalid"])
def test_unknown_host(client: Client, host: str) -> None:
    with pytest.raises(DNSError, match=host) as caught:
        client.send(HTTPRequest("GET", Origin("http", host, 80), "/", []))
    assert not caught.value.request_sent


def test_every_address_is_tried(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer(serving(reply(b"ok"))) as server:
        ports = [closed_port(), server.origin.port]
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)) for port in ports]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        assert client.send(HTTPRequest("GET", Origin("http", "example.invalid", 80), "/", [])).body == b"ok"


def test_connections_are_kept(client: Client) -> None:
    with FaultServer(serving(*[reply(str(n).encode()) for n in range(20)])) as server:
        assert [client.send(request(server)).body for _ in range(20)] == [str(n).encode() for n in range(20)]
        assert server.accepted == 1


def test_the_connection_used_last_is_used_next(client: Client) -> None:
    both = threading.Event()
    one: list[Action] = [READ, Until(both), *serving(*[reply(b"one")] * 3)[1:]]
    other: list[Action] = [READ, both, *serving(*[reply(b"two")] * 3)[1:]]
    with FaultServer(one, other) as server:
        client.send_all([request(server)] * 2)
        last = client.send(request(server)).body
        assert client.send(request(server)).body == last
        assert server.accepted == 2


def test_origins_do_not_share(client: Client) -> None:
    with FaultServer(serving(reply(b"a"))) as one, FaultServer(serving(reply(b"b"))) as other:
        assert client.send(request(one)).body == b"a"
        assert client.send(request(other)).body == b"b"


@pytest.mark.parametrize("ending", [CLOSE, RESET])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_idle_connection_that_died_is_not_used(client: Client, method: str, ending: Action) -> None:
    with FaultServer([READ, reply(b"1"), ending], serving(reply(b"2"))) as server:
        assert client.send(request(server, method)).body == b"1"
        assert server.gone[0].wait(5)
        assert client.send(request(server, method)).body == b"2"


def test_unasked_bytes_end_an_idle_connection(client: Client) -> None:
    with FaultServer([READ, reply(b"1"), reply(b"unasked"), CLOSE], serving(reply(b"2"))) as server:
        assert client.send(request(server)).body == b"1"
        assert server.gone[0].wait(5)
        assert client.send(request(server)).body == b"2"


def test_a_connection_idle_for_too_long_is_not_used(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane, "MAX_IDLE_SECONDS", 0.0)
    with FaultServer(serving(reply(b"1"), reply(b"stale")), serving(reply(b"2"))) as server:
        assert client.send(request(server)).body == b"1"
        assert client.send(request(server)).body == b"2"


@pytest.mark.parametrize("ending", [CLOSE, RESET])
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_one_resend_where_a_kept_connection_dies(client: Client, method: str, ending: Action) -> None:
    with FaultServer([READ, reply(b""), READ, ending], serving(reply(b""))) as server:
        client.send(request(server, method))
        assert client.send(request(server, method)).status_code == 200
        assert server.accepted == 2
        assert len(server.requests) == 3


@pytest.mark.parametrize("ending", [CLOSE, RESET])
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_no_resend_of_what_may_not_be_repeated(client: Client, method: str, ending: Action) -> None:
    with FaultServer([READ, reply(b""), READ, ending], serving(reply(b""))) as server:
        client.send(request(server, method))
        with pytest.raises(ConnectionLost) as caught:
            client.send(request(server, method))
        assert caught.value.request_sent
        assert server.accepted == 1


def test_only_one_resend(client: Client) -> None:
    with FaultServer([READ, reply(b""), READ, CLOSE], [READ, CLOSE]) as server:
        client.send(request(server))
        with pytest.raises(ConnectionLost):
            client.send(request(server))
        assert server.accepted == 2


def test_no_resend_once_the_reply_began(client: Client) -> None:
    with FaultServer([READ, reply(b""), READ, b"HTTP/1.1 200", CLOSE]) as server:
        client.send(request(server))
        with pytest.raises(ConnectionLost):
            client.send(request(server))
        assert server.accepted == 1


def test_an_error_reply_keeps_the_connection(client: Client) -> None:
    with FaultServer(serving(reply(b"oh", status="500 Oops"), reply(b"ok"))) as server:
        assert client.send(request(server)).status_code == 500
        assert client.send(request(server)).body == b"ok"
        assert server.accepted == 1


def test_a_reply_before_the_request_was_read(client: Client) -> None:
    answer = reply(b"no", "Connection: close", status="413 Too Large")
    with FaultServer([READ_HEAD, answer]) as server:
        assert client.send(request(server, "POST", b"x" * 1_000_000)).status_code == 413


def test_all_connections_busy(make_client: MakeClient) -> None:
    client = make_client(max_connections=2)
    with FaultServer([READ, HANG]) as server:
        results = client.send_all([request(server)] * 3, Timeout(pool=0.05, read=1.0))
        assert sorted(type(each).__name__ for each in results) == ["PoolTimeout", "ReadTimeout", "ReadTimeout"]
        busy = next(each for each in results if isinstance(each, PoolTimeout))
        assert "max_connections= allows more" in str(busy)
        assert not busy.request_sent


def test_the_pool_recovers_from_failures(make_client: MakeClient) -> None:
    client = make_client(max_connections=1)
    with FaultServer(*[[READ, CLOSE]] * 5, serving(reply(b"ok"))) as server:
        for _ in range(5):
            with pytest.raises(ConnectionLost):
                client.send(request(server, "POST"))
        assert client.send(request(server), Timeout(pool=0.05)).body == b"ok"


def test_waiters_get_the_connection_that_becomes_free(make_client: MakeClient) -> None:
    client = make_client(max_connections=1)
    with FaultServer(serving(*[reply(b"ok")] * 32)) as server:
        results = client.send_all([request(server, target=f"/{n}") for n in range(32)])
        assert [getattr(each, "body", each) for each in results] == [b"ok"] * 32
        assert server.accepted == 1


def test_many_at_once(make_client: MakeClient) -> None:
    client = make_client(max_connections=8)
    script: list[Action] = serving(*[reply(b"ok")] * 320)
    with FaultServer(script) as server:
        results = client.send_all([request(server, "POST", b"%d" % n) for n in range(32)] * 10)
        assert [getattr(each, "body", each) for each in results] == [b"ok"] * 320
        assert server.accepted <= 8
        assert sorted(int(each.rpartition(b"\r\n")[2]) for each in server.requests) == sorted([*range(32)] * 10)


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="counts open files the way Linux shows them")
def test_failures_leak_nothing(make_client: MakeClient) -> None:
    client = make_client(max_connections=2)
    port = closed_port()
    refused = HTTPRequest("GET", Origin("http", "127.0.0.1", port), "/", [])
    scripts: list[Script] = [
        [READ, CLOSE],
        [READ, RESET],
        [READ, b"trash\r\n\r\n"],
        [READ, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", CLOSE],
    ]
    with FaultServer(*scripts * 40) as server:
        for each in (request(server), refused):
            with pytest.raises(TransportError):
                client.send(each)
        assert server.gone[0].wait(5)
        before = open_files()
        for _ in range(100):
            for each in (request(server), refused):
                with pytest.raises(TransportError):
                    client.send(each)
        for gone in server.gone:
            assert gone.wait(5)
        assert open_files() <= before


def test_closed_clients(client: Client) -> None:
    with FaultServer(serving(reply(b"ok"))) as server:
        client.send(request(server))
        client.close()
        assert server.gone[0].wait(5)
        client.close()
        with pytest.raises(ClientClosed):
            client.send(request(server))


def test_a_client_closed_before_its_first_call(client: Client) -> None:
    client.close()
    with pytest.raises(ClientClosed):
        client.send(HTTPRequest("GET", Origin("http", "127.0.0.1", 1), "/", []))


def test_requests_under_way_outlive_the_client(make_client: MakeClient) -> None:
    arrived = threading.Event()
    client = make_client()
    with FaultServer([READ, arrived, reply(b"ok")]) as server:
        assert [getattr(each, "body", each) for each in client.send_all([request(server)])] == [b"ok"]
        assert arrived.is_set()
