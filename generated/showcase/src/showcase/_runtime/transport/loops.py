"""Something for each event loop: connections belong to the loop that made them, and go when it goes."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from types import AsyncGeneratorType
from typing import Generic, TypeVar

T = TypeVar("T")


class PerLoop(Generic[T]):
    """One value for each event loop. It refuses to make values: who keeps one says how it is closed."""

    __slots__ = ("_entries",)

    def __init__(self) -> None:
        self._entries: weakref.WeakKeyDictionary[
            asyncio.AbstractEventLoop, tuple[T, AsyncGeneratorType[None, None]]
        ] = weakref.WeakKeyDictionary()

    def __iter__(self) -> Iterator[T]:
        return iter([value for value, _ in self._entries.values()])

    def find(self) -> T | None:
        """The value of the running loop, if there is one that is not closed yet."""
        entry = self._entries.get(asyncio.get_running_loop())
        # A generator without a frame is one that has ended, and with it the value.
        return None if entry is None or entry[1].ag_frame is None else entry[0]

    async def keep(self, value: T, close: Callable[[T], Awaitable[None]]) -> T:
        """Make `value` that of the running loop.

        Args:
            value: What to keep.
            close: How it ends: by `end`, or with the loop.
        """
        for reference in self._entries.keyrefs():
            loop = reference()
            if loop is not None and loop.is_closed():
                self._entries.pop(loop, None)  # its connections hold on to it, so that it would never go by itself
        guard = _guard(value, close)
        assert isinstance(guard, AsyncGeneratorType)
        self._entries[asyncio.get_running_loop()] = (value, guard)
        await anext(guard)
        return value

    async def end(self) -> None:
        """Close the value of the running loop, if there is one."""
        entry = self._entries.pop(asyncio.get_running_loop(), None)
        if entry is not None:
            await entry[1].aclose()


async def _guard(value: T, close: Callable[[T], Awaitable[None]]) -> AsyncGenerator[None, None]:
    # A loop tells nobody that it ends, but `asyncio.run` finishes every asynchronous generator that has begun: a client
    # that lives longer than its loop leaves no open socket behind.
    try:
        yield
    finally:
        await close(value)
