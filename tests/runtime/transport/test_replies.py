"""What a reply may be, and what it may not."""

from __future__ import annotations

import gzip
import zlib

import pytest

from runtime.errors import ConnectionLost, DecodeError, IncompleteRead, ProtocolError, ResponseError
from runtime.http import HTTPRequest
from tests.runtime.transport.clients import Client, MakeClient
from tests.runtime.transport.server import CLOSE, READ, RESET, Action, FaultServer, Script, reply, serving


def get(server: FaultServer, method: str = "GET") -> HTTPRequest:
    return HTTPRequest(method, server.origin, "/", [])


def post(server: FaultServer, body: bytes = b"{}") -> HTTPRequest:
    return HTTPRequest("POST", server.origin, "/", [("Content-Type", "application/json")], body)


def gz(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("method", "answer", "status", "body"),
    [
        pytest.param("GET", reply(b"hello"), 200, b"hello", id="content-length"),
        pytest.param("GET", CHUNKED + b"3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n", 200, b"abcdefg", id="chunked"),
        pytest.param("GET", CHUNKED + b"1\r\na\r\n0\r\nDigest: x\r\n\r\n", 200, b"a", id="chunked with trailer"),
        pytest.param("GET", reply(b"not found", status="404 Not Found"), 404, b"not found", id="error status"),
        pytest.param("GET", b"HTTP/1.1 204 No Content\r\n\r\n", 204, b"", id="204"),
        pytest.param("GET", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", 304, b"", id="304 with length"),
        pytest.param("HEAD", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", 200, b"", id="HEAD"),
        pytest.param("HEAD", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200, b"", id="HEAD chunked"),
        pytest.param("GET", b"HTTP/1.1 100 Continue\r\n\r\n" + reply(b"x"), 200, b"x", id="100"),
        pytest.param(
            "GET",
            b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + reply(b"x"),
            200,
            b"x",
            id="102 and 103",
        ),
        pytest.param("GET", reply(b""), 200, b"", id="empty body"),
    ],
)
def test_complete_replies_leave_the_connection_usable(
    client: Client, method: str, answer: bytes, status: int, body: bytes
) -> None:
    with FaultServer(serving(answer, answer)) as server:
        for _ in range(2):
            response = client.send(get(server, method))
            assert (response.status_code, response.body) == (status, body)
        assert server.accepted == 1


def test_headers_and_reason(client: Client) -> None:
    answer = reply(b"", "X-One: a", "x-one: b", "X-Latin: \xe4", status="299 Quite Fine")
    with FaultServer(serving(answer)) as server:
        response = client.send(get(server))
    assert response.reason == "Quite Fine"
    assert response.headers["X-ONE"] == "a, b"
    assert response.headers["x-latin"] == "\xe4"
    assert response.headers.raw[0] == ("X-One", "a")


def test_interim_headers_are_not_the_reply_s(client: Client) -> None:
    answer = b"HTTP/1.1 103 Early Hints\r\nX-Hint: 1\r\n\r\n" + reply(b"x")
    with FaultServer(serving(answer)) as server:
        assert "X-Hint" not in client.send(get(server)).headers


@pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/1.0"])
def test_a_body_may_end_with_the_connection(client: Client, version: str) -> None:
    script: Script = [READ, f"{version} 200 OK\r\n\r\n".encode(), b"one ", b"two", CLOSE]
    with FaultServer(script) as server:
        assert client.send(get(server)).body == b"one two"
        assert client.send(get(server)).body == b"one two"
        assert server.accepted == 2


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(b"ok") + b"HTTP/1.1 200 OK\r\n", id="a second reply"),
        pytest.param(reply(b"ok") + b"trash", id="trash"),
        pytest.param(reply(b"ok", "Connection: close") + b"trash", id="trash after the last reply"),
        pytest.param(reply(b"ok", "Connection: close"), id="connection: close"),
        pytest.param(b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", id="HTTP/1.0"),
    ],
)
def test_connections_not_to_be_used_again(client: Client, answer: bytes) -> None:
    with FaultServer([READ, answer]) as server:
        assert client.send(get(server)).body == b"ok"
        assert server.gone[0].wait(5)
        assert client.send(get(server)).body == b"ok"
        assert server.accepted == 2


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_a_body_where_none_belongs_is_not_the_next_reply(client: Client, method: str) -> None:
    status = "200 OK" if method == "HEAD" else "204 No Content"
    smuggled = reply(b"smuggled")
    answer = f"HTTP/1.1 {status}\r\nContent-Length: {len(smuggled)}\r\n\r\n".encode() + smuggled
    with FaultServer([READ, answer], serving(reply(b"mine"))) as server:
        assert client.send(get(server, method)).body == b""
        assert client.send(get(server)).body == b"mine"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"\x15\x03\x01\x00\x02\x02\x16", id="TLS alert"),
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n", id="SSH"),
        pytest.param(b"HTTP/1.1 abc OK\r\n\r\n", id="status is no number"),
        pytest.param(b"HTTP/2 200 OK\r\n\r\n", id="version"),
        pytest.param(b"<html>hello</html>", id="no head"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc", id="two lengths"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", id="negative length"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\nabc", id="list of lengths"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            id="length and chunked",
        ),
        pytest.param(CHUNKED + b"zz\r\n", id="chunk size"),
        pytest.param(CHUNKED + b"1\r\nabc\r\n", id="chunk longer than said"),
        pytest.param(b"HTTP/1.1 200 OK\r\nBad Name: 1\r\n\r\n", id="header name"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: a\r\n folded\r\n\r\n", id="folded header"),
        pytest.param(b"HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nyy", id="unasked upgrade"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n", id="200 kB header"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 40_000 + b"\r\n", id="40 000 headers"),
        pytest.param(b"HTTP/1.1 200 " + b"a" * 200_000 + b"\r\n\r\n", id="200 kB reason"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000, id="endless interim replies"),
        pytest.param(CHUNKED + b"0\r\nX: " + b"a" * 200_000 + b"\r\n\r\n", id="200 kB trailer"),
        pytest.param(CHUNKED + b"1;" + b"a" * 200_000 + b"\r\nx\r\n0\r\n\r\n", id="200 kB chunk extension"),
    ],
)
def test_what_is_not_http(client: Client, answer: bytes) -> None:
    with FaultServer([READ, answer], serving(reply(b"fine"))) as server:
        with pytest.raises(ProtocolError):
            client.send(get(server))
        assert server.gone[0].wait(5)
        assert client.send(get(server)).body == b"fine"


