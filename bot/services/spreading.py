"""The pace "through the day" begins and ends: which reminders come, and which are put aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain import spreading
from bot.domain.pace import Pace
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.stored_rules import load
from bot.services import planning
from db.models import Person, Reminder
from db.queries import people, reminders


async def begin(session: AsyncSession, deps: Deps, person: Person) -> None:
    """Let movements come at set times, and put the reminders of the routine aside.

    The times are those of before, where the routine was spread through the day before.
    """
    now = deps.now()
    theirs = await reminders.of_person(session, person.id)
    routine = [row for row in theirs if row.kind is ReminderKind.ROUTINE]
    usual = _usual(person, routine, now)
    for row in routine:
        await _put_aside(session, person, row, now)
    movements = [row for row in theirs if row.kind is ReminderKind.MOVEMENT]
    for row in movements:
        await _bring_back(session, person, row, now)
    if not movements:
        await planning.add(session, person, ReminderKind.MOVEMENT, None, usual, now)
    person.undo = None  # taking back what was changed before would leave both


async def end(session: AsyncSession, deps: Deps, person: Person) -> None:
    """Bring the reminders of the routine back as they were, and put those of movements aside.

    Set times that nobody ever changed are not kept: they come back anyway.
    """
    now = deps.now()
    theirs = await reminders.of_person(session, person.id)
    routine = [row for row in theirs if row.kind is ReminderKind.ROUTINE]
    usual = _usual(person, routine, now)
    for row in theirs:
        if row.kind is ReminderKind.MOVEMENT and load(row.rule) == usual:
            await planning.drop_one(session, row)
        elif row.kind is ReminderKind.MOVEMENT:
            await _put_aside(session, person, row, now)
    for row in routine:
        await _bring_back(session, person, row, now)
    person.undo = None


async def set_daily(
    session: AsyncSession, deps: Deps, person: Person, rules: Iterable[Rule]
) -> None:
    """Make these the reminders of the routine; through the day they say on which days it comes."""
    spread = person.pace is Pace.SPREAD
    if spread:
        await end(session, deps, person)
    await planning.set_daily(session, person, rules, deps.now())
    if spread:
        await begin(session, deps, person)


def _usual(person: Person, routine: Sequence[Reminder], now: datetime) -> Rule:
    """Return when movements come where nothing else was said: on the days of the routine."""
    rules = [load(row.rule) for row in routine if row.aside or row.paused_at is None]
    return spreading.rule(rules, now.astimezone(people.someone(person).zone).date())


async def _put_aside(
    session: AsyncSession, person: Person, reminder: Reminder, now: datetime
) -> None:
    """Let a reminder rest because of the pace; one that rests already is the person's own doing."""
    if reminder.paused_at is None:
        await planning.rest(session, person, reminder, now)
        reminder.aside = True


async def _bring_back(
    session: AsyncSession, person: Person, reminder: Reminder, now: datetime
) -> None:
    if reminder.aside:
        await planning.wake(session, person, reminder, now)
