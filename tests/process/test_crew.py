"""Three processes on one server: any is killed at any time, and nothing is lost or out of order."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from time import monotonic

import pytest

from tests.process.burst import Burst
from tests.process.checks import check
from tests.process.killing import Killing
from tests.process.runner import Nursery, Runner, beside_a_sandbox

pytestmark = pytest.mark.server

SEED = 20261126
OTHERS = 2  # processes beside the first
KILLS = 12  # of each
PEOPLE = 12
WITHIN = 15.0  # seconds after a kill within which everything due continues


class Beside(Runner):
    """One more process on the database and the clock of another one."""

    def __init__(self, first: Runner, folder: Path, nursery: Nursery) -> None:
        folder.mkdir()
        super().__init__(folder, first.telegram, nursery, first.url)
        self.clock_file, self.telegram_clock = first.clock_file, first.telegram_clock


@pytest.fixture
async def crew(tmp_path: Path) -> AsyncIterator[list[Runner]]:
    """Three processes on one database, each from a nursery of its own."""
    async with AsyncExitStack() as stack:
        nurseries = [Nursery() for _ in range(1 + OTHERS)]
        for nursery in nurseries:
            stack.callback(nursery.close)
        first = await stack.enter_async_context(beside_a_sandbox(tmp_path / "0", nurseries[0]))
        found = [first]
        for number, nursery in enumerate(nurseries[1:], start=1):
            one = Beside(first, tmp_path / str(number), nursery)
            await one.start()
            stack.push_async_callback(one.kill)
            found.append(one)
        yield found


@pytest.mark.kill
async def test_a_burst_survives_kills_of_any(crew: list[Runner]) -> None:
    """A minute with many due and taps, while each process is killed again and again."""
    chance = random.Random(SEED)
    burst = Burst(crew[0], chance, PEOPLE)
    await burst.prepare()
    killings = [Killing(burst, chance, lambda kills: kills >= KILLS, bot=one) for one in crew]
    async with asyncio.TaskGroup() as group:
        killers = [group.create_task(killing.run()) for killing in killings]
        while not all(killing.kills >= KILLS for killing in killings):
            await burst.day()
            check(burst)
        for killer in killers:
            killer.cancel()


@pytest.mark.kill
async def test_what_is_due_continues_soon(crew: list[Runner]) -> None:
    """Killed in the middle of a minute, the leader's work is others' within seconds."""
    burst = Burst(crew[0], random.Random(SEED), PEOPLE)
    await burst.prepare()

    async def kill() -> None:
        await burst.first()
        await crew[0].kill()
        killed = monotonic()
        while burst.unnoted():
            await asyncio.sleep(0.05)
            assert monotonic() - killed < WITHIN

    await burst.day(kill)
    check(burst)
