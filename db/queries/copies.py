"""Statements about copies of broadcasts on their way out, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.broadcast import CopyState
from bot.domain.person import PersonState
from db.models import Broadcast, BroadcastCopy, Person

_COPY: Any = BroadcastCopy.__table__


class Due(NamedTuple):
    """A copy that should go out, with what of its person decides whether and when."""

    broadcast_id: int
    person_id: int
    text: str
    send_at: datetime
    attempts: int
    state: PersonState
    language: str | None
    zone: str | None
    quiet_from: time | None
    quiet_to: time | None


_DUE = (
    select(
        BroadcastCopy.broadcast_id,
        BroadcastCopy.person_id,
        Broadcast.text,
        BroadcastCopy.send_at,
        BroadcastCopy.attempts,
        Person.state,
        Person.language,
        Person.zone,
        Person.quiet_from,
        Person.quiet_to,
    )
    .join(Broadcast, Broadcast.id == BroadcastCopy.broadcast_id)
    .join(Person, Person.id == BroadcastCopy.person_id)
)


async def earliest(session: AsyncSession) -> datetime | None:
    """Return when the next copy goes out, or else when an author is to be told that all did."""
    sends = select(func.min(BroadcastCopy.send_at)).where(BroadcastCopy.send_at.is_not(None))
    tells = select(func.min(Broadcast.report_at))
    return await session.scalar(sends) or await session.scalar(tells)


async def due(session: AsyncSession, now: datetime, limit: int, busy: Collection[int]) -> list[Due]:
    """Return copies that should have gone out by now, but for those of the `busy`."""
    query = (
        _DUE.where(BroadcastCopy.send_at <= now, BroadcastCopy.person_id.not_in(busy))
        .order_by(BroadcastCopy.send_at)
        .limit(limit)
    )
    return [Due._make(row) for row in await session.execute(query)]


async def find(session: AsyncSession, broadcast: int, person_id: int) -> Due | None:
    """Return one copy that still should go out, now or later, or None."""
    query = _DUE.where(
        BroadcastCopy.broadcast_id == broadcast,
        BroadcastCopy.person_id == person_id,
        BroadcastCopy.send_at.is_not(None),
    )
    row = (await session.execute(query)).one_or_none()
    return Due._make(row) if row else None


_SENT = (
    update(_COPY)
    .where(_COPY.c.broadcast_id == bindparam("broadcast"), _COPY.c.person_id == bindparam("person"))
    .values(state=CopyState.SENT, send_at=None, sent_at=bindparam("at", type_=_COPY.c.sent_at.type))
)
_PUT = (
    update(_COPY)
    .where(
        _COPY.c.broadcast_id == bindparam("broadcast"),
        _COPY.c.person_id == bindparam("person"),
        _COPY.c.send_at.is_not(None),
    )
    .values(
        state=bindparam("becomes", type_=_COPY.c.state.type),
        send_at=bindparam("next", type_=_COPY.c.send_at.type),
        attempts=_COPY.c.attempts + bindparam("tries"),
    )
)


async def sent(session: AsyncSession, keys: Sequence[tuple[int, int]], at: datetime) -> None:
    """Note that copies, each a (broadcast, person), went out at a moment."""
    rows = [{"broadcast": broadcast, "person": person, "at": at} for broadcast, person in keys]
    await _each(session, _SENT, rows)


def placed(
    key: tuple[int, int], becomes: CopyState, later: datetime | None = None, *, tries: int = 0
) -> dict[str, Any]:
    """Return a row of `put`."""
    return {
        "broadcast": key[0],
        "person": key[1],
        "becomes": becomes,
        "next": later,
        "tries": tries,
    }


async def put(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Put copies that did not go out elsewhere; what was stopped or is unwanted stays so."""
    await _each(session, _PUT, rows)


async def unwanted(session: AsyncSession, person_id: int) -> None:
    """Let no copy go out to somebody who wants none."""
    await session.execute(
        update(BroadcastCopy)
        .where(BroadcastCopy.person_id == person_id, BroadcastCopy.send_at.is_not(None))
        .values(state=CopyState.UNWANTED, send_at=None)
    )


async def send_now(session: AsyncSession, after: datetime, now: datetime) -> None:
    """Let go out now what would go out after a moment that lies too far ahead."""
    await session.execute(
        update(BroadcastCopy).where(BroadcastCopy.send_at > after).values(send_at=now)
    )
    await session.execute(
        update(Broadcast).where(Broadcast.report_at > after).values(report_at=now)
    )


async def _each(session: AsyncSession, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await (await session.connection()).execute(statement, list(rows))
