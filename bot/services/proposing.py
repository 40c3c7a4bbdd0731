"""What a recap offers: found, made once, and accepted or declined once while it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.agenda import Notice, Plan
from bot.domain.pace import Pace
from bot.domain.proposal import (
    REST,
    SETTLES,
    STANDS,
    NewTime,
    Offered,
    Planned,
    ProposalKind,
    moved,
    new_time,
)
from bot.domain.reminder import ReminderKind
from bot.domain.session import Refused, Why
from bot.domain.stored_rules import load
from bot.services import planning, scheduling
from db.models import Person, Proposal
from db.queries import people, proposals, reminders

STALE = Refused(Why.STALE)


async def look(
    deps: Deps, session: AsyncSession, person: Person, began: Sequence[datetime], now: datetime
) -> NewTime | None:
    """Return what is worth offering; nothing that was offered lately and not taken.

    `began` are the local moments at which finished routines began, oldest first.
    """
    lately = await proposals.made_after(session, person.id, now - REST)
    return await _time(session, person, began, lately, now)


async def _time(
    session: AsyncSession,
    person: Person,
    began: Sequence[datetime],
    lately: Sequence[Proposal],
    now: datetime,
) -> NewTime | None:
    """Return another time for a reminder of the routine, unless its times were set just now."""
    just_set = person.undo_at is not None and now - person.undo_at < SETTLES
    if just_set or person.pace is Pace.SPREAD:
        return None
    planned = [
        Planned(row.id, load(row.rule))
        for row in await reminders.of_person(session, person.id)
        if row.kind is ReminderKind.ROUTINE and row.paused_at is None
    ]
    found = new_time(planned, began, people.someone(person).quiet)
    rests = {one.offered["reminder"] for one in lately if one.kind is ProposalKind.TIME}
    return None if found is None or found.reminder in rests else found


async def of(session: AsyncSession, occurrence_id: int) -> Offered | None:
    """Return what a recap offers already; None where it offers nothing yet."""
    found = await proposals.of_occurrence(session, occurrence_id)
    return _offered(found) if found else None


async def make(deps: Deps, person_id: int, occurrence_id: int, offer: NewTime) -> Offered | None:
    """Store what a recap offers, once; return what it offers."""
    async with deps.write() as session:
        stored = offer.to_dict()
        kind, now = ProposalKind.TIME, deps.now()
        await proposals.add_once(session, person_id, occurrence_id, kind, stored, now)
        return await of(session, occurrence_id)


def _offered(row: Proposal) -> Offered:
    return Offered(row.id, NewTime.from_dict(row.offered))


async def accept(deps: Deps, person_id: int, proposal_id: int) -> Plan | Refused:
    """Do what was offered, in a way that can be taken back; refused where it stands no more.

    It does not after a week, after an answer, and where the reminder was changed meanwhile.
    """
    now = deps.now()

    async def write(session: AsyncSession, person: Person) -> Notice | Refused:
        found = await _standing(session, person_id, proposal_id, now)
        if found is None:
            return STALE
        offer = NewTime.from_dict(found.offered)
        reminder = await reminders.find(session, offer.reminder, person_id)
        rule = moved(load(reminder.rule), offer) if reminder else None
        if reminder is None or rule is None:
            return STALE
        await planning.change(session, person, reminder, rule, now)
        found.accepted, found.answered_at = True, now
        return Notice.SAVED

    return await scheduling.rewrite(deps, person_id, write, answers=False)


async def decline(deps: Deps, person_id: int, proposal_id: int) -> Refused | None:
    """Leave all as it is; it is not offered again for a while."""
    now = deps.now()
    async with deps.act() as act:
        if act.repeated:
            return None
        found = await _standing(act.session, person_id, proposal_id, now)
        if found is None:
            return STALE
        found.accepted, found.answered_at = False, now
        return None


async def _standing(
    session: AsyncSession, person_id: int, proposal_id: int, now: datetime
) -> Proposal | None:
    """Return this person's proposal while it can be answered."""
    found = await proposals.find(session, proposal_id, person_id)
    if found is None or found.accepted is not None or now - found.made_at >= STANDS:
        return None
    return found
