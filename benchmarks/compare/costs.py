"""What the clients cost: CPU time to start and of a call, memory. Everybody takes turns, round by round, so that a
machine that changes its speed changes it for all; what counts are the ratios.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks.compare import clients

ROOT = Path(__file__).parents[2]
ROUNDS = 7
CALLS = 40
GROUP = "costs"

# Import, client, first call: what a program that makes one call does, with nothing of ours around it. The keys are in
# the environment.
STARTS = {
    "boto3": (
        "import boto3",
        'client = boto3.client("cognito-identity", endpoint_url=URL, region_name="us-east-1")',
        'client.create_identity_pool(IdentityPoolName="pool", AllowUnauthenticatedIdentities=False)',
    ),
    "aws_sdk": (
        "import asyncio; from aws_sdk_cognito_identity.client import AsyncCognitoIdentityClient as Client; "
        "from aws_sdk_cognito_identity.config import AsyncCognitoIdentityConfig as Config; "
        "from aws_sdk_cognito_identity.models import CreateIdentityPoolInput as Input; runner = asyncio.Runner()",
        "async def make():\n"
        '    return Client(await Config.resolve(endpoint_uri=URL, region="us-east-1"))\n'
        "client = runner.run(make())",
        "async def call():\n"
        '    await client.create_identity_pool(Input(identity_pool_name="p", allow_unauthenticated_identities=False))\n'
        "runner.run(call())",
    ),
    "capo": (
        "from capo_cognito_identity import CognitoIdentityClient",
        'client = CognitoIdentityClient(endpoint=URL, region="us-east-1")',
        'client.create_identity_pool(identity_pool_name="p", allow_unauthenticated_identities=False)',
    ),
    "ours": (
        "from sdk import SDK",
        'client = SDK(server_url=URL, region="us-east-1")',
        'client.create_identity_pool(identity_pool_name="p", allow_unauthenticated_identities=False)',
    ),
}
_START = """
import sys, time
URL, PHASES = sys.argv[1], sys.argv[2:]
taken, before = [], time.process_time()
for phase in PHASES:
    exec(phase)
    now = time.process_time()
    taken.append((now - before) * 1000)
    before = now
def peak():
    try:
        lines = open("/proc/self/status").read().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
print(*taken, peak())
"""
_PAGE = {"IdentityPoolId": "us-east-1:00000000-0000-4000-8000-000000000000", "MaxResults": 60}
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "a small call (create_identity_pool)": (
        "CreateIdentityPool",
        {"IdentityPoolName": "pool", "AllowUnauthenticatedIdentities": False},
    ),
    "a page of 60 identities": ("ListIdentities", _PAGE),
}

Cells = dict[str, dict[str, Any]]


@contextmanager
def server() -> Iterator[str]:
    """The server of the benchmarks, in a process of its own."""
    command = [sys.executable, str(ROOT / "benchmarks" / "server.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


def measure(told: Callable[[str], None], rounds: int = ROUNDS) -> dict[str, Cells]:
    """The cells of the rows about costs: by title, by client."""
    with server() as url:
        found = _starts(url, rounds)
        told("costs: start")
        found |= _paces(url, rounds)
        told("costs: calls")
    return found


def _starts(url: str, rounds: int) -> dict[str, Cells]:
    taken: dict[str, list[list[float]]] = {client: [] for client in STARTS}
    bare: list[float] = []
    for _ in range(rounds):
        bare += _start(url)
        for client, phases in STARTS.items():
            taken[client].append(_start(url, *phases))
    columns = {client: list(zip(*runs, strict=True)) for client, runs in taken.items()}
    every = {
        "CPU time of the import": [[sum(run[:1]) for run in runs] for runs in taken.values()],
        "CPU time of import, client and first call": [[sum(run[:3]) for run in runs] for runs in taken.values()],
    }
    found = {title: _cells(dict(zip(taken, runs, strict=True)), "ms") for title, runs in every.items()}
    memory = {client: [each - statistics.median(bare) for each in column[3]] for client, column in columns.items()}
    return found | {"memory after that, above a bare interpreter": _cells(memory, "MB")}


def _start(url: str, *phases: str) -> list[float]:
    command = [sys.executable, "-I", "-c", _START, url, *phases]
    keys = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "x"}
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")} | keys
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=surroundings)
    return [float(each) for each in done.stdout.split()]


def _paces(url: str, rounds: int) -> dict[str, Cells]:
    runners = {(mode, client) for mode in ("blocking", "asyncio") for client in clients.NAMES}
    runners -= {("blocking", "aws_sdk"), ("asyncio", "boto3")}
    taken: dict[tuple[str, str, str], list[float]] = {}
    with ExitStack() as stack:
        processes = {}
        for mode, client in sorted(runners):
            command = [sys.executable, "-m", f"{__package__}.costs", mode, client, url]
            pipe = subprocess.PIPE
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
            stack.enter_context(process)
            stack.callback(process.kill)
            processes[mode, client] = process
        for number in range(rounds + 1):
            for case in CASES:
                for (mode, client), process in processes.items():
                    assert process.stdin is not None
                    assert process.stdout is not None
                    print(case, file=process.stdin, flush=True)
                    seconds = json.loads(process.stdout.readline())
                    if number:  # the first round warms up
                        taken.setdefault((mode, case, client), []).append(seconds * 1000)
    found = {}
    for mode in ("blocking", "asyncio"):
        for case in CASES:
            runs = {client: taken[mode, case, client] for client in clients.NAMES if (mode, client) in runners}
            found[f"CPU time of {case}, {mode}"] = _cells(runs, "ms")
    return found


def _cells(runs: dict[str, list[float]], unit: str) -> Cells:
    """Medians, and the median of the ratios round by round."""
    found: Cells = {client: {"text": "has none", "good": None, "value": None} for client in clients.NAMES}
    for client, values in runs.items():
        middle = statistics.median(values)
        ratio = statistics.median(value / ours for value, ours in zip(values, runs["ours"], strict=True))
        shown = f"{middle:.3g} {unit}" if middle < 100 else f"{middle:.0f} {unit}"  # noqa: PLR2004
        text = shown if client == "ours" else f"{shown} ({ratio:.1f} x ours)"
        found[client] = {"text": text, "good": None, "value": round(middle, 3)}
    return found


def _pace(mode: str, name: str, url: str) -> None:
    """Make calls when told to, and tell the CPU seconds of one."""
    from benchmarks.compare.clients.peer import Options

    peer = clients.load(name)
    if mode == "blocking":
        connection = peer.connect(Options(url=url))
        for line in sys.stdin:
            operation, members = CASES[line.strip()]
            started = time.process_time()
            for _ in range(CALLS):
                connection.call(operation, **members)
            print((time.process_time() - started) / CALLS, flush=True)
        return

    async def serve() -> None:
        connection = await peer.open_async(Options(url=url))
        while line := await asyncio.to_thread(sys.stdin.readline):
            operation, members = CASES[line.strip()]
            started = time.process_time()
            for _ in range(CALLS):
                await connection.call(operation, **members)
            print((time.process_time() - started) / CALLS, flush=True)

    asyncio.run(serve())


if __name__ == "__main__":
    _pace(*sys.argv[1:])
