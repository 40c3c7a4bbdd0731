"""A person's own data: all of it as a document, all of it gone, nothing forgotten."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table

from db.models import Base, Inbox
from db.queries import personal
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk

ANA = 918273645546  # a number that turns up by chance nowhere
NUDGE = "12 minutes"


@pytest.fixture
def ana(house: House) -> Person:
    """Somebody with an unmistakable number who has not written yet."""
    return house.person(ANA)


def document(house: House, message: Message) -> dict[str, list[dict[str, Any]]]:
    """Return the JSON document that a message carries."""
    kept = house.telegram.world.files.bytes_of(message.raw["document"]["file_id"])
    assert kept is not None
    found = json.loads(kept[0])
    assert isinstance(found, dict)
    return found


def rows_about(path: Path, person: int) -> list[tuple[str, tuple[Any, ...]]]:
    """Return every row of every table that has the number in any of its columns."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    names = database.execute("select name from sqlite_master where type = 'table'").fetchall()
    return [
        (name, row)
        for (name,) in names
        for row in database.execute(f'select * from "{name}"')
        if any(str(person) in str(value) for value in row)
    ]


def row_counts(path: Path) -> dict[str, int]:
    """Return how many rows each table has."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    names = database.execute("select name from sqlite_master where type = 'table'").fetchall()
    return {
        name: database.execute(f'select count(*) from "{name}"').fetchone()[0] for (name,) in names
    }


async def lives_a_day(house: House, person: Person, onboarded: Walk) -> None:
    """Leave something in every table: reminders, a session with records, gate answers."""
    await onboarded(person)
    await person.send("/schedule add 21:00")
    await person.sees("21:00")
    await person.send("/breathe at 10:00")
    await person.sees("10:00")
    house.clock.push(minutes=30)
    await person.sees(NUDGE)
    await person.tap("Start")
    await person.sees("1/")
    await person.tap("Done")
    await person.sees("2/")
    await person.tap("Stop")
    await person.sees("stopped here")
    await person.tap("Just right")
    await person.sees("Noted")
    await person.send("/how psoas self release")
    await person.sees("Get ready")
    await person.tap("Do it now")
    await person.sees("question 1 of 9")
    await person.tap("No")
    await person.sees("question 2 of 9")
    await house.settled()


async def test_export_is_everything(house: House, ana: Person, onboarded: Walk) -> None:
    """/export hands over a JSON document with each row about the person, and nobody else's."""
    await lives_a_day(house, ana, onboarded)
    await onboarded(house.person(1002, "Ben"))
    await ana.send("/export")
    handed = await ana.sees("Everything that is stored about you")
    assert handed.raw["document"]["file_name"] == "limber-export.json"
    stored = document(house, handed)
    assert stored["person"][0]["id"] == ANA
    assert stored["person"][0]["zone"] == "Europe/Berlin"
    assert stored["person"][0]["screened"] == "none"
    assert len(stored["reminder"]) == 3
    assert stored["occurrence"][0]["state"] == "started"
    assert stored["session"][0]["feedback"] == "right"
    assert stored["step_record"][0]["outcome"] == "done"
    assert stored["gate_answer"][0]["gate"] == "release"
    assert datetime.fromisoformat(stored["reminder"][0]["next_at"]).tzinfo == UTC
    assert "1002" not in json.dumps(stored)
    counts = row_counts(house.folder / "limber.db")
    for table in ("session", "step_record", "occurrence", "gate_answer"):
        assert len(stored[table]) == counts[table], table


async def test_delete_asks_and_keeps(house: House, ana: Person, onboarded: Walk) -> None:
    """/delete asks before anything happens; Keep it keeps everything."""
    await lives_a_day(house, ana, onboarded)
    path = house.folder / "limber.db"
    before = {name: count for name, count in row_counts(path).items() if name != "inbox"}
    await ana.send("/delete")
    asked = await ana.sees("for good")
    assert "/export" in asked.text
    await ana.tap("Keep it")
    await ana.sees("Nothing was deleted")
    await house.settled()
    assert {n: c for n, c in row_counts(path).items() if n != "inbox"} == before
    house.clock.push(hours=15)
    await ana.sees(NUDGE)


