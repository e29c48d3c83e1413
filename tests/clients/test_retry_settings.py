"""Retries that the environment sets up: what wins, and who pays for what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sdk import Retries
from sdk.models import errors
from tests.clients.callers import Connect, key_pair
from tests.clients.held_clock import HeldClock
from tests.clients.scripted import Scripted, failure

OPERATION = "list_identity_pools"
ARGUMENTS: dict[str, Any] = {"max_results": 1}
PUBLIC: dict[str, Any] = {"identity_pool_id": "us-east-1:00000000-0000-4000-8000-000000000000"}


def options(server: Scripted, **more: Any) -> dict[str, Any]:
    given = {"server_url": server.url, "security": key_pair(), "region": "us-east-1", "clock": HeldClock()}
    return {**given, "retries": None, **more}


def attempts(connect: Connect, per_call: dict[str, Any] | None = None, **more: Any) -> int:
    with Scripted(failure(500)) as server:
        call = connect(**options(server, **more))
        with pytest.raises(errors.APIError):
            call(OPERATION, **ARGUMENTS, **(per_call or {}))
        return len(server.requests)


def test_the_environment_wins_over_the_profile(connect: Connect, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text("[default]\nmax_attempts = 4\n")

    assert attempts(connect) == 4
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    assert attempts(connect) == 2


@pytest.mark.parametrize(
    ("given", "expected"), [({"retries": 4}, 5), ({"retries": Retries()}, 3), ({"per_call": {"retries": 0}}, 1)]
)
def test_code_wins_over_the_environment(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, given: dict[str, Any], expected: int
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    monkeypatch.setenv("AWS_RETRY_MODE", "nonsense")
    assert attempts(connect, **given) == expected


def test_the_mode_counts(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_RETRY_MODE", "adaptive")
    clock = HeldClock()
    with Scripted(failure(429), failure(200)) as server:
        connect(**options(server, clock=clock))(OPERATION, **ARGUMENTS)

    assert clock.waits == [1.0, 1.0]  # the second for the rate limit


def test_it_is_looked_for_once_and_not_before_the_first_call(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    with Scripted(failure(500)) as server:
        call = connect(**options(server))
        for variable in ("4", "nonsense"):
            monkeypatch.setenv("AWS_MAX_ATTEMPTS", variable)
            with pytest.raises(errors.APIError) as caught:
                call(OPERATION, **ARGUMENTS)
            assert caught.value.attempts == 4


@pytest.mark.parametrize("variable", ["AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE"])
def test_a_value_without_a_meaning_fails_the_call_that_needs_it(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "nonsense")
    with Scripted(failure(200)) as server:
        with pytest.raises(errors.ConfigurationError, match=f"^{variable} is 'nonsense'"):
            connect(**options(server))(OPERATION, **ARGUMENTS)
        assert connect(**options(server, retries=1))(OPERATION, **ARGUMENTS).attempts == 1

    assert len(server.requests) == 1


@pytest.mark.parametrize("broken", ["malformed", "missing"])
def test_a_broken_profile_fails_no_call_that_can_do_without_it(
    connect: Connect, home: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text("this is no setting\n" if broken == "malformed" else "")
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    with Scripted(failure(200)) as server:
        connect(**options(server, security=None, region=None))("get_id", **PUBLIC)
        connect(**options(server))(OPERATION, **ARGUMENTS)

    assert len(server.requests) == 2
