"""botocore beside our client, on the same server: the same attempts and waits, and what only one of them survives."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.retries.standard import ExponentialBackoff
from botocore.session import Session

from tests.clients.callers import Connect, key_pair
from tests.clients.retry_table import TABLE
from tests.clients.scripted import Scripted, failure
from tests.clients.stub import Recorded, Reply, Stub

# botocore knows no Retry-After; ours keeps it for the proxies and gateways that do.
COMPARED = [row for row in TABLE if not row.startswith("Retry-After")]

MakeClient = Callable[[str], Any]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What botocore waits for, which takes no time here, with a random factor of 1."""
    found: list[float] = []
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=found.append, time=time.time))
    monkeypatch.setattr(ExponentialBackoff.__init__, "__defaults__", (20, lambda: 1.0, None, None))
    return found


@pytest.fixture(scope="module")
def session() -> Session:
    """botocore's own, once for all: it is slow to make."""
    made = Session()
    made.set_credentials("AKIDEXAMPLE", "secret")
    return made


@pytest.fixture
def botocore_client(session: Session) -> Iterator[MakeClient]:
    """Makes clients of botocore."""
    made: list[Any] = []

    def make(url: str) -> Any:
        client = session.create_client(
            "cognito-identity", "us-east-1", endpoint_url=url, config=Config(retries={"mode": "standard"})
        )
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()


@pytest.mark.parametrize("row", COMPARED)
def test_botocore_tries_as_often_and_waits_as_long(row: str, botocore_client: MakeClient, waits: list[float]) -> None:
    reply, attempts, expected = TABLE[row]
    with Scripted(reply) as server:
        with pytest.raises(ClientError):
            botocore_client(server.url).list_identity_pools(MaxResults=1)

    assert (len(server.requests), waits) == (attempts, pytest.approx(expected))


def test_botocore_s_quota_ends_at_the_18th_call_too(botocore_client: MakeClient, waits: list[float]) -> None:
    with Scripted(failure(500)) as server:
        client = botocore_client(server.url)
        attempts = []
        for _ in range(20):
            before = len(server.requests)
            with pytest.raises(ClientError):
                client.list_identity_pools(MaxResults=1)
            attempts.append(len(server.requests) - before)

    assert attempts == [3] * 17 + [2, 1, 1]
    assert waits == pytest.approx([0.05, 0.1] * 17 + [0.05])


class OtherClock(Stub):
    """A service whose clock is another than ours, and that refuses what is signed more than five minutes off it."""

    def __init__(self, ahead: timedelta) -> None:
        super().__init__()
        self._ahead = ahead

    def answer(self, request: Recorded) -> Reply:
        now = datetime.now(UTC) + self._ahead
        signed = datetime.strptime(request.header("X-Amz-Date") or "", "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        reply = super().answer(request)
        dated = (*reply.headers, ("Date", format_datetime(now, usegmt=True)))
        if abs(now - signed) > timedelta(minutes=5):
            return Reply(b'{"__type":"RequestTimeTooSkewed","message":"no"}', 403, dated)
        return Reply(reply.body, reply.status, dated)


@pytest.mark.parametrize("hours", [3, -3])
def test_a_clock_three_hours_off_fails_botocore_and_costs_us_one_attempt(
    hours: int, connect: Connect, botocore_client: MakeClient
) -> None:
    with OtherClock(timedelta(hours=hours)) as server:
        client = botocore_client(server.url)
        for _ in range(2):
            with pytest.raises(ClientError, match="RequestTimeTooSkewed"):
                client.list_identity_pools(MaxResults=1)
        call = connect(server_url=server.url, security=key_pair(), region="us-east-1", retries=None)
        ours = [call("list_identity_pools", max_results=1).attempts for _ in range(3)]

    assert ours == [2, 1, 1]
