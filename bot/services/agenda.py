"""What a person sees of their reminders: each one, and what comes next of them all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.agenda import Line, Notice, One, Plan
from bot.domain.firings import Firing, Repeating, firings
from bot.domain.local_time import local_day
from bot.domain.reminder import ReminderKind
from bot.domain.settling import Situation
from bot.domain.stored_rules import load
from bot.services import planning, undoing
from db.models import Occurrence, Person, Reminder
from db.queries import ahead, people, reminders, sessions

NEXT = 7  # firings that are told ahead


def line(row: Reminder) -> Line:
    """Return a reminder as it is shown."""
    rests = row.paused_at is not None
    return Line(row.id, row.kind, row.entry, load(row.rule), rests, rests and row.aside)


async def read(
    session: AsyncSession, person: Person, now: datetime, notice: Notice | None = None
) -> Plan:
    """Return all of a person's reminders and what comes next; `notice` says what was done."""
    rows = await reminders.of_person(session, person.id)
    return Plan(
        people.someone(person),
        tuple(map(line, rows)),
        await planning.next_told(session, person, now),
        now,
        await _firings(session, person, rows, now),
        notice,
        undo=undoing.moment_of(person, now),
    )


async def one(session: AsyncSession, person: Person, reminder_id: int, now: datetime) -> One | None:
    """Return one reminder of a person alone; None where it is not theirs."""
    rows = await reminders.of_person(session, person.id)
    for number, row in enumerate(rows, start=1):
        if row.id == reminder_id:
            coming = await _firings(session, person, [row], now)
            return One(number, line(row), coming, people.someone(person), now)
    return None


async def _firings(
    session: AsyncSession, person: Person, rows: Sequence[Reminder], now: datetime
) -> tuple[Firing, ...]:
    someone = people.someone(person)
    made = await ahead.of_person(session, person.id, now)
    today = local_day(now, someone.zone, someone.day_end)
    situation = Situation(
        zone=someone.zone,
        done=await sessions.done_days(session, person.id, today),
        quiet=someone.quiet,
        eased_on=someone.eased_on,
    )
    paused = someone.paused(now)
    repeating = [_repeating(row, made, rests=paused and not someone.paused_until) for row in rows]
    until = someone.paused_until if paused else None
    return tuple(firings(repeating, situation, NEXT, now, until, someone.day_end))


def _repeating(row: Reminder, made: Sequence[Occurrence], *, rests: bool) -> Repeating:
    breathing = row.kind is ReminderKind.PRACTICE
    settled = {
        each.due_at: Firing(each.send_at, ahead.is_moved(each), breathing) if each.send_at else None
        for each in made
        if each.reminder_id == row.id
    }
    paused = rests or row.paused_at is not None
    return Repeating(row.kind, load(row.rule), row.settled_at, paused, settled)
