"""Fixtures of the transport suites."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.transport.certificates import make_certificate
from tests.runtime.transport.clients import AsyncioClient, BlockingClient, Client, MakeClient


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(params=[BlockingClient, AsyncioClient], ids=["blocking", "asyncio"])
def make_client(request: pytest.FixtureRequest) -> Iterator[MakeClient]:
    """Makes clients of one of the two transports, and closes them."""
    made: list[Client] = []

    def make(**options: Any) -> Client:
        made.append(request.param(**options))
        return made[-1]

    yield make
    for each in made:
        each.close()
        if isinstance(each, AsyncioClient):
            each.stop()


@pytest.fixture
def client(make_client: MakeClient) -> Client:
    """A client with the defaults."""
    return make_client()


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good certificate of 127.0.0.1 with its key."""
    return make_certificate(tmp_path_factory.mktemp("tls") / "server.pem")
