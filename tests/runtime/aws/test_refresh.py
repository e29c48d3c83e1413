"""Credentials that end: when they are renewed, by whom, and what a failure means."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from runtime.aws.credentials import Credentials
from runtime.aws.refresh import RefreshingCredentials
from runtime.errors import ConfigurationError, CredentialsError
from tests.runtime.aws.fakes import Clock

THREADS = 32


class Source:
    """Hands out numbered credentials, or fails; optionally only once it is let."""

    def __init__(self, clock: Clock, hours: float = 1.0) -> None:
        self.clock = clock
        self.lifetime: timedelta | None = timedelta(hours=hours)
        self.loads = 0
        self.failure: BaseException | None = None
        self.entered = threading.Event()
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self) -> Credentials:
        self.loads += 1
        number = self.loads
        self.entered.set()
        assert self.gate.wait(10)
        if self.failure is not None:
            raise self.failure
        return Credentials(f"A{number}", "s", "t", None if self.lifetime is None else self.clock.now + self.lifetime)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(clock: Clock) -> Source:
    return Source(clock)


@pytest.fixture
def holder(source: Source, clock: Clock) -> RefreshingCredentials:
    return RefreshingCredentials(source, clock=clock)


Get = Callable[[], str]


@pytest.fixture(params=["blocking", "asyncio"])
def get(request: pytest.FixtureRequest, holder: RefreshingCredentials) -> Get:
    """The key id a caller gets; a new event loop for each asyncio one."""
    if request.param == "blocking":
        return lambda: holder.get().access_key_id
    return lambda: asyncio.run(holder.get_async()).access_key_id


def test_loaded_at_the_first_use_and_kept(source: Source, clock: Clock, get: Get) -> None:
    assert source.loads == 0
    assert [get(), get()] == ["A1", "A1"]
    clock.forward(minutes=44, seconds=59)
    assert get() == "A1"
    assert source.loads == 1


def test_what_does_not_end_is_never_renewed(source: Source, clock: Clock, get: Get) -> None:
    source.lifetime = None
    get()
    clock.forward(days=10_000)
    assert get() == "A1"


def test_renewed_in_the_last_quarter_of_an_hour(source: Source, clock: Clock, holder: RefreshingCredentials) -> None:
    holder.get()
    clock.forward(minutes=45)
    assert holder.get().access_key_id == "A2"
    clock.forward(minutes=44, seconds=59)
    assert holder.get().access_key_id == "A2"


def test_asyncio_does_not_wait_for_an_early_renewal(
    source: Source, clock: Clock, holder: RefreshingCredentials
) -> None:
    holder.get()
    clock.forward(minutes=45)
    source.gate.clear()

    async def calls() -> list[str]:
        found = [(await holder.get_async()).access_key_id for _ in range(3)]
        source.gate.set()
        return found

    assert asyncio.run(calls()) == ["A1", "A1", "A1"]  # the loop's end waits for the thread
    assert (source.loads, holder.get().access_key_id) == (2, "A2")


def test_a_failure_that_can_wait_is_one_warning(
    source: Source, clock: Clock, get: Get, caplog: pytest.LogCaptureFixture
) -> None:
    get()
    clock.forward(minutes=48)  # twelve minutes are left
    source.failure = CredentialsError("the endpoint is down")
    with caplog.at_level(logging.WARNING):
        assert {get() for _ in range(10)} == {"A1"}
    assert source.loads == 2
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage() == (
        "AWS credentials that end at 2026-01-01 01:00:00+00:00 could not be renewed yet: the endpoint is down"
    )


def test_after_a_failure_it_is_tried_again_a_minute_later(source: Source, clock: Clock, get: Get) -> None:
    get()
    clock.forward(minutes=45)
    source.failure = CredentialsError("down")
    get()
    clock.forward(seconds=59)
    get()
    assert source.loads == 2
    source.failure = None
    clock.forward(seconds=1)
    get()
    assert source.loads == 3
    assert get() == "A3"


def test_a_failure_that_cannot_wait_is_raised(source: Source, clock: Clock, get: Get) -> None:
    get()
    clock.forward(minutes=50)
    source.failure = CredentialsError("down")
    for _ in range(2):
        with pytest.raises(CredentialsError, match="^down$"):
            get()
    assert source.loads == 3
    source.failure = None
    assert get() == "A4"


def test_other_failures_keep_their_kind_or_get_one(source: Source, get: Get) -> None:
    source.failure = ConfigurationError("config:3: malformed")
    with pytest.raises(ConfigurationError, match="config:3") as caught:
        get()
    assert type(caught.value) is ConfigurationError
    source.failure = ValueError("CANARY")
    with pytest.raises(CredentialsError, match="^loading the credentials failed: ValueError$") as caught:
        get()
    assert caught.value.__cause__ is source.failure


def test_new_credentials_that_have_ended(source: Source, clock: Clock, get: Get) -> None:
    source.lifetime = timedelta(0)
    with pytest.raises(CredentialsError, match="refreshed credentials are still expired: they ended at 2026-01-01"):
        get()
    source.lifetime = timedelta(hours=1)
    get()
    clock.forward(minutes=45)
    source.lifetime = -timedelta(hours=1)
    assert get() == "A2"  # the old ones are better than those


def test_short_lived_credentials_are_not_renewed_at_every_call(source: Source, clock: Clock, get: Get) -> None:
    source.lifetime = timedelta(minutes=6)
    assert [get(), get()] == ["A1", "A1"]
    clock.forward(minutes=2, seconds=59)
    assert get() == "A1"
    clock.forward(minutes=1, seconds=2)
    assert get() == "A2"


def test_short_lived_credentials_outlive_a_failure(source: Source, clock: Clock, get: Get) -> None:
    source.lifetime = timedelta(minutes=6)
    get()
    source.failure = CredentialsError("down")
    clock.forward(minutes=3)
    assert get() == "A1"
    clock.forward(minutes=1)
    with pytest.raises(CredentialsError, match="down"):
        get()


def test_refused_credentials_are_renewed(source: Source, holder: RefreshingCredentials, get: Get) -> None:
    get()
    used = holder.get()
    holder.invalidate(used)
    assert get() == "A2"
    holder.invalidate(used)  # somebody else was faster: those are not in use any more
    assert get() == "A2"
    assert source.loads == 2


def test_a_refusal_makes_a_failure_count(source: Source, holder: RefreshingCredentials, get: Get) -> None:
    get()
    holder.invalidate(holder.get())
    source.failure = CredentialsError("down")
    with pytest.raises(CredentialsError, match="down"):
        get()


def crowd(get: Callable[[], object], source: Source) -> list[object]:
    """What many threads get that ask at the same moment, the source answering once all of them have asked."""
    barrier = threading.Barrier(THREADS)

    def one() -> object:
        barrier.wait(10)
        try:
            return get()
        except CredentialsError as error:
            return error

    with ThreadPoolExecutor(THREADS) as pool:
        futures = [pool.submit(one) for _ in range(THREADS)]
        assert source.entered.wait(10)
        source.gate.set()
        return [future.result(10) for future in futures]


@pytest.mark.parametrize("minutes", [None, 50, 61], ids=["first use", "near the end", "ended"])
def test_many_threads_and_one_renewal(
    source: Source, clock: Clock, holder: RefreshingCredentials, minutes: float | None
) -> None:
    if minutes is not None:
        holder.get()
        clock.forward(minutes=minutes)
    before = source.loads
    source.entered.clear()
    source.gate.clear()
    found = crowd(holder.get, source)
    assert source.loads == before + 1
    assert {credentials.access_key_id for credentials in found} == {f"A{source.loads}"}  # type: ignore[attr-defined]


def test_many_threads_and_one_failure(source: Source, holder: RefreshingCredentials) -> None:
    source.failure = CredentialsError("down")
    source.gate.clear()
    errors = crowd(holder.get, source)
    assert {str(error) for error in errors} == {"down"}
    # Their tracebacks grow apart: none is raised twice. (A thread that comes late may start another load.)
    assert len({id(error) for error in errors}) == THREADS
    assert source.failure not in errors


def test_many_threads_go_on_while_one_renews(source: Source, clock: Clock, holder: RefreshingCredentials) -> None:
    holder.get()
    clock.forward(minutes=45)
    source.entered.clear()
    source.gate.clear()
    with ThreadPoolExecutor(1) as pool:
        renewing = pool.submit(holder.get)
        assert source.entered.wait(10)
        # The gate is shut: whoever waited for the renewal would wait for ever.
        assert {holder.get().access_key_id for _ in range(THREADS)} == {"A1"}
        source.gate.set()
        assert renewing.result(10).access_key_id == "A2"


def test_many_tasks_and_one_renewal_that_does_not_stop_the_loop(source: Source, holder: RefreshingCredentials) -> None:
    source.gate.clear()

    async def main() -> list[Credentials]:
        tasks = [asyncio.create_task(holder.get_async()) for _ in range(THREADS)]
        while not source.entered.is_set():
            await asyncio.sleep(0)  # turns only while the loop is free
        source.gate.set()
        return await asyncio.gather(*tasks)

    assert {credentials.access_key_id for credentials in asyncio.run(main())} == {"A1"}
    assert source.loads == 1


def test_a_cancelled_task_takes_the_renewal_from_nobody(source: Source, holder: RefreshingCredentials) -> None:
    source.gate.clear()

    async def main() -> Credentials:
        first, second = asyncio.create_task(holder.get_async()), asyncio.create_task(holder.get_async())
        while not source.entered.is_set():
            await asyncio.sleep(0)
        first.cancel()
        await asyncio.wait([first])
        assert first.cancelled()
        source.gate.set()
        return await second

    assert asyncio.run(main()).access_key_id == "A1"
    assert source.loads == 1


def test_a_failure_that_nobody_waits_for_is_silent(
    source: Source, holder: RefreshingCredentials, caplog: pytest.LogCaptureFixture
) -> None:
    source.failure = CredentialsError("down")
    source.gate.clear()

    async def main() -> None:
        task = asyncio.create_task(holder.get_async())
        while not source.entered.is_set():
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        source.gate.set()

    asyncio.run(main())
    assert caplog.records == []
    source.failure = None
    assert holder.get().access_key_id == "A2"


def test_an_interrupted_load_leaves_nobody_waiting(source: Source, holder: RefreshingCredentials) -> None:
    source.failure = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        holder.get()
    source.failure = None
    assert holder.get().access_key_id == "A2"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_fork_in_the_middle_of_a_renewal(source: Source, holder: RefreshingCredentials) -> None:
    source.gate.clear()
    with ThreadPoolExecutor(1) as pool:
        renewing = pool.submit(holder.get)
        assert source.entered.wait(10)
        with holder._lock:  # as if another thread were just looking
            child = os.fork()
            if child == 0:  # pragma: no cover
                source.gate = threading.Event()
                source.gate.set()
                os._exit(0 if holder.get().access_key_id == "A2" else 1)
        _, status = os.waitpid(child, 0)
        source.gate.set()
        assert renewing.result(10).access_key_id == "A1"
    assert os.waitstatus_to_exitcode(status) == 0


def test_nothing_is_shown(holder: RefreshingCredentials) -> None:
    holder.get()
    assert repr(holder) == "RefreshingCredentials()"
