"""The two pools by themselves: who waits, who is woken, and what is counted."""

from __future__ import annotations

import asyncio
import threading

import pytest

from runtime.errors import ClientClosed, DeadlineExceeded, PoolTimeout
from runtime.http import Origin, Timeout
from runtime.transport.async_pool import AsyncPool
from runtime.transport.deadline import Deadline
from runtime.transport.pool import Pool

ORIGIN = Origin("http", "example.invalid", 80)
SOON = 0.02
NO_HURRY = Timeout(pool=5.0)


class Idle:
    """A connection that does nothing."""

    def __init__(self) -> None:
        self.idle_since = float("inf")
        self.alive = True
        self.closed = False

    def is_alive(self) -> bool:
        return self.alive

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    ("timeout", "kind"), [(Timeout(pool=SOON), PoolTimeout), (Timeout(pool=5.0, total=SOON), DeadlineExceeded)]
)
def test_waiting_has_an_end(timeout: Timeout, kind: type[PoolTimeout | DeadlineExceeded]) -> None:
    pool: Pool[Idle] = Pool(1)
    pool.enter(ORIGIN, Deadline(timeout))
    with pytest.raises(kind, match="all 1 connections|the call took longer") as caught:
        pool.enter(ORIGIN, Deadline(timeout))
    assert not caught.value.request_sent


@pytest.mark.parametrize(
    ("timeout", "kind"), [(Timeout(pool=SOON), PoolTimeout), (Timeout(pool=5.0, total=SOON), DeadlineExceeded)]
)
def test_waiting_has_an_end_in_asyncio(timeout: Timeout, kind: type[PoolTimeout | DeadlineExceeded]) -> None:
    async def scenario() -> None:
        pool: AsyncPool[Idle] = AsyncPool(1)
        lane = await pool.enter(ORIGIN, Deadline(timeout))
        with pytest.raises(kind) as caught:
            await pool.enter(ORIGIN, Deadline(timeout))
        assert not caught.value.request_sent
        pool.leave(lane, None)
        assert pool.is_empty

    asyncio.run(scenario())


def test_dead_connections_are_passed_over() -> None:
    pool: Pool[Idle] = Pool(3)
    kept = [Idle(), Idle(), Idle()]
    lanes = [pool.enter(ORIGIN, Deadline(NO_HURRY)) for _ in kept]
    for lane, connection in zip(lanes, kept, strict=True):
        pool.leave(lane, connection)
    kept[2].alive = False
    assert pool.enter(ORIGIN, Deadline(NO_HURRY)).pick() is kept[1]
    assert [each.closed for each in kept] == [False, False, True]


def test_closing_wakes_waiting_threads() -> None:
    pool: Pool[Idle] = Pool(1)
    lane = pool.enter(ORIGIN, Deadline(NO_HURRY))
    failures: list[BaseException] = []

    def wait() -> None:
        try:
            pool.enter(ORIGIN, Deadline(NO_HURRY))
        except ClientClosed as error:
            failures.append(error)

    threads = [threading.Thread(target=wait) for _ in range(3)]
    for each in threads:
        each.start()
    pool.close()
    for each in threads:
        each.join(5)
    assert len(failures) == 3
    late = Idle()
    pool.leave(lane, late)
    assert late.closed


def test_closing_wakes_waiting_tasks() -> None:
    async def scenario() -> None:
        pool: AsyncPool[Idle] = AsyncPool(1)
        lane = await pool.enter(ORIGIN, Deadline(NO_HURRY))
        waiting = [asyncio.create_task(pool.enter(ORIGIN, Deadline(NO_HURRY))) for _ in range(3)]
        await asyncio.sleep(0)
        pool.close()
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(each) for each in results] == [ClientClosed] * 3
        late = Idle()
        pool.leave(lane, late)
        assert late.closed
        assert pool.is_empty

    asyncio.run(scenario())


def test_a_cancelled_waiter_passes_its_turn_on() -> None:
    async def scenario() -> None:
        pool: AsyncPool[Idle] = AsyncPool(1)
        lane = await pool.enter(ORIGIN, Deadline(NO_HURRY))
        first, second = [asyncio.create_task(pool.enter(ORIGIN, Deadline(NO_HURRY))) for _ in range(2)]
        await asyncio.sleep(0)
        pool.leave(lane, None)  # it is the first one's turn now, though its task has not run yet
        first.cancel()
        assert await second is lane
        assert first.cancelled()

    asyncio.run(scenario())
