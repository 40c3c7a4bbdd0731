"""Statements about occurrences on their way out: what goes now, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.person import PersonState, Screened
from bot.domain.player import SessionKind, SessionState
from bot.domain.reminder import OccurrenceState, ReminderKind, SkipReason
from db.json_rows import on_server, rows_of
from db.models import Occurrence, Person, Reminder, Session
from db.types import Json

DUE, SENT = OccurrenceState.DUE, OccurrenceState.SENT

# Keep SQLite from going through all that was ever sent, or is due, by the wrong index.
SEND_AT = func.coalesce(Occurrence.send_at, Occurrence.send_at, type_=Occurrence.send_at.type)
STATE = func.coalesce(Occurrence.state, Occurrence.state, type_=Occurrence.state.type)


class Outgoing(NamedTuple):
    """An occurrence that should go out, with what of its person decides how."""

    id: int
    person_id: int
    kind: ReminderKind
    entry: str | None
    due_at: datetime
    practice_day: date
    expires_at: datetime
    claimed_at: datetime | None
    send_at: datetime
    sent_at: datetime | None
    state: OccurrenceState
    attempts: int
    repeats: int
    share: Json | None
    language: str | None
    zone: str | None
    routine: str | None
    screened: Screened | None
    quiet_from: time | None
    quiet_to: time | None
    repeat_minutes: int | None
    around: bool
    eased_on: date | None


_COLUMNS = (
    Occurrence.id,
    Occurrence.person_id,
    Occurrence.kind,
    Occurrence.entry,
    Occurrence.due_at,
    Occurrence.practice_day,
    Occurrence.expires_at,
    Occurrence.claimed_at,
    Occurrence.send_at,
    Occurrence.sent_at,
    Occurrence.state,
    Occurrence.attempts,
    Occurrence.repeats,
    Occurrence.share,
    Person.language,
    Person.zone,
    Person.routine,
    Person.screened,
    Person.quiet_from,
    Person.quiet_to,
    Person.repeat_minutes,
    Person.around,
    Person.eased_on,
)


def goes_out() -> ColumnElement[bool]:
    """Say that an occurrence with a `send_at` goes out then: first, snoozed, or once more."""
    again = and_(STATE == SENT, Person.repeat_minutes.is_not(None))
    return and_(or_(STATE == DUE, again), Person.state == PersonState.ACTIVE)


_LONGEST_DUE = (
    select(Occurrence.person_id, Occurrence.practice_day)
    .join(Person, Person.id == Occurrence.person_id)
    .where(
        Occurrence.send_at <= bindparam("now"),
        goes_out(),
        Occurrence.person_id.not_in(bindparam("busy", expanding=True)),
    )
    .order_by(Occurrence.send_at, Occurrence.id)
    .limit(bindparam("most", type_=Integer))
)
_DUE_FOR = (
    select(*_COLUMNS)
    .join(Person, Person.id == Occurrence.person_id)
    .where(
        Occurrence.person_id.in_(bindparam("people", expanding=True)),
        Occurrence.practice_day >= bindparam("since"),
        bindparam("now", type_=Occurrence.send_at.type) >= SEND_AT,
        goes_out(),
    )
    .order_by(Occurrence.send_at, Occurrence.id)
)
_BEGUN = select(Session.person_id, Session.practice_day).where(
    Session.person_id.in_(bindparam("people", expanding=True)),
    Session.state == literal_column(f"'{SessionState.ACTIVE}'"),  # for the index of the open ones
    Session.kind == SessionKind.ROUTINE,
)


async def longest_due(
    session: AsyncSession, now: datetime, limit: int, busy: Collection[int]
) -> list[tuple[int, date]]:
    """Return (person, practice day) of what should have gone out longest, without the `busy`."""
    given = {"now": now, "busy": list(busy), "most": limit}
    return [(person, day) for person, day in await session.execute(_LONGEST_DUE, given)]


async def first_day_due(
    session: AsyncSession, now: datetime, people: Collection[int]
) -> date | None:
    """Return the earliest practice day of what should go out now to these people."""
    query = (
        select(func.min(Occurrence.practice_day))
        .join(Person, Person.id == Occurrence.person_id)
        .where(Occurrence.person_id.in_(people), Occurrence.send_at <= now, goes_out())
    )
    return await session.scalar(query)


async def due_for(
    session: AsyncSession, people: Collection[int], since: date, now: datetime
) -> list[Outgoing]:
    """Return all of the practice days `since` that should go out now to these people.

    Oldest first.
    """
    given = {"people": list(people), "since": since, "now": now}
    return [Outgoing._make(row) for row in await session.execute(_DUE_FOR, given)]


async def begun(session: AsyncSession, people: Collection[int]) -> dict[int, date]:
    """Return, by person, the practice day of the routine they are at."""
    return dict(list(await session.execute(_BEGUN, {"people": list(people)})))


_TABLE: Any = Occurrence.__table__


def _unchanged(was: Any) -> ColumnElement[bool]:
    """Say that nobody answered an occurrence or put it off since its `send_at` was read."""
    # Spelled out: a list of values cannot be used for many rows at once.
    return and_(_TABLE.c.send_at == was, or_(_TABLE.c.state == DUE, _TABLE.c.state == SENT))


class WentOut(NamedTuple):
    """What became of an occurrence that went out; times as they are stored."""

    key: int
    message_id: int | None
    again: int  # 1 where it was a repeat
    was: str  # its `send_at`: where it is another by now, the next two do not count
    becomes: OccurrenceState
    next: str | None


_MOMENT = _TABLE.c.send_at.type
_COLUMNS_OF_WENT: dict[str, Any] = {
    "key": BigInteger(),
    "message_id": BigInteger(),
    "again": Integer(),
    "was": _MOMENT,
    "becomes": _TABLE.c.state.type,
    "next": _MOMENT,
}


# One step of SQLite for all rows: each step of its own would wait for Python's lock.
@cache
def _went(*, server: bool) -> Any:
    noted = rows_of(_COLUMNS_OF_WENT, server=server)
    same, message_id = _unchanged(noted.c.was), _TABLE.c.message_id
    old = and_(message_id.is_not(None), message_id.is_distinct_from(noted.c.message_id))
    return (
        update(_TABLE)
        .where(_TABLE.c.id == noted.c.key)
        .values(
            stale_message_id=case((old, message_id), else_=_TABLE.c.stale_message_id),
            message_id=noted.c.message_id,
            sent_at=bindparam("at", type_=_TABLE.c.sent_at.type),
            repeats=_TABLE.c.repeats + noted.c.again,
            state=case((same, noted.c.becomes), else_=_TABLE.c.state),
            send_at=case((same, noted.c.next), else_=_TABLE.c.send_at),
        )
    )


_WAS = _unchanged(bindparam("was", type_=_TABLE.c.send_at.type))
_PUT = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("key"), _WAS)
    .values(
        attempts=_TABLE.c.attempts + bindparam("tries"),
        state=bindparam("becomes", type_=_TABLE.c.state.type),
        send_at=bindparam("next", type_=_TABLE.c.send_at.type),
    )
)


def stored(moment: datetime) -> str:
    """Return a moment as SQLite holds it, which PostgreSQL reads as well."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