def test_a_head_just_below_the_limit_is_read(client: Client) -> None:
    with FaultServer(serving(reply(b"ok", f"X: {'a' * 65_000}"))) as server:
        assert len(client.send(get(server)).headers["x"]) == 65_000


def test_protocol_errors_quote_the_first_line_only(client: Client) -> None:
    script: Script = [READ, b"HTTP/9.9 \x1b[2J\r\nSet-Cookie: hunter2\r\n\r\n"]
    with FaultServer(script) as server, pytest.raises(ProtocolError) as caught:
        client.send(get(server))
    assert r"HTTP/9.9 \x1b[2J" in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("ending", [CLOSE, RESET])
@pytest.mark.parametrize(
    ("answer", "message"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "got 3 of 10 bytes", id="content-length"),
        pytest.param(CHUNKED + b"5\r\nab", "got 2 of an unknown number of bytes", id="inside a chunk"),
        pytest.param(CHUNKED + b"2\r\nab\r\n", "got 2 of an unknown number of bytes", id="between chunks"),
        pytest.param(CHUNKED + b"2\r\nab\r\n0\r\n", "got 2 of an unknown number of bytes", id="before the last line"),
    ],
)
def test_truncated_bodies(client: Client, answer: bytes, message: str, ending: Action) -> None:
    with FaultServer([READ, answer, ending]) as server, pytest.raises(IncompleteRead) as caught:
        client.send(get(server))
    # RST may overtake what was sent before it: then less was got, but it is still this error or its parent's.
    assert ending is RESET or message in str(caught.value)
    assert caught.value.request_sent


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 2", b"HTTP/1.1 200 OK\r\nContent-Le", b"HTTP/1.1 100 C\r\n\r\n"])
@pytest.mark.parametrize("ending", [CLOSE, RESET])
def test_no_reply(client: Client, answer: bytes, ending: Action) -> None:
    with FaultServer([READ, answer, ending]) as server:
        with pytest.raises(ConnectionLost) as caught:
            client.send(post(server))
        assert not isinstance(caught.value, IncompleteRead)
        assert caught.value.request_sent
        assert server.accepted == 1


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gz(b"hello")),
        ("X-GZip", gz(b"hello")),
        ("gzip", gz(b"hel") + gz(b"lo")),
        ("deflate", zlib.compress(b"hello")),
        ("deflate", raw_deflate(b"hello")),
        ("identity", b"hello"),
        ("gzip, deflate", zlib.compress(gz(b"hello"))),
    ],
)
def test_content_codings(client: Client, coding: str, body: bytes) -> None:
    with FaultServer(serving(reply(body, f"Content-Encoding: {coding}"))) as server:
        assert client.send(get(server)).body == b"hello"


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("br", b"hello"),
        ("gzip", b"hello"),
        ("deflate", b"hello"),
        ("gzip", gz(b"hello")[:-3]),
        ("gzip", gz(b"hello") + b"trash"),
        ("gzip", gz(b"") * 1000),
        (", ".join(["gzip"] * 100), gz(b"hello")),
    ],
)
def test_broken_content_codings(client: Client, coding: str, body: bytes) -> None:
    answer = reply(body, f"Content-Encoding: {coding}", status="503 Slow Down")
    with FaultServer(serving(answer, reply(b"fine"))) as server:
        with pytest.raises(DecodeError) as caught:
            client.send(get(server))
        assert caught.value.status_code == 503
        assert caught.value.raw_response is not None
        assert caught.value.raw_response.body == body
        assert client.send(get(server)).body == b"fine"
        assert server.accepted == 1


