"""Statements about raw updates: kept until they took effect, then blanked."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Executable,
    String,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.person import Expecting
from db.inserting import insert
from db.models import Inbox, Person

PENDING = "pending"
DONE = "done"
POISON = "poison"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An update as it came in, not yet stored; `raw` is compact ASCII JSON."""

    update_id: int
    chat_id: int
    raw: str
    received_at: datetime


async def add_once(session: AsyncSession, arrivals: Sequence[Arrival]) -> list[int]:
    """Store the updates not seen before and return their update ids, in the order stored."""
    if not arrivals:
        return []
    # The table and not its class, and the rows beside the statement: it is compiled only once.
    table = Inbox.__table__
    new = (
        insert(session, table)
        .on_conflict_do_nothing(index_elements=[table.c.update_id])
        .returning(table.c.seq, table.c.update_id)
    )
    rows = [_row(one) for one in arrivals]
    return [update_id for _, update_id in sorted(map(tuple, await session.execute(new, rows)))]


def _row(arrival: Arrival) -> dict[str, Any]:
    return {
        "update_id": arrival.update_id,
        "chat_id": arrival.chat_id,
        "raw": arrival.raw,
        "received_at": arrival.received_at,
        "state": PENDING,
    }


async def pending(session: AsyncSession) -> Sequence[Inbox]:
    """Return every update that did not take effect yet, in the order of arrival."""
    waiting = select(Inbox).where(Inbox.state == PENDING).order_by(Inbox.seq)
    return (await session.scalars(waiting)).all()


async def first_pending(session: AsyncSession, chat_id: int) -> Inbox | None:
    """Return the oldest of a chat's updates that did not take effect yet, or None."""
    query = (
        select(Inbox)
        .where(Inbox.chat_id == chat_id, Inbox.state == PENDING)
        .order_by(Inbox.seq)
        .limit(1)
    )
    return (await session.scalars(query)).one_or_none()


async def count_pending(session: AsyncSession, most: int) -> tuple[int, datetime | None]:
    """Return how many updates did not take effect yet, `most` at most, and when the first came.

    One statement, so that both are of the same moment on a server, too.
    """
    some = select(Inbox.received_at).where(Inbox.state == PENDING).order_by(Inbox.seq).limit(most)
    waiting = some.subquery()
    counted = select(func.count(), func.min(waiting.c.received_at)).select_from(waiting)
    number, oldest = (await session.execute(counted)).one()
    return number, oldest


async def find(session: AsyncSession, update_id: int) -> Inbox | None:
    """Return one update's row, or None."""
    return await session.scalar(select(Inbox).where(Inbox.update_id == update_id))


async def count_attempt(session: AsyncSession, update_id: int) -> None:
    """Record that one more attempt at the update begins."""
    await session.execute(
        update(Inbox).where(Inbox.update_id == update_id).values(attempts=Inbox.attempts + 1)
    )


async def give_back_attempts(session: AsyncSession, update_ids: Sequence[int]) -> None:
    """Take back the last attempt at each pending update: the update did not cause its end."""
    await session.execute(
        update(Inbox)
        .where(Inbox.update_id.in_(update_ids), Inbox.state == PENDING, Inbox.attempts > 0)
        .values(attempts=Inbox.attempts - 1)
    )


async def mark_applied(session: AsyncSession, update_id: int) -> bool:
    """Record, in the transaction of its effect, that an update took effect; False if it had.

    What the person's free text was expected to answer is kept beside it, so that the same update
    finds the same way when it is processed again.
    """
    expected = select(Person.expecting).where(Person.id == Inbox.chat_id)
    changed = await _affected(
        session,
        update(Inbox)
        .where(Inbox.update_id == update_id, Inbox.applied.is_(False))
        .values(applied=True, expecting=expected.correlate(Inbox).scalar_subquery()),
    )
    return changed == 1


async def expecting_of(session: AsyncSession, update_id: int) -> Expecting | None:
    """Return what the update's text answered when it took effect, or None."""
    return await session.scalar(
        select(Inbox.expecting).where(Inbox.update_id == update_id, Inbox.applied.is_(True))
    )


async def mark_done(session: AsyncSession, update_ids: Collection[int]) -> None:
    """Close updates: only their ids stay, to recognise a repetition."""
    await session.execute(
        update(Inbox)
        .where(Inbox.update_id.in_(update_ids))
        .values(state=DONE, chat_id=None, raw="", expecting=None, error=None),
        execution_options={"synchronize_session": False},
    )


async def set_aside(session: AsyncSession, update_id: int, error: str) -> None:
    """Take an update out of its chat's queue; `error` names a type and a place, never a text.

    Of somebody the bot does not know, or knows no more, nothing else is kept.
    """
    mine = Inbox.update_id == update_id
    await session.execute(update(Inbox).where(mine).values(state=POISON, error=error))
    await session.execute(
        update(Inbox).where(mine, ~_of_somebody_known()).values(chat_id=None, raw="")
    )


def _of_somebody_known() -> ColumnElement[bool]:
    """Say that an update names a person whom the bot knows."""
    number = cast_to(Person.id, String)
    named = [Inbox.raw.contains(literal('"id":') + number + end) for end in ",}"]
    return exists().where(or_(Person.id == Inbox.chat_id, *named)).correlate(Inbox)


async def forget_before(session: AsyncSession, state: str, moment: datetime, limit: int) -> int:
    """Remove updates in a state, received before a moment; return how many, `limit` at most."""
    old = select(Inbox.seq).where(Inbox.state == state, Inbox.received_at < moment).limit(limit)
    return await _affected(session, delete(Inbox).where(Inbox.seq.in_(old)))


async def forget_person(session: AsyncSession, person_id: int) -> None:
    """Blank what was set aside about a person; what is pending goes by itself once processed."""
    await session.execute(
        update(Inbox)
        .where(Inbox.state == POISON, names(person_id))
        .values(state=DONE, chat_id=None, raw="", expecting=None, error=None)
    )


async def counts(session: AsyncSession) -> dict[str, int]:
    """Return how many updates are in each state."""
    tally = select(Inbox.state, func.count().label("updates")).group_by(Inbox.state)
    return {row.state: row.updates for row in await session.execute(tally)}


def names(person_id: int) -> ColumnElement[bool]:
    """Return which stored updates name a person."""
    # In a group the chat is not the person, so the sender's id is looked for in the stored text,
    # which this code wrote itself without spaces.
    return or_(
        Inbox.chat_id == person_id,
        Inbox.raw.contains(f'"id":{person_id},', autoescape=True),
        Inbox.raw.contains(f'"id":{person_id}}}', autoescape=True),
    )


def is_from(row: Any, person_id: int) -> bool:
    """Return whether a stored update is a person's own, and none of others that names them."""
    if row.chat_id == person_id:
        return True
    bodies = json.loads(row.raw or "{}").values()
    senders = [body.get("from") or {} for body in bodies if isinstance(body, dict)]
    return any(one.get("id") == person_id for one in senders)


async def _affected(session: AsyncSession, statement: Executable) -> int:
    return cast("CursorResult[Any]", await session.execute(statement)).rowcount
