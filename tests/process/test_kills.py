"""Killed at any instant: nothing is lost, every tap counts once, nobody looks at a stale screen.

A reminder comes twice only where its delivery was in flight at a kill: under way, or not noted.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.process.burst import Burst
from tests.process.checks import check, doubles
from tests.process.killing import Killing
from tests.process.runner import Nursery, Runner, beside_a_sandbox

SEED = 20261123
KILLS = 18  # and one for each of the seven answers of onboarding
PEOPLE = 12
LATEST = 0.15  # seconds after an answer at which the kill comes at the latest

SOAK_KILLS = 1000
ROUND = 100  # kills between two fresh sandboxes
SIDE_BY_SIDE = 2


@pytest.fixture
async def bot(tmp_path: Path, nursery: Nursery) -> AsyncIterator[Runner]:
    """A bot that can be killed and started quickly."""
    async with beside_a_sandbox(tmp_path, nursery) as found:
        yield found


async def survive(burst: Burst, killing: Killing, over: Callable[[], bool]) -> None:
    """Live day after day with the bot being killed, until it is over."""
    async with asyncio.TaskGroup() as group:
        killer = group.create_task(killing.run())
        while not over():
            await burst.day()
            check(burst)
        killer.cancel()


@pytest.mark.kill
async def test_a_burst_survives_kills(bot: Runner) -> None:
    """Killed around commits, requests and at any instant of a minute with many due and taps."""
    chance = random.Random(SEED)
    burst = Burst(bot, chance, PEOPLE)
    await burst.prepare()
    killing = Killing(burst, chance, lambda kills: kills >= KILLS)
    await survive(burst, killing, lambda: killing.kills >= KILLS)
    assert killing.kills == KILLS


@pytest.mark.soak
async def test_kills_for_a_long_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same for SOAK_KILLS kills, for SOAK_SECONDS at most; a failure names the SOAK_SEED."""
    seed = int(os.environ.get("SOAK_SEED") or random.SystemRandom().randrange(2**32))
    soak = Soak(tmp_path, seed)
    try:
        await soak.run()
    except BaseException as error:
        error.add_note(f"SOAK_SEED={seed}\n{soak.told()}")
        raise
    with capsys.disabled():
        print(f"\n{soak.told()}, lost 0, seed {seed}")  # noqa: T201 - a soak's figures


class Soak:
    """Bursts side by side, each killed again and again; a round begins with a fresh sandbox."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._seed = seed
        self._began = time.monotonic()
        self._wanted = int(os.environ.get("SOAK_KILLS") or SOAK_KILLS)
        self._seconds = float(os.environ.get("SOAK_SECONDS") or "inf")
        self._killings: list[Killing] = []
        self._bursts: list[Burst] = []

    @property
    def kills(self) -> int:
        """How many kills there were."""
        return sum(killing.kills for killing in self._killings)

    def over(self) -> bool:
        """Return whether there were enough kills, or the time is up."""
        late = time.monotonic() - self._began > self._seconds
        return late or self.kills >= self._wanted

    def told(self) -> str:
        """Return the figures in a line."""
        points = sum((killing.points for killing in self._killings), Counter[str]())
        spread = ", ".join(f"{number} {where}" for where, number in points.most_common())
        return (
            f"{self.kills} kills in {time.monotonic() - self._began:.0f} s ({spread});"
            f" {sum(burst.due for burst in self._bursts)} reminders,"
            f" {sum(burst.taps for burst in self._bursts)} taps,"
            f" {sum(burst.walked for burst in self._bursts)} steps;"
            f" {sum(killing.in_flight for killing in self._killings)} deliveries in flight at a"
            f" kill, {sum(map(doubles, self._bursts))} of them doubled"
        )

    async def run(self) -> None:
        """Go on until it is over."""
        async with asyncio.TaskGroup() as group:
            for worker in range(SIDE_BY_SIDE):
                group.create_task(self._work(worker))

    async def _work(self, worker: int) -> None:
        nursery = Nursery()
        chance = random.Random(self._seed + worker)
        try:
            number = 0
            while not self.over():
                number += 1
                folder = self._folder / f"{worker}-{number}"
                async with beside_a_sandbox(folder, nursery) as bot:
                    await self._round(bot, chance)
        finally:
            nursery.close()

    async def _round(self, bot: Runner, chance: random.Random) -> None:
        burst = Burst(bot, chance, PEOPLE)
        killing = Killing(burst, chance, lambda _: self.over())
        self._bursts.append(burst)
        self._killings.append(killing)
        await burst.prepare()
        await survive(burst, killing, lambda: self.over() or killing.kills >= ROUND)


@pytest.mark.kill
async def test_onboarding_survives_kills(bot: Runner) -> None:
    """Killed after every answer of onboarding, each answer is kept and the next question comes."""
    chance = random.Random(SEED)
    ben = bot.telegram.person(1002, "Ben", language_code="en")
    answers = [
        ("send", "/start", "Welcome"),
        ("tap", "I understand", "apply"),
        ("tap", "None of these", "Where is your clock"),
        ("send", "Europe/Berlin", "right?"),
        ("tap", "Yes", "When shall I remind you"),
        ("send", "7:30 weekdays", "What do you have"),
        ("send", "mat, roller", "All set"),
    ]
    for act, words, then in answers:
        await (ben.send(words) if act == "send" else ben.tap(words))
        await asyncio.sleep(chance.uniform(0, LATEST))
        await bot.kill()
        await bot.start()
        await bot.settled()
        assert then.casefold() in ben.screen.text.casefold(), ben.transcript()
    (rule,) = bot.stored("select rule from reminder where person_id = 1002 and kind = 'routine'")
    assert json.loads(str(rule[0]))["times"] == ["07:30"]
    assert json.loads(str(rule[0]))["weekdays"] == [0, 1, 2, 3, 4]
    ((things,),) = bot.stored("select things from person where id = 1002")
    assert json.loads(str(things))["roller"] is True
