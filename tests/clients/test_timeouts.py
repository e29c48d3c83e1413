"""Each limit of a `Timeout`, of the client or of a call, through a whole client. The limits are small and real."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import sdk
from sdk._runtime.transport import AsyncioTransport, SocketTransport
from sdk.models import errors
from tests.clients.callers import Connect
from tests.runtime.transport.server import HANG, READ, READ_HEAD, FaultServer, Until, reply

SOON = 0.05
ARGUMENTS: dict[str, Any] = {"identity_pool_id": "us-east-1:00000000-0000-4000-8000-000000000000"}
TOO_MUCH = {**ARGUMENTS, "logins": {"provider": "x" * 20_000_000}}

by_client_or_call = pytest.mark.parametrize("of", ["client", "call"])


def attempt(connect: Connect, of: str, url: str, timeout: Any, arguments: dict[str, Any] = ARGUMENTS) -> Any:
    """One call with a limit that either the client or the call was given; the other has none that matters."""
    call = connect(server_url=url, timeout=timeout if of == "client" else 30, retries=None)
    return call("get_id", **arguments, **({} if of == "client" else {"timeout": timeout}), retries=0)


@pytest.fixture
def unanswered() -> Iterator[str]:
    """A port whose backlog is full: the kernel drops further SYNs."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(address)
        yield f"http://127.0.0.1:{address[1]}"
        for each in waiting:
            each.close()


@by_client_or_call
def test_connect(of: str, connect: Connect, unanswered: str) -> None:
    with pytest.raises(errors.ConnectTimeout) as caught:
        attempt(connect, of, unanswered, sdk.Timeout(connect=SOON))

    assert (caught.value.attempts, caught.value.request_sent) == (1, False)


@by_client_or_call
def test_write(of: str, connect: Connect) -> None:
    with FaultServer([READ_HEAD, HANG]) as server, pytest.raises(errors.WriteTimeout):
        attempt(connect, of, f"http://{server.origin.authority}", sdk.Timeout(write=SOON), TOO_MUCH)


@by_client_or_call
def test_read(of: str, connect: Connect) -> None:
    with FaultServer([READ, HANG]) as server, pytest.raises(errors.ReadTimeout):
        attempt(connect, of, f"http://{server.origin.authority}", sdk.Timeout(read=SOON))


@by_client_or_call
@pytest.mark.parametrize("total", [SOON, sdk.Timeout(total=SOON)], ids=["number", "total"])
def test_total(of: str, total: Any, connect: Connect) -> None:
    with FaultServer([READ, HANG]) as server, pytest.raises(errors.DeadlineExceeded):
        attempt(connect, of, f"http://{server.origin.authority}", total)


@by_client_or_call
def test_total_is_for_all_attempts_together(of: str, connect: Connect) -> None:
    """The first attempt fails at once; the second gets what is left, and hangs."""
    with FaultServer([READ, reply(b"", status="500 No"), READ, HANG]) as server:
        url = f"http://{server.origin.authority}"
        call = connect(server_url=url, timeout=0.3 if of == "client" else 30, retries=sdk.Retries(base=0.0))
        with pytest.raises(errors.DeadlineExceeded) as caught:
            call("get_id", **ARGUMENTS, **({} if of == "client" else {"timeout": 0.3}))

    assert caught.value.attempts == 2


@pytest.fixture
def busy() -> Iterator[tuple[str, threading.Event, threading.Event]]:
    """A server that says when its first request is there, and answers it when it is told to."""
    arrived, done = threading.Event(), threading.Event()
    with FaultServer([READ, arrived, Until(done), reply(b"{}")]) as server:
        yield f"http://{server.origin.authority}", arrived, done


LIMIT, LONG = sdk.Timeout(pool=SOON), sdk.Timeout(pool=30)


@by_client_or_call
def test_pool(of: str, busy: tuple[str, threading.Event, threading.Event]) -> None:
    url, arrived, done = busy
    timeout, option = (LIMIT, {}) if of == "client" else (LONG, {"timeout": LIMIT})
    transport = SocketTransport(max_connections=1)
    with (
        sdk.SDK(server_url=url, timeout=timeout, retries=0, transport=transport) as client,
        ThreadPoolExecutor(1) as other,
    ):
        first = other.submit(client.get_id, **ARGUMENTS)
        assert arrived.wait(10)
        with pytest.raises(errors.PoolTimeout) as caught:
            client.get_id(**ARGUMENTS, **option)
        done.set()
        assert first.result(10).status_code == 200

    assert (caught.value.attempts, caught.value.request_sent) == (1, False)


@by_client_or_call
def test_pool_of_asyncio(of: str, busy: tuple[str, threading.Event, threading.Event]) -> None:
    url, arrived, done = busy
    timeout, option = (LIMIT, {}) if of == "client" else (LONG, {"timeout": LIMIT})

    async def calls() -> int:
        transport = AsyncioTransport(max_connections=1)
        async with sdk.AsyncSDK(server_url=url, timeout=timeout, retries=0, transport=transport) as client:
            first = asyncio.create_task(client.get_id(**ARGUMENTS))
            assert await asyncio.to_thread(arrived.wait, 10)
            with pytest.raises(errors.PoolTimeout) as caught:
                await client.get_id(**ARGUMENTS, **option)
            assert (caught.value.attempts, caught.value.request_sent) == (1, False)
            done.set()
            return (await first).status_code

    assert asyncio.run(calls()) == 200
