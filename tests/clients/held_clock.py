"""Time that stands still until someone waits, and chance without chance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class HeldClock:
    """A clock for `SDK(clock=...)`. It moves when the client sleeps, and writes down for how long.

    Attributes:
        waits: Every wait, in seconds.
    """

    def __init__(self, start: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), chance: float = 1.0) -> None:
        self.waits: list[float] = []
        self._now = start
        self._passed = 0.0
        self._chance = chance
        self._uuids = 0

    def now(self) -> datetime:
        return self._now + timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return self._passed

    def random(self) -> float:
        return self._chance

    def uuid(self) -> str:
        self._uuids += 1
        return f"00000000-0000-4000-8000-{self._uuids:012}"

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self._passed += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)
