"""Killed in the middle of a hands-free session, again and again: it runs through all the same."""

from __future__ import annotations

import asyncio
import os
import random
import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.clock import FileClock
from sandbox.person import Person
from tests.process.burst import PATIENCE, onboard
from tests.process.runner import Nursery, Runner, beside_a_sandbox

SEED = 20261126
KILLS = 10
STEPS = 11  # of daily-psoas-12
NUMBER = re.compile(r"^(\d+)/(\d+) · ")
LATEST = 3.0  # seconds between a step's moment and its message on a machine with much to do
REAL_TIME = 730.0  # seconds that the session takes, at most


@pytest.fixture
async def bot(tmp_path: Path, nursery: Nursery) -> AsyncIterator[Runner]:
    """A bot that can be killed and started quickly."""
    async with beside_a_sandbox(tmp_path, nursery) as found:
        yield found


class Row(NamedTuple):
    """A session as it is stored: `owed_at` is when a message of it is to go out."""

    state: str
    position: int
    deadline: str | None
    owed_at: str | None

    @property
    def moment(self) -> datetime | None:
        """Return when the session goes on by itself."""
        return datetime.fromisoformat(self.deadline).replace(tzinfo=UTC) if self.deadline else None


class Floor:
    """Somebody on the floor who taps nothing, and a clock that is pushed to each deadline."""

    def __init__(self, bot: Runner) -> None:
        self._bot = bot
        self._clock = FileClock(bot.clock_file)
        self._offset = 0.0
        self._timed: tuple[int, datetime] | None = None  # the step whose time ran last
        self.timed_anew = 0
        self.person = bot.telegram.person(1001, "Ana")

    async def begin(self) -> None:
        """Choose hands-free and start today's routine."""
        await onboard(self.person, "")
        await self.person.send("/pace")
        await self.person.sees("By button", PATIENCE)
        await self.person.tap("Hands-free")
        await self.person.sees("by themselves", PATIENCE)
        await self.person.send("/today")
        await self.person.sees("1/11", PATIENCE)

    @property
    def row(self) -> Row:
        """The session as it is stored."""
        query = "select state, position, deadline, owed_at from session"
        (found,) = self._bot.stored(query)
        return Row(*found)  # type: ignore[arg-type]

    def push(self, position: int) -> Row:
        """Let a step before `position` be over; return the session as it was.

        A step shown anew after a kill has its whole time again, which is counted.
        """
        row = self.row
        if row.moment and self._timed != (row.position, row.moment):
            self.timed_anew += bool(self._timed and self._timed[0] == row.position)
            self._timed = row.position, row.moment
        if row.position < position and row.moment:
            self._offset += max((row.moment - self._clock.now()).total_seconds(), 0)
            self._bot.jump(self._offset)
        return row

    async def shows(self, position: int) -> None:
        """Return once the step at `position`, or the end, is shown and its time runs."""
        for _ in range(round(PATIENCE / 0.02)):
            row = self.push(position)
            ready = row.owed_at is None and (row.deadline or row.state == "done")
            if row.position >= position and ready and self._bot.alive:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"step {position} never came\n{self.person.transcript()}")


def numbers(person: Person) -> list[int]:
    """Return which steps the person was shown, in the order of the messages."""
    found = (NUMBER.match(message.text) for message in person.messages)
    return [int(each[1]) for each in found if each]


def live(person: Person) -> list[int]:
    """Return the steps that can still be tapped."""
    found = (NUMBER.match(message.text) for message in person.messages if message.buttons)
    return [int(each[1]) for each in found if each]


@pytest.mark.kill
async def test_a_session_survives_kills(bot: Runner) -> None:
    """At points of a seed around each step's commits and messages, nothing is lost or left out."""
    chance = random.Random(SEED)
    floor = Floor(bot)
    await floor.begin()
    await floor.shows(0)
    killed = 0
    for position in range(1, STEPS + 1):
        if killed < KILLS:
            await bot.kill()
            await bot.start(kill_seed=chance.randrange(2**32))
            await _fall_and_rise(bot, floor, position)
            killed += 1
        await floor.shows(position)
    shown = numbers(floor.person)
    assert list(dict.fromkeys(shown)) == list(range(1, STEPS + 1))
    assert "11 of 11 steps done" in floor.person.screen.text
    assert bot.stored("select outcome from step_record") == [("done",)] * STEPS
    # A message whose note a kill took came once more; that copy kept its buttons.
    assert len(shown) - STEPS <= killed
    assert floor.timed_anew <= killed
    assert len(live(floor.person)) <= killed


async def _fall_and_rise(bot: Runner, floor: Floor, position: int) -> None:
    """Wait for the kill of the seed, or for the step where its point is not reached."""
    start = time.monotonic()
    while bot.alive and time.monotonic() - start < PATIENCE:
        row = floor.push(position)
        if row.position >= position and row.owed_at is None:
            await asyncio.sleep(0.1)  # as after the step, so before it: any instant will do
            await bot.kill()
        await asyncio.sleep(0.02)
    assert not bot.alive, f"step {position} never came\n{floor.person.transcript()}"
    await bot.ended()
    await bot.start()


@pytest.mark.soak
async def test_a_session_in_real_time(bot: Runner, capsys: pytest.CaptureFixture[str]) -> None:
    """Each step comes by itself at its moment, to the last one where SOAK_SECONDS allows."""
    floor = Floor(bot)
    await floor.begin()
    began = time.monotonic()
    seconds = min(float(os.environ.get("SOAK_SECONDS") or REAL_TIME), REAL_TIME)
    worst, last = 0.0, 0
    while time.monotonic() - began < seconds and (row := floor.row).state == "active":
        if row.owed_at is None:
            last = row.position
        if row.moment is not None:
            worst = max(worst, (datetime.now(UTC) - row.moment).total_seconds())
        await asyncio.sleep(0.05)
    shown = numbers(floor.person)
    assert worst < LATEST, f"a step was {worst:.1f} s late"
    if seconds == REAL_TIME:
        assert floor.row.state == "done", floor.person.transcript()
        assert shown == list(range(1, STEPS + 1))
    else:
        assert shown == list(range(1, last + 2))
        assert last >= 1 or seconds < 95
    with capsys.disabled():
        took = time.monotonic() - began
        print(f"\nhands-free: {len(shown)} steps in {took:.0f} s, {worst:.2f} s late at most")  # noqa: T201 - a soak's figures
