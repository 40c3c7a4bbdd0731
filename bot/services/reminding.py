"""What a person does with a reminder: snooze it, or say not today; pause and resume them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.deps import Deps
from bot.domain.local_time import instant, local_day
from bot.domain.person import PauseReason, Someone
from bot.domain.player import SessionState
from bot.domain.reminder import OccurrenceState, SkipReason
from bot.domain.session import Refused, Why
from bot.services import planning
from db.queries import occurrences, people, sessions

STALE = Refused(Why.STALE)


@dataclass(frozen=True, slots=True)
class Snoozed:
    """The reminder comes again at `until`."""

    until: datetime
    person: Someone


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Not today; the next reminder comes at `next_at`."""

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
    """Put an occurrence off by some minutes; its day does not end before it came again."""
    now = deps.now()
    async with deps.act() as act:
        row = await occurrences.find(act.session, occurrence_id, person_id)
        if row is None:
            return STALE
        if not act.repeated:
            if row.state is not OccurrenceState.SENT or row.expires_at <= now:
                return STALE
            row.state = OccurrenceState.DUE
            row.send_at = now + timedelta(minutes=minutes)
            row.expires_at = max(row.expires_at, row.send_at + timedelta(hours=1))
        person = await people.get(act.session, person_id)
        until = row.send_at or now
    deps.wake()
    return Snoozed(until, people.someone(person))


async def not_today(deps: Deps, person_id: int, occurrence_id: int) -> LeftOut | Refused:
    """Skip an occurrence and what else waits of the routine on its day."""
    now = deps.now()
    async with deps.act() as act:
        row = await occurrences.find(act.session, occurrence_id, person_id)
        if row is None:
            return STALE
        if not act.repeated:
            if row.state is not OccurrenceState.SENT or row.expires_at <= now:
                return STALE
            row.state = OccurrenceState.SKIPPED
            row.reason = SkipReason.NOT_TODAY
        person = await people.get(act.session, person_id)
        next_at = await planning.next_told(act.session, person, now)
        return LeftOut(next_at, people.someone(person), now)


async def pause(deps: Deps, person_id: int, returns: date | None) -> Pause:
    """Stop all reminders until the local date `returns`; without one, until they are resumed.

    A pause after an emergency stays as it is: only the person's own word ends it.
    """
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        someone = people.someone(person)
        if person.pause_reason is not PauseReason.SAFETY:
            person.paused_at = now
            person.pause_reason = PauseReason.ASKED
            person.paused_until = instant(returns, time(), someone.zone) if returns else None
        await occurrences.withdraw(act.session, person_id, SkipReason.PAUSED)
        await planning.replan(act.session, person, now)
        next_at = await planning.next_told(act.session, person, now)
    deps.wake()
    return Pause(people.someone(person), next_at, now, changed=True)


async def pause_for_safety(deps: Deps, person_id: int) -> None:
    """Stop reminders and an open session after a described emergency, until the person resumes."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.find(act.session, person_id)
        if person is None:
            return
        person.paused_at, person.paused_until = now, None
        person.pause_reason = PauseReason.SAFETY
        open_session = await sessions.active(act.session, person_id)
        if open_session is not None:
            open_session.state, open_session.finished_at = SessionState.STOPPED, now
        await occurrences.withdraw(act.session, person_id, SkipReason.SAFETY)
        await planning.replan(act.session, person, now)


async def resume(deps: Deps, person_id: int) -> Pause:
    """Let reminders come again from now on."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        changed = act.repeated or people.someone(person).paused(now)
        person.paused_at = person.paused_until = person.pause_reason = None
        await planning.replan(act.session, person, now)
        next_at = await planning.next_told(act.session, person, now)
    deps.wake()
    return Pause(people.someone(person), next_at, now, changed)


def today(someone: Someone, now: datetime) -> date:
    """Return the person's practice day."""
    return local_day(now, someone.zone, someone.day_end)
