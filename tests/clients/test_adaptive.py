"""The adaptive mode: a client that was told that it asks too much slows down, and waits on its clock."""

from __future__ import annotations

from typing import Any

import pytest

from sdk import Retries
from sdk.models import errors
from tests.clients.callers import Connect, key_pair
from tests.clients.held_clock import HeldClock
from tests.clients.scripted import Scripted, failure
from tests.clients.stub import Reply

OPERATION = "list_identity_pools"
ARGUMENTS: dict[str, Any] = {"max_results": 1}
ADAPTIVE = Retries(mode="adaptive")


def options(server: Scripted, clock: HeldClock, **more: Any) -> dict[str, Any]:
    return {"server_url": server.url, "security": key_pair(), "region": "us-east-1", "clock": clock, **more}


def test_nothing_is_waited_for_before_the_server_refuses(connect: Connect) -> None:
    clock = HeldClock()
    with Scripted(failure(500), Reply()) as server:
        call = connect(**options(server, clock, retries=ADAPTIVE))
        for _ in range(50):
            call(OPERATION, **ARGUMENTS)

    assert clock.waits == [pytest.approx(0.05)]


def test_after_a_refusal_every_attempt_waits_for_its_turn(connect: Connect) -> None:
    clock = HeldClock()
    with Scripted(failure(429), Reply()) as server:
        call = connect(**options(server, clock, retries=ADAPTIVE))
        first, second = call(OPERATION, **ARGUMENTS), call(OPERATION, **ARGUMENTS)

    assert (first.attempts, second.attempts) == (2, 1)
    # The backoff, and what is missing of a token at half a token a second. By then two requests in two seconds are
    # measured, of which 0.8 count, and twice that is allowed.
    assert clock.waits == pytest.approx([1.0, 1.0, 1 / 1.6])


def test_it_signs_after_the_wait(connect: Connect) -> None:
    with Scripted(failure(429), Reply()) as server:
        call = connect(**options(server, HeldClock(), retries=ADAPTIVE))
        call(OPERATION, **ARGUMENTS)

    dates = [request.header("X-Amz-Date") for request in server.requests]
    assert dates == ["20260102T030405Z", "20260102T030407Z"]


def test_a_lost_connection_is_no_refusal(connect: Connect) -> None:
    clock = HeldClock()
    with Scripted(Reply()) as gone:
        given = options(gone, clock, retries=ADAPTIVE)
    call = connect(**given)
    for _ in range(2):
        with pytest.raises(errors.ConnectError):
            call(OPERATION, **ARGUMENTS)

    assert clock.waits == pytest.approx([0.05, 0.1] * 2)


def test_only_adaptive_calls_wait(connect: Connect) -> None:
    clock = HeldClock()
    with Scripted(failure(429), Reply()) as server:
        call = connect(**options(server, clock, retries=0))
        with pytest.raises(errors.APIError):
            call(OPERATION, **ARGUMENTS, retries=Retries(max_attempts=1, mode="adaptive"))
        call(OPERATION, **ARGUMENTS)
        standard = list(clock.waits)
        call(OPERATION, **ARGUMENTS, retries=ADAPTIVE)

    assert (standard, clock.waits) == ([], [2.0])


def test_a_retry_whose_turn_comes_too_late_is_not_waited_for(connect: Connect) -> None:
    clock = HeldClock()
    with Scripted(failure(429), Reply()) as server:
        call = connect(**options(server, clock, retries=ADAPTIVE))
        with pytest.raises(errors.APIError) as refused:  # a second of backoff, one more for the token
            call(OPERATION, **ARGUMENTS, timeout=1.9)
        with pytest.raises(errors.DeadlineExceeded) as late:
            call(OPERATION, **ARGUMENTS, timeout=1.9)
        assert call(OPERATION, **ARGUMENTS, timeout=2.1).attempts == 1

    assert (refused.value.attempts, late.value.attempts, late.value.request_sent) == (1, 0, False)
    assert (clock.waits, len(server.requests)) == ([2.0], 2)


def test_a_mode_that_does_not_exist() -> None:
    with pytest.raises(errors.RequestError, match="'legacy'; it is 'standard' or 'adaptive'"):
        Retries(mode="legacy")  # type: ignore[arg-type]
