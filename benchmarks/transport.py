"""What a transport costs by itself: the bundled ones beside a bare socket, urllib3 and httpx2, on kept connections.

    python benchmarks/transport.py [ROUNDS]

The same signed request and the same small reply for all, against a server in a process of its own. The candidates take
turns within each round. CPU is the time of this process per call; the ratios are to the bare socket, which sends
prepared bytes and reads once, round by round, as medians. httpx2 and urllib3 come with the test dependencies.
"""

from __future__ import annotations

import asyncio
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "templates"))

import httpx2  # noqa: E402
import urllib3  # noqa: E402

from runtime.http import HTTPRequest, Origin, Timeout  # noqa: E402
from runtime.transport import AsyncioTransport, Httpx2Transport, SocketTransport  # noqa: E402
from runtime.transport.head import encode  # noqa: E402

CALLS = 400
SERVER = Path(__file__).with_name("server.py")
BODY = b'{"AllowUnauthenticatedIdentities":false,"IdentityPoolName":"pool"}'
HEADERS = [
    ("Content-Type", "application/x-amz-json-1.1"),
    ("X-Amz-Target", "AWSCognitoIdentityService.CreateIdentityPool"),
    ("User-Agent", "sdk/0.1.0 lang/python#3.13.0 md/pyimpl#CPython"),
    ("X-Amz-Date", "20261123T000000Z"),
    ("Authorization", f"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/scope, Signature={'0' * 64}"),
    ("amz-sdk-invocation-id", "00000000-0000-4000-8000-000000000000"),
    ("amz-sdk-request", "attempt=1; max=3"),
]
TIMEOUT = Timeout()


def bare(request: HTTPRequest) -> Callable[[], object]:
    """The least that any client does: one write and one read."""
    sock = socket.create_connection((request.origin.host, request.origin.port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    (data,) = encode(request)

    def call() -> bytes:
        sock.sendall(data)
        return sock.recv(65536)

    return call


class Echo(asyncio.Protocol):
    """The least that an asyncio client does: one write, one future, one read."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Wake the waiting task."""
        self._waiter.set_result(data)

    async def call(self) -> bytes:
        """One request and its reply."""
        self._waiter: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._transport.write(self._data)
        return await self._waiter


def bare_asyncio(request: HTTPRequest, runner: asyncio.Runner) -> Callable[[int], None]:
    """Many calls over one connection of the loop."""
    (data,) = encode(request)

    async def open_one() -> Echo:
        loop = asyncio.get_running_loop()
        return (await loop.create_connection(lambda: Echo(data), request.origin.host, request.origin.port))[1]

    connection = runner.run(open_one())

    async def call_often(count: int) -> None:
        for _ in range(count):
            await connection.call()

    return lambda count: runner.run(call_often(count))


def candidates(origin: Origin, runner: asyncio.Runner) -> dict[str, Callable[[int], None]]:
    """Many calls each, by name."""
    request = HTTPRequest("POST", origin, "/", HEADERS, BODY)
    url = f"http://{origin.authority}/"
    blocking, through_httpx2, asynchronous = SocketTransport(), Httpx2Transport(), AsyncioTransport()
    their_httpx2 = httpx2.Client()
    pool = urllib3.PoolManager()
    headers = dict(HEADERS)

    async def send_all(count: int) -> None:
        for _ in range(count):
            await asynchronous.send(request, TIMEOUT)

    def often(call: Callable[[], object]) -> Callable[[int], None]:
        def calls(count: int) -> None:
            for _ in range(count):
                call()

        return calls

    return {
        "bare socket": often(bare(request)),
        "SocketTransport": often(lambda: blocking.send(request, TIMEOUT)),
        "bare asyncio": bare_asyncio(request, runner),
        "AsyncioTransport": lambda count: runner.run(send_all(count)),
        "urllib3": often(lambda: pool.request("POST", url, headers=headers, body=BODY)),
        "httpx2": often(lambda: their_httpx2.post(url, headers=headers, content=BODY)),
        "Httpx2Transport": often(lambda: through_httpx2.send(request, TIMEOUT)),
    }


def measure(calls: Callable[[int], None]) -> tuple[float, float]:
    """CPU seconds of this process, and seconds, for one call."""
    cpu, wall = time.process_time(), time.perf_counter()
    calls(CALLS)
    return (time.process_time() - cpu) / CALLS, (time.perf_counter() - wall) / CALLS


def main(rounds: int) -> None:
    """Measure and print."""
    with (
        asyncio.Runner() as runner,
        subprocess.Popen([sys.executable, str(SERVER)], stdout=subprocess.PIPE, text=True) as server,
    ):
        try:
            assert server.stdout is not None
            found = candidates(Origin("http", "127.0.0.1", int(server.stdout.readline())), runner)
            for calls in found.values():
                calls(1)
            taken: dict[str, list[tuple[float, float]]] = {name: [] for name in found}
            for _ in range(rounds):
                for name, calls in found.items():
                    taken[name].append(measure(calls))
        finally:
            server.kill()
    print(f"{'':18} {'CPU us':>8} {'/ bare':>7} {'wall us':>8} {'/ bare':>7}")
    for name, pairs in taken.items():
        columns = []
        for at in (0, 1):
            own = [pair[at] for pair in pairs]
            ratios = [each / peer[at] for each, peer in zip(own, taken["bare socket"], strict=True)]
            columns.append(f"{statistics.median(own) * 1e6:8.0f} {statistics.median(ratios):7.2f}")
        print(f"{name:18} {' '.join(columns)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
