"""Interrupts, cancellation, forks, event loops that come and go, and what an import costs."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from runtime.http import AsyncTransport, HTTPRequest, Origin, Timeout, Transport
from runtime.transport import AsyncHttpx2Transport, AsyncioTransport, Httpx2Transport, SocketTransport
from tests.runtime.transport.certificates import server_context
from tests.runtime.transport.clients import OPEN_FILES, QUICK, MakeClient, open_files
from tests.runtime.transport.server import ECHO, HANG, READ, READ_HEAD, FaultServer, Script, Until, reply, serving

MakeAsyncio = Callable[..., AsyncTransport]
MakeBlocking = Callable[..., Transport]
TEMPLATES = Path(__file__).parents[3] / "templates"


@pytest.fixture(params=[AsyncioTransport, AsyncHttpx2Transport])
def make_asyncio(request: pytest.FixtureRequest, stranger: Path) -> MakeAsyncio:
    return partial(request.param, verify=str(stranger))


@pytest.fixture(params=[SocketTransport, Httpx2Transport])
def make_blocking(request: pytest.FixtureRequest, stranger: Path) -> MakeBlocking:
    return partial(request.param, verify=str(stranger))


def get(server: FaultServer, target: str = "/") -> HTTPRequest:
    return HTTPRequest("GET", server.origin, target, [])


def run_python(program: str, *arguments: str) -> str:
    """Run `program` in an interpreter of its own; its standard output."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *arguments],
        env={**os.environ, "PYTHONPATH": str(TEMPLATES)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


# Imports


def test_a_blocking_client_imports_little() -> None:
    program = "import sys; from runtime.transport import SocketTransport; SocketTransport(); print(*sys.modules)"
    loaded = set(run_python(program).split())
    assert "httptools" in loaded
    assert loaded.isdisjoint({"asyncio", "ssl", "logging", "email", "urllib.request", "http.client", "ipaddress"})


def test_the_package_imports_neither_transport() -> None:
    loaded = set(run_python("import sys, runtime.transport; print(*sys.modules)").split())
    assert loaded.isdisjoint({"asyncio", "ssl", "socket", "httptools"})


def test_unknown_names() -> None:
    import runtime.transport

    with pytest.raises(AttributeError, match="Nothing"):
        _ = runtime.transport.Nothing


# Cancellation


@pytest.mark.parametrize(
    ("script", "body"),
    [
        ([READ], b""),
        ([READ, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"], b""),
        ([READ_HEAD], b"x" * 20_000_000),
    ],
    ids=["before the reply", "inside the reply", "while sending"],
)
def test_cancelling(make_asyncio: MakeAsyncio, script: Script, body: bytes) -> None:
    async def scenario() -> None:
        problems: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: problems.append(context))
        transport = make_asyncio(max_connections=1)
        task = asyncio.create_task(transport.send(HTTPRequest("POST", server.origin, "/", [], body), QUICK))
        assert await asyncio.to_thread(arrived.wait, 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await transport.send(get(server), Timeout(pool=0.05))).body == b"next"
        await transport.aclose()
        gc.collect()
        assert problems == []

    arrived = threading.Event()
    with FaultServer([*script, arrived, HANG], serving(reply(b"next"))) as server:
        asyncio.run(scenario())


def test_cancelling_after_any_number_of_steps(make_asyncio: MakeAsyncio) -> None:
    """Each step of the loop may be where the cancellation strikes: the slot is always given back."""

    async def scenario(steps: int) -> bool:
        transport = make_asyncio(max_connections=1)
        if steps % 2:  # on a kept connection too
            await transport.send(get(server, "/first"), QUICK)
        task = asyncio.create_task(transport.send(get(server), QUICK))
        for _ in range(steps // 2):
            await asyncio.sleep(0)
        done = task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert (await transport.send(get(server, "/after"), Timeout(pool=0.05))).body == b"/after"
        await transport.aclose()
        return done

    with FaultServer([ECHO] * 5) as server:
        steps = 0
        while not asyncio.run(scenario(steps)) and steps < 400:
            steps += 1
        assert steps > 4


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="counts open files the way Linux shows them")
def test_cancelling_leaks_neither_sockets_nor_tasks(make_asyncio: MakeAsyncio) -> None:
    async def scenario() -> None:
        transport = make_asyncio(max_connections=3)
        for steps in range(60):
            task = asyncio.create_task(transport.send(get(server), QUICK))
            for _ in range(steps // 2):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        assert asyncio.all_tasks() == {asyncio.current_task()}
        await transport.aclose()

    before = open_files()
    with FaultServer([READ, HANG]) as server:
        asyncio.run(scenario())
        gc.collect()  # what nobody closed would warn now
        assert server.accepted  # some were cancelled after they had a connection; how many, the server's thread decides
    assert open_files() <= before


def test_cancelling_a_connect(make_asyncio: MakeAsyncio, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> None:
        looking = asyncio.Event()

        async def never(*_: object, **__: object) -> None:
            looking.set()
            await asyncio.Event().wait()

        transport = make_asyncio(max_connections=1)
        request = HTTPRequest("GET", Origin("http", "localhost", server.origin.port), "/", [])  # a name to look up
        with monkeypatch.context() as patch:
            patch.setattr(asyncio.get_running_loop(), "getaddrinfo", never)
            task = asyncio.create_task(transport.send(request, QUICK))
            await asyncio.wait_for(looking.wait(), 5)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert (await transport.send(request, Timeout(pool=0.05))).body == b"ok"
        await transport.aclose()

    with FaultServer(serving(reply(b"ok"))) as server:
        asyncio.run(scenario())


def test_cancelling_the_wait_for_a_connection(make_asyncio: MakeAsyncio) -> None:
    async def scenario() -> None:
        transport = make_asyncio(max_connections=1)
        tasks = [asyncio.create_task(transport.send(get(server), QUICK)) for _ in range(2)]
        assert await asyncio.to_thread(arrived.wait, 5)
        for task in reversed(tasks):
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert (await transport.send(get(server), Timeout(pool=0.05))).body == b"ok"
        await transport.aclose()

    arrived = threading.Event()
    with FaultServer([READ, arrived, HANG], serving(reply(b"ok"))) as server:
        asyncio.run(scenario())


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Shells let what they start in the background ignore interruptions."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(threading.current_thread() is not threading.main_thread(), reason="signals go to the main thread")
def test_interrupting_a_read(make_blocking: MakeBlocking) -> None:
    arrived = threading.Event()
    main = threading.get_ident()

    def interrupt() -> None:
        if arrived.wait(5):
            signal.pthread_kill(main, signal.SIGINT)

    transport = make_blocking(max_connections=1)
    with FaultServer([READ, arrived, HANG], serving(reply(b"next"))) as server:
        thread = threading.Thread(target=interrupt)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            transport.send(get(server), QUICK)
        thread.join()
        assert transport.send(get(server), Timeout(pool=0.05)).body == b"next"
        transport.close()


# Event loops


def test_each_event_loop_has_its_own_connections(make_asyncio: MakeAsyncio) -> None:
    transport = make_asyncio()
    with FaultServer([ECHO] * 9) as server:
        for count in (1, 2):
            bodies = asyncio.run(_send_twice(transport, server))
            assert bodies == [b"/1", b"/2"]
            assert server.accepted == count
            assert server.gone[-1].wait(5)  # the connections went with their loop, though nobody closed the client


async def _send_twice(transport: AsyncTransport, server: FaultServer) -> list[bytes]:
    return [(await transport.send(get(server, target), QUICK)).body for target in ("/1", "/2")]


def test_a_loop_may_go_on_after_its_generators_were_finished(make_asyncio: MakeAsyncio) -> None:
    transport = make_asyncio()
    with FaultServer([ECHO] * 9) as server, asyncio.Runner() as runner:
        assert runner.run(_send_twice(transport, server)) == [b"/1", b"/2"]
        runner.run(runner.get_loop().shutdown_asyncgens())
        with pytest.warns(ResourceWarning, match="was scheduled after"):
            assert runner.run(_send_twice(transport, server)) == [b"/1", b"/2"]
        assert server.accepted == 2
        runner.run(transport.aclose())


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="counts open files the way Linux shows them")
def test_closing_has_closed_when_it_returns(make_asyncio: MakeAsyncio) -> None:
    async def scenario() -> None:
        before = open_files()
        transport = make_asyncio()
        await transport.send(get(server), QUICK)
        served = 1  # the server's end of the connection
        await transport.aclose()
        assert open_files() <= before + served

    with FaultServer([ECHO, HANG]) as server:
        asyncio.run(scenario())


def test_constructing_with_nonsense(make_asyncio: MakeAsyncio) -> None:
    with pytest.raises(TypeError, match="nonsense"):
        make_asyncio(nonsense=1)  # type: ignore[call-arg]
    gc.collect()


def test_loops_in_several_threads(make_asyncio: MakeAsyncio) -> None:
    transport = make_asyncio(max_connections=1)
    results: list[list[bytes]] = []
    with FaultServer([ECHO] * 9) as server:
        threads = [
            threading.Thread(target=lambda: results.append(asyncio.run(_send_twice(transport, server))))
            for _ in range(4)
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert results == [[b"/1", b"/2"]] * 4


def test_a_forgotten_asyncio_client_is_named(make_asyncio: MakeAsyncio) -> None:
    async def scenario() -> None:
        kept = [make_asyncio()]
        await kept[0].send(get(server), QUICK)
        with pytest.warns(ResourceWarning, match="Async.*Transport was not closed"):
            kept.clear()

    with FaultServer([ECHO]) as server:
        asyncio.run(scenario())
        assert server.gone[0].wait(5)


def test_a_forgotten_blocking_client_is_named(make_blocking: MakeBlocking) -> None:
    with FaultServer([ECHO]) as server:
        kept = [make_blocking()]
        kept[0].send(get(server), QUICK)
        with pytest.warns(ResourceWarning, match="unclosed"):
            kept.clear()
        assert server.gone[0].wait(5)


def test_a_slow_reply_does_not_hold_the_others_up(make_client: MakeClient) -> None:
    done = threading.Event()
    with FaultServer([READ, Until(done), reply(b"slow")], [ECHO, ECHO, ECHO, done]) as server:
        results = make_client(max_connections=2).send_all([get(server, "/quick")] * 4)
        assert sorted(getattr(each, "body", b"") for each in results) == [b"/quick"] * 3 + [b"slow"]


# Forks

FORK = """
import os, sys
from runtime.http import HTTPRequest, Origin, Timeout
from runtime import transport as transports

kind, scheme, port, verify = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] or True
transport = getattr(transports, kind)(verify=verify)

def send(name, count):
    for number in range(count):
        target = f"/{name}/{number}"
        request = HTTPRequest("POST", Origin(scheme, "127.0.0.1", port), target, [])
        assert transport.send(request, Timeout()).body == target.encode()

send("before", 1)
child = os.fork()
send("child" if child == 0 else "parent", 50)
transport.close()
if child == 0:
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("kind", ["SocketTransport", "Httpx2Transport"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_fork_gets_connections_of_its_own(pem: Path, scheme: str, kind: str) -> None:
    context = server_context(pem) if scheme == "https" else None
    with FaultServer([ECHO] * 60, context=context) as server:
        run_python(FORK, kind, scheme, str(server.origin.port), str(pem))
        assert server.accepted == 2
        assert len(server.requests) == 101


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_fork_while_the_pool_is_locked() -> None:
    program = """
import os
from runtime.http import Origin, Timeout
from runtime.transport.deadline import Deadline
from runtime.transport.pool import Pool

pool = Pool(1)
origin, deadline = Origin("http", "127.0.0.1", 1), Deadline(Timeout(pool=0.05))
pool.enter(origin, deadline)
pool._lock.acquire()
child = os.fork()
if child == 0:
    pool.enter(origin, deadline)
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
"""
    run_python(program)
