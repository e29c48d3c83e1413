"""Credentials that end while a client is at work: one renewal for all of its threads, and no renewal without an end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import sdk
from sdk._runtime.transport import SocketTransport
from sdk.credentials import Credentials, RefreshingCredentials
from sdk.models import errors, shared
from tests.clients.callers import Connect
from tests.clients.held_clock import HeldClock
from tests.clients.scripted import Scripted, failure
from tests.clients.stub import Recorded, Reply, Stub

THREADS = 32
NOW = datetime(2026, 1, 1, tzinfo=UTC)
EXPIRED = failure(400, "ExpiredTokenException")


class Source:
    """Hands out numbered credentials that last an hour; each load waits until `gate` is open."""

    def __init__(self) -> None:
        self.now = NOW
        self.loads = 0
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self) -> Credentials:
        self.loads += 1
        number = self.loads
        assert self.gate.wait(20)
        return Credentials(f"AKID{number}", "secret", "token", self.now + timedelta(hours=1))


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def security(source: Source) -> shared.Security:
    provider = RefreshingCredentials(source, clock=lambda: source.now)
    return shared.Security(hmac=shared.SchemeHmac(credentials=provider))


def signers(server: Stub) -> list[str]:
    """Whose credentials signed each request."""
    found = (request.header("Authorization") or "" for request in server.requests)
    return [value.partition("Credential=")[2].partition("/")[0] for value in found]


def in_threads(call: Callable[[], Any]) -> list[Any]:
    """The results of as many calls at once."""
    begin = threading.Barrier(THREADS)

    def run() -> Any:
        begin.wait()
        return call()

    with ThreadPoolExecutor(THREADS) as threads:
        return [each.result(30) for each in [threads.submit(run) for _ in range(THREADS)]]


@pytest.fixture
def _all_wait(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps a renewal from its end until every thread but the one that renews waits for it."""
    waiting = threading.Semaphore(0)

    class Counted(Future[Any]):
        def result(self, timeout: float | None = None) -> Any:
            if not self.done():
                waiting.release()
            return super().result(timeout)

    monkeypatch.setattr("sdk._runtime.aws.refresh.Future", Counted)

    def open_gate() -> None:
        for _ in range(THREADS - 1):
            waiting.acquire(timeout=20)
        source.gate.set()

    source.gate.clear()
    threading.Thread(target=open_gate, daemon=True).start()


@pytest.mark.usefixtures("_all_wait")
def test_32_threads_whose_credentials_have_ended_renew_them_once(
    source: Source, security: shared.Security, stub: Stub
) -> None:
    with sdk.SDK(security, server_url=stub.url, region="us-east-1") as client:
        results = in_threads(lambda: client.list_identity_pools(max_results=1))

    assert [result.status_code for result in results] == [200] * THREADS
    assert (source.loads, signers(stub)) == (1, ["AKID1"] * THREADS)


class Refusing(Stub):
    """Takes the first credentials for expired, once everybody has come with them."""

    def __init__(self) -> None:
        super().__init__()
        self._all_came = threading.Barrier(THREADS)

    def answer(self, request: Recorded) -> Reply:
        reply = super().answer(request)
        if "Credential=AKID1/" in (request.header("Authorization") or ""):
            self._all_came.wait(20)
            return EXPIRED
        return reply


def test_32_threads_that_are_refused_at_once_renew_once(source: Source, security: shared.Security) -> None:
    transport = SocketTransport(max_connections=THREADS)
    with (
        Refusing() as server,
        sdk.SDK(security, server_url=server.url, region="us-east-1", transport=transport) as client,
    ):
        results = in_threads(lambda: client.list_identity_pools(max_results=1))

    assert [result.attempts for result in results] == [2] * THREADS
    assert (source.loads, sorted(signers(server))) == (2, ["AKID1"] * THREADS + ["AKID2"] * THREADS)


def test_credentials_that_stay_expired_are_renewed_once_for_a_call(
    source: Source, security: shared.Security, connect: Connect
) -> None:
    clock = HeldClock()
    with Scripted(EXPIRED) as server:
        call = connect(security=security, server_url=server.url, region="us-east-1", clock=clock, retries=4)
        with pytest.raises(errors.APIError, match="ExpiredTokenException") as caught:
            call("list_identity_pools", max_results=1)

    assert (caught.value.attempts, source.loads, signers(server)) == (2, 2, ["AKID1", "AKID2"])
    assert clock.waits == [0.0]


def test_a_renewal_leaves_room_for_other_retries(source: Source, security: shared.Security, connect: Connect) -> None:
    clock = HeldClock()
    with Scripted(failure(500), EXPIRED, failure(500), Reply()) as server:
        call = connect(security=security, server_url=server.url, region="us-east-1", clock=clock, retries=4)
        result = call("list_identity_pools", max_results=1)

    assert (result.attempts, signers(server)) == (4, ["AKID1", "AKID1", "AKID2", "AKID2"])
    assert clock.waits == pytest.approx([0.05, 0.0, 0.2])


def test_the_last_attempt_is_not_exceeded_for_a_renewal(
    source: Source, security: shared.Security, connect: Connect
) -> None:
    with Scripted(EXPIRED, Reply()) as server:
        call = connect(security=security, server_url=server.url, region="us-east-1", clock=HeldClock(), retries=0)
        with pytest.raises(errors.APIError):
            call("list_identity_pools", max_results=1)

    assert len(server.requests) == 1
