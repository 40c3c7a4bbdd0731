"""What stories of reminders share: when they came, what is stored, days without an answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.domain.person import Someone
from bot.services import people
from db.models import Occurrence
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House

NUDGE = "12 minutes"  # in whichever words
QUESTION = "It was quiet here"
STALE = "no longer applies"


def utc(moment: str) -> datetime:
    """Read a moment in UTC."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def labels(message: Message) -> str:
    """Return all that the buttons of a message say."""
    return " | ".join(label for row in message.buttons for label, _ in row)


async def ignored(house: House, days: int) -> None:
    """Let so many days go by, looking at 06:31 UTC; the clock stands at that time of a day."""
    for _ in range(days):
        house.clock.set((house.clock.now() + timedelta(days=1)).replace(hour=6, minute=31))
        await house.settled()


async def asked(house: House, person: Person) -> Message:
    """Ignore three reminders and return the question that comes in place of the fourth."""
    house.clock.push(minutes=31)
    await person.sees(NUDGE)
    await ignored(house, 3)
    return await person.sees(QUESTION)


async def rows(house: House, number: int = 1001) -> list[Occurrence]:
    """Return the person's occurrences as they are stored, oldest first."""
    assert house.limber is not None
    async with house.limber.deps.read() as session:
        query = select(Occurrence).where(Occurrence.person_id == number).order_by(Occurrence.id)
        return list(await session.scalars(query))


async def person_of(house: House, number: int = 1001) -> Someone:
    """Return the person as stored."""
    assert house.limber is not None
    someone = (await people.meet(house.limber.deps, number)).person
    assert someone is not None
    return someone


async def open_page(person: Person, button: str) -> Message:
    """Open a page below "Quiet hours and more"."""
    await person.send("/settings")
    await person.sees("Settings")
    await person.tap("Quiet hours and more")
    await person.sees("How reminders come")
    await person.tap(button)
    return await person.sees("?")
