"""When a person's reminders fire next: the one place that sets `next_at` from a rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol
from zlib import crc32

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.local_time import day_end_at, local_day, zone_named
from bot.domain.person import Someone, is_paused
from bot.domain.reminder import OF_ROUTINE, ReminderKind, SkipReason
from bot.domain.schedule import Rule
from bot.domain.stored_rules import dump, load
from bot.domain.upcoming import claim_at, preview, upcoming
from db.models import Occurrence, Person, Reminder
from db.queries import ahead, occurrences, people, reminders, sessions


class Reminded(Protocol):
    """What of a person decides when their reminders come: their row has it, and more."""

    @property
    def zone(self) -> str | None:
        """Return the IANA name of their zone."""
        ...

    @property
    def paused_at(self) -> datetime | None:
        """Return since when everything rests."""
        ...

    @property
    def paused_until(self) -> datetime | None:
        """Return until when everything rests; None without an end."""
        ...


class Planned(Protocol):
    """What of a reminder decides when it comes next."""

    @property
    def rule(self) -> str:
        """Return the stored rule."""
        ...

    @property
    def settled_at(self) -> datetime | None:
        """Return up to when its moments are settled."""
        ...

    @property
    def paused_at(self) -> datetime | None:
        """Return since when this one alone rests."""
        ...


def next_at(person: Reminded, reminder: Planned, now: datetime) -> datetime | None:
    """Return the next planned moment; None where it never comes, or rests without an end."""
    paused = is_paused(person.paused_at, person.paused_until, now)
    if reminder.paused_at is not None or (paused and person.paused_until is None):
        return None
    until = person.paused_until if paused else None
    zone = zone_named(person.zone or "UTC")
    return upcoming(load(reminder.rule), zone, now, reminder.settled_at, until)


def plan(person: Person, reminder: Reminder, now: datetime) -> None:
    """Set when a reminder comes next, and when it is claimed for that."""
    moment = next_at(person, reminder, now)
    reminder.next_at = moment
    reminder.wake_at = moment and claim_at(moment, person.id, around=person.around)


async def replan(session: AsyncSession, person: Person, now: datetime) -> None:
    """Compute all of the person's reminders anew: the zone, a pause or their state changed."""
    gone = await ahead.forget_withdrawn(session, person.id, now)
    for reminder in await reminders.with_recap(session, person.id):
        if reminder.settled_at and (reminder.id, reminder.settled_at) in gone:
            reminder.settled_at = now  # what had been moved is planned by its rule again
        plan(person, reminder, now)
    await session.flush()


async def next_told(session: AsyncSession, person: Person, now: datetime) -> datetime | None:
    """Return when the person will next be reminded; what is done today stays silent today."""
    someone = people.someone(person)
    today = local_day(now, someone.zone, someone.day_end)
    done = today in await sessions.done_days(session, person.id, today)
    ahead_of = await _ahead(session, person.id, now)
    moments: list[datetime | None] = []
    for reminder in await reminders.of_person(session, person.id):
        silent = today if done and reminder.kind in OF_ROUTINE else None
        made = ahead_of.get(reminder.id, [])
        moments += [row.send_at for row in made if row.send_at and row.send_at > now]
        moments.append(_next_but(reminder, someone, {row.due_at for row in made}, silent))
    return min((moment for moment in moments if moment), default=None)


async def _ahead(
    session: AsyncSession, person_id: int, now: datetime
) -> Mapping[int, list[Occurrence]]:
    """Return, by reminder, the occurrences that still wait or whose moment is still to come."""
    found = defaultdict[int, list[Occurrence]](list)
    for row in await ahead.of_person(session, person_id, now):
        found[row.reminder_id or 0].append(row)
    return found


def _next_but(
    reminder: Reminder, someone: Someone, made: Collection[datetime], silent: date | None
) -> datetime | None:
    """Return the next planned moment but for those that have an occurrence, or a silent day."""
    moment, zone, day_end = reminder.next_at, someone.zone, someone.day_end
    if moment is None:
        return None
    if silent is not None and local_day(moment, zone, day_end) == silent:
        moment = day_end_at(silent, zone, day_end) - timedelta(seconds=1)
    else:
        moment -= timedelta(seconds=1)
    few = preview(load(reminder.rule), zone, len(made) + 1, moment)
    return next((each for each in few if each not in made), None)


