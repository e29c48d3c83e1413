"""How often a client may send after a server said that it is asked too much: the adaptive mode of AWS's SDKs.

Until then it only counts. From then on requests take tokens from a bucket whose rate falls with each such reply and
grows again along a cubic curve (as in CUBIC, RFC 9438, section 4.2): slowly near the rate that was too much, faster
further from it. It refuses to wait and to know the time: both are the caller's.
"""

from __future__ import annotations

import math
import threading

__all__ = ["RateLimiter"]

# Requests a second; below 1 the bucket still holds a whole one.
_LOWEST_RATE = 0.5
_LEAST_CAPACITY = 1.0
# Constants of the curve: what is left of the rate after a refusal, and how fast it grows again.
_BETA = 0.7
_SCALE = 0.4
# The rate that requests really have is taken every half second; this is the weight of the latest.
_BUCKETS_PER_SECOND = 2
_SMOOTHING = 0.8
# A client that has little to send must not gain the right to a burst.
_HEADROOM = 2.0
# A token less this is a token: what arithmetic loses would else be waited for in steps too small to move a clock.
_LOSS = 1e-6


class RateLimiter:
    """The rate of one client's requests; safe to use from several threads.

    Times are seconds from an arbitrary point and never go back.

    Args:
        now: The time at which counting begins.
    """

    def __init__(self, now: float) -> None:
        self._lock = threading.Lock()
        self._enabled = False
        self._rate = _LEAST_CAPACITY
        self._capacity = _LEAST_CAPACITY
        self._tokens = 0.0
        self._filled = now
        self._measured = 0.0
        self._counted = 0
        self._bucket = float(math.floor(now))
        self._highest = 0.0
        self._refused = now

    @property
    def rate(self) -> float | None:
        """Requests a second, None as long as there is no limit."""
        return self._rate if self._enabled else None

    def take(self, now: float) -> float:
        """Take a token, and return 0; or take none, and return the seconds until there may be one."""
        with self._lock:
            if not self._enabled:
                return 0.0
            self._fill(now)
            missing = 1.0 - self._tokens
            if missing > _LOSS:
                return missing / self._rate
            self._tokens = max(0.0, -missing)
            return 0.0

    def delay(self, at: float) -> float:
        """Seconds from `at` until there will be a token, if nobody else takes it."""
        with self._lock:
            tokens = min(self._capacity, self._tokens + (at - self._filled) * self._rate)
            return max(0.0, 1.0 - tokens) / self._rate if self._enabled else 0.0

    def record(self, now: float, *, throttled: bool) -> None:
        """Note the end of an attempt, and adjust the rate.

        Args:
            now: The time.
            throttled: Whether the server said that it is asked too much.
        """
        with self._lock:
            self._measure(now)
            if throttled:
                self._highest = min(self._measured, self._rate) if self._enabled else self._measured
                self._refused = now
                self._enabled = True
                rate = self._highest * _BETA
            else:
                rate = self._on_the_curve(now)
            self._fill(now)
            rate = min(rate, _HEADROOM * self._measured)
            self._rate = max(rate, _LOWEST_RATE)
            self._capacity = max(rate, _LEAST_CAPACITY)

    def _measure(self, now: float) -> None:
        self._counted += 1
        bucket = math.floor(now * _BUCKETS_PER_SECOND) / _BUCKETS_PER_SECOND
        if bucket > self._bucket:
            latest = self._counted / (bucket - self._bucket)
            self._measured = latest * _SMOOTHING + self._measured * (1 - _SMOOTHING)
            self._counted, self._bucket = 0, bucket

    def _on_the_curve(self, now: float) -> float:
        """RFC 9438, figure 1: the curve reaches the rate of the last refusal after the cube root of what was lost."""
        back = math.cbrt(self._highest * (1 - _BETA) / _SCALE)
        return float(_SCALE * (now - self._refused - back) ** 3 + self._highest)

    def _fill(self, now: float) -> None:
        self._tokens = min(self._capacity, self._tokens + (now - self._filled) * self._rate)
        self._filled = now
