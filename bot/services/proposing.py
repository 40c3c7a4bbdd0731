"""What a recap offers: found, and made once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.own import is_own
from bot.domain.pace import Pace
from bot.domain.progression import WEEK_OFF
from bot.domain.proposal import (
    REST,
    SETTLES,
    More,
    NewTime,
    Offer,
    Offered,
    Planned,
    ProposalKind,
    is_ready,
    new_time,
    read_offer,
)
from bot.domain.reminder import ReminderKind
from bot.domain.stored_rules import load
from bot.services import adaptation, own
from db.models import Person, Proposal, Reminder
from db.queries import people, proposals, reminders
from db.queries.recap import Began

New = dict[int, tuple[Person, Offer]]  # by the recap's occurrence


async def look(
    deps: Deps,
    session: AsyncSession,
    recaps: Mapping[int, Person],
    began: Mapping[int, Sequence[Began]],
) -> tuple[dict[int, Offered], New]:
    """Return what recaps offer already, and what the others should, by their occurrences.

    Nothing that was offered lately and not taken. `began` are finished routines, by person.
    """
    now = deps.now()
    stored = await proposals.of_occurrences(session, recaps)
    known = {row.occurrence_id or 0: offered(row) for row in stored}
    others = {key: person for key, person in recaps.items() if key not in known}
    ids = [person.id for person in others.values()]
    lately = defaultdict[int, list[Proposal]](list)
    for row in await proposals.made_after(session, ids, now - REST):
        lately[row.person_id].append(row)
    theirs = defaultdict[int, list[Reminder]](list)
    for reminder in await reminders.of_people(session, ids):
        theirs[reminder.person_id].append(reminder)
    new: New = {}
    for key, person in others.items():
        given = began[person.id], lately[person.id]
        offer: Offer | None = _time(person, theirs[person.id], *given, now)
        offer = offer or await _more(deps, session, person, *given, now)
        if offer is not None:
            new[key] = person, offer
    return known, new


def _time(
    person: Person,
    theirs: Sequence[Reminder],
    began: Sequence[Began],
    lately: Sequence[Proposal],
    now: datetime,
) -> NewTime | None:
    """Return another time for a reminder of the routine, unless its times were set just now."""
    just_set = person.undo_at is not None and now - person.undo_at < SETTLES
    if just_set or person.pace is Pace.SPREAD:
        return None
    planned = [
        Planned(row.id, load(row.rule))
        for row in theirs
        if row.kind is ReminderKind.ROUTINE and row.paused_at is None
    ]
    someone = people.someone(person)
    local = [one.at.astimezone(someone.zone) for one in began]
    found = new_time(planned, local, someone.quiet)
    rests = {one.offered["reminder"] for one in lately if one.kind is ProposalKind.TIME}
    return None if found is None or found.reminder in rests else found


async def _more(
    deps: Deps,
    session: AsyncSession,
    person: Person,
    began: Sequence[Began],
    lately: Sequence[Proposal],
    now: datetime,
) -> More | None:
    """Return which exercise could be one notch more, where the last sessions felt easy or right.

    Those since the last notch that was taken count, and only where they did something this week.
    """
    taken = [one for one in lately if one.kind is ProposalKind.LEVEL and one.accepted]
    since = max((one.answered_at or one.made_at for one in taken), default=None)
    fresh = [one for one in began if since is None or one.at > since]
    if not fresh or now - fresh[-1].at > WEEK_OFF or not is_ready([one.feedback for one in fresh]):
        return None
    if person.routine is not None and is_own(person.routine):
        deps = await own.deps_of(deps, session, person.id)
    move = await adaptation.best_to_raise(deps, session, person)
    rests = {
        one.offered["entry"]
        for one in lately
        if one.kind is ProposalKind.LEVEL and not one.accepted
    }
    return None if move is None or move.entry in rests else More(move.entry, move.change)


async def make(session: AsyncSession, new: New, now: datetime) -> dict[int, Offered]:
    """Store what recaps offer, once; return it by their occurrences."""
    if not new:
        return {}
    rows = [
        {
            "person_id": person.id,
            "occurrence_id": key,
            "kind": offer.kind,
            "offered": offer.to_dict(),
            "made_at": now,
        }
        for key, (person, offer) in new.items()
    ]
    await proposals.add_once(session, rows)
    stored = await proposals.of_occurrences(session, new)
    return {row.occurrence_id or 0: offered(row) for row in stored}


def offered(row: Proposal) -> Offered:
    """Return a stored proposal as it is told."""
    return Offered(row.id, read_offer(row.kind, row.offered))
