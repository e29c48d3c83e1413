"""Who asks the metadata service of an instance for credentials, and who never does."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from sdk.models import errors
from tests.clients.callers import Connect
from tests.clients.operation_case import OperationCase
from tests.clients.operation_cases import CASES
from tests.clients.stub import Stub

PUBLIC = [case for case in CASES if not case.signed]


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that a socket connects to."""
    found: list[Any] = []
    for name in ("connect", "connect_ex"):
        original = getattr(socket.socket, name)

        def noted(self: socket.socket, address: Any, original: Any = original) -> Any:
            found.append(address)
            return original(self, address)

        monkeypatch.setattr(socket.socket, name, noted)
    return found


@pytest.fixture
def metadata(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """A metadata service that knows nothing, in an environment that says nothing else."""
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED")
    with Stub() as service:
        monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", service.url)
        yield service


@pytest.mark.parametrize("case", PUBLIC, ids=lambda case: case.method)
def test_a_public_operation_connects_to_its_server_alone(
    case: OperationCase, connect: Connect, stub: Stub, metadata: Stub, connections: list[Any]
) -> None:
    result = connect(server_url=stub.url, retries=None)(case.method, **case.arguments)

    assert result.status_code == 200
    assert {f"http://{host}:{port}" for host, port in connections} == {stub.url}


def test_a_signed_operation_would_have_been_seen(
    connect: Connect, stub: Stub, metadata: Stub, connections: list[Any]
) -> None:
    with pytest.raises(errors.CredentialsError):
        connect(server_url=stub.url, retries=None)("list_identity_pools", max_results=1)

    assert {f"http://{host}:{port}" for host, port in connections} == {metadata.url}