async def set_daily(
    session: AsyncSession, person: Person, rules: Iterable[Rule], now: datetime
) -> None:
    """Make these the person's only reminders of the routine."""
    await put(session, person, ReminderKind.ROUTINE, None, rules, now)


async def put(
    session: AsyncSession,
    person: Person,
    kind: ReminderKind,
    entry: str | None,
    rules: Iterable[Rule],
    now: datetime,
) -> None:
    """Make these the person's only reminders of a kind."""
    await drop(session, person.id, kind)
    for rule in rules:
        await add(session, person, kind, entry, rule, now)


async def add(
    session: AsyncSession,
    person: Person,
    kind: ReminderKind,
    entry: str | None,
    rule: Rule,
    now: datetime,
) -> bool:
    """Add one reminder; return whether there was none like it.

    Of practices one is reminded of at the same moments: the one that was named last.
    """
    stored = dump(seeded(rule, person.id, kind))
    for each in await reminders.of_person(session, person.id):
        if (each.kind, each.rule) == (kind, stored):
            same = (each.entry, each.paused_at) == (entry, None)
            each.entry, each.paused_at, each.aside = entry, None, False
            plan(person, each, now)
            return not same
    reminder = Reminder(person_id=person.id, kind=kind, entry=entry, rule=stored, created_at=now)
    plan(person, reminder, now)
    session.add(reminder)
    await session.flush()
    return True


def seeded(rule: Rule, person_id: int, kind: ReminderKind) -> Rule:
    """Return the rule with the seed its random moments are drawn from, the person's own."""
    if rule.scatter is None:
        return rule
    seed = crc32(f"{person_id}:{kind}".encode())
    return replace(rule, scatter=replace(rule.scatter, seed=seed))


async def drop(session: AsyncSession, person_id: int, kind: ReminderKind) -> int:
    """Remove all reminders of a kind with what waits to be sent; returns how many there were."""
    ids = [
        reminder.id
        for reminder in await reminders.of_person(session, person_id)
        if reminder.kind is kind
    ]
    await _drop(session, person_id, ids)
    return len(ids)


async def drop_one(session: AsyncSession, reminder: Reminder) -> None:
    """Remove one reminder with what waits to be sent."""
    await _drop(session, reminder.person_id, [reminder.id])


async def _drop(session: AsyncSession, person_id: int, ids: Sequence[int]) -> None:
    await ahead.forget(session, ids)
    await occurrences.withdraw(session, person_id, SkipReason.RESCHEDULED, ids)
    await reminders.remove(session, ids)


async def change(
    session: AsyncSession, person: Person, reminder: Reminder, rule: Rule, now: datetime
) -> None:
    """Give a reminder another rule; where another one has that rule already, one is enough.

    A moment that was moved is forgotten with the rule that planned it.
    """
    stored = dump(seeded(rule, person.id, reminder.kind))
    theirs = await reminders.of_person(session, person.id)
    same = [each for each in theirs if (each.kind, each.rule) == (reminder.kind, stored)]
    if any(each.id != reminder.id for each in same):
        await drop_one(session, reminder)
        return
    await ahead.forget(session, [reminder.id])
    await occurrences.withdraw(session, person.id, SkipReason.RESCHEDULED, [reminder.id])
    reminder.rule, reminder.settled_at = stored, None
    plan(person, reminder, now)
    await session.flush()


async def rest(session: AsyncSession, person: Person, reminder: Reminder, now: datetime) -> None:
    """Let one reminder rest until it is resumed; what of it waits does not go out."""
    gone = await ahead.forget(session, [reminder.id])
    await occurrences.withdraw(session, person.id, SkipReason.PAUSED, [reminder.id])
    reminder.paused_at = now
    if reminder.settled_at in gone:
        reminder.settled_at = now  # what had been moved is planned by its rule again
    plan(person, reminder, now)
    await session.flush()


async def wake(session: AsyncSession, person: Person, reminder: Reminder, now: datetime) -> None:
    """Let a reminder that rested come again from now on, whatever it rested for."""
    reminder.paused_at, reminder.aside = None, False
    plan(person, reminder, now)
    await session.flush()
