"""What is particular to sending through httpx2: clients of one's own, HTTP/2, and what it is told not to do."""

from __future__ import annotations

import asyncio
import base64
import gzip
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from runtime import errors
from runtime.http import HTTPRequest, HTTPResponse, Origin, Timeout
from runtime.transport import AsyncHttpx2Transport, Httpx2Transport
from tests.runtime.transport.certificates import server_context
from tests.runtime.transport.clients import KINDS, QUICK, Client
from tests.runtime.transport.differences import HTTPX2
from tests.runtime.transport.server import HANG, READ, START_TLS, FaultServer, Script, reply, serving

Handler = Callable[[httpx2.Request], httpx2.Response]
API = Origin("https", "api.example", 443)


def send_to(handler: Handler, request: HTTPRequest, **options: int) -> HTTPResponse:
    return Httpx2Transport(httpx2.Client(transport=httpx2.MockTransport(handler)), **options).send(request, QUICK)


def get(origin: Origin = API, target: str = "/a//b/../c%7e?q=%41") -> HTTPRequest:
    return HTTPRequest("GET", origin, target, [("X-One", "1")])


@pytest.fixture(params=HTTPX2)
def make(request: pytest.FixtureRequest, stranger: Path) -> Callable[..., Client]:
    return lambda **options: KINDS[request.param](**{"verify": str(stranger), **options})


def test_what_is_signed_is_what_is_sent(make: Callable[..., Client]) -> None:
    """No header is added, none is moved, and the target keeps its bytes."""
    with FaultServer(serving(reply())) as server:
        client = make()
        request = HTTPRequest("POST", server.origin, "/a//b/../c%7e?q=%41&x=%20", [("b-B", "2"), ("A", "\xfc")], b"{}")
        client.send(request)
        client.close()
        client.stop()
        host = f"Host: 127.0.0.1:{server.origin.port}\r\n".encode()
        assert server.requests == [
            b"POST /a//b/../c%7e?q=%41&x=%20 HTTP/1.1\r\n" + host + b"b-B: 2\r\nA: \xfc\r\nContent-Length: 2\r\n\r\n{}"
        ]


def test_a_tunnel_is_given_the_password_and_the_server_is_not(make: Callable[..., Client], pem: Path) -> None:
    opened: Script = [READ, b"HTTP/1.1 200 OK\r\n\r\n", START_TLS(server_context(pem)), *serving(reply(b"1"))]
    with FaultServer(opened) as proxy:
        client = make(proxy=f"http://user:canary@127.0.0.1:{proxy.origin.port}", verify=str(pem))
        assert client.send(get(Origin("https", "127.0.0.1", 8443))).body == b"1"
        client.close()
        client.stop()
        credentials = b"Proxy-Authorization: Basic " + base64.b64encode(b"user:canary")
        assert proxy.requests[0].startswith(b"CONNECT 127.0.0.1:8443 HTTP/1.1\r\n")
        assert credentials in proxy.requests[0]
        assert b"Basic" not in proxy.requests[1]


def test_the_system_s_authorities_by_default(pem: Path) -> None:
    with FaultServer(serving(reply(b"ok")), context=server_context(pem)) as server:
        transport = Httpx2Transport()
        with pytest.raises(errors.TLSError, match="self-signed certificate; .*verify="):
            transport.send(get(Origin("https", "127.0.0.1", server.origin.port)), QUICK)
        transport.close()


# A client of one's own


def test_a_client_of_one_s_own() -> None:
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(201, json={"a": 1}, headers=[("X-Two", "2")])

    client = httpx2.Client(
        transport=httpx2.MockTransport(answer),
        headers={"X-Default": "1", "Authorization": "Bearer canary"},
        cookies={"canary": "1"},
        auth=("user", "canary"),
        follow_redirects=True,
    )
    transport = Httpx2Transport(client)
    response = transport.send(HTTPRequest("POST", API, "/path?q=1", [("X-One", "1")], b"body"), QUICK)
    assert (response.status_code, response.reason, response.body) == (201, "Created", b'{"a":1}')
    assert response.headers["x-two"] == "2"
    assert str(seen[0].url) == "https://api.example/path?q=1"
    assert seen[0].content == b"body"
    assert seen[0].headers.multi_items() == [("host", "api.example"), ("x-one", "1"), ("content-length", "4")]
    transport.close()
    assert not client.is_closed
    with pytest.raises(errors.ClientClosed):
        transport.send(get(), QUICK)


