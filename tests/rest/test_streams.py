"""Operations whose results arrive piece by piece, as a generated client reads them: a real server sends on when the
test has seen what came before.
"""

from __future__ import annotations

import asyncio
import gzip
import importlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Self

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.runtime.transport.server import CLOSE, HANG, READ, Action, FaultServer, Until, reply

PACKAGE = "streams_client"
EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nX-Request-Id: r-7\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
LAST = b"0\r\n\r\n"


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("streams")
    write_files(root, run(Path(__file__).with_name("streams.yaml"), package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def stream_of(content_type: str, *pieces: bytes) -> list[Action]:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n".encode() + CHUNKED
    return [READ, head, *(chunk(piece) for piece in pieces), LAST]


def url(server: FaultServer) -> str:
    return f"http://{server.origin.authority}"


@pytest.fixture(params=["blocking", "asyncio"])
def play(request: pytest.FixtureRequest, sdk: ModuleType) -> Callable[..., Any]:
    """Runs an asynchronous scenario with a client of either kind: `await play(server, scenario)`."""

    def made(server: FaultServer, scenario: Callable[[Any], Awaitable[Any]], **options: Any) -> Any:
        async def main() -> Any:
            if request.param == "blocking":
                with sdk.SDK(server_url=url(server), **options) as client:
                    return await scenario(Awaited(client))
            async with sdk.AsyncSDK(server_url=url(server), **options) as client:
                return await scenario(client)

        return asyncio.run(main())

    return made


class Awaited:
    """A blocking client or stream with the face of an asyncio one, so that one scenario is for both."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, {"aclose": "close"}.get(name, name))
        if name == "models":
            return Awaited(found)
        if not callable(found):
            return found

        async def call(*arguments: Any, **options: Any) -> Any:
            result = found(*arguments, **options)
            return Awaited(result) if hasattr(result, "__next__") else result

        return call

    def __aiter__(self) -> Awaited:
        return self

    async def __anext__(self) -> Any:
        try:
            return next(self._inner)
        except StopIteration:
            raise StopAsyncIteration from None

    async def __aenter__(self) -> Self:
        self._inner.__enter__()
        return self

    async def __aexit__(self, *exception: object) -> None:
        self._inner.__exit__(*exception)


@asynccontextmanager
async def opened(call: Awaitable[Any]) -> AsyncIterator[Any]:
    async with await call as stream:
        yield stream


def test_events_as_they_are_sent(sdk: ModuleType, play: Callable[..., Any]) -> None:
    seen = [threading.Event(), threading.Event()]
    script: list[Action] = [
        READ,
        EVENTS + CHUNKED,
        chunk(b'id: 1\ndata: {"price": 1.5}\n\nevent: more\nda'),
        Until(seen[0]),
        chunk(b'ta: {"price": 2, "at": "2024-05-06T07:08:09Z"}\n\n'),
        Until(seen[1]),
        LAST,
    ]

    async def scenario(client: Any) -> None:
        async with opened(client.watch_ticks(symbol="A")) as events:
            assert (events.status_code, events.request_id, events.attempts) == (200, "r-7", 1)
            assert events.headers["content-type"] == "text/event-stream; charset=utf-8"
            first = await anext(aiter(events))
            assert (first.data.price, first.event, first.id) == (1.5, "message", "1")
            assert isinstance(first.data, sdk.models.shared.Tick)
            seen[0].set()
            second = await anext(aiter(events))
            assert (second.data.price, second.data.at.year, second.event, second.id) == (2, 2024, "more", "1")
            seen[1].set()
            assert [event async for event in events] == []

    with FaultServer(script) as server:
        play(server, scenario)
        assert server.requests[0].startswith(b"GET /ticks?symbol=A HTTP/1.1\r\n")
        assert b"\r\nAccept: text/event-stream\r\n" in server.requests[0]


def test_events_of_text(play: Callable[..., Any]) -> None:
    async def scenario(client: Any) -> list[str]:
        async with opened(client.follow_log()) as events:
            return [event.data async for event in events]

    with FaultServer(stream_of("text/event-stream", b"data: {no json\n\n", b"data: 1\n\n")) as server:
        assert play(server, scenario) == ["{no json", "1"]


def test_a_member_of_the_body_asks_for_the_stream(sdk: ModuleType, play: Callable[..., Any]) -> None:
    script = stream_of(
        "text/event-stream",
        b'event: word\ndata: {"text": "Hi"}\n\nevent: note\ndata: {"text"\n\n',
        b"data: [DONE]\n\ndata: never read\n\n",
    )

    async def scenario(client: Any) -> list[Any]:
        async with opened(client.models.chat_stream(prompt="x")) as events:
            return [event.data async for event in events]

    with FaultServer(script) as server:
        assert play(server, scenario) == [sdk.models.shared.Answer(text="Hi"), '{"text"']
        assert server.requests[0].endswith(b'\r\n\r\n{"prompt":"x","stream":true}')


def test_the_same_operation_as_a_whole(play: Callable[..., Any]) -> None:
    async def scenario(client: Any) -> Any:
        return await client.models.chat(prompt="x")

    with FaultServer([READ, reply(b'{"text": "Hi"}', "Content-Type: application/json")]) as server:
        assert play(server, scenario).answer.text == "Hi"
        assert b"\r\nAccept: application/json\r\n" in server.requests[0]
        assert server.requests[0].endswith(b'\r\n\r\n{"prompt":"x"}')


def test_a_stream_where_the_whole_was_asked_for(sdk: ModuleType, play: Callable[..., Any]) -> None:
    async def scenario(client: Any) -> Any:
        return await client.models.chat(prompt="x", stream=True)

    with FaultServer(stream_of("text/event-stream", b"data: {}\n\n")) as server:
        with pytest.raises(sdk.models.errors.DecodeError, match="call the method for it"):
            play(server, scenario)


def test_a_whole_where_events_were_asked_for(sdk: ModuleType, play: Callable[..., Any]) -> None:
    async def scenario(client: Any) -> Any:
        return await client.watch_ticks()

    with FaultServer([READ, reply(b"<p>Sign in</p>", "Content-Type: text/html")]) as server:
        with pytest.raises(sdk.models.errors.DecodeError, match="'text/html' where a stream.*Sign in"):
            play(server, scenario)


@pytest.mark.parametrize(("method", "media"), [("list_rows", "application/x-ndjson"), ("list_shapes", "x/y")])
def test_json_texts(play: Callable[..., Any], method: str, media: str) -> None:
    separator = b"\x1e" if method == "list_shapes" else b""

    async def scenario(client: Any) -> list[float]:
        async with opened(getattr(client, method)()) as rows:
            return [row.price async for row in rows]

    pieces = [separator + b'{"price": 1}\n' + separator + b'{"pri', b'ce": 2}\n' + separator + b'{"price": 3}']
    with FaultServer(stream_of(media, *pieces)) as server:
        assert play(server, scenario) == [1, 2, 3]


def test_an_item_that_cannot_be_read_does_not_end_the_stream(sdk: ModuleType, play: Callable[..., Any]) -> None:
    async def scenario(client: Any) -> float:
        async with opened(client.list_rows()) as rows:
            with pytest.raises(sdk.models.errors.DecodeError) as caught:
                await anext(aiter(rows))
            assert caught.value.status_code == 200
            return (await anext(aiter(rows))).price  # type: ignore[no-any-return]

    with FaultServer(stream_of("application/x-ndjson", b'{"price": \n{"price": 2}\n')) as server:
        assert play(server, scenario) == 2


def test_errors_are_read_whole_and_tried_again(sdk: ModuleType, play: Callable[..., Any]) -> None:
    refused = reply(b'{"message": "slow down"}', "Content-Type: application/json", "Retry-After: 0", status="429 No")

    async def scenario(client: Any) -> Any:
        async with opened(client.watch_ticks()) as events:
            return events.attempts, [event.data.price async for event in events]

    again = [READ, refused, *stream_of("text/event-stream", b'data: {"price": 1}\n\n')]
    with FaultServer(again) as server:
        assert play(server, scenario) == (2, [1])
        assert server.accepted == 1
    with FaultServer([READ, refused]) as server:
        with pytest.raises(sdk.models.errors.TooManyRequestsError, match="slow down") as caught:
            play(server, scenario, retries=0)
        assert caught.value.raw_response.body == b'{"message": "slow down"}'


def test_nothing_is_tried_again_after_the_first_byte(sdk: ModuleType, play: Callable[..., Any]) -> None:
    seen = threading.Event()

    async def scenario(client: Any) -> None:
        async with opened(client.watch_ticks()) as events:
            await anext(aiter(events))
            seen.set()
            with pytest.raises(sdk.models.errors.IncompleteRead) as caught:
                await anext(aiter(events))
            assert (caught.value.status_code, caught.value.request_id) == (200, "r-7")

    with FaultServer([READ, EVENTS + CHUNKED, chunk(b'data: {"price": 1}\n\n'), Until(seen), CLOSE]) as server:
        play(server, scenario)
        assert len(server.requests) == 1


def test_limits_hold_while_streaming(sdk: ModuleType, play: Callable[..., Any]) -> None:
    errors = sdk.models.errors

    async def scenario(client: Any) -> None:
        for timeout, kind in ((sdk.Timeout(read=0.05), errors.ReadTimeout), (0.2, errors.DeadlineExceeded)):
            async with opened(client.watch_ticks(timeout=timeout)) as events:
                with pytest.raises(kind):
                    await anext(aiter(events))

    with FaultServer([READ, EVENTS + CHUNKED, HANG]) as server:
        play(server, scenario)


def test_leaving_early_drops_the_connection(play: Callable[..., Any]) -> None:
    async def scenario(client: Any) -> None:
        async with opened(client.watch_ticks()) as events:
            async for _ in events:
                break

    with FaultServer([READ, EVENTS + CHUNKED, chunk(b'data: {"price": 1}\n\n')]) as server:
        play(server, scenario)
        assert server.gone[0].wait(5)


def test_downloads(play: Callable[..., Any], tmp_path: Path) -> None:
    body = bytes(range(256)) * 1000

    async def scenario(client: Any) -> None:
        assert (await client.get_file(name="a")).result == body
        async with opened(client.get_file_stream(name="a")) as download:
            assert b"".join([piece async for piece in download]) == body
        async with opened(client.get_file_stream(name="a")) as download:
            assert await download.read() == body
        async with opened(client.get_file_stream(name="a")) as download:
            assert await download.save(tmp_path / "a") == len(body)
        assert (tmp_path / "a").read_bytes() == body

    answer = reply(body, "Content-Type: application/octet-stream")
    with FaultServer([READ, answer] * 4) as server:
        play(server, scenario)
        assert server.accepted == 1


def test_streams_have_the_header_fields_that_are_documented(sdk: ModuleType, play: Callable[..., Any]) -> None:
    events_head = EVENTS + b"X-Market: Kiel\r\nSource: bell\r\n" + CHUNKED
    answer = reply(b"a\nb\n", "Content-Type: application/octet-stream", "X-Lines: 2")
    operations = sdk.models.operations

    async def scenario(client: Any) -> None:
        async with opened(client.watch_ticks()) as events:
            assert (events.x_market, events.source_) == ("Kiel", "bell")
            assert [event async for event in events] == []
        assert (await client.get_file(name="a")).x_lines == 2
        async with opened(client.get_file_stream(name="a")) as download:
            assert (download.x_lines, await download.read()) == (2, b"a\nb\n")

    with FaultServer([READ, events_head, LAST, READ, answer, READ, answer]) as server:
        play(server, scenario)
    pages = Path(sdk.__file__ or "").parents[2] / "docs" / "operations"
    assert "| `events.x_market` | `str` | `X-Market` | Where they are made. |" in (pages / "watch_ticks.md").read_text()
    assert (
        "Returns `operations.WatchTicksStream`, a `Stream[Event[shared.Tick]]`."
        in (pages / "watch_ticks.md").read_text()
    )
    assert issubclass(operations.GetFileStream, sdk.Download)
    assert issubclass(operations.GetFileStreamAsync, sdk.AsyncDownload)


def test_what_is_stored_with_a_coding_keeps_it(play: Callable[..., Any]) -> None:
    stored = gzip.compress(b"hello", mtime=0)

    async def scenario(client: Any) -> None:
        whole = await client.get_stored()
        assert (whole.result, whole.content_encoding) == (stored, "gzip")
        async with opened(client.get_stored_stream()) as download:
            assert (download.content_encoding, await download.read()) == ("gzip", stored)
        assert (await client.get_file(name="a")).result == b"hello"

    answer = reply(stored, "Content-Type: application/octet-stream", "Content-Encoding: gzip")
    with FaultServer([READ, answer] * 3) as server:
        play(server, scenario)


def test_a_download_that_breaks_off_leaves_no_file(sdk: ModuleType, play: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "a").write_text("before")

    async def scenario(client: Any) -> None:
        async with opened(client.get_file_stream(name="a")) as download:
            with pytest.raises(sdk.models.errors.IncompleteRead):
                await download.save(tmp_path / "a")

    with FaultServer([READ, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", CLOSE]) as server:
        play(server, scenario)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "before"


def test_hooks_see_a_call_that_is_over_with_its_head(sdk: ModuleType, play: Callable[..., Any]) -> None:
    told: list[Any] = []
    hooks = importlib.import_module(f"{PACKAGE}.hooks")

    class Watch(hooks.Hooks):  # type: ignore[name-defined,misc]
        def after_attempt(self, event: Any) -> None:
            told.append((event.operation, event.response.status_code, event.error))

        def after_call(self, event: Any) -> None:
            told.append((event.attempts, event.result.status_code, event.error))

    async def scenario(client: Any) -> None:
        async with opened(client.watch_ticks()):
            assert told == [("watchTicks", 200, None), (1, 200, None)]

    with FaultServer([READ, EVENTS + CHUNKED, HANG]) as server:
        play(server, scenario, hooks=[Watch()])


def test_a_transport_that_opens_nothing(sdk: ModuleType) -> None:
    class Plain:
        def send(self, request: Any, timeout: Any) -> Any:
            return sdk.HTTPResponse(200, sdk.Headers(()), b'data: {"price": 1}\n\n')

        def close(self) -> None:
            """Nothing is open."""

    with sdk.SDK(transport=Plain()) as client, client.watch_ticks() as events:
        assert [event.data.price for event in events] == [1]


def test_no_item_is_shown(sdk: ModuleType) -> None:
    with FaultServer([READ, EVENTS + CHUNKED, HANG]) as server, sdk.SDK(server_url=url(server)) as client:
        with client.watch_ticks() as events:
            assert repr(events) == "WatchTicksStream(status_code=200, attempts=1)"
