"""Time and chance, as one object, so that a test can hold both still."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from uuid import uuid4

__all__ = ["Clock"]


class Clock:
    """The real thing. A test passes an object with the same methods."""

    def now(self) -> datetime:
        """The time of day, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from an arbitrary point; never set back."""
        return time.monotonic()

    def random(self) -> float:
        """A number from 0 up to, but not including, 1."""
        return random.random()  # noqa: S311  (jitter, not secrecy)

    def uuid(self) -> str:
        """A UUID that nobody has had before (RFC 9562, version 4)."""
        return str(uuid4())

    def sleep(self, seconds: float) -> None:
        """Wait, blocking the thread."""
        time.sleep(seconds)

    async def sleep_async(self, seconds: float) -> None:
        """Wait, leaving the event loop to others."""
        import asyncio  # blocking clients have no use for it

        await asyncio.sleep(seconds)