def test_an_asyncio_client_of_one_s_own() -> None:
    async def scenario() -> None:
        client = httpx2.AsyncClient(transport=httpx2.MockTransport(lambda _: httpx2.Response(200, content=b"ok")))
        transport = AsyncHttpx2Transport(client)
        assert (await transport.send(get(), QUICK)).body == b"ok"
        await transport.aclose()
        assert not client.is_closed
        await client.aclose()
        with pytest.raises(errors.ClientClosed):
            await AsyncHttpx2Transport(client).send(get(), QUICK)

    asyncio.run(scenario())


def test_redirects_are_replies() -> None:
    response = send_to(lambda _: httpx2.Response(302, headers={"Location": "https://elsewhere.example/"}), get())
    assert response.status_code == 302


def test_hooks_may_read_the_reply() -> None:
    read: list[bytes] = []
    with FaultServer(serving(reply(gzip.compress(b"hello", mtime=0), "Content-Encoding: gzip"))) as server:
        with httpx2.Client(event_hooks={"response": [lambda response: read.append(response.read())]}) as client:
            assert Httpx2Transport(client).send(get(server.origin, "/"), QUICK).body == b"hello"
    assert read == [b"hello"]


def test_large_mocked_bodies_are_refused_too() -> None:
    with pytest.raises(errors.ResponseError, match="limit of 10 bytes"):
        send_to(lambda _: httpx2.Response(200, content=b"x" * 11), get(), max_response_bytes=10)


@pytest.mark.parametrize(
    ("raised", "kind", "request_sent"),
    [
        (httpx2.ConnectError("no"), errors.ConnectError, False),
        (httpx2.ConnectTimeout("no"), errors.ConnectTimeout, False),
        (httpx2.PoolTimeout("no"), errors.PoolTimeout, False),
        (httpx2.ProxyError("403 Forbidden"), errors.ProxyError, False),
        (httpx2.ProxyError("Connection refused"), errors.ProxyError, False),
        (httpx2.ReadTimeout("no"), errors.ReadTimeout, True),
        (httpx2.WriteTimeout("no"), errors.WriteTimeout, True),
        (httpx2.ReadError("no"), errors.ConnectionLost, True),
        (httpx2.WriteError("no"), errors.ConnectionLost, True),
        (httpx2.CloseError("no"), errors.ConnectionLost, True),
        (httpx2.RemoteProtocolError("illegal header line: canary"), errors.ProtocolError, True),
        (httpx2.RemoteProtocolError("Server disconnected"), errors.ConnectionLost, True),
        (httpx2.RemoteProtocolError("<ConnectionTerminated error_code:0>"), errors.ConnectionLost, True),
        (httpx2.RemoteProtocolError("<StreamReset stream_id:1>"), errors.ConnectionLost, True),
        (httpx2.RemoteProtocolError("peer closed connection"), errors.IncompleteRead, True),
        (httpx2.LocalProtocolError("no"), errors.ProtocolError, True),
    ],
)
def test_every_error_has_its_counterpart(
    raised: httpx2.TransportError, kind: type[errors.TransportError], request_sent: bool
) -> None:
    def fail(_: httpx2.Request) -> httpx2.Response:
        raise raised

    with pytest.raises(errors.TransportError) as caught:
        send_to(fail, get())
    assert type(caught.value) is kind
    assert caught.value.request_sent is request_sent
    assert caught.value.__cause__ is raised
    assert "canary" not in str(caught.value)


def test_options_belong_to_a_client_that_is_made() -> None:
    with httpx2.Client() as client, pytest.raises(errors.ConfigurationError, match="give http2, proxy to it"):
        Httpx2Transport(client, http2=True, proxy=None)


# Options


