"""`x-speakeasy-retries`: what is understood of it, and what is not."""

from __future__ import annotations

import pytest

from generator.graph.model import RetryPolicy
from tests.graph.conftest import Understand

DOCUMENT = """
{root}
paths:
  /a:
    get:
      {own}
      responses: {{"204": {{description: Done.}}}}
"""


def policies(understand: Understand, root: str = "tags: []", own: str = "summary: x") -> list[RetryPolicy | None]:
    found = understand(DOCUMENT.format(root=root, own=own))
    assert found.codes() == []
    return [found.api.retries, found.api.operations[0].retries]


def test_everything_that_it_says(understand: Understand) -> None:
    extension = (
        "x-speakeasy-retries: {strategy: backoff, statusCodes: [429, '408', 5xx], retryConnectionErrors: false, "
        "backoff: {initialInterval: 10, maxInterval: 1500, maxElapsedTime: 0, exponent: 1}}"
    )
    expected = RetryPolicy(
        initial_interval=0.01,
        max_interval=1.5,
        max_elapsed=0.0,
        exponent=1.0,
        statuses=("429", "408", "5XX"),
        connection_errors=False,
    )

    assert policies(understand, root=extension) == [expected, None]
    assert policies(understand, own=extension) == [None, expected]


def test_what_it_leaves_out(understand: Understand) -> None:
    policy, _ = policies(understand, root="x-speakeasy-retries: {strategy: backoff, statusCodes: []}")

    assert policy == RetryPolicy(
        initial_interval=0.5, max_interval=60.0, max_elapsed=3600.0, exponent=1.5, statuses=(), connection_errors=True
    )


def test_never(understand: Understand) -> None:
    assert policies(understand, own="x-speakeasy-retries: {strategy: none}") == [None, RetryPolicy(max_attempts=1)]


@pytest.mark.parametrize(
    "extension",
    [
        "yes",
        "[]",
        "{}",
        "{strategy: backoff}",
        "{strategy: linear, statusCodes: [429]}",
        "{strategy: backoff, statusCodes: 429}",
        "{strategy: backoff, statusCodes: [42]}",
        "{strategy: backoff, statusCodes: [true]}",
        "{strategy: backoff, statusCodes: [4X]}",
        "{strategy: backoff, statusCodes: [6XX]}",
        "{strategy: backoff, statusCodes: [429], retryConnectionErrors: 1}",
        "{strategy: backoff, statusCodes: [429], surprise: 1}",
        "{strategy: backoff, statusCodes: [429], backoff: 5}",
        "{strategy: backoff, statusCodes: [429], backoff: {surprise: 1}}",
        "{strategy: backoff, statusCodes: [429], backoff: {initialInterval: -1}}",
        "{strategy: backoff, statusCodes: [429], backoff: {maxInterval: 86400001}}",
        "{strategy: backoff, statusCodes: [429], backoff: {maxElapsedTime: true}}",
        "{strategy: backoff, statusCodes: [429], backoff: {exponent: 0.9}}",
        "{strategy: backoff, statusCodes: [429], backoff: {exponent: 100.5}}",
    ],
)
def test_an_ill_formed_one_is_reported_and_ignored(understand: Understand, extension: str) -> None:
    for place in ("root", "own"):
        lines = {"root": "tags: []", "own": "summary: x", place: f"x-speakeasy-retries: {extension}"}
        found = understand(DOCUMENT.format(**lines))

        assert (found.codes(), found.api.retries, found.api.operations[0].retries) == (["SPEC035"], None, None)