async def test_delete_leaves_nothing(house: House, ana: Person, onboarded: Walk) -> None:
    """After Delete everything no row names the person, old buttons are refused, nothing comes."""
    await lives_a_day(house, ana, onboarded)
    ben = await onboarded(house.person(1002, "Ben"))
    group = house.telegram.group(-1005, "Stretchers", members=[ana, ben])
    await ana.send("/how cat cow", chat=group)
    await ana.sees("Get ready", chat=group)
    question = next(m for m in reversed(ana.messages) if "question 2 of 9" in m.text)
    await ana.send("/delete")
    await ana.sees("for good")
    confirm = ana.screen
    await ana.tap("Delete everything")
    await ana.sees("Everything about you is deleted")
    await house.settled()
    path = house.folder / "limber.db"
    assert rows_about(path, ANA) == []
    assert rows_about(path, 1002)
    for row in (*question.buttons, *confirm.buttons):
        for label, data in row:
            tap = await ana.tap(label, data=data)
            assert "no longer applies" in (await tap.answer()).text, label
    before = len(ana.messages)
    for _ in range(4):
        house.clock.push(hours=12)
        await house.settled()
    assert len(ana.messages) == before
    assert rows_about(path, ANA) == []


async def test_delete_reaches_what_was_set_aside(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Updates set aside as poison are forgotten too, in the private chat and in a group."""
    await onboarded(ana)
    group = house.telegram.group(-1005, "Stretchers", members=[ana])
    house.telegram.faults.next("sendMessage", status=400, times=3, chat=ANA)
    await ana.send("/help")
    await ana.sees("Something went wrong")
    house.telegram.faults.next("sendPhoto", status=400, times=3, chat=group.id)
    await ana.send("/how cat cow", chat=group)
    await ana.sees("Something went wrong", chat=group)
    await house.settled()
    path = house.folder / "limber.db"
    assert len([name for name, _ in rows_about(path, ANA) if name == "inbox"]) == 2
    await ana.send("/export")
    stored = document(house, await ana.sees("Everything that is stored"))
    assert len([row for row in stored["inbox"] if row["state"] == "poison"]) == 2
    await ana.send("/delete")
    await ana.sees("for good")
    await ana.tap("Delete everything")
    await ana.sees("is deleted")
    await house.settled()
    assert rows_about(path, ANA) == []


async def test_start_begins_anew(house: House, ana: Person, onboarded: Walk) -> None:
    """After a deletion /start is the first day again: welcome, safety note and all."""
    await lives_a_day(house, ana, onboarded)
    await ana.send("/delete")
    await ana.sees("for good")
    await ana.tap("Delete everything")
    await ana.sees("/start begins anew")
    await onboarded(ana, at="09:00")
    await ana.send("/schedule")
    shown = await ana.sees("Times are for")
    assert "21:00" not in shown.text
    assert "09:00" in shown.text
    await ana.send("/start")
    assert "days" not in (await ana.sees("Welcome back")).text


PERSONAL_WORDS = ("person", "chat", "user")


def points_at_a_person(table: Table) -> bool:
    """Tell whether a table says something about a person, by itself or through another one."""
    named = any(word in column.name for column in table.columns for word in PERSONAL_WORDS)
    referred = [key.column.table for key in table.foreign_keys if key.column.table is not table]
    return named or table.name == "person" or any(map(points_at_a_person, referred))


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=str)
def test_every_table_is_covered(table: Table) -> None:
    """A table that points at a person is exported and deleted; every other says it is not."""
    covered = {model.__tablename__ for model in personal.owned(1)}
    assert (table.name in covered) != (table.name in personal.IMPERSONAL)
    if points_at_a_person(table) or table.name == Inbox.__tablename__:
        assert table.name in covered
