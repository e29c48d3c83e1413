"""One attempt's clock: every wait gets its own limit, cut to what is left of the whole."""

from __future__ import annotations

from time import monotonic
from typing import overload

from ..errors import DeadlineExceeded, TransportError
from ..http import Timeout

# Event loops and poll() may wake this much early.
_CLOCK_SLACK = 0.002


class Deadline:
    """The end of an attempt, `timeout.total` seconds after it was made.

    Attributes:
        timeout: The limits of the single waits.
    """

    __slots__ = ("_end", "timeout")

    def __init__(self, timeout: Timeout) -> None:
        self.timeout = timeout
        self._end = None if timeout.total is None else monotonic() + timeout.total

    @overload
    def cap(self, seconds: float, *, request_sent: bool = ...) -> float: ...
    @overload
    def cap(self, seconds: float | None, *, request_sent: bool = ...) -> float | None: ...
    def cap(self, seconds: float | None, *, request_sent: bool = True) -> float | None:
        """`seconds`, or what is left of the attempt where that is less.

        Raises:
            DeadlineExceeded: Nothing is left.
        """
        if self._end is None:
            return seconds
        left = self._end - monotonic()
        if left <= 0:
            raise self.exceeded(request_sent=request_sent)
        return left if seconds is None else min(seconds, left)

    def blame(self, failure: TransportError) -> TransportError:
        """`failure`, a wait that timed out, or `DeadlineExceeded` where it was the deadline that cut it short."""
        if self._end is not None and self._end - monotonic() <= _CLOCK_SLACK:
            return self.exceeded(request_sent=failure.request_sent)
        return failure

    def exceeded(self, *, request_sent: bool) -> DeadlineExceeded:
        """The error of a call that took too long."""
        return DeadlineExceeded(
            f"the call took longer than the {self.timeout.total:g} seconds it was given", request_sent=request_sent
        )
