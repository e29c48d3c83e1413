"""The asyncio pool: who may open or use a connection, for the tasks of one event loop.

The counterpart of `pool`; no locks, because only the loop's own thread comes here.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Generic, TypeVar

from ..errors import ClientClosed
from ..http import Origin
from .deadline import Deadline
from .lane import Lane, Pooled

C = TypeVar("C", bound=Pooled)


class AsyncLane(Lane[C]):
    """A lane with the tasks that wait for it, first come first served."""

    __slots__ = ("waiters",)

    def __init__(self, origin: Origin) -> None:
        super().__init__(origin)
        self.waiters: deque[asyncio.Future[None]] = deque()

    def hand_over(self) -> None:
        """Pass the right to use a connection on to the first waiter, or count it as free."""
        while self.waiters:
            waiter = self.waiters.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return
        self.leased -= 1


class AsyncPool(Generic[C]):
    """Connections by origin, at most `max_connections` each, shared by the tasks of one event loop.

    Attributes:
        closed: Whether `close` was called.
    """

    def __init__(self, max_connections: int) -> None:
        self._max_connections = max_connections
        self.closed = False
        self._lanes: dict[Origin, AsyncLane[C]] = {}

    async def enter(self, origin: Origin, deadline: Deadline) -> AsyncLane[C]:
        """Wait for the right to use one connection to `origin`; each call is paired with one of `leave`.

        Raises:
            PoolTimeout: All connections stayed busy for `timeout.pool` seconds.
            ClientClosed: The pool was closed.
        """
        lane = self._lanes.get(origin)
        if lane is None:
            lane = self._lanes[origin] = AsyncLane(origin)
        if lane.leased >= self._max_connections:
            await self._wait(lane, deadline)
        else:
            lane.leased += 1
        if self.closed:
            lane.hand_over()
            raise ClientClosed
        return lane

    async def _wait(self, lane: AsyncLane[C], deadline: Deadline) -> None:
        waiter = asyncio.get_running_loop().create_future()
        lane.waiters.append(waiter)
        try:
            async with asyncio.timeout(deadline.cap(deadline.timeout.pool, request_sent=False)):
                await waiter
        except BaseException as error:
            if waiter.done() and not waiter.cancelled():
                lane.hand_over()  # the right had been given to this task, which leaves without it
            if isinstance(error, TimeoutError):
                raise deadline.blame(lane.exhausted()) from error
            raise

    def leave(self, lane: AsyncLane[C], connection: C | None) -> None:
        """Give back the right, and `connection` if it may be used again."""
        if connection is not None:
            if self.closed:
                connection.close()
            else:
                lane.idle.append(connection)
        lane.hand_over()

    def close(self) -> None:
        """Close the idle connections now, the busy ones as they come back; waiting tasks get `ClientClosed`."""
        self.closed = True
        for lane in self._lanes.values():
            lane.drain()
            for waiter in lane.waiters:
                if not waiter.done():
                    lane.leased += 1
                    waiter.set_result(None)
            lane.waiters.clear()

    @property
    def is_empty(self) -> bool:
        """Whether no connection is kept or in use."""
        return not any(lane.idle or lane.leased for lane in self._lanes.values())
