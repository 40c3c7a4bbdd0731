"""Killed again and again while the routine is spread through the day: it is kept all the same."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.process.burst import PATIENCE, onboard
from tests.process.conftest import seconds_until
from tests.process.runner import Nursery, Runner, beside_a_sandbox

SEED = 20261127
HOURS = (10, 13, 16, 18)
STEPS = 11  # of daily-psoas-12
HEARD = 5.0  # seconds within which a tap that was taken has taken effect


@pytest.fixture
async def bot(tmp_path: Path, nursery: Nursery) -> AsyncIterator[Runner]:
    """A bot that can be killed and started quickly."""
    async with beside_a_sandbox(tmp_path, nursery) as found:
        yield found


class Day:
    """Somebody who does one movement at each of the set times, by its Done."""

    def __init__(self, bot: Runner, chance: random.Random) -> None:
        self._bot = bot
        self._chance = chance
        self._offset = 0.0
        self.person = bot.telegram.person(1001, "Ana")

    async def begin(self) -> None:
        """Choose to have the routine spread through the days, from tomorrow on."""
        await onboard(self.person, "07:30")
        await self.person.send("/pace")
        await self.person.sees("Your pace", PATIENCE)
        await self.person.tap("Through the day")
        await self.person.sees("Your pace: Through the day", PATIENCE)
        await self._bot.settled()
        self._push(23)

    async def movement(self, number: int, hour: int) -> None:
        """Be asked for the movement of an hour, with a kill about it, and do it, with another."""
        words = f"{number} of {len(HOURS)} today"
        await self._mortal()
        self._push(hour)
        await self._until(lambda: self._asked(words) is not None)
        before = self.answered()
        await self._mortal()
        await self._until(lambda: self.answered() > before, lambda: self._tap(words))

    def answered(self) -> int:
        """Return of how many of the day's steps it is stored that they were done."""
        return len(self._bot.stored("select 1 from step_record where outcome = 'done'"))

    def state(self) -> str:
        """Return how the day's routine stands."""
        ((state,),) = self._bot.stored("select state from session")
        return str(state)

    def _push(self, hour: int) -> None:
        self._offset += seconds_until(hour, 0, self._offset)
        self._bot.jump(self._offset)

    def _asked(self, words: str) -> int | None:
        """Return the newest message that asks for a movement and can be answered."""
        found = [one.id for one in self.person.messages if words in one.text and one.buttons]
        return found[-1] if found else None

    async def _tap(self, words: str) -> None:
        """Tap Done on the newest copy; one that a kill left unnoted is followed by another."""
        message = self._asked(words)
        if message is not None:
            await self.person.tap("Done", on=message)

    async def _mortal(self) -> None:
        """Start the bot anew so that it kills itself at the point of a seed, or a moment later."""
        await self._bot.kill()
        await self._bot.start(kill_seed=self._chance.randrange(2**32))

    async def _until(
        self, reached: Callable[[], bool], act: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Act now and then until it is so and the kill is behind; start what was killed."""
        start, acted = time.monotonic(), -HEARD
        while time.monotonic() - start < PATIENCE:
            if act is not None and not reached() and time.monotonic() - acted > HEARD:
                await act()
                acted = time.monotonic()
            if reached():
                await self._bot.kill()
            if not self._bot.alive:
                await self._bot.start()
                if reached():
                    return
            await asyncio.sleep(0.02)
        raise AssertionError(f"it never came\n{self.person.transcript()}")


@pytest.mark.kill
async def test_a_spread_day_survives_kills(bot: Runner) -> None:
    """At points of a seed around each message and each tap, no movement is lost or done twice."""
    day = Day(bot, random.Random(SEED))
    await day.begin()
    for number, hour in enumerate(HOURS, start=1):
        await day.movement(number, hour)
    await day.person.sees("1 day kept", PATIENCE)
    assert day.answered() == STEPS
    assert day.state() == "done"
    states = bot.stored("select state from occurrence where share is not null")
    assert states == [("done",)] * len(HOURS)
