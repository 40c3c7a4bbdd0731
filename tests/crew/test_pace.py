"""One pace over several processes: never over the rate in any second, and no slot is hogged."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.crew.pace import Reserve, SharedLanes
from bot.outgoing.pace import Lane
from db.engine import Database
from db.opening import open_database
from db.queries import crew
from db.queries.crew import Slots
from tests import databases

RATE = 50
SECONDS = 3.0
SHORT = 0.5
BREATH = 0.002  # seconds between two looks whether the loop is late


class Shelf:
    """Slots as the server gives them out, without one."""

    def __init__(self) -> None:
        self._until = 0.0
        self.reserved = 0

    async def reserve(self, number: int, step: float) -> Slots:
        """Reserve slots that nobody else gets."""
        now = time.monotonic()
        first = max(self._until, now)
        self._until = first + number * step
        self.reserved += number
        return Slots(first - now, step, number)


async def flow(lanes: SharedLanes, chat: int, gone: list[float], lane: Lane = Lane.BULK) -> None:
    """Send to ever other chats, eight at a time, and note when each may go."""

    async def one(first: int) -> None:
        for number in range(1_000_000):
            await lanes.turn(chat + first + 8 * number, lane)
            gone.append(time.monotonic())

    await asyncio.gather(*(one(first) for first in range(8)))


@dataclass
class Run:
    """What processes did that send as much as they may."""

    gone: list[list[float]]  # when each sent
    stall: float = 0.0  # seconds by which the loop was late, at most

    @property
    def number(self) -> int:
        """Return how many were sent."""
        return sum(map(len, self.gone))

    def most_in_a_second(self) -> int:
        """Return the most that went in any second, less by what a stalled loop noted late."""
        ordered = sorted(moment for one in self.gone for moment in one)
        second = 1.0 - self.stall
        return max(
            sum(1 for other in ordered[place:] if other < moment + second)
            for place, moment in enumerate(ordered)
        )


async def run_for(seconds: float, reserve: list[Reserve], rate: float = RATE) -> Run:
    """Let processes send as much as they may."""
    run = Run([[] for _ in reserve])
    with contextlib.suppress(TimeoutError):  # the time is up
        async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
            group.create_task(watch(run))
            for number, one in enumerate(reserve):
                lanes = SharedLanes(rate, one)
                group.create_task(lanes.run())
                group.create_task(flow(lanes, number * 10_000_000, run.gone[number]))
    return run


async def watch(run: Run) -> None:
    """Note how late the loop is, for ever."""
    while True:
        expected = time.monotonic() + BREATH
        await asyncio.sleep(BREATH)
        run.stall = max(run.stall, time.monotonic() - expected)


async def test_together_never_more_than_the_rate() -> None:
    """Three processes that send all they can share the rate, and use it."""
    shelf = Shelf()
    run = await run_for(SECONDS, [shelf.reserve] * 3)
    assert run.most_in_a_second() <= RATE
    assert run.number >= 0.5 * RATE * SECONDS
    assert min(map(len, run.gone)) > 0


async def test_who_may_not_send_reserves_nothing() -> None:
    """While bulk is held back no slot is taken away from the others, and then it goes."""
    shelf = Shelf()
    lanes = SharedLanes(RATE, shelf.reserve)
    await lanes.hold(1, SHORT, Lane.BULK)
    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(lanes.run())
        waiting = group.create_task(lanes.turn(2, Lane.BULK))
        await asyncio.sleep(SHORT / 2)
        assert shelf.reserved == 0
        await waiting
        assert time.monotonic() - began >= SHORT * 0.99
        serving.cancel()


async def test_replies_go_before_bulk() -> None:
    """A reply takes the next slot, however many reminders wait."""
    lanes = SharedLanes(RATE, Shelf().reserve)
    gone: list[float] = []
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(lanes.run()), group.create_task(flow(lanes, 0, gone))]
        await asyncio.sleep(SHORT)
        before = len(gone)
        await lanes.turn(77, Lane.REPLY)
        assert len(gone) - before <= 2
        for task in tasks:
            task.cancel()


async def test_who_stops_waiting_leaves_the_lane() -> None:
    """A turn that was given up does not keep others from theirs."""
    lanes = SharedLanes(RATE, Shelf().reserve)
    given_up = asyncio.create_task(lanes.turn(1, Lane.REPLY))
    await asyncio.sleep(0)
    given_up.cancel()
    serving = asyncio.create_task(lanes.run())
    await asyncio.wait_for(lanes.turn(2, Lane.REPLY), 1)
    serving.cancel()
    assert given_up.cancelled()
    assert lanes.depth(Lane.REPLY) == 0


@pytest.fixture
async def processes() -> AsyncIterator[list[Database]]:
    """Two processes' connections with one database."""
    url = databases.empty_url()
    async with AsyncExitStack() as stack:
        stack.callback(databases.drop, url)
        found = [await open_database(url, datetime.now(UTC)) for _ in range(2)]
        for one in found:
            stack.push_async_callback(one.close)
        yield found


def reserving(database: Database) -> Reserve:
    """Return what reserves slots on a database."""

    async def reserve(number: int, step: float) -> Slots:
        async with database.sessions.begin() as session:
            return await crew.reserve(session, number, step)

    return reserve


@pytest.mark.server
async def test_the_server_gives_each_slot_once(processes: list[Database]) -> None:
    """The same over two processes and a real server."""
    run = await run_for(SECONDS, [reserving(one) for one in processes])
    assert run.most_in_a_second() <= RATE
    assert run.number >= 0.5 * RATE * SECONDS


@pytest.mark.server
async def test_a_clock_that_went_wrong_stops_nobody(processes: list[Database]) -> None:
    """What was noted far ahead is taken for a wrong clock, not waited for."""
    reserve = reserving(processes[0])
    await reserve(1, 3600.0)
    assert (await reserve(1, 0.02)).first < 1