@pytest.mark.parametrize("url", ["ftp://user:canary@p", "http://user:canary@p:x"])
def test_proxies_that_are_refused(make: Callable[..., Client], url: str) -> None:
    client = make(proxy=url)
    with pytest.raises(errors.ConfigurationError, match="must be a URL") as caught:
        client.send(get())
    client.stop()
    assert "canary" not in str(caught.value)


def test_socks(make: Callable[..., Client]) -> None:
    greeting = b"\x05\x00"
    connected = b"\x05\x00\x00\x01" + socket.inet_aton("127.0.0.1") + b"\x00\x50"

    def serve(listener: socket.socket) -> None:
        sock, _ = listener.accept()
        with sock:
            sock.recv(100)
            sock.sendall(greeting)
            sock.recv(100)
            sock.sendall(connected)
            sock.recv(1000)
            sock.sendall(reply(b"through"))
            sock.recv(1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        client = make(proxy=f"socks5://127.0.0.1:{listener.getsockname()[1]}")
        assert client.send(get(Origin("http", "api.example", 80), "/")).body == b"through"
        client.close()
        client.stop()
        thread.join(5)


def test_http_2(make: Callable[..., Client], pem: Path) -> None:
    context = server_context(pem)
    context.set_alpn_protocols(["h2"])
    seen: list[tuple[bytes, bytes]] = []

    def serve(listener: socket.socket) -> None:
        accepted, _ = listener.accept()
        with context.wrap_socket(accepted, server_side=True) as sock:
            connection = H2Connection(H2Configuration(client_side=False, header_encoding=None))
            connection.initiate_connection()
            while data := sock.recv(65536):
                for event in connection.receive_data(data):
                    if isinstance(event, RequestReceived):
                        seen.extend(event.headers)
                        connection.send_headers(event.stream_id, [(":status", "201"), ("x-two", "2")])
                        connection.send_data(event.stream_id, b"over two", end_stream=True)
                sock.sendall(connection.data_to_send())

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        client = make(http2=True, verify=str(pem))
        origin = Origin("https", "127.0.0.1", listener.getsockname()[1])
        response = client.send(get(origin))
        client.close()
        client.stop()
        thread.join(5)
    assert (response.status_code, response.body, response.headers["X-Two"]) == (201, b"over two", "2")
    assert (b":path", b"/a//b/../c%7e?q=%41") in seen
    assert (b":authority", origin.authority.encode()) in seen
    assert (b"x-one", b"1") in seen


def test_a_server_without_http_2(make: Callable[..., Client], pem: Path) -> None:
    with FaultServer([READ, reply(b"1.1")], context=server_context(pem)) as server:
        client = make(http2=True, verify=str(pem))
        assert client.send(get(server.origin)).body == b"1.1"
        client.close()
        client.stop()


def test_the_extra_is_named_where_httpx2_is_missing() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); sys.modules['httpx2'] = None\n"
        "try:\n    from runtime.transport import Httpx2Transport\n"
        "except ImportError as error:\n    print(error)\n"
    )
    templates = Path(__file__).parents[3] / "templates"
    done = subprocess.run(
        [sys.executable, "-c", program, str(templates)], capture_output=True, text=True, check=True, timeout=60
    )
    assert "with its extra `httpx2`" in done.stdout


# Forks


def test_a_client_of_one_s_own_ends_with_a_fork_once_it_was_used() -> None:
    with httpx2.Client(transport=httpx2.MockTransport(lambda _: httpx2.Response(200))) as client:
        transport = Httpx2Transport(client)
        transport.forget()
        assert transport.send(get(), QUICK).status_code == 200
        transport.forget()
        with pytest.raises(errors.ConfigurationError, match="make one in each process"):
            transport.send(get(), QUICK)


def test_a_trickling_head_is_bounded_in_asyncio() -> None:
    trickle: Script = [READ, b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 1000, HANG]

    async def scenario() -> None:
        transport = AsyncHttpx2Transport(proxy=None)
        with pytest.raises(errors.DeadlineExceeded):
            await transport.send(get(server.origin), Timeout(total=0.05))
        await transport.aclose()

    with FaultServer(trickle) as server:
        asyncio.run(scenario())
