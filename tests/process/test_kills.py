"""Killed at any instant: every tap counts once, and the person ends up at the current step."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from sandbox.message import Message
from sandbox.person import Person
from tests.process.conftest import Process, seconds_until

KILLS = 25
SEED = 20261123
OFTEN = 0.8  # share of steps after which the bot is killed
LATEST = 0.15  # seconds after the tap at which the kill comes at the latest

NUMBER = re.compile(r"^(\d+)/(\d+) · ")


def at_step(screen: Message) -> tuple[int, int]:
    """Return the number and total that a step's message names."""
    found = NUMBER.match(screen.text)
    assert found, screen.text
    return int(found[1]), int(found[2])


async def walk_through_kills(
    process: Process, ana: Person, chance: random.Random, enough: Callable[[int], bool]
) -> tuple[int, int]:
    """Walk routines with the bot killed now and then after a tap; return (kills, steps walked).

    After each restart the person must be looking at the step after the one they tapped.
    """
    kills = walked = 0
    while not enough(kills):
        await ana.send("/today")
        await ana.sees("1/", timeout=20)
        await process.settled()
        number, total = at_step(ana.screen)
        while number <= total:
            for _ in range(chance.choice((1, 1, 2))):  # now and then a doubled tap
                await ana.tap("Done")
            if not enough(kills) and chance.random() < OFTEN:
                await asyncio.sleep(chance.uniform(0, LATEST))
                await process.kill()
                await process.start()
                kills += 1
            await process.settled()
            number, walked = number + 1, walked + 1
            if number <= total:
                assert at_step(ana.screen) == (number, total), ana.transcript()
        assert f"{total} of {total} steps done" in ana.screen.text, ana.transcript()
    return kills, walked


def check_records(process: Process, walked: int) -> None:
    """Every step was recorded once, as done, and no update is left over."""
    records = stored(process, "select session_id, position, outcome from step_record")
    assert len(records) == walked
    assert {outcome for *_, outcome in records} == {"done"}
    assert stored(process, "select state from inbox where state != 'done'") == []


@pytest.mark.kill
async def test_every_tap_counts_once(process: Process, ana: Person) -> None:
    """25 kills in the middle of routines with taps in flight: no tap is lost, none counts twice."""
    chance = random.Random(SEED)
    kills, walked = await walk_through_kills(process, ana, chance, lambda kills: kills >= KILLS)
    assert kills == KILLS
    check_records(process, walked)


@pytest.mark.soak
async def test_kills_for_a_long_time(process: Process, ana: Person) -> None:
    """The same for SOAK_SECONDS, with a new seed each time, which a failure names."""
    seed = random.SystemRandom().randrange(2**32)
    end = time.monotonic() + float(os.environ.get("SOAK_SECONDS", "900"))
    try:
        kills, walked = await walk_through_kills(
            process, ana, random.Random(seed), lambda _: time.monotonic() > end
        )
        check_records(process, walked)
    except BaseException as error:
        error.add_note(f"seed {seed}")
        raise
    print(f"\n{kills} kills, {walked} steps, seed {seed}")  # noqa: T201 - a soak's figure


@pytest.mark.kill
async def test_no_reminder_is_lost(process: Process, ana: Person) -> None:
    """Killed around its minute, each day's reminder comes; twice only where the kill hit it."""
    chance = random.Random(SEED)
    offset = 0.0
    for day in range(4):
        offset += seconds_until(7, 30, offset) - 0.3
        before = len(nudges(ana))
        process.jump(offset)
        await asyncio.sleep(0.3 + chance.uniform(-0.1, 0.15))
        await process.kill()
        in_flight = len(nudges(ana)) - before
        await process.start()
        await asyncio.wait_for(reminded(ana, before), 20)
        await asyncio.sleep(0.3)
        came = len(nudges(ana)) - before
        assert came == 1 or (came == 2 and in_flight == 1), f"day {day}\n{ana.transcript()}"
        await ana.tap("Not today")
        await process.settled()


def nudges(ana: Person) -> list[Message]:
    """Return the reminders of the routine, answered ones too."""
    words = ("12 minutes", "not today")
    return [m for m in ana.messages if m.from_bot and any(w in m.text.lower() for w in words)]


async def reminded(ana: Person, before: int) -> None:
    """Return when one more reminder is there."""
    while len(nudges(ana)) <= before:
        await asyncio.sleep(0.05)


@pytest.mark.kill
async def test_onboarding_survives_kills(process: Process) -> None:
    """Killed after every answer of onboarding, each answer is kept and the next question comes."""
    chance = random.Random(SEED)
    ben = process.telegram.person(1002, "Ben", language_code="en")
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
        await process.kill()
        await process.start()
        await process.settled()
        assert then.casefold() in ben.screen.text.casefold(), ben.transcript()
    (rule,) = stored(process, "select rule from reminder where person_id = 1002")
    assert json.loads(rule[0])["times"] == ["07:30"]
    assert json.loads(rule[0])["weekdays"] == [0, 1, 2, 3, 4]
    ((things,),) = stored(process, "select things from person where id = 1002")
    assert json.loads(str(things))["roller"] is True


def stored(process: Process, query: str) -> list[tuple[object, ...]]:
    """Return what the database holds."""
    with closing(sqlite3.connect(f"file:{process.database}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()
