"""Three processes on one server: any is killed at any time, and nothing is lost or out of order."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic

import pytest

from tests.process.burst import Burst
from tests.process.checks import check
from tests.process.killing import SERVED, Killing
from tests.process.runner import Runner, several

pytestmark = pytest.mark.server

SEED = 20261126
PROCESSES = 3
KILLS = 25
APART = 1.0  # seconds from a start to the next kill, at most
AWAY = 2.0  # seconds from a kill to the start, at most
PEOPLE = 12
WITHIN = 15.0  # seconds after a kill within which everything due continues


class KillingAny(Killing):
    """Kills one of several processes after another, at any instant, and starts it again."""

    def __init__(self, burst: Burst, chance: random.Random, crew: list[Runner]) -> None:
        super().__init__(burst, chance)
        self._crew = crew

    async def run(self) -> None:
        """Kill and start until cancelled."""
        started = dict.fromkeys(self._crew, 0.0)
        while True:
            self._bot = self._chance.choice(self._crew)
            await asyncio.sleep(self._chance.uniform(0, APART))
            while self._suspects():  # killed once more, it would be set aside, and rightly
                await asyncio.sleep(0.02)
            await self._bot.kill()
            self.points["from outside"] += 1
            await asyncio.sleep(SERVED)
            self._started_at = started[self._bot]
            self._look()
            await asyncio.sleep(self._chance.uniform(0, AWAY))
            started[self._bot] = monotonic()
            await self._bot.start()


@pytest.fixture
async def crew(tmp_path: Path) -> AsyncIterator[list[Runner]]:
    """Three processes on one database, each from a nursery of its own."""
    async with several(tmp_path, PROCESSES) as found:
        yield found


@pytest.mark.kill
async def test_a_burst_survives_kills_of_any(crew: list[Runner]) -> None:
    """A minute with many due and taps, while each process is killed again and again."""
    chance = random.Random(SEED)
    burst = Burst(crew[0], chance, PEOPLE)
    await burst.prepare()
    killing = KillingAny(burst, chance, crew)
    async with asyncio.TaskGroup() as group:
        killer = group.create_task(killing.run())
        while killing.kills < KILLS:
            await burst.day()
            check(burst)
        killer.cancel()
    assert killing.points == {"from outside": killing.kills}
    assert burst.due >= PEOPLE


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
