"""Moving one moment of a reminder: "tomorrow at 9 instead"; the rule stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Act, Deps
from bot.domain.agenda import Coming, Moment, Moved, NotMoved
from bot.domain.downtime import expires_at
from bot.domain.local_time import DAY, instant, local_day
from bot.domain.person import Expecting
from bot.domain.reminder import OccurrenceState
from bot.domain.session import Refused, Why
from bot.domain.stored_rules import load
from bot.domain.travel import kept
from bot.services import easing, moments, planning, undoing
from db.models import Occurrence, Person, Reminder
from db.queries import ahead, people, reminders

STALE = Refused(Why.STALE)
FARTHEST = timedelta(days=8)  # a button moves a moment so far at most


async def coming(deps: Deps, person_id: int, reminder_id: int) -> Coming | Refused:
    """Return the next moment of a reminder; the person's next free text says another time."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        reminder = await reminders.find(act.session, reminder_id, person_id)
        if reminder is None:
            return STALE
        moment = moments.first(await moments.next_ones(act.session, person, [reminder], now))
        if moment is not None:
            person.expecting, person.expecting_id = Expecting.MOVE, reminder_id
        return Coming(moment, people.someone(person), now)


async def move_to(
    deps: Deps, person_id: int, reminder_id: int, due: datetime, to: datetime
) -> Moved | Refused:
    """Let the moment that is planned at `due` come at `to`; refused where that is not its next."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        reminder = await reminders.find(act.session, reminder_id, person_id)
        if reminder is None or not now < to <= now + FARTHEST + DAY:
            return STALE
        theirs = await moments.next_ones(act.session, person, [reminder], now)
        moment = next((each for each in theirs if each.due == due), None)
        if act.repeated:
            return await _repeated(act.session, person, [reminder], to, now) or STALE
        if moment is None or moment.at == to:
            return STALE
        found = await _move(act.session, person, moment, to, now)
    deps.wake()
    return found


async def move(
    deps: Deps, person_id: int, at: time, day: date | None, reminder_id: int | None = None
) -> Moved | NotMoved:
    """Move a moment of the routine, or of one reminder, to a local time.

    With a `day` it is that day's moment nearest to the new time, else the next one, on its day.
    """
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        chosen = await moments.chosen(act.session, person_id, reminder_id)
        found = await _move_or_not(act, person, chosen, (at, day), now)
    deps.wake()
    return found


async def follow(session: AsyncSession, person: Person, before: str, now: datetime) -> None:
    """Keep the local time of what was moved: the person's zone was `before` until now."""
    zone = moments.zone_of(person).key
    for row in await ahead.of_person(session, person.id, now):
        if not ahead.is_moved(row) or row.send_at is None or row.reminder_id is None:
            continue
        due = kept(row.due_at, before, zone)
        reminder = await reminders.find(session, row.reminder_id, person.id)
        if reminder is not None and reminder.settled_at == row.due_at:
            reminder.settled_at = due
        lasts = row.expires_at - row.send_at
        row.due_at, row.send_at = due, kept(row.send_at, before, zone)
        row.expires_at = row.send_at + lasts
    await session.flush()


async def _move_or_not(
    act: Act,
    person: Person,
    chosen: Sequence[Reminder],
    wish: tuple[time, date | None],
    now: datetime,
) -> Moved | NotMoved:
    at, day = wish
    zone, session = moments.zone_of(person), act.session
    if day is None:
        moment = moments.first(await moments.next_ones(session, person, chosen, now))
    else:
        theirs = await moments.of_day(session, person, chosen, day, now)
        target = instant(day, at, zone)
        moment = min(theirs, key=lambda each: abs(each.at - target), default=None)
    if moment is None:
        return NotMoved.NOTHING if day is None else NotMoved.DAY
    to = instant(day or moment.at.astimezone(zone).date(), at, zone)
    if act.repeated:
        return await _repeated(session, person, chosen, to, now) or NotMoved.NOTHING
    if to <= now:
        return NotMoved.PAST
    if to == moment.at:
        return NotMoved.SAME
    return await _move(session, person, moment, to, now)


async def _move(
    session: AsyncSession, person: Person, moment: Moment, to: datetime, now: datetime
) -> Moved:
    """Make the moment's occurrence ahead, or change the one that was; the rule goes on after it."""
    await easing.answered(session, person)
    before = await undoing.snapshot(session, person.id)
    reminder = await reminders.find(session, moment.reminder, person.id)
    assert reminder is not None
    rows = await ahead.of_person(session, person.id, now)
    made = (row for row in rows if (row.reminder_id, row.due_at) == (reminder.id, moment.due))
    row = next(made, None)
    if row is None:
        row = Occurrence(
            person_id=person.id,
            reminder_id=reminder.id,
            kind=reminder.kind,
            entry=reminder.entry,
            due_at=moment.due,
            state=OccurrenceState.DUE,
        )
        session.add(row)
    zone, rule = moments.zone_of(person), load(reminder.rule)
    row.send_at = to
    row.practice_day = local_day(to, zone, person.day_end)
    row.expires_at = expires_at(rule, to, reminder.kind, zone, person.day_end)
    if reminder.next_at == moment.due:
        reminder.settled_at = moment.due
        planning.plan(person, reminder, now)
    undoing.remember(person, before, now)
    easing.close(person, Expecting.MOVE)
    await session.flush()
    return Moved(moment, to, people.someone(person), now, undoing.moment_of(person, now))


async def _repeated(
    session: AsyncSession, person: Person, chosen: Sequence[Reminder], to: datetime, now: datetime
) -> Moved | None:
    """Return what was moved when the update in hand took effect before."""
    theirs = await moments.next_ones(session, person, chosen, now)
    moment = next((each for each in theirs if each.at == to), None)
    undo = undoing.moment_of(person, now)
    return Moved(moment, to, people.someone(person), now, undo) if moment else None
