"""The blocking pool: who may open or use a connection, for threads and across a fork.

It refuses to know what a connection does; it counts them, keeps the idle ones and makes callers wait.
"""

from __future__ import annotations

import os
import threading
import weakref
from typing import Any, Generic, TypeVar

from ..errors import ClientClosed
from ..http import Origin
from .deadline import Deadline
from .lane import Lane, Pooled

C = TypeVar("C", bound=Pooled)


class BlockingLane(Lane[C]):
    """A lane whose waiters are woken one by one; its condition uses the lock of the pool."""

    __slots__ = ("freed", "waiting")

    def __init__(self, origin: Origin, lock: threading.RLock) -> None:
        super().__init__(origin)
        self.freed = threading.Condition(lock)
        self.waiting = 0


class Pool(Generic[C]):
    """Connections by origin, at most `max_connections` each, shared by any number of threads."""

    def __init__(self, max_connections: int) -> None:
        self._max_connections = max_connections
        self._closed = False
        self._start_empty()
        _pools.add(self)

    def _start_empty(self) -> None:
        # Reentrant: a stream that is dropped gives back its right wherever the collector strikes.
        self._lock = threading.RLock()
        self._lanes: dict[Origin, BlockingLane[C]] = {}

    def enter(self, origin: Origin, deadline: Deadline) -> BlockingLane[C]:
        """Wait for the right to use one connection to `origin`; each call is paired with one of `leave`.

        Raises:
            PoolTimeout: All connections stayed busy for `timeout.pool` seconds.
            ClientClosed: The pool was closed.
        """
        with self._lock:
            lane = self._lanes.get(origin)
            if lane is None:
                lane = self._lanes[origin] = BlockingLane(origin, self._lock)
            if lane.leased >= self._max_connections:
                self._wait(lane, deadline)
            if self._closed:
                raise ClientClosed
            lane.leased += 1
            return lane

    def _wait(self, lane: BlockingLane[C], deadline: Deadline) -> None:
        limit = deadline.cap(deadline.timeout.pool, request_sent=False)
        lane.waiting += 1
        try:
            if not lane.freed.wait_for(lambda: self._closed or lane.leased < self._max_connections, limit):
                raise deadline.blame(lane.exhausted())
        finally:
            lane.waiting -= 1

    def leave(self, lane: BlockingLane[C], connection: C | None) -> None:
        """Give back the right, and `connection` if it may be used again."""
        with self._lock:
            lane.leased -= 1
            if connection is not None and not self._closed:
                lane.idle.append(connection)
                connection = None
            if lane.waiting:
                lane.freed.notify()
        if connection is not None:
            connection.close()

    def close(self) -> None:
        """Close the idle connections now, the busy ones as they come back."""
        with self._lock:
            self._closed = True
            lanes = list(self._lanes.values())
            self._lanes.clear()
            for lane in lanes:
                lane.freed.notify_all()
        for lane in lanes:
            lane.drain()

    def forget(self) -> None:
        """Drop everything inherited from a parent process: the connections are its own, and maybe the lock's holder.

        Closing a socket here closes the child's descriptor only; nothing is sent, so the parent's TLS session lives on.
        """
        lanes = list(self._lanes.values())
        self._start_empty()
        for lane in lanes:
            lane.drain()


_pools: weakref.WeakSet[Pool[Any]] = weakref.WeakSet()


def _forget_all() -> None:
    for pool in _pools:
        pool.forget()


if hasattr(os, "register_at_fork"):
    # Before the child runs anything else, so that no use of a pool needs to ask whose process this is.
    os.register_at_fork(after_in_child=_forget_all)
