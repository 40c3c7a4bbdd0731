"""Killed at any instant: every tap counts once, and the person ends up at the current step."""

from __future__ import annotations

import asyncio
import json
import random
import re
import sqlite3
from contextlib import closing

import pytest

from sandbox.message import Message
from sandbox.person import Person
from tests.process.conftest import Process

KILLS = 25
SEED = 20261123
LATEST = 0.15  # seconds after the tap at which the kill comes at the latest

NUMBER = re.compile(r"^(\d+)/(\d+) · ")


def at_step(screen: Message) -> tuple[int, int]:
    """Return the number and total that a step's message names."""
    found = NUMBER.match(screen.text)
    assert found, screen.text
    return int(found[1]), int(found[2])


@pytest.mark.kill
async def test_every_tap_counts_once(process: Process, ana: Person) -> None:
    """25 kills in the middle of routines with taps in flight: no tap is lost, none counts twice."""
    chance = random.Random(SEED)
    kills = finished = 0
    while kills < KILLS:
        await ana.send("/today")
        await ana.sees("1/", timeout=20)
        await process.settled()
        number, total = at_step(ana.screen)
        while number <= total:
            for _ in range(chance.choice((1, 1, 2))):  # now and then a doubled tap
                await ana.tap("Done")
            if kills < KILLS and chance.random() < 0.8:
                await asyncio.sleep(chance.uniform(0, LATEST))
                await process.kill()
                await process.start()
                kills += 1
            await process.settled()
            number += 1
            if number <= total:
                assert at_step(ana.screen) == (number, total), ana.transcript()
        assert f"{total} of {total} steps done" in ana.screen.text, ana.transcript()
        finished += 1
    records = stored(process, "select session_id, position, outcome from step_record")
    assert len(records) == finished * total
    assert {outcome for *_, outcome in records} == {"done"}
    assert stored(process, "select state, count(*) from inbox where state != 'done'") == [(None, 0)]


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
        ("send", "7:30 weekdays", "All set"),
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


def stored(process: Process, query: str) -> list[tuple[object, ...]]:
    """Return what the database holds."""
    with closing(sqlite3.connect(f"file:{process.database}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()
