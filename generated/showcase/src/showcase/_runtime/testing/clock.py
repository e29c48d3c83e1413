"""Time that nobody waits for."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..clock import Clock

__all__ = ["FastClock"]


class FastClock(Clock):
    """The real time, except that waiting takes none: each wait is written down, and the clock is moved on by it.

    Attributes:
        waits: Every wait, in seconds.
    """

    def __init__(self) -> None:
        self.waits: list[float] = []
        self._moved = 0.0

    def now(self) -> datetime:
        """The time of day, in UTC, with all waits added."""
        return super().now() + timedelta(seconds=self._moved)

    def monotonic(self) -> float:
        """Seconds from an arbitrary point, with all waits added."""
        return super().monotonic() + self._moved

    def random(self) -> float:
        """Always a half, so that waits are the same on every run."""
        return 0.5

    def sleep(self, seconds: float) -> None:
        """Move on by `seconds` at once."""
        self.waits.append(seconds)
        self._moved += seconds

    async def sleep_async(self, seconds: float) -> None:
        """The same."""
        self.sleep(seconds)
