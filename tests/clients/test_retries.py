"""Which failures are tried again, how often, and after how long: a table against a real server and a clock that is
held."""

from __future__ import annotations

from typing import Any

import pytest

from sdk import Retries
from sdk.models import errors, shared
from tests.clients.callers import Connect
from tests.clients.held_clock import HeldClock
from tests.clients.retry_table import TABLE
from tests.clients.scripted import Scripted, failure
from tests.clients.stub import Reply, Stub

OPERATION = "list_identity_pools"
ARGUMENTS: dict[str, Any] = {"max_results": 1}
SECURITY = shared.Security(hmac=shared.SchemeHmac(access_key_id="AKIDEXAMPLE", secret_access_key="secret"))


@pytest.mark.parametrize("row", TABLE)
def test_attempts_and_waits(row: str, connect: Connect) -> None:
    reply, attempts, waits = TABLE[row]
    clock = HeldClock()
    with Scripted(reply) as server:
        call = connect(server_url=server.url, security=SECURITY, region="us-east-1", clock=clock, retries=None)
        with pytest.raises(errors.APIError) as caught:
            call(OPERATION, **ARGUMENTS)

    assert len(server.requests) == attempts
    assert caught.value.attempts == attempts
    assert clock.waits == pytest.approx(waits)


def test_success_after_failures_says_how_many_attempts_it_took(connect: Connect) -> None:
    clock = HeldClock()
    with Scripted(failure(500), failure(503), Reply()) as server:
        call = connect(server_url=server.url, security=SECURITY, region="us-east-1", clock=clock, retries=None)
        result = call(OPERATION, **ARGUMENTS)

    assert (result.attempts, result.status_code) == (3, 200)


def test_each_attempt_is_signed_anew_and_belongs_to_one_call(connect: Connect) -> None:
    dated = (("Date", "Fri, 02 Jan 2026 03:05:05 GMT"),)
    clock = HeldClock()
    with Scripted(Reply(b"", 429, dated), Reply()) as server:
        call = connect(server_url=server.url, security=SECURITY, region="us-east-1", clock=clock, retries=None)
        call(OPERATION, **ARGUMENTS)
        call(OPERATION, **ARGUMENTS)

    first, second, third = server.requests
    assert (first.header("X-Amz-Date"), second.header("X-Amz-Date")) == ("20260102T030405Z", "20260102T030406Z")
    assert first.header("Authorization") != second.header("Authorization")
    assert first.header("amz-sdk-invocation-id") == second.header("amz-sdk-invocation-id")
    assert first.header("amz-sdk-invocation-id") != third.header("amz-sdk-invocation-id")
    assert first.header("amz-sdk-request") == "attempt=1; max=3"
    # The server's clock is a minute ahead, and a reply is waited for a minute.
    assert second.header("amz-sdk-request") == "ttl=20260102T030606Z; attempt=2; max=3"
    assert "amz-sdk" not in (first.header("Authorization") or "")


def test_the_quota_ends_retries_at_the_18th_call(connect: Connect) -> None:
    clock = HeldClock()
    with Scripted(failure(500)) as server:
        call = connect(server_url=server.url, security=SECURITY, region="us-east-1", clock=clock, retries=None)
        attempts = []
        for _ in range(20):
            with pytest.raises(errors.APIError) as caught:
                call(OPERATION, **ARGUMENTS)
            attempts.append(caught.value.attempts)

    assert attempts == [3] * 17 + [2, 1, 1]
    assert clock.waits == pytest.approx([0.05, 0.1] * 17 + [0.05])
    assert any("quota" in note for note in caught.value.__notes__)


def test_success_gives_back_what_it_took(connect: Connect) -> None:
    with Scripted(*([failure(500), Reply()] * 60), failure(500)) as server:
        call = connect(server_url=server.url, security=SECURITY, region="us-east-1", clock=HeldClock(), retries=None)
        for _ in range(60):
            assert call(OPERATION, **ARGUMENTS).attempts == 2


def test_retries_are_set_for_a_client_and_for_a_call(connect: Connect) -> None:
    with Scripted(failure(500)) as server:
        call = connect(server_url=server.url, security=SECURITY, region="us-east-1", clock=HeldClock(), retries=0)
        for options, attempts in (({}, 1), ({"retries": 1}, 2), ({"retries": Retries(max_attempts=5)}, 5)):
            with pytest.raises(errors.APIError) as caught:
                call(OPERATION, **ARGUMENTS, **options)
            assert caught.value.attempts == attempts


def test_waiting_never_outlasts_the_call(connect: Connect) -> None:
    clock = HeldClock()
    with Scripted(failure(429)) as server:
        call = connect(
            server_url=server.url, security=SECURITY, region="us-east-1", clock=clock, timeout=2.5, retries=None
        )
        with pytest.raises(errors.APIError) as caught:
            call(OPERATION, **ARGUMENTS)

    assert (caught.value.attempts, clock.waits) == (2, [1.0])


def test_a_refused_connection_is_tried_again(connect: Connect) -> None:
    with Stub() as gone:
        url = gone.url
    clock = HeldClock()
    call = connect(server_url=url, security=SECURITY, region="us-east-1", clock=clock, retries=None)
    with pytest.raises(errors.ConnectError) as caught:
        call(OPERATION, **ARGUMENTS)

    assert (caught.value.attempts, clock.waits) == (3, pytest.approx([0.05, 0.1]))


# --- a clock that is wrong
# --------------------------------------------------------------------------------------------------

SKEWED = Reply(b'{"__type":"RequestTimeTooSkewed"}', 403, (("Date", "Fri, 02 Jan 2026 06:04:05 GMT"),))


def test_a_clock_three_hours_behind_is_corrected_once_and_for_all(connect: Connect) -> None:
    clock = HeldClock()
    with Scripted(SKEWED, Reply()) as server:
        call = connect(server_url=server.url, security=SECURITY, region="us-east-1", clock=clock, retries=None)
        first = call(OPERATION, **ARGUMENTS)
        second = call(OPERATION, **ARGUMENTS)

    assert (first.attempts, second.attempts, clock.waits) == (2, 1, [0.0])
    dates = [request.header("X-Amz-Date") for request in server.requests]
    assert dates == ["20260102T030405Z", "20260102T060405Z", "20260102T060405Z"]


@pytest.mark.parametrize("date", [None, "yesterday", "Fri, 02 Jan 2026 03:06:05 GMT"])
def test_no_correction_without_a_reason(date: str | None, connect: Connect) -> None:
    headers = () if date is None else (("Date", date),)
    with Scripted(Reply(b'{"__type":"SignatureDoesNotMatch"}', 403, headers)) as server:
        call = connect(server_url=server.url, security=SECURITY, region="us-east-1", clock=HeldClock(), retries=None)
        with pytest.raises(errors.APIError) as caught:
            call(OPERATION, **ARGUMENTS)

    assert caught.value.attempts == 1


def test_a_correction_that_does_not_help_is_not_repeated(connect: Connect) -> None:
    with Scripted(SKEWED) as server:
        call = connect(server_url=server.url, security=SECURITY, region="us-east-1", clock=HeldClock(), retries=None)
        with pytest.raises(errors.APIError) as caught:
            call(OPERATION, **ARGUMENTS)

    assert (caught.value.attempts, len(server.requests)) == (2, 2)
