"""The showcase's client, as its users have it, and a server that writes down what it is sent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from showcase import Library
from showcase.models import shared

from tests.rest.recorder import Recorder


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder


@pytest.fixture
def client(server: Recorder) -> Iterator[Library]:
    security = shared.Security(
        desk_key=shared.SchemeDeskKey(api_key="key-1"),
        librarian=shared.SchemeLibrarian(username="ada", password="secret"),
    )
    with Library(security, server_url=server.url, retries=0) as client:
        yield client
