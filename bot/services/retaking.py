"""Taking the last answer in a session back, for ten minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.player import SessionState
from bot.domain.reminder import OccurrenceState
from bot.services import deadlines
from bot.services.undoing import UNDOABLE
from db.models import LevelChange, Session, StepRecord
from db.queries import levels, milestones, occurrences, sessions
from db.snapshots import dump_row, load_row, values
from db.types import Json

# What of a session an answer may change.
CHANGED = ("position", "steps", "state", "finished_at", "length", "left", "feedback")


async def remember(
    session: AsyncSession, found: Session, now: datetime, movements: Sequence[int] = ()
) -> None:
    """Keep a session as it is before an answer, one about these movements of the day or in it."""
    await session.flush()
    row = dump_row(found)
    records = [dump_row(record) for record in await sessions.records(session, found.id)]
    changes = [dump_row(one) for one in await levels.of_session(session, found.id)]
    told = await occurrences.told_on(session, found.person_id, found.practice_day)
    found.undo = {
        "session": {name: row[name] for name in CHANGED},
        "records": records,
        "changes": changes,
        "told": {str(one.id): one.state.value for one in told},
        "movements": list(movements),
    }
    found.undo_at = now


def undoable(found: Session, now: datetime) -> bool:
    """Return whether the last answer can still be taken back."""
    return _in_time(found, now) and not _of_movements(found)


def movement_undoable(found: Session, occurrence_id: int, now: datetime) -> bool:
    """Return whether the answer to this movement of a day's routine can still be taken back."""
    return _in_time(found, now) and occurrence_id in _of_movements(found)


def _in_time(found: Session, now: datetime) -> bool:
    return found.undo is not None and found.undo_at is not None and now - found.undo_at <= UNDOABLE


def _of_movements(found: Session) -> list[int]:
    """Return which movements the last answer was about; none where it was one in a session."""
    return list(found.undo["movements"]) if found.undo else []


async def put_back(session: AsyncSession, found: Session, now: datetime) -> None:
    """Put a session back to where it stood before the last answer."""
    assert found.undo is not None
    for name, value in values(Session, found.undo["session"]).items():
        setattr(found, name, value)
    for record in await sessions.records(session, found.id):
        await session.delete(record)
    await session.flush()
    if found.state is not SessionState.DONE:  # else only how it felt was taken back
        await milestones.forget(session, found.id)
    session.add_all(load_row(StepRecord, stored) for stored in found.undo["records"])
    await _put_back_changes(session, found, found.undo.get("changes", []))
    for one in await occurrences.told_on(session, found.person_id, found.practice_day):
        if (was := found.undo["told"].get(str(one.id))) is not None:
            one.state = OccurrenceState(was)
    found.undo, found.shown_at = None, now
    if found.position < len(found.steps):
        deadlines.run(found, now)
    await session.flush()


async def _put_back_changes(session: AsyncSession, found: Session, stored: Sequence[Json]) -> None:
    """Leave of a session's changes of levels those that there were; one refused since stays so."""
    kept = {row["id"]: row for row in stored}
    for one in await levels.of_session(session, found.id):
        if kept.pop(one.id, None) is None:
            await session.delete(one)
    session.add_all(load_row(LevelChange, row) for row in kept.values())
    await session.flush()
