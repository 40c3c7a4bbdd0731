"""What a person does with a reminder: snooze it, or say not today; pause and resume them all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.local_time import day_end_at, instant, local_day
from bot.domain.person import Expecting, PauseReason, Someone
from bot.domain.player import SessionState
from bot.domain.reminder import OccurrenceState, ReminderKind, SkipReason
from bot.domain.session import Refused, Why
from bot.services import easing, planning, player
from db.models import Occurrence, Person
from db.queries import occurrences, pauses, people, reactions, reminders, sessions

STALE = Refused(Why.STALE)

# What may be told as the reason of a "not today".
WHY_NOT = frozenset({SkipReason.NO_TIME, SkipReason.PAIN, SkipReason.ILL, SkipReason.TRAVELLING})


@dataclass(frozen=True, slots=True)
class Snoozed:
    """The reminder comes again at `until`."""

    until: datetime
    person: Someone


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Not today; the next reminder comes at `next_at`, and why may be told of `occurrence`."""

    occurrence: int
    kind: ReminderKind
    next_at: datetime | None
    person: Someone
    now: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """Whether reminders are stopped, until when, and when the next one comes."""

    person: Someone
    next_at: datetime | None
    now: datetime
    changed: bool


async def snooze(deps: Deps, person_id: int, occurrence_id: int, minutes: int) -> Snoozed | Refused:
    """Put off by some minutes what came as one message; its day does not end before it came again.

    That answers the gentle question, and no such reminder counts as ignored.
    """
    now = deps.now()
    async with deps.act() as act:
        row = await occurrences.find(act.session, occurrence_id, person_id)
        if row is None:
            return STALE
        person = await people.get(act.session, person_id)
        until = now + timedelta(minutes=minutes)
        if act.repeated:
            until = row.send_at or until
        else:
            shown = await _still_open(act.session, row, now)
            if not shown or person.pause_reason is PauseReason.SAFETY:
                return STALE
            for one in shown:
                one.state, one.send_at, one.attempts = OccurrenceState.DUE, until, 0
                one.reason = SkipReason.ANSWERED
                one.expires_at = max(one.expires_at, until + timedelta(hours=1))
            await easing.answered(act.session, person)
    deps.wake()
    return Snoozed(until, people.someone(person))


async def not_today(deps: Deps, person_id: int, occurrence_id: int) -> LeftOut | Refused:
    """Skip what came as one message, and whatever else comes of its kinds on its day."""
    now = deps.now()
    async with deps.act() as act:
        row = await occurrences.find(act.session, occurrence_id, person_id)
        if row is None:
            return STALE
        person = await people.get(act.session, person_id)
        if not act.repeated:
            shown = await _still_open(act.session, row, now)
            if not shown:
                return STALE
            for one in shown:
                one.state, one.send_at = OccurrenceState.SKIPPED, None
                one.reason = SkipReason.NOT_TODAY
            await easing.answered(act.session, person)
            for one in shown:
                await reactions.leave_out(act.session, one, SkipReason.NOT_TODAY)
            await _silent_until(act.session, person, {one.kind for one in shown}, row, now)
        next_at = await planning.next_told(act.session, person, now)
        left_out = LeftOut(row.id, row.kind, next_at, people.someone(person), now)
    deps.wake()
    return left_out


async def _still_open(
    session: AsyncSession, row: Occurrence, now: datetime
) -> Sequence[Occurrence]:
    """Return what of an occurrence's message can still be acted upon."""
    shown = await reactions.of_message(session, row, now)
    return [one for one in shown if reactions.is_shown(one, now, row)]


async def _silent_until(
    session: AsyncSession,
    person: Person,
    kinds: Collection[ReminderKind],
    row: Occurrence,
    now: datetime,
) -> None:
    """Let no reminder of these kinds come before the occurrence's day is over."""
    over = day_end_at(row.practice_day, people.someone(person).zone, person.day_end)
    last = over - timedelta(seconds=1)
    for reminder in await reminders.of_person(session, person.id):
        if reminder.kind in kinds and reminder.next_at and reminder.next_at <= last:
            reminder.settled_at = max(reminder.settled_at or last, last)
            planning.plan(person, reminder, now)
    await session.flush()


