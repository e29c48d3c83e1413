"""What both pools keep for one origin, and when a kept connection may be used again."""

from __future__ import annotations

import select
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Generic, Protocol, TypeVar

from ..errors import ConnectionLost, PoolTimeout
from ..http import HTTPRequest, Origin
from .reply import Reply

# Address translators and load balancers drop idle connections silently after a minute or more.
MAX_IDLE_SECONDS = 55.0
IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"})


class Pooled(Protocol):
    """A connection as its pool sees it."""

    idle_since: float

    def is_alive(self) -> bool:
        """Whether another request may be sent on it."""
        ...

    def close(self) -> None:
        """Give up the connection; never raises."""
        ...


C = TypeVar("C", bound=Pooled)


class Lane(Generic[C]):
    """The connections to one origin: the idle ones, the last used on top, and how many are in use."""

    __slots__ = ("idle", "leased", "origin")

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.idle: list[C] = []
        self.leased = 0

    def pick(self) -> C | None:
        """Take the idle connection used last, passing over dead ones; None if there is none."""
        oldest = monotonic() - MAX_IDLE_SECONDS
        idle = self.idle
        while idle:
            try:
                connection = idle.pop()
            except IndexError:  # another thread took the last one meanwhile
                break
            if connection.idle_since > oldest and connection.is_alive():
                return connection
            connection.close()
        return None

    def drain(self) -> None:
        """Close the idle connections."""
        while connection := self._pop():
            connection.close()

    def _pop(self) -> C | None:
        try:
            return self.idle.pop()
        except IndexError:  # asking first would leave time for another thread to take the last one
            return None

    def exhausted(self) -> PoolTimeout:
        """The error of a wait for one of the connections that took too long."""
        return PoolTimeout(
            f"all {self.leased} connections to {self.origin.authority} stayed busy; max_connections= allows more"
        )


def input_probe(descriptor: int) -> Callable[[], object]:
    """A function whose result is true while the socket has something to read: the end of an idle connection."""
    if not hasattr(select, "poll"):
        return lambda: select.select([descriptor], [], [], 0)[0]
    poller = select.poll()
    poller.register(descriptor, select.POLLIN)
    return partial(poller.poll, 0)


def may_resend(request: HTTPRequest, reply: Reply, lost: ConnectionLost) -> bool:
    """Whether a request that failed on a kept connection may go out once more (RFC 9112, section 9.3.1).

    The server closed the connection before it said a word: it either never saw the request, or the request is one that
    may be repeated.
    """
    if request.upload is not None and not request.upload.can_begin:
        return False
    return not reply.started and (not lost.request_sent or request.method in IDEMPOTENT)
