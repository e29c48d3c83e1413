"""Credentials that end, kept fresh for any number of threads and event loops.

In their last quarter of an hour one caller renews them while the others go on with what there is, and a failure is
only logged; in the last ten minutes everybody waits for one renewal, and its failure is everybody's. It refuses to know
where credentials come from, and to start threads of its own.
"""

from __future__ import annotations

import os
import threading
import weakref
from concurrent.futures import Future
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ..errors import ConfigurationError, CredentialsError
from .credentials import Credentials

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RefreshingCredentials"]

_ADVISORY = timedelta(minutes=15)
_MANDATORY = timedelta(minutes=10)
# After a failure that could be tolerated; without it, every call would wait for the next one.
_PAUSE = timedelta(minutes=1)
_NEVER = datetime.max.replace(tzinfo=UTC)

# What a renewal ends with. An error is a result too: a future that holds one as its exception wants to be asked for it.
_Outcome = Credentials | ConfigurationError


class _Held(NamedTuple):
    """Credentials, and from when on they should and must be renewed."""

    credentials: Credentials
    advisory: datetime = _NEVER
    mandatory: datetime = _NEVER


def _utc_now() -> datetime:
    return datetime.now(UTC)


class RefreshingCredentials:
    """A provider of credentials that loads them at the first use and renews them before they end.

    Safe to use from several threads, from several event loops, and across a fork.

    Args:
        load: Gets new credentials; it may block.
        clock: The time, in UTC.
    """

    _lock: threading.Lock
    _flight: Future[_Outcome] | None

    def __init__(self, load: Callable[[], Credentials], *, clock: Callable[[], datetime] = _utc_now) -> None:
        self._load = load
        self._clock = clock
        self._held: _Held | None = None
        self._start_over()
        _alive.add(self)

    def __repr__(self) -> str:
        return "RefreshingCredentials()"

    def __call__(self) -> Credentials:
        """The same as `get`, so that an instance is a provider."""
        return self.get()

    def get(self) -> Credentials:
        """Credentials that are good for a while.

        Raises:
            CredentialsError: There are none, or they could not be renewed in time.
            ConfigurationError: What says where they are is malformed.
        """
        usable, flight, is_ours = self._look()
        if usable is not None and not is_ours:
            return usable
        if is_ours:
            self._renew(flight)
        return _unwrap(flight.result())

    async def get_async(self) -> Credentials:
        """`get` for asyncio: a thread of the event loop's executor renews them, and nobody waits before they must.

        Raises:
            CredentialsError: There are none, or they could not be renewed in time.
            ConfigurationError: What says where they are is malformed.
        """
        usable, flight, is_ours = self._look()
        if usable is not None and not is_ours:
            return usable
        import asyncio  # here, because blocking programs have no use for it

        if is_ours:
            try:
                asyncio.get_running_loop().run_in_executor(None, self._renew, flight)
            except RuntimeError:  # the loop is shutting down
                self._land(
                    flight, CredentialsError("the credentials cannot be renewed while the event loop shuts down")
                )
        if usable is not None:
            return usable
        # Cancelling the wait leaves the renewal alone, because a future that runs cannot be cancelled.
        return _unwrap(await asyncio.wrap_future(flight))

    def invalidate(self, used: Credentials) -> None:
        """Have the next call renew the credentials, because a service takes those for expired.

        Args:
            used: What the refused call was signed with; nothing happens if others have come in its place already.
        """
        with self._lock:
            if self._held is not None and self._held.credentials == used:
                self._held = None

    def _look(self) -> tuple[Credentials | None, Future[_Outcome], bool]:
        """What may be used at once, the renewal to wait for, and whether the caller is to carry it out."""
        with self._lock:
            held = self._held
            if held is not None and (held.advisory is _NEVER or self._clock() < held.advisory):
                return held.credentials, _NO_FLIGHT, False
            usable = held.credentials if held is not None and self._clock() < held.mandatory else None
            if self._flight is not None:
                return usable, self._flight, False
            self._flight = Future()
            self._flight.set_running_or_notify_cancel()
            return usable, self._flight, True

    def _renew(self, flight: Future[_Outcome]) -> None:
        outcome: _Outcome = CredentialsError("loading the credentials was interrupted")
        try:
            outcome = self._attempt()
        finally:  # also where the user interrupts it, or those who wait would wait for ever
            self._land(flight, outcome)

    def _land(self, flight: Future[_Outcome], outcome: _Outcome) -> None:
        with self._lock:
            if self._flight is flight:
                self._flight = None
        flight.set_result(outcome)

    def _attempt(self) -> _Outcome:
        try:
            fresh = self._load()
            held = _hold(fresh, self._clock())
        except ConfigurationError as error:
            return self._fall_back(error)
        except Exception as error:  # noqa: BLE001  (whatever it is, those who wait must hear of it)
            failure = CredentialsError(f"loading the credentials failed: {type(error).__name__}")
            failure.__cause__ = error
            return self._fall_back(failure)
        with self._lock:
            self._held = held
        return fresh

    def _fall_back(self, failure: ConfigurationError) -> _Outcome:
        """The credentials at hand while they may still be used, else the failure."""
        with self._lock:
            held, now = self._held, self._clock()
            if held is None or now >= held.mandatory:
                return failure
            self._held = held._replace(advisory=now + _PAUSE)
        import logging  # here, because this is rare

        logging.getLogger(__name__).warning(
            "AWS credentials that end at %s could not be renewed yet: %s", held.credentials.expiration, failure.message
        )
        return held.credentials

    def _start_over(self) -> None:
        """Also in a forked child, which has a copy of the lock but not of the thread that may hold it."""
        self._lock = threading.Lock()
        self._flight = None


def _hold(fresh: Credentials, now: datetime) -> _Held:
    """The limits shrink with what is left of short-lived credentials, or these would be renewed at every call."""
    if fresh.expiration is None:
        return _Held(fresh)
    left = fresh.expiration - now
    if left <= timedelta(0):
        raise CredentialsError(f"the refreshed credentials are still expired: they ended at {fresh.expiration}")
    return _Held(fresh, fresh.expiration - min(_ADVISORY, left / 2), fresh.expiration - min(_MANDATORY, left / 3))


def _unwrap(outcome: _Outcome) -> Credentials:
    if isinstance(outcome, Credentials):
        return outcome
    # A copy for everyone: one error raised in several threads would collect all their tracebacks.
    raise copy(outcome) from outcome.__cause__


_NO_FLIGHT: Future[_Outcome] = Future()
_alive: weakref.WeakSet[RefreshingCredentials] = weakref.WeakSet()


def _start_all_over() -> None:
    for credentials in _alive:
        credentials._start_over()  # noqa: SLF001  (one class in two parts)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_all_over)
