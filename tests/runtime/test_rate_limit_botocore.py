"""The rate limiter beside botocore's, on one clock and with the same events."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import CapacityNotAvailableError
from botocore.retries.adaptive import ClientRateLimiter, RateClocker
from botocore.retries.bucket import TokenBucket
from botocore.retries.throttling import CubicCalculator
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.rate_limit import RateLimiter


class Clock:
    """What botocore asks for the time."""

    def __init__(self) -> None:
        self.time = 100.0

    def current_time(self) -> float:
        return self.time


class Detector:
    """What botocore asks whether a reply is a refusal."""

    def is_throttling_error(self, *, throttled: bool) -> bool:
        return throttled


class Botocore:
    """botocore's limiter; a request that would have to wait does not."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.bucket: Any = TokenBucket(max_rate=1, clock=clock)
        self.limiter: Any = ClientRateLimiter(
            rate_adjustor=CubicCalculator(starting_max_rate=0, start_time=clock.time),
            rate_clocker=RateClocker(clock),
            token_bucket=self.bucket,
            throttling_detector=Detector(),
            clock=clock,
        )

    def take(self) -> float:
        if not self.limiter._enabled:
            return 0.0
        try:
            self.bucket.acquire(block=False)
        except CapacityNotAvailableError:
            missing = float(self.bucket._sleep_amount(1))
            if missing > 1e-6:
                return missing
            # What floats lost of a token that is due; botocore sleeps that long once more.
            self.clock.time += 2e-6
            self.bucket.acquire(block=False)
        return 0.0

    def record(self, *, throttled: bool) -> None:
        self.limiter.on_receiving_response(throttled=throttled)

    @property
    def rate(self) -> float | None:
        return float(self.bucket.max_rate) if self.limiter._enabled else None


EVENTS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.001, 0.03, 0.1, 0.25, 0.5, 0.7, 1.0, 3.3, 60.0]),
        st.sampled_from(["take", "success", "success", "success", "refusal"]),
    ),
    max_size=80,
)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(EVENTS)
def test_the_same_events_give_the_same_rates_and_waits(events: list[tuple[float, str]]) -> None:
    clock = Clock()
    theirs, ours = Botocore(clock), RateLimiter(clock.time)
    for pause, event in events:
        clock.time += pause
        if event == "take":
            assert ours.take(clock.time) == pytest.approx(theirs.take(), abs=1e-9)
        else:
            theirs.record(throttled=event == "refusal")
            ours.record(clock.time, throttled=event == "refusal")
        assert ours.rate == (None if theirs.rate is None else pytest.approx(theirs.rate))


def test_a_minute_of_refusals_and_recovery() -> None:
    """The whole way: full speed, refusals at more than 20 a second, and what the client settles at."""
    clock = Clock()
    theirs, ours = Botocore(clock), RateLimiter(clock.time)
    rates = []
    for _ in range(3000):
        wait = ours.take(clock.time)
        assert wait == pytest.approx(theirs.take(), abs=1e-9)
        if wait:
            clock.time += wait
            continue
        clock.time += 0.01
        throttled = (ours.rate or 100.0) > 20
        theirs.record(throttled=throttled)
        ours.record(clock.time, throttled=throttled)
        assert ours.rate == (None if theirs.rate is None else pytest.approx(theirs.rate))
        rates.append(ours.rate or 100.0)

    assert 10 < rates[-1] < 22
