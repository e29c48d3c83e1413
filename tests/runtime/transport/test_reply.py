"""The reply assembler by itself: where the bytes are cut makes no difference."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.errors import ProtocolError, ResponseError
from runtime.http import HTTPResponse
from runtime.transport.reply import Reply

CHUNKED = (
    b"HTTP/1.1 100 Continue\r\n\r\n"
    b"HTTP/1.1 201 Created\r\nX-One: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"3\r\nabc\r\n10;x=y\r\n0123456789abcdef\r\n0\r\nX-Trailer: 2\r\n\r\n"
)
SIZED = b"HTTP/1.1 201 Created\r\nX-One: 1\r\nContent-Length: 19\r\n\r\nabc0123456789abcdef"


def read(pieces: list[bytes]) -> tuple[HTTPResponse, bool]:
    reply = Reply("POST", 1000)
    *first, last = pieces
    assert not any(reply.feed(piece) for piece in first if piece)
    assert reply.feed(last)
    return reply.response(), reply.reusable


@pytest.mark.parametrize("data", [CHUNKED, SIZED])
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_small_pieces(data: bytes, size: int) -> None:
    response, reusable = read([data[at : at + size] for at in range(0, len(data), size)])
    assert (response.status_code, response.reason, response.body) == (201, "Created", b"abc0123456789abcdef")
    assert response.headers["x-one"] == "1"
    assert "x-trailer" not in response.headers
    assert reusable


@given(data=st.sampled_from([CHUNKED, SIZED]), cuts=st.lists(st.integers(1, 60), max_size=6, unique=True))
def test_any_pieces(data: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(data)]
    response, reusable = read([data[start:end] for start, end in pairwise(edges)])
    assert response.body == b"abc0123456789abcdef"
    assert reusable


@given(st.binary(min_size=1, max_size=200))
def test_arbitrary_bytes_are_no_reply(data: bytes) -> None:
    reply = Reply("GET", 1000)
    try:
        done = reply.feed(data)
    except ProtocolError:
        done = False
    assert not done


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 70_000 + b"\r\nContent-Length: 0\r\n\r\n", ProtocolError),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + b"a" * 1001, ResponseError),
    ],
)
def test_too_much_at_once(data: bytes, kind: type[Exception]) -> None:
    reply = Reply("GET", 1000)
    with pytest.raises(kind, match="larger than"):
        reply.feed(data)
    assert not reply.reusable


def test_what_follows_a_reply_makes_the_connection_useless() -> None:
    reply = Reply("GET", 1000)
    assert reply.feed(SIZED)
    assert reply.reusable
    assert reply.feed(b"x")
    assert not reply.reusable


def test_a_complete_reply_is_in_no_cycle() -> None:
    reply = Reply("GET", 1000)
    assert sys.getrefcount(reply) > 2  # the parser's callbacks
    reply.feed(SIZED)
    assert sys.getrefcount(reply) <= 2
