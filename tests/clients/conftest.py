"""Fixtures of the suites that run the generated client: a clean environment, servers, clients that get closed."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clients.callers import Asyncio, Blocking, Caller, Connect
from tests.clients.emulators import running
from tests.clients.stub import Stub

MINISTACK = Path(__file__).parents[2] / ".venv-ministack" / "bin" / "ministack"


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


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call that goes astray fails here, and not somewhere on the network."""
    resolve = socket.getaddrinfo

    def guarded(host: Any, *arguments: Any, **keywords: Any) -> Any:
        assert host == "127.0.0.1", f"a call was about to go to {host}"
        return resolve(host, *arguments, **keywords)

    monkeypatch.setattr(socket, "getaddrinfo", guarded)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key pair and a region in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDINENVIRONMENT")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-in-environment")
    monkeypatch.setenv("AWS_REGION", "us-east-1")


@pytest.fixture(params=[Blocking, Asyncio], ids=["blocking", "asyncio"])
def connect(request: pytest.FixtureRequest) -> Iterator[Connect]:
    """Makes clients of one of the two kinds, and closes them."""
    made: list[Caller] = []

    def make(**options: object) -> Caller:
        made.append(request.param(**options))
        return made[-1]

    yield make
    for caller in made:
        caller.close()


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A recording server."""
    with Stub() as server:
        yield server


@pytest.fixture(scope="session")
def moto_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where moto listens."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with running(command, tmp_path_factory.mktemp("moto")) as url:
        yield url


@pytest.fixture(scope="session")
def ministack_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where ministack listens."""
    if not MINISTACK.exists():
        pytest.skip("ministack is not installed; `make test` installs it into .venv-ministack")
    with running([str(MINISTACK)], tmp_path_factory.mktemp("ministack")) as url:
        yield url