@pytest.mark.parametrize(("coding", "body"), [("gzip", gz(b"hello")), ("gzip", b"no gzip"), ("aws-chunked,br", b"x")])
def test_a_coding_that_is_kept(client: Client, coding: str, body: bytes) -> None:
    stored = reply(body, f"Content-Encoding: {coding}")
    refused = reply(gz(b"no"), "Content-Encoding: gzip", status="403 Forbidden")
    with FaultServer(serving(stored, stored, refused)) as server:
        request = HTTPRequest("GET", server.origin, "/", [], keeps_coding=True)
        whole = client.send(request)
        assert (whole.body, whole.headers["content-encoding"]) == (body, coding)
        assert client.open(request).read_all() == body
        assert client.send(request).body == b"no"  # an error is not what is stored


def test_an_empty_body_has_no_coding(client: Client) -> None:
    with FaultServer(serving(reply(b"", "Content-Encoding: gzip"))) as server:
        assert client.send(get(server)).body == b""


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(b"x" * 1001), id="content-length"),
        pytest.param(CHUNKED + b"3e9\r\n" + b"x" * 1001 + b"\r\n0\r\n\r\n", id="chunked"),
        pytest.param(reply(gz(b"x" * 1001), "Content-Encoding: gzip"), id="gzip"),
        pytest.param(reply(gz(b"\0" * 50_000_000), "Content-Encoding: gzip"), id="gzip bomb"),
    ],
)
def test_too_large_bodies(make_client: MakeClient, answer: bytes) -> None:
    client = make_client(max_response_bytes=1000)
    with FaultServer([READ, answer], serving(reply(b"x" * 1000))) as server:
        with pytest.raises(ResponseError, match="limit of 1000 bytes"):
            client.send(get(server))
        if len(answer) < 1000:  # it was the inflated body that was too large: the connection is fine
            return
        assert client.send(get(server)).body == b"x" * 1000


def test_an_endless_body_is_given_up(make_client: MakeClient) -> None:
    client = make_client(max_response_bytes=100_000)
    answer = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 300_000
    with FaultServer([READ, answer]) as server:
        with pytest.raises(ResponseError, match="limit of 100000 bytes"):
            client.send(get(server))
        assert server.gone[0].wait(5)


def test_large_bodies_both_ways(client: Client) -> None:
    body = bytes(range(256)) * 12_000
    with FaultServer(serving(reply(body))) as server:
        assert client.send(post(server, body)).body == body
        assert server.requests[0].endswith(b"\r\n\r\n" + body)
