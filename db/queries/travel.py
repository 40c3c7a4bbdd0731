"""Statements about people whose trip is over, and about telling them so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.person import PersonState
from db.models import Occurrence, Person, Reminder
from db.queries.ahead import MADE_AHEAD

_PERSON: Any = Person.__table__
_OCCURRENCE: Any = Occurrence.__table__


async def earliest(session: AsyncSession) -> datetime | None:
    """Return when the next person comes home, or is to be told that they did."""
    query = (
        select(Person.home_at).where(Person.home_at.is_not(None)).order_by(Person.home_at).limit(1)
    )
    return await session.scalar(query)


class Returning(NamedTuple):
    """Somebody whose trip is over."""

    id: int
    state: PersonState
    zone: str | None
    home_zone: str
    home_at: datetime
    day_end: time
    paused_at: datetime | None
    paused_until: datetime | None
    around: bool


async def returning(session: AsyncSession, now: datetime, limit: int) -> list[Returning]:
    """Return people whose home zone counts again by now, longest first."""
    query = (
        select(
            Person.id,
            Person.state,
            Person.zone,
            Person.home_zone,
            Person.home_at,
            Person.day_end,
            Person.paused_at,
            Person.paused_until,
            Person.around,
        )
        .where(Person.home_at <= now, Person.home_zone.is_not(None))
        .order_by(Person.home_at)
        .limit(limit)
    )
    return [Returning._make(row) for row in await session.execute(query)]


class Planned(NamedTuple):
    """What of a reminder decides when it comes."""

    id: int
    person_id: int
    rule: str
    next_at: datetime | None
    settled_at: datetime | None
    paused_at: datetime | None


async def reminders_of(session: AsyncSession, people: Collection[int]) -> list[Planned]:
    """Return the reminders of these people."""
    query = select(
        Reminder.id,
        Reminder.person_id,
        Reminder.rule,
        Reminder.next_at,
        Reminder.settled_at,
        Reminder.paused_at,
    ).where(Reminder.person_id.in_(people))
    return [Planned._make(row) for row in await session.execute(query)]


class Moved(NamedTuple):
    """A moment that was moved and has not gone out yet."""

    id: int
    person_id: int
    reminder_id: int
    due_at: datetime
    send_at: datetime
    expires_at: datetime


async def moved_of(session: AsyncSession, people: Collection[int]) -> list[Moved]:
    """Return the moved moments of these people."""
    query = select(
        Occurrence.id,
        Occurrence.person_id,
        Occurrence.reminder_id,
        Occurrence.due_at,
        Occurrence.send_at,
        Occurrence.expires_at,
    ).where(Occurrence.person_id.in_(people), Occurrence.reminder_id.is_not(None), MADE_AHEAD)
    return [Moved._make(row) for row in await session.execute(query)]


def _taken() -> ColumnElement[bool]:
    """Say that the reminder of an occurrence has another one at the moment it should go to."""
    other = _OCCURRENCE.alias("other")
    same = other.c.reminder_id == _OCCURRENCE.c.reminder_id
    there = other.c.due_at == bindparam("due", type_=_OCCURRENCE.c.due_at.type)
    query = select(other.c.id).where(same, there, other.c.id != _OCCURRENCE.c.id)
    return query.correlate(_OCCURRENCE).exists()


_HOME = (
    update(_PERSON)
    .where(_PERSON.c.id == bindparam("key"))
    .values(
        zone=_PERSON.c.home_zone,
        home_zone=None,
        home_at=bindparam("owed", type_=_PERSON.c.home_at.type),
    )
)
_KEPT = (
    # Two times inside one gap are the same moment: the second one stays where it was.
    update(_OCCURRENCE)
    .where(_OCCURRENCE.c.id == bindparam("key"), ~_taken())
    .values(
        due_at=bindparam("due", type_=_OCCURRENCE.c.due_at.type),
        send_at=bindparam("send", type_=_OCCURRENCE.c.send_at.type),
        practice_day=bindparam("day", type_=_OCCURRENCE.c.practice_day.type),
        expires_at=bindparam("expires", type_=_OCCURRENCE.c.expires_at.type),
    )
)
_TOLD = (
    update(_PERSON)
    .where(
        _PERSON.c.id == bindparam("key"),
        _PERSON.c.home_zone.is_(None),
        _PERSON.c.home_at == bindparam("was", type_=_PERSON.c.home_at.type),
    )
    .values(home_at=bindparam("again", type_=_PERSON.c.home_at.type))
)


async def come_home(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Give many people their home zone back in one statement.

    Each row names `key`, and since when they are `owed` a word about it; None where none.
    """
    await _each(session, _HOME, rows)


async def keep_moved(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Put many moved moments elsewhere in one statement.

    Each row names `key`, `due`, `send`, its practice `day` and when it `expires`.
    """
    await _each(session, _KEPT, rows)


class Owed(NamedTuple):
    """Somebody who came home and has not been told."""

    person_id: int
    zone: str
    language: str | None
    home_at: datetime


async def owed(session: AsyncSession, now: datetime, limit: int) -> list[Owed]:
    """Return people who are to be told by now that they came home, longest first."""
    query = (
        select(Person.id, Person.zone, Person.language, Person.home_at)
        .where(Person.home_at <= now, Person.home_zone.is_(None))
        .order_by(Person.home_at)
        .limit(limit)
    )
    return [Owed._make(row) for row in await session.execute(query)]


async def told(session: AsyncSession, notices: Sequence[tuple[Owed, datetime | None]]) -> None:
    """Note that people were told, or when to try it again; who left again meanwhile stays so."""
    rows = [{"key": one.person_id, "was": one.home_at, "again": again} for one, again in notices]
    await _each(session, _TOLD, rows)


async def _each(session: AsyncSession, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await (await session.connection()).execute(statement, list(rows))
