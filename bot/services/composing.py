"""A reminder put together by buttons: what an existing one begins with, and what is made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.deps import Deps
from bot.domain.agenda import Asked, Notice, Plan
from bot.domain.draft import Draft, mark, starting
from bot.domain.pace import Pace
from bot.domain.reminder import OF_ROUTINE, ReminderKind
from bot.domain.schedule import Rule
from bot.domain.session import Refused, Why
from bot.domain.stored_rules import load
from bot.services import scheduling
from db.queries import people, reminders

STALE = Refused(Why.STALE)


async def begin(deps: Deps, person_id: int, reminder_id: int) -> Asked | Refused:
    """Return a reminder as it stands, for buttons to begin with."""
    async with deps.read() as session:
        row = await reminders.find(session, reminder_id, person_id)
    if row is None:
        return STALE
    rule = load(row.rule)
    plain = Draft(kind=row.kind, practice=mark(row.entry) if row.entry else "")
    return Asked(rule, Draft.of(rule, row.kind, row.entry) or plain)


async def set_draft(
    deps: Deps, person_id: int, reminder_id: int | None, draft: Draft
) -> Plan | Refused | None:
    """Make the draft a reminder, or change one to it; None where it cannot be.

    A changed reminder keeps its end, and its days where their distance stays the same.
    """
    now = deps.now()
    entry = practice(deps.catalogue.practices, draft)
    if draft.kind is ReminderKind.PRACTICE and entry is None:
        return STALE
    async with deps.read() as session:
        someone = people.someone(await people.get(session, person_id))
        row = reminder_id and await reminders.find(session, reminder_id, person_id)
    try:
        rule = starting(draft, someone.zone, now)
        rule = _kept(rule, load(row.rule)) if row else rule
    except ValueError:
        return None
    if reminder_id is not None:
        return await scheduling.change(deps, person_id, reminder_id, [rule], entry)
    kind = draft.kind
    if kind in OF_ROUTINE:  # as it comes now: the buttons may be older than the pace
        kind = ReminderKind.MOVEMENT if someone.pace is Pace.SPREAD else ReminderKind.ROUTINE
    found = await scheduling.add(deps, person_id, kind, entry, [rule])
    tapped_twice = isinstance(found, Plan) and found.notice is Notice.SAME
    return STALE if tapped_twice else found


def practice(keys: Iterable[str], draft: Draft) -> str | None:
    """Return the key of the draft's practice; None where the pack has it no more."""
    return next((key for key in keys if draft.practice == mark(key)), None)


def _kept(rule: Rule, old: Rule) -> Rule:
    same_distance = rule.every_days == old.every_days
    return replace(rule, ends=old.ends, starts=old.starts if same_distance else rule.starts)
