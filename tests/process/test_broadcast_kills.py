"""Killed again and again while a broadcast goes out: everybody gets it, hardly anybody twice."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.jobs.news import at_once
from sandbox.person import Person
from tests.conversations.test_reminder_faults import copy
from tests.process.burst import PATIENCE, onboard
from tests.process.runner import RATE, Nursery, Runner, beside_a_sandbox
from tests.stored import look

SEED = 20261130
ANA, FIRST, MANY = 1001, 2000, 200
KILLS = 6
NEWS = "We are away tomorrow."


@pytest.fixture
async def bot(
    tmp_path: Path, nursery: Nursery, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Runner]:
    """A bot with an operator that can be killed and started quickly."""
    monkeypatch.setenv("ADMIN_IDS", str(ANA))
    async with beside_a_sandbox(tmp_path, nursery) as found:
        yield found


async def crowded(bot: Runner, like: int) -> list[Person]:
    """Let the bot know many people more, who have the same settings as somebody."""
    await bot.settled()
    await bot.terminate()
    people = [bot.telegram.person(FIRST + number, f"P{number}") for number in range(MANY)]
    with look(bot.url) as database:
        for person in people:
            bot.telegram.world.people[str(person.id)]["started"] = True
            copy(database, "person", "id", like, person.id)
    return people


def copies(person: Person) -> int:
    """Return how often somebody got the news."""
    return sum(one.from_bot and one.text == NEWS for one in person.messages)


@pytest.mark.kill
async def test_a_broadcast_survives_kills(bot: Runner) -> None:
    """From its confirmation on, at points of a seed: nobody is left out, and the author is told.

    Twice gets it at most who was in flight at a kill.
    """
    ana, chance = bot.telegram.person(ANA, "Ana"), random.Random(SEED)
    await onboard(ana, "")
    people = await crowded(bot, ANA)
    await bot.start()
    await ana.send(f"/broadcast {NEWS}")
    await ana.sees(f"Goes to {MANY + 1} people", PATIENCE)
    await bot.settled()
    await bot.kill()
    await bot.start(kill_seed=chance.randrange(2**32))
    await ana.tap("Send to")
    kills, start = 0, time.monotonic()
    while bot.stored("select 1 from broadcast where confirmed_at is null or report_at is not null"):
        if not bot.alive:
            kills += 1
            seed = chance.randrange(2**32) if kills < KILLS else None
            await bot.start(kill_seed=seed)
        assert time.monotonic() - start < PATIENCE, bot.log.read_text()[-2000:]
        await asyncio.sleep(0.01)
    await ana.sees(f"{MANY + 1} of {MANY + 1} sent", PATIENCE)
    got = Counter(map(copies, people))
    assert kills >= 2
    assert got[0] == 0
    assert sum((often - 1) * number for often, number in got.items()) <= kills * at_once(RATE)
    assert bot.stored("select distinct state from broadcast_copy") == [("sent",)]
    assert bot.stored("select count(*) from broadcast_copy") == [(MANY + 1,)]