async def went(session: AsyncSession, rows: Sequence[WentOut], at: datetime) -> None:
    """Note in one statement that many occurrences went out at a moment."""
    if rows:
        given = {"rows": json.dumps([row._asdict() for row in rows]), "at": at}
        await (await session.connection()).execute(_went(server=on_server(session)), given)


def placed(
    key: int,
    was: datetime,
    becomes: OccurrenceState,
    later: datetime | None = None,
    *,
    tries: int = 0,
) -> dict[str, Any]:
    """Return a row of `put`."""
    return {"key": key, "was": was, "becomes": becomes, "next": later, "tries": tries}


async def put(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Put many occurrences that did not go out elsewhere, in one statement.

    Each row is `placed`: what it was, what it becomes, when it comes next, tries to count.
    """
    await _each(session, _PUT, rows)


async def _each(session: AsyncSession, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await (await session.connection()).execute(statement, list(rows))


async def block(session: AsyncSession, people: Collection[int]) -> None:
    """Let nothing more go out to people who cannot be reached; three statements for all."""
    if not people:
        return
    off: dict[str, Any] = {"synchronize_session": False}
    await session.execute(
        update(Person).where(Person.id.in_(people)).values(state=PersonState.BLOCKED),
        execution_options=off,
    )
    await session.execute(
        update(Reminder).where(Reminder.person_id.in_(people)).values(next_at=None, wake_at=None),
        execution_options=off,
    )
    waits = Occurrence.state == DUE
    await session.execute(
        update(Occurrence)
        .where(Occurrence.person_id.in_(people), Occurrence.send_at.is_not(None))
        .values(
            state=case((waits, OccurrenceState.SKIPPED), else_=Occurrence.state),
            reason=case((waits, SkipReason.BLOCKED), else_=Occurrence.reason),
            send_at=None,
        ),
        execution_options=off,
    )
