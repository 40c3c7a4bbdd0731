"""What stories of levels share: sessions to their end, and what is stored of levels."""

from __future__ import annotations

import re

from sqlalchemy import select

from db.models import LevelChange
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House
from tests.conversations.hurting import labels, walk_on

TOLD = re.compile(r"Next time: (.+?)\.")
TILT = "Pelvic tilt, repetitions 6 to 8"
BEGAN = re.compile(r"^1/\d+ ")


async def felt(house: House, person: Person, word: str, *, days: int = 1) -> Message:
    """Walk today's routine on another day and say how it felt; return the end screen."""
    await walked(house, person, days=days)
    await person.tap(word)
    return await person.sees("Noted:")


async def walked(house: House, person: Person, *, days: int = 1) -> Message:
    """Walk today's routine on another day; return the end screen, which asks how it felt."""
    house.clock.push(days=days)
    await house.settled()
    await person.send("/today")
    await person.sees("1/")
    await walk_on(house, person)
    return person.screen


async def raised(house: House, person: Person) -> Message:
    """Find two sessions too easy; return the end screen that tells what goes up."""
    await felt(house, person, "Too easy")
    return await felt(house, person, "Too easy")


def moved(end: Message) -> list[str]:
    """Return what an end screen says comes next time."""
    return TOLD.findall(end.text)


def keeps(message: Message) -> list[str]:
    """Return the labels of the buttons that refuse a change."""
    return [label for label in labels(message) if label.startswith("Keep")]


async def ledger(house: House, number: int = 1001) -> list[tuple[str, int, str, bool]]:
    """Return (exercise, notches, cause, refused) of each change of a person, oldest first."""
    assert house.limber is not None
    async with house.limber.deps.read() as session:
        query = select(LevelChange).where(LevelChange.person_id == number).order_by(LevelChange.id)
        rows = list(await session.scalars(query))
    return [(one.entry, one.notches, one.cause.value, one.refused_at is not None) for one in rows]


async def dose_line(house: House, person: Person, name: str) -> str:
    """Return the second line of the first step of a session that has this name, and stop."""
    await house.settled()
    while name not in person.screen.text.split("\n")[0]:
        assert re.match(r"\d+/", person.screen.text), person.screen.text
        await person.tap("Done")
        await house.settled()
    return person.screen.text.split("\n")[1]
