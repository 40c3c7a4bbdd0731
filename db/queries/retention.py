"""Statements that remove what has been kept long enough, a batch at a time.

Each returns how many rows it changed; where those are `limit` there may be more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, delete, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.reminder import OccurrenceState
from db.json_rows import on_server, values_in
from db.models import (
    Broadcast,
    BroadcastCopy,
    Correction,
    EntryVersion,
    GateAnswer,
    Occurrence,
    OwnRoutine,
    Pause,
    Person,
    Proposal,
    Session,
)
from db.queries.gates import CLOSED


async def forget_occurrences(session: AsyncSession, before: datetime, limit: int) -> int:
    """Remove reminders' due moments that were over before a moment, whatever became of them."""
    any_state = Occurrence.state.in_(list(OccurrenceState))  # lets the index be used
    old = select(Occurrence.id).where(any_state, Occurrence.expires_at < before).limit(limit)
    return await _changed(session, delete(Occurrence).where(Occurrence.id.in_(old)))


async def forget_proposals(session: AsyncSession, before: datetime, limit: int) -> int:
    """Remove what was proposed before a moment."""
    old = select(Proposal.id).where(Proposal.made_at < before).limit(limit)
    return await _changed(session, delete(Proposal).where(Proposal.id.in_(old)))


async def forget_pauses(session: AsyncSession, before: datetime, limit: int) -> int:
    """Remove the times of rest that were over before a moment."""
    key = (Pause.person_id, Pause.since)
    old = select(*key).where(Pause.until < before).limit(limit)
    return await _changed(session, delete(Pause).where(tuple_(*key).in_(old)))


async def forget_corrections(session: AsyncSession, before: datetime, limit: int) -> int:
    """Remove what was said of days before a moment."""
    key = (Correction.person_id, Correction.practice_day)
    old = select(*key).where(Correction.practice_day < before.date()).limit(limit)
    return await _changed(session, delete(Correction).where(tuple_(*key).in_(old)))


async def forget_copies(session: AsyncSession, before: datetime, limit: int) -> int:
    """Remove who got which news that was written before a moment."""
    key = (BroadcastCopy.broadcast_id, BroadcastCopy.person_id)
    old = (
        select(*key)
        .join(Broadcast, Broadcast.id == BroadcastCopy.broadcast_id)
        .where(Broadcast.made_at < before)
        .limit(limit)
    )
    return await _changed(session, delete(BroadcastCopy).where(tuple_(*key).in_(old)))


async def forget_offers(session: AsyncSession, before: datetime, limit: int) -> int:
    """Remove routines that were offered before a moment and not accepted."""
    old = select(OwnRoutine.id).where(OwnRoutine.offered.is_(True), OwnRoutine.created_at < before)
    return await _changed(session, delete(OwnRoutine).where(OwnRoutine.id.in_(old.limit(limit))))


async def forget_news(session: AsyncSession, before: datetime, limit: int) -> int:
    """Remove news that was written before a moment; its copies are gone already."""
    old = select(Broadcast.id).where(Broadcast.made_at < before).limit(limit)
    return await _changed(session, delete(Broadcast).where(Broadcast.id.in_(old)))


async def forget_answers_taken_back(session: AsyncSession, before: datetime, limit: int) -> int:
    """Forget how sessions were before answers that were given before a moment."""
    old = select(Session.id).where(Session.undo.is_not(None), Session.undo_at < before)
    forgotten = update(Session).where(Session.id.in_(old.limit(limit))).values(undo=None)
    return await _changed(session, forgotten)


async def forget_changes_taken_back(session: AsyncSession, before: datetime, limit: int) -> int:
    """Forget how reminders were before changes that were made before a moment."""
    old = select(Person.id).where(Person.undo.is_not(None), Person.undo_at < before)
    forgotten = update(Person).where(Person.id.in_(old.limit(limit))).values(undo=None)
    return await _changed(session, forgotten)


async def forget_gate_answers(
    session: AsyncSession, before: datetime, limit: int, gate: str | None = None
) -> int:
    """Remove the answers to a gate, or to any, that were given before a moment."""
    old = [GateAnswer.question != CLOSED, GateAnswer.answered_at < before]
    if gate is not None:
        old.append(GateAnswer.gate == gate)
    return await _forget_gate(session, old, limit)


async def forget_closings(session: AsyncSession, before: datetime, limit: int) -> int:
    """Remove that gates were closed for a day before a moment."""
    closed = (GateAnswer.question == CLOSED, GateAnswer.answered_at < before)
    return await _forget_gate(session, closed, limit)


async def _forget_gate(session: AsyncSession, which: Sequence[Any], limit: int) -> int:
    key = (GateAnswer.person_id, GateAnswer.gate, GateAnswer.question)
    old = select(*key).where(*which).limit(limit)
    return await _changed(session, delete(GateAnswer).where(tuple_(*key).in_(old)))


async def unused_versions(session: AsyncSession, current: Collection[str]) -> Sequence[str]:
    """Return the digests of entries that no session began with, but for the `current` ones."""
    each = values_in(Session.entries, server=on_server(session))
    used = select(each.c.value).select_from(Session).join(each, true())
    query = select(EntryVersion.digest).where(
        EntryVersion.digest.not_in(current), EntryVersion.digest.not_in(used)
    )
    return (await session.scalars(query)).all()


async def forget_versions(session: AsyncSession, digests: Collection[str]) -> int:
    """Remove entries of the content as sessions began with them."""
    return await _changed(session, delete(EntryVersion).where(EntryVersion.digest.in_(digests)))


async def _changed(session: AsyncSession, statement: Executable) -> int:
    statement = statement.execution_options(synchronize_session=False)
    return cast("CursorResult[Any]", await session.execute(statement)).rowcount
