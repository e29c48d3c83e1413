"""Fixtures of the transport suites."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.transport.certificates import make_certificate
from tests.runtime.transport.clients import KINDS, Client, MakeClient
from tests.runtime.transport.differences import DIFFERENCES, HTTPX2

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the differences that are argued for, and no others."""
    for item in items:
        if isinstance(item, pytest.Function) and item.path.parent == HERE and hasattr(item, "callspec"):
            kind = item.callspec.params.get("make_client")
            for each in DIFFERENCES:
                is_named = each.test == item.originalname and each.case in item.callspec.id
                if is_named and kind in each.kinds:
                    item.add_marker(pytest.mark.xfail(reason=each.why, strict=True, run=each.is_run))


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(params=KINDS)
def make_client(request: pytest.FixtureRequest, stranger: Path) -> Iterator[MakeClient]:
    """Makes clients of one of the transports, and closes them."""
    made: list[Client] = []

    def make(**options: Any) -> Client:
        if request.param in HTTPX2:
            # httpx2 reads all certificates of the system for each client, https or not: a hundred times over, it shows.
            options.setdefault("verify", str(stranger))
        made.append(KINDS[request.param](**options))
        return made[-1]

    yield make
    for each in made:
        each.close()
        each.stop()


@pytest.fixture
def client(make_client: MakeClient) -> Client:
    """A client with the defaults."""
    return make_client()


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good certificate of 127.0.0.1 with its key."""
    return make_certificate(tmp_path_factory.mktemp("tls") / "server.pem")


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody uses."""
    return make_certificate(tmp_path_factory.mktemp("tls") / "stranger.pem")
