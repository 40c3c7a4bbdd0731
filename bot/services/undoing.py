"""Taking the last change of the reminders back, for ten minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.agenda import NotUndone
from bot.domain.reminder import OccurrenceState, SkipReason
from bot.services import planning
from db.models import Occurrence, Person, Reminder
from db.queries import ahead, occurrences, people, reminders
from db.snapshots import dump_row, load_row, values
from db.types import Json

UNDOABLE = timedelta(minutes=10)
MILLISECOND = timedelta(milliseconds=1)
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

# What of an occurrence a change may have changed.
CHANGED = ("reminder_id", "state", "reason", "send_at", "practice_day", "expires_at")

# Why a waiting occurrence was withdrawn by a change that can be taken back.
WITHDRAWN = {SkipReason.RESCHEDULED, SkipReason.PAUSED}


async def snapshot(session: AsyncSession, person_id: int) -> Json:
    """Return the person's reminders and what of them is open, as they are before a change."""
    return {
        "reminders": [dump_row(row) for row in await reminders.of_person(session, person_id)],
        "occurrences": [dump_row(row) for row in await ahead.open_ones(session, person_id)],
    }


def remember(person: Person, before: Json, now: datetime) -> None:
    """Keep what was before a change; no two changes of a person have the same moment."""
    at = now if person.undo_at is None else max(now, person.undo_at + MILLISECOND)
    person.undo, person.undo_at = before, at


def moment_of(person: Person, now: datetime) -> int | None:
    """Return the moment that names the last change, in milliseconds; None where it is too old."""
    if person.undo is None or person.undo_at is None or now - person.undo_at > UNDOABLE:
        return None
    return (person.undo_at - EPOCH) // MILLISECOND


async def undo(
    session: AsyncSession, person: Person, now: datetime, moment: int | None = None
) -> NotUndone | None:
    """Take the last change back; None where that was done.

    `moment` names a change, and then only that one is taken back. What the person answered
    meanwhile stays answered.
    """
    if person.undo_at is None or (person.undo is None and moment is None):
        return NotUndone.NOTHING
    if moment is not None and moment != (person.undo_at - EPOCH) // MILLISECOND:
        return NotUndone.OLDER
    if person.undo is None:
        return NotUndone.NOTHING
    if now - person.undo_at > UNDOABLE:
        return NotUndone.TOO_LATE
    before, since = person.undo, person.undo_at
    stored: Sequence[Json] = before["occurrences"]
    claimed = await ahead.claimed_since(session, person.id, since)
    await _restore_reminders(session, person, before["reminders"])
    await ahead.forget_others(session, person.id, [row["id"] for row in stored])
    rests = people.someone(person).paused(now)
    lost = await _restore_occurrences(session, stored, rests=rests)
    for reminder in await reminders.of_person(session, person.id):
        if reminder.settled_at in lost:
            reminder.settled_at = now
        # What fell due meanwhile comes now, unless something like it came in its place.
        planning.plan(person, reminder, now if reminder.kind in claimed else min(since, now))
    await session.flush()
    person.undo = None
    return None


async def _restore_reminders(session: AsyncSession, person: Person, stored: Sequence[Json]) -> None:
    kept = {row["id"]: row for row in stored}
    current = {row.id: row for row in await reminders.of_person(session, person.id)}
    added = [key for key in current if key not in kept]
    await occurrences.withdraw(session, person.id, SkipReason.RESCHEDULED, added)
    await reminders.remove(session, added)
    changed = [row for key, row in current.items() if key in kept]
    for row in changed:
        row.rule = f"undone {row.id}"  # two may have swapped their rules: never twice the same
    await session.flush()
    for row in changed:
        for name, value in values(Reminder, kept[row.id]).items():
            setattr(row, name, value)
    session.add_all(load_row(Reminder, row) for key, row in kept.items() if key not in current)
    await session.flush()


async def _restore_occurrences(
    session: AsyncSession, stored: Sequence[Json], *, rests: bool
) -> set[datetime]:
    """Bring back what was withdrawn, unless everything rests; return what then was not."""
    lost = set[datetime]()
    for before in stored:
        row, found = await session.get(Occurrence, before["id"]), values(Occurrence, before)
        if rests and found["state"] is OccurrenceState.DUE:
            lost.add(found["due_at"])
            continue
        if row is None:
            session.add(load_row(Occurrence, before))
            continue
        withdrawn = row.state is OccurrenceState.SKIPPED and row.reason in WITHDRAWN
        untouched = row.sent_at == found["sent_at"] and (withdrawn or row.state is found["state"])
        for name in CHANGED if untouched else CHANGED[:1]:
            setattr(row, name, found[name])
    await session.flush()
    return lost