async def because(
    deps: Deps, person_id: int, occurrence_id: int, reason: SkipReason
) -> LeftOut | Refused:
    """Note why it was not today, while that day lasts; the reason is told once."""
    now = deps.now()
    async with deps.act() as act:
        row = await occurrences.find(act.session, occurrence_id, person_id)
        if row is None or reason not in WHY_NOT:
            return STALE
        person = await people.get(act.session, person_id)
        someone = people.someone(person)
        if not act.repeated:
            if row.reason != SkipReason.NOT_TODAY or row.practice_day != today(someone, now):
                return STALE
            for one in await reactions.of_message(act.session, row, now):
                if one.reason == SkipReason.NOT_TODAY:
                    one.reason = reason
        next_at = await planning.next_told(act.session, person, now)
        return LeftOut(row.id, row.kind, next_at, someone, now)


async def pause(deps: Deps, person_id: int, returns: date | None) -> Pause:
    """Stop all reminders until the local date `returns`; without one, until they are resumed.

    A pause after an emergency stays as it is: only the person's own word ends it.
    """
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        someone = people.someone(person)
        until = instant(returns, time(), someone.zone) if returns else None
        same = someone.paused(now) and person.paused_until == until
        if person.pause_reason is not PauseReason.SAFETY:
            person.paused_at, person.paused_until = now, until
            person.pause_reason = PauseReason.ASKED
            await pauses.begin(act.session, person_id, now, until)
        if not act.repeated:
            await easing.answered(act.session, person)
        easing.close(person, Expecting.PAUSE)
        await occurrences.withdraw(act.session, person_id, SkipReason.PAUSED)
        await planning.replan(act.session, person, now)
        next_at = await planning.next_told(act.session, person, now)
    deps.wake()
    return Pause(people.someone(person), next_at, now, changed=act.repeated or not same)


async def ask_until(deps: Deps, person_id: int) -> None:
    """Take the person's next free text as the date until which everything shall rest."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        person.expecting, person.expecting_id = Expecting.PAUSE, None


async def no_pause(deps: Deps, person_id: int) -> Pause:
    """Leave all as it is; the person's next free text is no date any more."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        easing.close(person, Expecting.PAUSE)
        someone = people.someone(person)
        next_at = await planning.next_told(act.session, person, now)
        return Pause(someone, next_at, now, changed=not someone.paused(now))


async def pause_for_safety(deps: Deps, person_id: int) -> None:
    """Stop reminders and an open session after a described emergency, until the person resumes."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.find(act.session, person_id)
        if person is None:
            return
        person.paused_at, person.paused_until = now, None
        person.pause_reason = PauseReason.SAFETY
        await pauses.begin(act.session, person_id, now, None)
        open_session = await sessions.active(act.session, person_id)
        if open_session is not None:
            await player.finish(act.session, open_session, SessionState.STOPPED, now)
        await sessions.forget_undo(act.session, person_id)  # nothing leads back into any
        await occurrences.withdraw(act.session, person_id, SkipReason.SAFETY)
        await planning.replan(act.session, person, now)


async def resume(deps: Deps, person_id: int) -> Pause:
    """Let reminders come again from now on."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        changed = act.repeated or people.someone(person).paused(now)
        person.paused_at = person.paused_until = person.pause_reason = None
        await pauses.end(act.session, person_id, now)
        await planning.replan(act.session, person, now)
        next_at = await planning.next_told(act.session, person, now)
    deps.wake()
    return Pause(people.someone(person), next_at, now, changed)


def today(someone: Someone, now: datetime) -> date:
    """Return the person's practice day."""
    return local_day(now, someone.zone, someone.day_end)
