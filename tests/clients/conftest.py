"""What the suites of the generated client share: a clean environment, the servers, and both clients behind one face."""

from __future__ import annotations

import asyncio
import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest

import sdk
from sdk.models import shared
from tests.clients.stub import Stub

ROOT = Path(__file__).parents[2]
MINISTACK = ROOT / ".venv-ministack" / "bin" / "ministack"
START_UP_SECONDS = 120
LISTENING = re.compile(r"Running on http://\S+:(\d+)")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment that says nothing, and an empty home directory."""
    for name in list(os.environ):
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    directory = tmp_path / "home"
    directory.mkdir()
    monkeypatch.setenv("HOME", str(directory))
    return directory


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key pair and a region in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    monkeypatch.setenv("AWS_REGION", "us-east-1")


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A recording server."""
    with Stub() as server:
        yield server


@pytest.fixture(scope="session")
def moto_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where moto listens."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with _running(command, tmp_path_factory.mktemp("moto")) as url:
        yield url


@pytest.fixture(scope="session")
def ministack_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where ministack listens."""
    if not MINISTACK.exists():
        pytest.skip("ministack is not installed; `make test` installs it into .venv-ministack")
    with _running([str(MINISTACK)], tmp_path_factory.mktemp("ministack")) as url:
        yield url


@contextmanager
def _running(command: list[str], directory: Path) -> Iterator[str]:
    """Run an emulator on a port that the system picks; it prints which when it is ready."""
    environment = {
        "PATH": os.defpath,
        "HOME": str(directory),
        "TMPDIR": str(directory),
        "GATEWAY_PORT": "0",
        "BIND_HOST": "127.0.0.1",
    }
    with subprocess.Popen(
        command,
        cwd=directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        ports: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=_read, args=(process, ports))
        reader.start()
        try:
            yield f"http://127.0.0.1:{ports.get(timeout=START_UP_SECONDS)}"
        finally:
            process.kill()
            reader.join()


def _read(process: subprocess.Popen[str], ports: queue.Queue[str]) -> None:
    """Read to the end, for a pipe that nobody reads would stop the emulator."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := LISTENING.search(line):
            ports.put(found[1])


class Caller(Protocol):
    """One of the two clients: calls an operation by name and returns its result."""

    def __call__(self, operation: str, *arguments: Any, **keywords: Any) -> Any: ...

    @property
    def client(self) -> sdk.SDK | sdk.AsyncSDK: ...

    def close(self) -> None: ...


class Blocking:
    """The blocking client."""

    def __init__(self, **options: Any) -> None:
        self.client = sdk.SDK(**options)

    def __call__(self, operation: str, *arguments: Any, **keywords: Any) -> Any:
        return getattr(self.client, operation)(*arguments, **keywords)

    def close(self) -> None:
        self.client.close()


class Asyncio:
    """The asyncio client, in an event loop of its own."""

    def __init__(self, **options: Any) -> None:
        self.client = sdk.AsyncSDK(**options)
        self._runner = asyncio.Runner()

    def __call__(self, operation: str, *arguments: Any, **keywords: Any) -> Any:
        async def call() -> Any:
            return await getattr(self.client, operation)(*arguments, **keywords)

        return self._runner.run(call())

    def close(self) -> None:
        self._runner.run(self.client.aclose())
        self._runner.close()


Connect = Callable[..., Caller]


@pytest.fixture(params=[Blocking, Asyncio], ids=["blocking", "asyncio"])
def connect(request: pytest.FixtureRequest) -> Iterator[Connect]:
    """Makes clients of one of the two kinds, and closes them."""
    made: list[Caller] = []

    def make(**options: Any) -> Caller:
        made.append(request.param(**options))
        return made[-1]

    yield make
    for caller in made:
        caller.close()


def key_pair(session_token: str | None = None) -> shared.Security:
    """Credentials given in code."""
    return shared.Security(
        hmac=shared.SchemeHmac(
            access_key_id="AKIDINCODE",
            secret_access_key="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLECODE",
            session_token=session_token,
        )
    )
