"""Statements about old messages of reminders that still have buttons to lose."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.reminder import OccurrenceState, ReminderKind
from db.models import Occurrence, Session
from db.queries.outgoing import STATE

_TABLE: Any = Occurrence.__table__
_BESIDE = _TABLE.alias()  # what went out as the same message

ALWAYS = datetime.max.replace(tzinfo=UTC)

_OUTDATE = (
    update(_TABLE)
    .where(
        _TABLE.c.person_id.in_(bindparam("people", expanding=True)),
        _TABLE.c.kind == bindparam("about"),
        _TABLE.c.practice_day >= bindparam("since"),
        _TABLE.c.expires_at <= bindparam("over"),
        STATE.in_((OccurrenceState.SENT, OccurrenceState.MISSED)),
        _TABLE.c.message_id.is_not(None),
        _TABLE.c.stale_message_id.is_(None),
        _TABLE.c.id.not_in(bindparam("sent", expanding=True)),
        ~exists().where(
            _BESIDE.c.person_id == _TABLE.c.person_id,
            _BESIDE.c.practice_day == _TABLE.c.practice_day,
            _BESIDE.c.message_id == _TABLE.c.message_id,
            _BESIDE.c.kind != _TABLE.c.kind,
            _BESIDE.c.state == OccurrenceState.SENT,
        ),
    )
    .values(stale_message_id=_TABLE.c.message_id)
)


async def outdate(
    session: AsyncSession,
    kind: ReminderKind,
    people: Collection[int],
    sent: Collection[int],
    since: date,
    over: datetime = ALWAYS,
) -> None:
    """Mark what these people never answered of a kind as stale, but for what was `sent` just now.

    A reminder to breathe leaves the routine's alone: that one is good until the day is over. So
    is each movement, beside the others of its day: stale is only what was `over` by then.
    """
    if people:
        given = {
            "about": kind,
            "people": list(people),
            "sent": list(sent),
            "since": since,
            "over": over,
        }
        await (await session.connection()).execute(_OUTDATE, given)


class Stale(NamedTuple):
    """An old message that has buttons to lose, unless a session took it over."""

    person_id: int
    message_id: int
    taken: bool


async def stale(session: AsyncSession, limit: int) -> list[Stale]:
    """Return old messages that still have buttons, each once."""
    taken = exists().where(
        Session.person_id == Occurrence.person_id,
        Session.message_id == Occurrence.stale_message_id,
    )
    query = (
        select(Occurrence.person_id, Occurrence.stale_message_id, taken)
        .where(Occurrence.stale_message_id.is_not(None))
        .order_by(Occurrence.id)
        .limit(limit)
    )
    return [Stale._make(row) for row in dict.fromkeys(map(tuple, await session.execute(query)))]


_STRIPPED = (
    update(_TABLE)
    .where(
        _TABLE.c.person_id == bindparam("person"), _TABLE.c.stale_message_id == bindparam("message")
    )
    .values(
        stale_message_id=None,
        message_id=case(
            (_TABLE.c.message_id == bindparam("message"), None), else_=_TABLE.c.message_id
        ),
    )
)


async def stripped(session: AsyncSession, done: Sequence[Stale]) -> None:
    """Note in one statement that old messages have no buttons any more."""
    rows = [{"person": one.person_id, "message": one.message_id} for one in done]
    if rows:
        await (await session.connection()).execute(_STRIPPED, rows)
