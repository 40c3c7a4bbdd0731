"""What stories of a routine through the day share: its hours, its movements, what is stored."""

from __future__ import annotations

import re

from sqlalchemy import select

from bot.domain.player import Outcome
from db.models import Reminder, Session, StepRecord
from db.queries import reminders
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House
from tests.conversations.reminded import utc

DAY = "2026-03-02"
AT = {10: "09:00", 13: "12:00", 16: "15:00", 18: "17:00"}  # of Berlin's clock, in UTC


def is_movement(message: Message) -> bool:
    """Say whether a message asks for a movement of the routine."""
    return message.from_bot and re.search(r"· \d+ of \d+ today", message.text) is not None


def asked(person: Person) -> list[Message]:
    """Return what asks for a movement, as it stands in the chat."""
    return [message for message in person.messages if is_movement(message)]


async def at(house: House, hour: int, day: str = DAY) -> None:
    """Let it be this hour in Berlin."""
    house.clock.set(utc(f"{day}T{AT[hour]}"))
    await house.settled()


async def movement(house: House, person: Person, hour: int, day: str = DAY) -> Message:
    """Return the movement that comes at this hour."""
    await at(house, hour, day)
    found = asked(person)[-1]
    assert found.date == utc(f"{day}T{AT[hour]}"), person.transcript()
    return found


async def sessions_of(house: House, number: int = 1001) -> list[Session]:
    """Return the person's sessions as they are stored, oldest first."""
    assert house.limber is not None
    async with house.limber.deps.read() as session:
        query = select(Session).where(Session.person_id == number).order_by(Session.id)
        return list(await session.scalars(query))


async def outcomes(house: House, session_id: int) -> list[Outcome | None]:
    """Return what became of the steps of a session that were answered, in order."""
    assert house.limber is not None
    async with house.limber.deps.read() as session:
        query = (
            select(StepRecord.outcome)
            .where(StepRecord.session_id == session_id)
            .order_by(StepRecord.position)
        )
        return list(await session.scalars(query))


async def reminders_of(house: House, number: int = 1001) -> list[Reminder]:
    """Return the person's reminders, without the weekly recap."""
    assert house.limber is not None
    async with house.limber.deps.read() as session:
        return list(await reminders.of_person(session, number))


async def at_pace(person: Person, button: str = "Through the day") -> Person:
    """Choose a pace."""
    await person.send("/pace")
    await person.sees("Your pace")
    await person.tap(button)
    await person.sees(f"Your pace: {button}")
    return person
