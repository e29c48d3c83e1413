"""The rate limiter's numbers, worked out by hand."""

from __future__ import annotations

import threading

import pytest

from runtime.rate_limit import RateLimiter


def test_nothing_is_limited_before_the_first_refusal() -> None:
    limiter = RateLimiter(0.0)
    for _ in range(1000):
        assert limiter.take(0.0) == 0.0
        limiter.record(0.0, throttled=False)

    assert limiter.rate is None
    assert limiter.delay(0.0) == 0.0


def test_a_refusal_leaves_seven_tenths_of_the_measured_rate() -> None:
    limiter = RateLimiter(0.0)
    for number in range(20):  # ten a second: 5 in each half second, the first of which closes with its sixth
        limiter.record(number / 10, throttled=False)
    limiter.record(2.0, throttled=True)

    # Buckets end at 0.5 (6 requests), 1.0, 1.5 and 2.0 (5 each), each weighing 0.8 against what was before.
    measured = 0.0
    for count in (6, 5, 5, 5):
        measured = 0.8 * count / 0.5 + 0.2 * measured
    assert limiter.rate == pytest.approx(0.7 * measured)


def test_the_rate_comes_back_along_the_curve() -> None:
    limiter = RateLimiter(0.0)
    for number in range(2000):
        limiter.record(number / 100, throttled=False)
    limiter.record(20.0, throttled=True)
    before = (limiter.rate or 0.0) / 0.7
    back = (before * 0.3 / 0.4) ** (1 / 3)  # seconds until the curve is where it was

    limiter.record(20.0 + back, throttled=False)
    # One request in `back` seconds is a low rate: the headroom above it holds the client back, not the curve.
    low = (limiter.rate or 0.0) < before / 2
    for number in range(400):
        limiter.record(20.0 + back + number / 100, throttled=False)

    assert low
    assert limiter.rate == pytest.approx(0.4 * 3.99**3 + before, rel=1e-6)


def test_the_lowest_rate_is_one_request_in_two_seconds() -> None:
    limiter = RateLimiter(0.0)
    for _ in range(10):
        limiter.record(0.0, throttled=True)

    assert limiter.rate == 0.5
    assert (limiter.take(0.0), limiter.take(1.0), limiter.take(2.0), limiter.take(2.0)) == (2.0, 1.0, 0.0, 2.0)
    assert (limiter.delay(3.0), limiter.delay(100.0)) == (1.0, 0.0)


def test_tokens_do_not_pile_up_beyond_the_capacity() -> None:
    limiter = RateLimiter(0.0)
    limiter.record(0.0, throttled=True)

    assert [limiter.take(1000.0) for _ in range(2)] == [0.0, 2.0]


def test_a_wait_is_over_when_it_was_said_to_be() -> None:
    """Whatever the floats: a clock that moves by exactly the wait finds a token."""
    limiter = RateLimiter(0.1)
    for number in range(7):
        limiter.record(0.1 + number / 3, throttled=True)
    now = 0.1 + 7 / 3
    for _ in range(1000):
        if wait := limiter.take(now):
            now += wait
            assert limiter.take(now) == 0.0


def test_threads_do_not_share_a_token() -> None:
    limiter = RateLimiter(0.0)
    limiter.record(0.0, throttled=True)
    begin = threading.Barrier(8)
    waits: list[float] = []

    def take() -> None:
        begin.wait()
        waits.append(limiter.take(2.0))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(waits) == [0.0] + [2.0] * 7
