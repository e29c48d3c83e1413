"""What goes on the wire for a request, and what is refused before a connection is made."""

from __future__ import annotations

import pytest

from runtime.errors import RequestError
from runtime.http import HTTPRequest, Origin
from runtime.transport.head import SINGLE_WRITE_BYTES, encode
from tests.runtime.transport.clients import Client
from tests.runtime.transport.server import FaultServer, reply, serving

ORIGIN = Origin("https", "api.example.com", 443)


def request(
    method: str = "GET",
    target: str = "/",
    headers: tuple[tuple[str, str], ...] = (),
    body: bytes = b"",
    origin: Origin = ORIGIN,
) -> HTTPRequest:
    return HTTPRequest(method, origin, target, list(headers), body)


def test_the_bytes_of_a_request() -> None:
    expected = (
        b"POST /a/b?c=%20d HTTP/1.1\r\nHost: api.example.com\r\nAccept: */*\r\nX-Empty: \r\nX-Tab: a\tb\r\n"
        b"X-Latin: \xfc\r\nContent-Length: 4\r\n\r\nbody"
    )
    headers = (("Accept", "*/*"), ("X-Empty", ""), ("X-Tab", "a\tb"), ("X-Latin", "\xfc"))
    assert encode(request("POST", "/a/b?c=%20d", headers, b"body")) == (expected,)


def test_the_bytes_arrive(client: Client) -> None:
    with FaultServer(serving(reply())) as server:
        sent = request("POST", "/x", (("A", "b"),), b"{}", server.origin)
        client.send(sent)
        assert server.requests == list(encode(sent))


@pytest.mark.parametrize(
    ("method", "body", "length"),
    [
        ("GET", b"", None),
        ("HEAD", b"", None),
        ("DELETE", b"", None),
        ("POST", b"", b"0"),
        ("PUT", b"", b"0"),
        ("PATCH", b"", b"0"),
        ("DELETE", b"x", b"1"),
    ],
)
def test_content_length(method: str, body: bytes, length: bytes | None) -> None:
    (sent,) = encode(request(method, body=body))
    fields = dict(line.split(b": ") for line in sent.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:])
    assert fields.get(b"Content-Length") == length


def test_large_bodies_are_not_copied() -> None:
    body = b"x" * (SINGLE_WRITE_BYTES + 1)
    head, piece = encode(request("POST", body=body))
    assert piece is body
    assert head.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (Origin("http", "a.example", 80), b"a.example"),
        (Origin("http", "a.example", 8080), b"a.example:8080"),
        (Origin("https", "a.example", 80), b"a.example:80"),
        (Origin("https", "::1", 443), b"[::1]"),
        (Origin("http", "::1", 8080), b"[::1]:8080"),
    ],
)
def test_host(origin: Origin, host: bytes) -> None:
    assert encode(request(origin=origin))[0].split(b"\r\n")[1] == b"Host: " + host


@pytest.mark.parametrize(
    "value",
    [
        "canary\rb",
        "canary\nb",
        "canary\r\nX-Evil: 1",
        "canary\0",
        "canary\x7f",
        "\x1b[2Jcanary",
        "canary\u20ac",
        "canary\ud800",
        " canary",
        "canary ",
        "\tcanary",
        "canary\n",
    ],
)
def test_header_values_that_are_refused(client: Client, value: str) -> None:
    with FaultServer(serving(reply())) as server:
        with pytest.raises(RequestError, match="header X-Secret") as caught:
            client.send(request(headers=(("X-Secret", value),), origin=server.origin))
        assert server.accepted == 0
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "name",
    ["", "a b", "a:", "a\r\nb", "a\n", "\xe4", "a\0", "(a)", " a", "Host", "content-length", "Transfer-Encoding"],
)
def test_header_names_that_are_refused(name: str) -> None:
    with pytest.raises(RequestError):
        encode(request(headers=((name, "x"),)))


@pytest.mark.parametrize(
    "target", ["", "x", "*", "http://other/", "/a b", "/a\r\nX: y", "/a\n", "/\xe4", "/\0", "/\u2028", "/\ud800"]
)
def test_targets_that_are_refused(target: str) -> None:
    with pytest.raises(RequestError):
        encode(request(target=target))


@pytest.mark.parametrize("method", ["", "GET /", "G\r\nET", "G\xcbT"])
def test_methods_that_are_refused(method: str) -> None:
    with pytest.raises(RequestError):
        encode(request(method))


@pytest.mark.parametrize(
    "origin",
    [
        Origin("ftp", "a.example", 21),
        Origin("https", "", 443),
        Origin("https", "a b", 443),
        Origin("https", "a\r\nX: y", 443),
        Origin("https", "user@a.example", 443),
        Origin("https", "a.example/", 443),
        Origin("https", "b\xfccher.example", 443),
        Origin("https", ".example", 443),
        Origin("https", "a.example", 0),
        Origin("https", "a.example", 65536),
    ],
)
def test_origins_that_are_refused(origin: Origin) -> None:
    with pytest.raises(RequestError):
        encode(request(origin=origin))
