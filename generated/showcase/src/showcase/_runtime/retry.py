"""When a failed attempt is repeated, and after how long.

The standard mode of AWS's SDKs: three attempts, exponential backoff with full jitter, and a quota that all calls of
a client share, so
that an outage is not made worse. It decides by what the failure says of itself (`retryable`, `throttled`), and knows
no API.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from .errors import RequestError
from .http import Headers

__all__ = ["Mode", "Quota", "Retries", "backoff", "server_delay"]

Mode = Literal["standard", "adaptive"]

_CAPACITY = 500
_COST = 14
_COST_OF_THROTTLING = 5
_REFUND = 1
# How much longer than its own backoff a client waits because a service asks it to, in seconds.
_PATIENCE = 5.0
# The longest wait that a Retry-After header can ask for before the call fails instead, in seconds.
_LONGEST_WAIT = 120.0
# Beyond this the bound of the 64th wait is no number any more.
_STEEPEST = 100
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Retries:
    """How often and how soon a call is tried again.

    Attributes:
        max_attempts: Attempts in all, the first among them; 1 means no retry, None as many as there is time for.
        base: Upper bound of the first wait, in seconds.
        throttling_base: The same after the server said that it is asked too much.
        cap: The longest wait of its own, in seconds.
        mode: `standard`, or `adaptive`, which also slows the whole client down after the server said that it is asked
            too much, first attempts too.
        exponent: What the upper bound grows by with each further wait.
        max_elapsed: Seconds after which no attempt begins any more; None means no limit.
        statuses: Statuses such as `503` and `5XX` that are tried again, in place of those that usually are: also where
            the server may have acted on the request.
        connection_errors: Whether a lost connection is a reason to try again, as far as that does no harm.
    """

    max_attempts: int | None = 3
    base: float = 0.05
    throttling_base: float = 1.0
    cap: float = 20.0
    mode: Mode = "standard"
    exponent: float = 2.0
    max_elapsed: float | None = None
    statuses: tuple[str, ...] | None = None
    connection_errors: bool = True

    def __post_init__(self) -> None:
        if self.max_attempts is not None and self.max_attempts < 1:
            raise RequestError(f"max_attempts is {self.max_attempts!r}; there is always one")
        if self.mode not in ("standard", "adaptive"):
            raise RequestError(f"mode is {self.mode!r}; it is 'standard' or 'adaptive'")
        if not 1 <= self.exponent <= _STEEPEST:
            raise RequestError(f"exponent is {self.exponent!r}; it takes a number from 1 to {_STEEPEST}")

    @classmethod
    def of(cls, value: Retries | int | None, default: Retries | None = None) -> Retries:
        """`Retries` as it is; a number as that many retries after the first attempt; None as `default`."""
        if isinstance(value, Retries):
            return value
        default = default or cls()
        return default if value is None else replace(default, max_attempts=value + 1)

    def names(self, status: int) -> bool:
        """Whether a status is among `statuses`."""
        return self.statuses is not None and (str(status) in self.statuses or f"{status // 100}XX" in self.statuses)


def backoff(policy: Retries, retry: int, random: float, *, throttled: bool) -> float:
    """Seconds before a retry: full jitter below an exponentially growing bound.

    Args:
        policy: The limits.
        retry: 0 for the first retry.
        random: From 0 to 1.
        throttled: Whether the server said that it is asked too much.
    """
    base = policy.throttling_base if throttled else policy.base
    return random * min(policy.cap, base * policy.exponent ** min(retry, 64))


def server_delay(headers: Headers, own: float, now: datetime) -> float | None:
    """Seconds to wait where the reply says something about it: `own` adjusted, or None where that is longer than
    anyone waits.

    `x-amz-retry-after` is in milliseconds and moves the wait by five seconds at most; `Retry-After` is in seconds or
    a date (RFC 9110,
    section 10.2.3) and is kept exactly. What is neither is ignored.
    """
    milliseconds = headers.get("x-amz-retry-after", "")
    if _SECONDS.fullmatch(milliseconds):
        return max(own, min(float(milliseconds) / 1000, own + _PATIENCE))
    asked = _retry_after(headers.get("retry-after", ""), now)
    if asked is None:
        return own
    return None if asked > _LONGEST_WAIT else max(own, asked)


def _retry_after(value: str, now: datetime) -> float | None:
    if _SECONDS.fullmatch(value):
        return float(value)
    from email.utils import parsedate_to_datetime  # slow to import, and seldom needed

    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return None if at.tzinfo is None else max(0.0, (at - now).total_seconds())


class Quota:
    """Retries that the calls of a client may still make, as tokens: each retry costs some, success gives some back."""

    def __init__(self) -> None:
        self._tokens = _CAPACITY
        self._lock = threading.Lock()

    def take(self, *, throttled: bool) -> int | None:
        """The cost of one retry, taken out; None where there is not enough left."""
        cost = _COST_OF_THROTTLING if throttled else _COST
        with self._lock:
            if cost > self._tokens:
                return None
            self._tokens -= cost
            return cost

    def give_back(self, cost: int) -> None:
        """After a success: the cost of its last retry, or a single token where it took none."""
        with self._lock:
            self._tokens = min(_CAPACITY, self._tokens + (cost or _REFUND))
