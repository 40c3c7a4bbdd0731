"""What is due: reminders whose time has come become occurrences, once each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.deps import Deps
from bot.domain.downtime import Missed, decide, expires_at
from bot.domain.local_time import local_day
from bot.domain.person import Someone
from bot.domain.player import SessionKind, SessionState
from bot.domain.reminder import OccurrenceState, ReminderKind
from bot.domain.schedule import Rule, fires
from bot.services import planning
from db.models import Person, Reminder
from db.queries import occurrences, people, reminders, sessions

BATCH = 500
MANY = 50  # so many missed firings of one reminder are recorded after a long downtime


@dataclass(slots=True)
class _Claim:
    """A due moment that is being claimed."""

    reminder: Reminder
    person: Person
    missed: Missed
    day: date
    state: OccurrenceState = OccurrenceState.DUE


async def earliest(deps: Deps) -> datetime | None:
    """Return when the next thing of anybody is due: a reminder, or an occurrence put off."""
    async with deps.read() as session:
        moments = [await reminders.earliest(session), await occurrences.earliest(session)]
    return min((moment for moment in moments if moment), default=None)


async def claim(deps: Deps) -> int:
    """Turn due reminders into occurrences and move their `next_at` on; return how many were due.

    A constant number of statements a batch. What the bot slept through becomes one late
    occurrence a person, the rest is recorded as "bot was down".
    """
    now = deps.now()
    async with deps.write() as session:
        due = await reminders.due(session, now, BATCH)
        if not due:
            return 0
        claims = [each for reminder, person in due for each in _claims(reminder, person, now)]
        since = min((each.day for each in claims), default=date.max)
        busy = await sessions.busy(session, {person.id for _, person in due}, since)
        _settle(claims, busy, now)
        await occurrences.add_once(session, [_row(each, now) for each in claims])
        await reminders.move(session, [_moved(reminder, person, now) for reminder, person in due])
    return len(due)


def _claims(reminder: Reminder, person: Person, now: datetime) -> list[_Claim]:
    """Return the due moments of a reminder from its `next_at` up to now, newest last."""
    rule = planning.load(reminder.rule)
    someone = people.someone(person)
    assert reminder.next_at is not None  # it is due
    moments = list(fires(rule, reminder.next_at - timedelta(seconds=1), now, someone.zone))
    return [_claim(reminder, person, someone, rule, due_at) for due_at in moments[-MANY:]]


def _claim(
    reminder: Reminder, person: Person, someone: Someone, rule: Rule, due_at: datetime
) -> _Claim:
    expires = expires_at(rule, due_at, reminder.kind, someone.zone, someone.day_end)
    missed = Missed(reminder.id, reminder.kind, due_at, expires)
    return _Claim(reminder, person, missed, local_day(due_at, someone.zone, someone.day_end))


def _moved(reminder: Reminder, person: Person, now: datetime) -> tuple[int, datetime | None]:
    return reminder.id, planning.next_at(person, planning.load(reminder.rule), now)


def _settle(
    claims: Sequence[_Claim],
    busy: Sequence[tuple[int, SessionKind, str, SessionState, date]],
    now: datetime,
) -> None:
    """Decide for each due moment: goes out, is settled already, or was our fault."""
    known = {
        (person, day, state) for person, kind, _, state, day in busy if kind is SessionKind.ROUTINE
    }
    by_person = defaultdict[int, list[_Claim]](list)
    for claim in claims:
        if claim.reminder.kind is ReminderKind.ROUTINE:
            who = (claim.person.id, claim.day)
            if (*who, SessionState.DONE) in known:
                claim.state = OccurrenceState.DONE
            elif (*who, SessionState.ACTIVE) in known:
                claim.state = OccurrenceState.STARTED
        if claim.state is OccurrenceState.DUE:
            by_person[claim.person.id].append(claim)
    for theirs in by_person.values():
        down = set(decide((claim.missed for claim in theirs), now).down)
        for claim in theirs:
            if claim.missed in down:
                claim.state = OccurrenceState.BOT_WAS_DOWN


def _row(claim: _Claim, now: datetime) -> dict[str, Any]:
    return {
        "person_id": claim.person.id,
        "reminder_id": claim.reminder.id,
        "kind": claim.reminder.kind,
        "entry": claim.reminder.entry,
        "due_at": claim.missed.due_at,
        "practice_day": claim.day,
        "expires_at": claim.missed.expires_at,
        "send_at": now if claim.state is OccurrenceState.DUE else None,
        "state": claim.state,
        "attempts": 0,
    }


async def expire(deps: Deps) -> None:
    """Call missed what was never answered and has expired."""
    async with deps.write() as session:
        await occurrences.expire(session, deps.now())
