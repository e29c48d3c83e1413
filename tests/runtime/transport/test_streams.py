"""Replies that are read piece by piece, over every transport.

The server goes on when the test has seen what it sent.
"""

from __future__ import annotations

import asyncio
import gc
import gzip
import threading
import zlib

import pytest

from runtime.errors import (
    ClientClosed,
    DeadlineExceeded,
    DecodeError,
    IncompleteRead,
    PoolTimeout,
    ProtocolError,
    ReadTimeout,
    ResponseError,
)
from runtime.http import HTTPRequest, Timeout
from runtime.transport import AsyncioTransport
from runtime.transport.coding import Undoing
from tests.runtime.transport.certificates import server_context
from tests.runtime.transport.clients import QUICK, Client, MakeClient, Opened
from tests.runtime.transport.server import CLOSE, HANG, READ, RESET, FaultServer, Script, Until, reply, serving

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
LAST = b"0\r\n\r\n"


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def get(server: FaultServer, method: str = "GET") -> HTTPRequest:
    return HTTPRequest(method, server.origin, "/", [])


def read_bytes(stream: Opened, count: int) -> bytes:
    """Read until there are `count` bytes: what was sent at once may arrive in parts."""
    found = b""
    while len(found) < count:
        piece = stream.read()
        assert piece, "the stream ended early"
        found += piece
    return found


def test_pieces_arrive_as_they_are_sent(client: Client) -> None:
    seen = [threading.Event() for _ in range(3)]
    script: Script = [
        READ,
        CHUNKED,
        Until(seen[0]),
        chunk(b"one"),
        Until(seen[1]),
        chunk(b"two"),
        Until(seen[2]),
        LAST,
        *serving(reply(b"next")),
    ]
    with FaultServer(script) as server:
        stream = client.open(get(server))
        assert (stream.head.status_code, stream.head.body) == (200, b"")
        seen[0].set()
        assert read_bytes(stream, 3) == b"one"
        seen[1].set()
        assert read_bytes(stream, 3) == b"two"
        seen[2].set()
        assert stream.read() == b""
        assert stream.read() == b""
        assert client.send(get(server)).body == b"next"
        assert server.accepted == 1


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(b"hello"), id="content-length"),
        pytest.param(CHUNKED + chunk(b"hel") + chunk(b"lo") + LAST, id="chunked"),
        pytest.param(b"HTTP/1.1 103 Early Hints\r\nX-A: b\r\n\r\n" + reply(b"hello"), id="103"),
        pytest.param(reply(b"hello", status="500 Oops"), id="error status"),
    ],
)
def test_a_body_read_to_its_end_leaves_the_connection_usable(client: Client, answer: bytes) -> None:
    with FaultServer(serving(answer, answer)) as server:
        for _ in range(2):
            stream = client.open(get(server))
            assert "X-A" not in stream.head.headers
            assert stream.read_all() == b"hello"
        assert server.accepted == 1


@pytest.mark.parametrize("answer", [b"HTTP/1.1 204 No Content\r\n\r\n", reply(b"")])
def test_no_body(client: Client, answer: bytes) -> None:
    with FaultServer(serving(answer, answer)) as server:
        for _ in range(2):
            assert client.open(get(server)).read() == b""
        assert server.accepted == 1


def test_a_body_may_end_with_the_connection(client: Client) -> None:
    with FaultServer([READ, b"HTTP/1.1 200 OK\r\n\r\none ", b"two", CLOSE]) as server:
        assert client.open(get(server)).read_all() == b"one two"


def test_a_stream_that_is_closed_early_drops_its_connection(make_client: MakeClient) -> None:
    client = make_client(max_connections=1)
    with FaultServer([READ, CHUNKED + chunk(b"one")], serving(reply(b"next"))) as server:
        stream = client.open(get(server))
        stream.close()
        stream.close()
        assert client.send(get(server)).body == b"next"
        assert server.gone[0].wait(5)
        with pytest.raises(ResponseError, match="closed before its end"):
            stream.read()


def test_a_stream_that_is_whole_when_it_is_closed_keeps_its_connection(client: Client) -> None:
    with FaultServer(serving(reply(b"one"), reply(b"next"))) as server:
        stream = client.open(get(server))
        stream.read()
        stream.close()
        assert client.send(get(server)).body == b"next"
        assert server.accepted == 1


def test_an_open_stream_holds_its_place(make_client: MakeClient) -> None:
    client = make_client(max_connections=1)
    with FaultServer([READ, CHUNKED, HANG]) as server:
        stream = client.open(get(server))
        with pytest.raises(PoolTimeout):
            client.send(get(server), Timeout(pool=0.05))
        stream.close()


