"""Limits, cancellation, threads, processes, event loops, proxies."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from benchmarks.compare.clients.peer import Lacking, Options, Peer
from benchmarks.compare.replies import NO_POOLS, error
from benchmarks.compare.row import Cell, row
from benchmarks.compare.server import Reply, Request, Server
from benchmarks.compare.surroundings import environment, longest_waits

_SLOW = Reply(body=b'{"IdentityPools": [ ]}', trickle=0.2)  # 4.4 seconds for the whole


_FAILED = 255


def _slow_echo(request: Request, number: int) -> Reply:
    """Slow enough for two processes to ask before either is answered."""
    threading.Event().wait(0.01)
    return _echo(request, number)


def _echo(request: Request, _number: int) -> Reply:
    """Whose answer it is can be seen in it."""
    return Reply(body={"IdentityPools": [{"IdentityPoolName": str(request.document["MaxResults"])}]})


@row("a limit of 1 s for a call; the reply arrives byte by byte, for 4 s", "ends after 1 s", r"ends after 1 s: .+")
def deadline(peer: Peer) -> str:
    with Server(_SLOW) as server, peer.connect(Options(url=server.url, seconds=1.0, attempts=1)) as connection:
        started = time.monotonic()
        try:
            connection.call("ListIdentityPools", MaxResults=5)
        except Exception as raised:  # noqa: BLE001  (any client may raise anything)
            return f"ends after {time.monotonic() - started:.0f} s: {type(raised).__name__}"
        return "waits for all of it"


@row("a limit of 1 s for a call of 3 attempts; the service asks to wait 2 s", "ends within 1 s")
def deadline_of_retries(peer: Peer) -> Cell:
    busy = error("TooManyRequestsException", 429, headers=(("x-amz-retry-after", "2000"),))
    options = Options(seconds=1.0, attempts=3)
    with Server(busy) as server, peer.connect(replace(options, url=server.url)) as connection, longest_waits():
        started = time.monotonic()
        with contextlib.suppress(Exception):
            connection.call("ListIdentityPools", MaxResults=5)
        seconds = round(time.monotonic() - started)
        attempts = len(server.requests)
        return Cell(f"{seconds} s for {attempts} attempt{'s'[: attempts - 1]}", good=seconds <= 1)


@row("a cancelled call (asyncio), and the next one", "stops at once, the next is answered")
def cancellation(peer: Peer) -> str:
    def script(_request: Request, number: int) -> Reply:
        return _SLOW if number == 1 else NO_POOLS

    async def cancel(url: str) -> str:
        connection = await peer.open_async(Options(url=url))
        started = time.monotonic()
        try:
            await asyncio.wait_for(connection.call("ListIdentityPools", MaxResults=5), 0.3)
        except TimeoutError:
            stopped = "stops at once" if time.monotonic() - started < 1 else "stops late"
        else:
            return "not cancelled"
        await connection.call("ListIdentityPools", MaxResults=5)
        await connection.close()
        return f"{stopped}, the next is answered"

    with Server(script) as server:
        return asyncio.run(cancel(server.url))


@row("one asyncio client in two event loops, one after the other", "works in both")
def event_loops(peer: Peer) -> str:
    async def call(connection: Any) -> None:
        await connection.call("ListIdentityPools", MaxResults=5)

    with Server(NO_POOLS) as server:

        async def first() -> Any:
            connection = await peer.open_async(Options(url=server.url, attempts=1))
            await call(connection)
            return connection

        connection = asyncio.run(first())
        try:
            asyncio.run(call(connection))
        except Exception as raised:  # noqa: BLE001  (any client may raise anything)
            return f"second: {type(raised).__name__}"
    return "works in both"


@row("one client in 16 threads, 160 calls", "each its own answer")
def threads(peer: Peer) -> str:
    if peer.name == "aws-sdk":
        raise Lacking("asyncio only")
    with Server(_echo) as server, peer.connect(Options(url=server.url)) as connection:

        def call(number: int) -> bool:
            result = connection.call("ListIdentityPools", MaxResults=number)
            return bool(peer.at(result, "IdentityPools", 0, "IdentityPoolName") == str(number))

        with ThreadPoolExecutor(16) as pool:
            right = sum(pool.map(call, range(1, 161)))
    return "each its own answer" if right == 160 else f"{right} of 160"  # noqa: PLR2004


@row("a client used before os.fork(), then by both processes at once", "each its own answers")
def fork(peer: Peer) -> str:
    with _server_elsewhere() as url, peer.connect(Options(url=url, attempts=1)) as connection:

        def wrong(first: int) -> int:
            """How many of 20 calls are answered with what somebody else asked."""
            count = 0
            for number in range(first, first + 20):
                result = connection.call("ListIdentityPools", MaxResults=number)
                count += peer.at(result, "IdentityPools", 0, "IdentityPoolName") != str(number)
            return count

        wrong(1)
        child = os.fork()
        if child == 0:
            _leave(lambda: wrong(1000))
        codes = (_outcome(lambda: wrong(2000)), _exit_code(child))
    return "each its own answers" if codes == (0, 0) else "breaks: exceptions, wrong answers or none"


def _outcome(work: Callable[[], int]) -> int:
    """What `work` gives, or that it fails, or hangs."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(8)
    try:
        return work()
    except Exception:  # noqa: BLE001  (any client may raise anything)
        return _FAILED
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _server_elsewhere() -> Iterator[str]:
    """A server in a process of its own, so that this one has no threads when it forks."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with Server(_slow_echo) as server:
            os.write(writing, server.url.encode())
            signal.pause()
    try:
        yield os.read(reading, 100).decode()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)
        os.close(writing)


def _leave(work: Callable[[], int]) -> None:
    """End this process with what `work` gives."""
    code = _FAILED
    try:
        code = _outcome(work)
    finally:
        os._exit(code)


def _exit_code(child: int) -> int:
    """Its exit code; a child that hangs ends itself."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@row("HTTP_PROXY and NO_PROXY", "both honoured")
