"""What stories of the weekly recap share: weeks that went by, and when recaps came."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import update

from bot.domain.player import Feedback, Outcome, SessionKind, SessionState
from bot.domain.reminder import ReminderKind
from bot.domain.sides import Ease
from bot.domain.step import Side
from db.models import CheckIn, Occurrence, Person, Session, SideFelt, StepRecord
from sandbox.message import Message
from sandbox.person import Person as Somebody
from tests.conftest import House
from tests.conversations.reminded import rows, utc

TITLE = "Your week"
SUNDAY = utc("2026-03-08T17:00")  # 18:00 in Berlin, at the end of the first week
OFFER = "Move the 07:30 reminder"


def recaps(person: Somebody) -> list[Message]:
    """Return the recaps that came, oldest first."""
    return [one for one in person.messages if one.from_bot and f"{TITLE} ·" in one.text]


def came_at(person: Somebody) -> list[datetime]:
    """Return when recaps came."""
    return [one.date for one in recaps(person)]


async def kept(
    house: House,
    began: datetime,
    minutes: int = 12,
    number: int = 1001,
    feedback: Feedback | None = None,
) -> None:
    """Put a finished routine into the past; its day is the date in UTC."""
    assert house.limber is not None
    async with house.limber.deps.write() as session:
        done = Session(
            person_id=number,
            kind=SessionKind.ROUTINE,
            entry="daily-12",
            version="1",
            steps=[],
            shown_at=began,
            state=SessionState.DONE,
            practice_day=began.date(),
            started_at=began,
            finished_at=began + timedelta(minutes=minutes),
            feedback=feedback,
        )
        session.add(done)
        await session.flush()
        session.add(
            StepRecord(
                session_id=done.id,
                position=0,
                outcome=Outcome.DONE,
                seconds=minutes * 60,
                recorded_at=began,
            )
        )


async def kept_at(house: House, clock: str, *days: int) -> None:
    """Put finished routines on days of March 2026, begun at this time in UTC."""
    for day in days:
        await kept(house, utc(f"2026-03-{day:02}T{clock}"))


async def felt(house: House, entry: str, stiffer: Side, at: datetime) -> None:
    """Say which side of an exercise felt stiffer."""
    assert house.limber is not None
    async with house.limber.deps.write() as session:
        for side in (Side.LEFT, Side.RIGHT):
            ease = Ease.HARD if side is stiffer else Ease.EASY
            session.add(SideFelt(person_id=1001, entry=entry, side=side, ease=ease, felt_at=at))


async def tight(house: House, day: int, before: int | None, after: int | None) -> None:
    """Say how tight it felt on a day of March 2026."""
    assert house.limber is not None
    async with house.limber.deps.write() as session:
        session.add(
            CheckIn(person_id=1001, practice_day=date(2026, 3, day), before=before, after=after)
        )


async def change(house: House, **values: object) -> None:
    """Change what is stored of the person."""
    assert house.limber is not None
    async with house.limber.deps.write() as session:
        await session.execute(update(Person).where(Person.id == 1001).values(**values))


async def to(house: House, moment: datetime) -> None:
    """Let the clock jump to a moment, and the bot do what is due."""
    house.clock.set(moment)
    await house.settled()


async def told(house: House) -> list[Occurrence]:
    """Return the person's recaps as they are stored, oldest first."""
    return [one for one in await rows(house) if one.kind is ReminderKind.RECAP]
