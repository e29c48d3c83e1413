"""Retries that the document asks for: `x-speakeasy-retries` of the whole and of an operation, and what code says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.clients.held_clock import HeldClock
from tests.rest.wire import play

PACKAGE = "retried_client"


@pytest.fixture(scope="module")
def retried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client's package, imported."""
    root = tmp_path_factory.mktemp("retried")
    write_files(root, run(Path(__file__).with_name("retried.yaml"), package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


Fails = Callable[..., tuple[int, list[float]]]


@pytest.fixture(params=["blocking", "asyncio"])
def fails(request: pytest.FixtureRequest, retried: Any) -> Fails:
    """Attempts and waits of a call that fails with the same status, or loses every connection."""

    def play_one(method: str, status: int | None, options: Any = None, **client: Any) -> tuple[int, list[float]]:
        clock = HeldClock()
        with pytest.raises(retried.models.errors.SDKError) as caught:
            play(
                retried,
                request.param,
                [status],
                lambda made: getattr(made, method)(**(options or {})),
                clock=clock,
                **client,
            )
        return caught.value.attempts, clock.waits

    return play_one


def test_the_document_s_policy(fails: Fails) -> None:
    # Half a second, doubled up to two, as long as an attempt can begin within six: 5.5 seconds have passed.
    assert fails("by_default", 503) == (5, [0.5, 1.0, 2.0, 2.0])
    assert fails("by_default", 409) == (5, [0.5, 1.0, 2.0, 2.0])
    assert fails("by_default", 429) == (1, [])


def test_a_lost_request_is_repeated_where_that_does_no_harm(fails: Fails) -> None:
    assert fails("read", None) == (5, [0.5, 1.0, 2.0, 2.0])
    assert fails("by_default", None) == (1, [])


def test_an_operation_s_own_policy_replaces_it(fails: Fails) -> None:
    assert fails("by_itself", 503) == (1, [])
    assert fails("by_itself", None) == (1, [])
    attempts, waits = fails("by_itself", 429)
    # The defaults: half a second growing by a half each time up to a minute, for an hour.
    assert waits == pytest.approx([min(60.0, 0.5 * 1.5**number) for number in range(attempts - 1)])
    assert 3540 < sum(waits) <= 3600


def test_an_operation_that_is_never_tried_again(fails: Fails) -> None:
    assert fails("never", 503) == (1, [])


@pytest.mark.parametrize("of", ["client", "call"])
def test_code_has_the_last_word(fails: Fails, retried: Any, of: str) -> None:
    def given(method: str, status: int, retries: Any) -> tuple[int, list[float]]:
        if of == "client":
            return fails(method, status, retries=retries)
        return fails(method, status, {"retries": retries})

    # A number is one; the rest stays as the document has it.
    assert given("by_default", 503, 2) == (3, [0.5, 1.0])
    assert given("by_default", 503, 0) == (1, [])
    # An object is everything: a POST may have been carried out.
    assert given("by_default", 503, retried.Retries()) == (1, [])
    assert given("by_itself", 503, retried.Retries()) == (3, pytest.approx([0.05, 0.1]))


def test_total_is_the_limit_all_the_same(fails: Fails) -> None:
    assert fails("by_default", 503, timeout=2.0) == (3, [0.5, 1.0])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [({"exponent": 0.5}, "exponent"), ({"exponent": 101}, "exponent"), ({"max_attempts": 0}, "max_attempts")],
)
def test_what_makes_no_sense_is_refused(retried: Any, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(retried.models.errors.RequestError, match=message):
        retried.Retries(**arguments)