def proxies(peer: Peer) -> str:
    options = {"region": "us-east-1", "attempts": 1}
    with Server(NO_POOLS) as server:
        with environment(HTTP_PROXY=server.url, http_proxy=server.url):
            through = _sees(peer, server, Options(url="http://service.example", **options))  # type: ignore[arg-type]
        with (
            Server(NO_POOLS) as direct,
            environment(HTTP_PROXY=server.url, http_proxy=server.url, NO_PROXY="127.0.0.1", no_proxy="127.0.0.1"),
        ):
            around = not _sees(peer, server, Options(url=direct.url, **options))  # type: ignore[arg-type]
    if through and around:
        return "both honoured"
    return "neither" if not through else "NO_PROXY ignored"


def _sees(peer: Peer, proxy: Server, options: Options) -> bool:
    before = len(proxy.requests)
    try:
        with peer.connect(options) as connection:
            connection.call("ListIdentityPools", MaxResults=5)
    except Exception:  # noqa: BLE001, S110  (without the proxy there is nobody)
        pass
    return len(proxy.requests) > before


@row("HTTP/2 is offered (ALPN) by the default client", "offered")
def http2(peer: Peer) -> str:
    hello: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            connection, _ = listener.accept()
            with connection:
                hello.append(connection.recv(65536))

        listening = threading.Thread(target=accept, daemon=True)
        listening.start()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        try:
            with peer.connect(Options(url=url, attempts=1, seconds=3)) as connection:
                connection.call("ListIdentityPools", MaxResults=5)
        except Exception:  # noqa: BLE001, S110  (nobody answers)
            pass
        listening.join(3)
    return "offered" if b"\x02h2" in b"".join(hello) else "HTTP/1.1 only" if hello else "no connection"
