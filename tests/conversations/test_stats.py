"""/stats tells an operator how the bot is doing: in numbers, about everybody and nobody."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import process_time

import pytest
from sqlalchemy import insert, text

from bot.deps import Deps
from bot.domain.person import PersonState, Question, Screened
from bot.domain.player import SessionKind, SessionState
from bot.domain.reminder import OccurrenceState, ReminderKind
from bot.packs import read_content
from bot.services import stats
from bot.shelf import Shelf
from content.loader import packaged
from db.engine import Database
from db.models import Occurrence, Person, Session
from db.opening import open_database
from sandbox.person import Person as Phone
from tests import databases
from tests.conftest import START, House, PushedClock, Walk
from tests.conversations.news import operate, previewed
from tests.conversations.reminded import NUDGE
from tests.conversations.test_clocks import stored

ANA = 1001
MANY = 10_000
BARE = text("select count(attempts), max(sent_at) from occurrence")  # reads each reminder once
READS = 12  # of all reminders, at most


async def told(person: Phone) -> dict[str, list[int]]:
    """Return the numbers of each line of /stats, by its words."""
    await person.send("/stats")
    shown = await person.sees("People:")
    lines = (line.partition(": ") for line in shown.text.split("\n") if ": " in line)
    return {words: [int(one) for one in re.findall(r"\d+", said)] for words, _, said in lines}


async def test_an_operator_sees(house: House, ana: Phone, onboarded: Walk) -> None:
    """People, reminders, sessions, questions and what waits, now, in 24 hours and in seven days."""
    await operate(house, ANA)
    await onboarded(ana)
    ben = await onboarded(house.person(1002, "Ben"))
    cleo = await onboarded(house.person(1003, "Cleo"))
    assert (await told(ana))["Reminders due within the hour"] == [3]
    house.clock.push(minutes=30)
    await ben.sees(NUDGE)
    await ben.tap("Start")
    await ben.sees("1/")
    await ben.send("what is the capital of France")
    await ben.sees("I don't know that one")
    await cleo.block()
    house.clock.push(days=1)
    await ana.sees(NUDGE)
    await house.settled()
    await ana.send("/pause 5")
    await ana.sees("paused")
    found = await told(ana)
    assert found["📊 People"] == [3]
    assert found["Active in 7 days"] == [3]
    assert found["Reminders sent"] == [2, 5]
    assert found["Over 5 min late"] == [0, 0]
    assert found["Begun or done"] == [0, 1]
    assert found["Questions I could not answer"] == [0, 1]
    assert found["Queue"] == [0, 0, 0]
    assert found["Reminders due within the hour"] == [0]


async def test_late_and_down(house: House, ana: Phone, onboarded: Walk) -> None:
    """What came late by our fault is late; what was put off by the person is not."""
    await operate(house, ANA)
    await onboarded(ana)
    ben = await onboarded(house.person(1002, "Ben"))
    await house.stop()
    house.clock.push(hours=1)
    await operate(house, ANA)
    await ben.sees("not running")
    await ben.tap("Snooze 1 h")
    await ben.sees("Snoozed")
    house.clock.push(hours=1)
    await house.settled()
    stored(house, "update occurrence set attempts = 2 where person_id = ?", ANA)
    found = await told(ana)
    assert found["Over 5 min late"] == [2, 2]
    assert found["Failed, sent again"] == [1, 1]
    house.clock.set(START + timedelta(days=1, minutes=30))
    await house.settled()
    await ben.tap("Snooze 1 h")
    await ben.sees("Snoozed")
    house.clock.push(hours=1)
    await house.settled()
    found = await told(ana)
    assert found["Over 5 min late"] == [0, 2]


async def test_quiet_hours_are_not_late(house: House, ana: Phone, onboarded: Walk) -> None:
    """What came after the quiet hours came when it should."""
    await operate(house, ANA)
    await onboarded(ana)
    stored(house, "update person set quiet_from = '07:00:00.000000', quiet_to = '08:00:00.000000'")
    house.clock.push(minutes=30)
    await house.settled()
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)
    await house.settled()
    found = await told(ana)
    assert (found["Reminders sent"], found["Over 5 min late"]) == ([1, 1], [0, 0])


async def test_copies_wait(house: House, ana: Phone, onboarded: Walk) -> None:
    """Copies of a broadcast that wait for quiet hours to end are in the queue."""
    await operate(house, ANA)
    await onboarded(ana)
    stored(house, "update person set quiet_from = '06:00:00.000000', quiet_to = '08:00:00.000000'")
    await previewed(ana)
    await ana.tap("Send to 1")
    await ana.sees("On its way")
    await house.settled()
    assert (await told(ana))["Queue"] == [0, 1, 0]


async def test_an_operator_nobody_knows(house: House, ana: Phone) -> None:
    """An operator who has not gone through the welcome sees the numbers; news come after it."""
    await operate(house, ANA)
    assert (await told(ana))["📊 People"] == [0]
    await ana.send("/broadcast hello")
    await ana.sees("Welcome to Limber")


@pytest.fixture
async def crowded(tmp_path: Path) -> AsyncIterator[Database]:
    """A database of ten thousand people who practised for ten days and got two reminders a day."""
    url = databases.new_url(tmp_path)
    database = await open_database(url, START)
    async with database.sessions.begin() as session:
        connection = await session.connection()
        await connection.execute(insert(Person), [_person(number) for number in range(MANY)])
        for day in range(10):
            at = START - timedelta(days=day, hours=1)
            rows = [_occurrence(number, at - timedelta(hours=hour)) for number in range(MANY)
                    for hour in (0, 10)]  # fmt: skip
            await connection.execute(insert(Occurrence), rows)
            done = [_session(number, at) for number in range(0, MANY, 2)]
            await connection.execute(insert(Session), done)
    yield database
    await database.close()
    databases.drop(url)


def _person(number: int) -> dict[str, object]:
    return {
        "id": number,
        "state": PersonState.ACTIVE,
        "day_end": time(3),
        "onboarding": Question.DONE,
        "screened": Screened.NONE,
        "things": {},
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
    }


def _occurrence(person: int, at: datetime) -> dict[str, object]:
    return {
        "person_id": person,
        "kind": ReminderKind.ROUTINE,
        "due_at": at,
        "practice_day": at.date(),
        "expires_at": at + timedelta(hours=20),
        "claimed_at": at,
        "sent_at": at + timedelta(seconds=person % 400),
        "state": OccurrenceState.DONE if person % 2 else OccurrenceState.MISSED,
        "attempts": 0,
        "repeats": 0,
    }


def _session(person: int, at: datetime) -> dict[str, object]:
    return {
        "person_id": person,
        "kind": SessionKind.ROUTINE,
        "entry": "daily-psoas-12",
        "version": "1",
        "entries": {},
        "steps": [{"entry": "cat-cow"}] * 11,
        "position": 10,
        "shown_at": at,
        "state": SessionState.DONE,
        "practice_day": at.date(),
        "started_at": at,
        "finished_at": at + timedelta(minutes=12),
    }


async def test_ten_thousand_people(crowded: Database) -> None:
    """Counting over 140,000 reminders of a week is a few reads of them for the database."""
    content = read_content(packaged())

    async def reload() -> None:
        raise NotImplementedError

    deps = Deps(crowded, PushedClock(), Shelf(content), lambda: None, reload)  # type: ignore[arg-type]
    ours, bare = [], []
    for _ in range(5):  # the least counts: the rest is what others do to the machine
        began = process_time()
        found = await stats.gather(deps)
        ours.append(process_time() - began)
        began = process_time()
        async with crowded.reading() as session:
            await session.execute(BARE)
        bare.append(process_time() - began)
    ratio = min(ours) / min(bare)
    sys.stdout.write(f"/stats over {MANY} people: {ratio:.1f} reads of the reminders\n")
    assert (found.people.known, found.active) == (MANY, MANY)
    assert found.week.reminders.sent == 2 * 7 * MANY
    assert found.week.finished == 7 * MANY / 2
    assert ratio < READS
