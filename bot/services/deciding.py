"""What a recap offered is accepted or declined, once, while it stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Act, Deps
from bot.domain.adaptation import Named
from bot.domain.agenda import Notice, Plan
from bot.domain.proposal import STANDS, More, NewTime, moved
from bot.domain.session import Refused, Why
from bot.domain.stored_rules import load
from bot.services import adaptation, easing, planning, scheduling, telling
from bot.services.proposing import offered
from db.models import Person, Proposal
from db.queries import levels, people, proposals, reminders

STALE = Refused(Why.STALE)


async def accept(deps: Deps, person_id: int, proposal_id: int) -> Plan | Named | Refused:
    """Do what was offered, in a way that can be taken back; refused where it stands no more.

    It does not after a week, after an answer, and where what it is about was changed meanwhile.
    """
    async with deps.read() as session:
        found = await proposals.find(session, proposal_id, person_id)
        offer = offered(found).offer if found else None
    if isinstance(offer, NewTime):
        return await _move(deps, person_id, proposal_id, offer)
    if isinstance(offer, More):
        return await _raise(deps, person_id, proposal_id, offer)
    return STALE


async def _move(deps: Deps, person_id: int, proposal_id: int, offer: NewTime) -> Plan | Refused:
    now = deps.now()

    async def write(session: AsyncSession, person: Person) -> Notice | Refused:
        found = await _standing(session, person_id, proposal_id, now)
        reminder = await reminders.find(session, offer.reminder, person_id)
        rule = moved(load(reminder.rule), offer) if reminder else None
        if found is None or reminder is None or rule is None:
            return STALE
        await planning.change(session, person, reminder, rule, now)
        found.accepted, found.answered_at = True, now
        return Notice.SAVED

    return await scheduling.rewrite(deps, person_id, write, answers=False)


async def _raise(deps: Deps, person_id: int, proposal_id: int, offer: More) -> Named | Refused:
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        if not act.repeated and not await _raised(deps, act, person, proposal_id, offer, now):
            return STALE
        row = await levels.newest(act.session, person_id, offer.entry)
        return telling.told(deps.catalogue, row) if row else STALE


async def _raised(
    deps: Deps, act: Act, person: Person, proposal_id: int, offer: More, now: datetime
) -> bool:
    """Write the notch, where it still is the one that would come next."""
    found = await _standing(act.session, person.id, proposal_id, now)
    move = await adaptation.best_to_raise(deps, act.session, person)
    if found is None or move is None or (move.entry, move.change) != (offer.entry, offer.change):
        return False
    await adaptation.raise_one(act.session, person.id, move, now)
    await easing.answered(act.session, person)
    found.accepted, found.answered_at = True, now
    await act.session.flush()
    return True


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