@pytest.mark.parametrize("end", [CLOSE, RESET])
@pytest.mark.parametrize("head", [CHUNKED + chunk(b"abc"), b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"])
def test_a_body_that_breaks_off(make_client: MakeClient, head: bytes, end: object) -> None:
    client, seen = make_client(max_connections=1), threading.Event()
    with FaultServer([READ, head, Until(seen), end], serving(reply(b"next"))) as server:  # type: ignore[list-item]
        stream = client.open(get(server))
        assert read_bytes(stream, 3) == b"abc"
        seen.set()
        with pytest.raises(IncompleteRead, match="got 3 of"):
            stream.read()
        with pytest.raises(ResponseError, match="closed"):
            stream.read()
        assert client.send(get(server)).body == b"next"


def test_trash_inside_the_body(client: Client) -> None:
    seen = threading.Event()
    with FaultServer([READ, CHUNKED + chunk(b"abc"), Until(seen), b"no chunk\r\n"]) as server:
        stream = client.open(get(server))
        assert read_bytes(stream, 3) == b"abc"
        seen.set()
        with pytest.raises(ProtocolError):
            stream.read()
        assert server.gone[0].wait(5)


def test_the_read_timeout_holds_for_each_piece(client: Client) -> None:
    with FaultServer([READ, CHUNKED + chunk(b"abc")]) as server:
        stream = client.open(get(server), Timeout(read=0.05))
        assert read_bytes(stream, 3) == b"abc"
        with pytest.raises(ReadTimeout):
            stream.read()
        assert server.gone[0].wait(5)


def test_the_limit_of_the_whole_call_holds_while_streaming(client: Client) -> None:
    with FaultServer([READ, CHUNKED + chunk(b"abc"), HANG]) as server:
        stream = client.open(get(server), Timeout(total=0.2))
        assert read_bytes(stream, 3) == b"abc"
        with pytest.raises(DeadlineExceeded):
            stream.read()


def test_no_head(client: Client) -> None:
    with FaultServer([READ, b"HTTP/1.1 200 OK\r\n", HANG]) as server, pytest.raises(ReadTimeout):
        client.open(get(server), Timeout(read=0.05))


def test_a_dead_connection_is_replaced(client: Client) -> None:
    with FaultServer([READ, reply(b"one"), READ, CLOSE], serving(reply(b"two"))) as server:
        assert client.send(get(server)).body == b"one"
        assert client.open(get(server)).read_all() == b"two"


def test_streams_are_as_long_as_they_are(make_client: MakeClient) -> None:
    client = make_client(max_response_bytes=1000)
    body = b"x" * 5000
    with FaultServer(serving(reply(body))) as server:
        stream = client.open(get(server))
        assert read_bytes(stream, 5000) == body
        assert stream.read() == b""
    with FaultServer(serving(reply(body))) as server:
        with pytest.raises(ResponseError, match="larger than the limit of 1000 bytes"):
            client.open(get(server)).read_all()


def test_a_long_body_goes_through_a_slow_reader(client: Client) -> None:
    body = bytes(range(256)) * 40_000
    with FaultServer(serving(reply(body), reply(b"next"))) as server:
        assert client.open(get(server)).read_all() == body
        assert client.send(get(server)).body == b"next"


def test_over_tls(make_client: MakeClient, pem: object) -> None:
    client, seen = make_client(verify=str(pem)), threading.Event()
    body = b"y" * 300_000
    script: Script = [READ, CHUNKED + chunk(body), Until(seen), chunk(b"end") + LAST, *serving(reply(b"next"))]
    with FaultServer(script, context=server_context(pem)) as server:  # type: ignore[arg-type]
        stream = client.open(get(server))
        assert read_bytes(stream, len(body)) == body
        seen.set()
        assert stream.read_all() == b"end"
        assert client.send(get(server)).body == b"next"
        assert server.accepted == 1


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_content_codings_are_undone_as_pieces_arrive(client: Client, coding: str) -> None:
    seen = threading.Event()
    packer = zlib.compressobj(wbits=31 if coding == "gzip" else 15)
    first = packer.compress(b"one") + packer.flush(zlib.Z_SYNC_FLUSH)
    second = packer.compress(b"two") + packer.flush()
    head = CHUNKED.replace(b"\r\n\r\n", f"\r\nContent-Encoding: {coding}\r\n\r\n".encode())
    script: Script = [READ, head + chunk(first), Until(seen), chunk(second) + LAST, *serving(reply(b"next"))]
    with FaultServer(script) as server:
        stream = client.open(get(server))
        assert read_bytes(stream, 3) == b"one"
        seen.set()
        assert stream.read_all() == b"two"
        assert client.send(get(server)).body == b"next"
        assert server.accepted == 1


@pytest.mark.parametrize(
    ("coding", "body", "match"),
    [
        ("gzip", b"not gzip", "not valid gzip"),
        ("gzip", gzip.compress(b"x" * 100, mtime=0)[:-9], "ends early"),
        ("br", b"x", "unknown content coding"),
    ],
    ids=["no gzip", "cut off", "unknown"],
)
def test_broken_codings(client: Client, coding: str, body: bytes, match: str) -> None:
    with FaultServer(serving(reply(body, f"Content-Encoding: {coding}"))) as server:
        with pytest.raises(DecodeError, match=match):
            client.open(get(server)).read_all()


def test_what_grows_is_handed_over_in_pieces() -> None:
    body = bytes(10_000_000)
    undoing = Undoing("gzip")
    sizes = [len(piece) for piece in undoing.push(gzip.compress(body) + gzip.compress(b"more"))]
    undoing.check_end()
    assert sum(sizes) == len(body) + 4
    assert max(sizes) <= 256 * 1024


def test_codings_byte_by_byte() -> None:
    body = bytes(range(256)) * 50
    for coding, coded in (
        ("gzip, deflate", zlib.compress(gzip.compress(body))),
        ("deflate", zlib.compressobj(wbits=-15).compress(b"") + zlib.compress(body)[2:-4]),
    ):
        undoing = Undoing(coding)
        found = b"".join(piece for byte in coded for piece in undoing.push(bytes((byte,))))
        undoing.check_end()
        assert found == body


def test_a_closed_client_opens_nothing(client: Client) -> None:
    with FaultServer(serving(reply(b"x"))) as server:
        client.close()
        with pytest.raises(ClientClosed):
            client.open(get(server))


def test_a_stream_that_nobody_closed_is_told_of(make_client: MakeClient) -> None:
    client = make_client(max_connections=1)
    with FaultServer([READ, CHUNKED, HANG], serving(reply(b"next"))) as server:
        stream = client.open(get(server))
        held = [stream]
        del stream
        with pytest.warns(ResourceWarning, match="neither read to its end nor closed"):
            held.clear()
        gc.collect()
        assert client.send(get(server)).body == b"next"


def test_streams_that_end_are_not_told_of(client: Client, recwarn: pytest.WarningsRecorder) -> None:
    with FaultServer(serving(reply(b"one"))) as server:
        client.open(get(server)).read_all()
        gc.collect()
    assert not [warning for warning in recwarn if "stream" in str(warning.message)]


def test_a_wait_that_is_cancelled_can_be_taken_up_again() -> None:
    async def scenario() -> None:
        transport = AsyncioTransport(max_connections=1)
        stream = await transport.open(get(server), QUICK)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await stream.read()
        seen.set()
        assert await stream.read_all() == b"one"
        assert (await transport.send(get(server), QUICK)).body == b"next"
        await transport.aclose()

    seen = threading.Event()
    with FaultServer([READ, CHUNKED, Until(seen), chunk(b"one") + LAST, *serving(reply(b"next"))]) as server:
        asyncio.run(scenario())
        assert server.accepted == 1


@pytest.mark.parametrize("steps", range(12))
def test_cancelling_while_opening(steps: int) -> None:
    async def scenario() -> None:
        transport = AsyncioTransport(max_connections=1)
        task = asyncio.create_task(transport.open(get(server), QUICK))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        try:
            stream = await task
        except asyncio.CancelledError:
            pass
        else:
            await stream.aclose()
        assert (await transport.send(get(server), QUICK)).body == b"ok"
        await transport.aclose()

    with FaultServer(serving(reply(), reply())) as server:
        asyncio.run(scenario())


def test_nothing_is_read_before_somebody_reads_and_no_more_than_there_is_room_for() -> None:
    async def scenario() -> None:
        transport = AsyncioTransport()
        stream = await transport.open(get(server), QUICK)
        body = stream._source  # type: ignore[attr-defined]  # the loop's end of it
        connection = body._lease.connection.transport
        assert not connection.is_reading()
        waiting = asyncio.create_task(stream.read())
        await asyncio.sleep(0)
        assert connection.is_reading()
        body.data_received(chunk(b"one"))
        assert await waiting == b"one"
        assert connection.is_reading()
        body.data_received(chunk(bytes(300_000)))
        assert not connection.is_reading()
        assert await stream.read() == bytes(300_000)
        await stream.aclose()
        await transport.aclose()

    with FaultServer([READ, CHUNKED]) as server:
        asyncio.run(scenario())


def test_a_long_stream_arrives_whole() -> None:
    async def scenario() -> None:
        transport = AsyncioTransport()
        stream = await transport.open(get(server), QUICK)
        size = 0
        while piece := await stream.read():
            size += len(piece)
        assert size == 40_000_000
        await transport.aclose()

    with FaultServer(serving(reply(bytes(40_000_000)))) as server:
        asyncio.run(scenario())
