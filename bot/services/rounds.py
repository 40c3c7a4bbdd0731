"""A breathing practice made shorter or longer, and what is said before one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.catalogue import Practice
from bot.domain.player import SessionKind
from bot.domain.rounds import choices
from bot.domain.session import Playing, Refused
from bot.services import player, versions
from bot.services.showing import playing, steps_of
from db.models import Session
from db.queries import people, sessions

REMEMBERED = timedelta(days=30)  # cautions that were read so long ago are said again


async def choose(
    deps: Deps, person_id: int, session_id: int, position: int, rounds: int
) -> Playing | Refused:
    """Let a practice last so many rounds; it begins anew."""
    now = deps.now()
    async with deps.act() as act:
        found = await player.under_way(act, person_id, session_id, position)
        if found is None:
            return player.STALE
        if not act.repeated:
            practice = await _practice(deps, act.session, found)
            step = steps_of(found)[position]
            person = await people.get(act.session, person_id)
            if practice is None or rounds not in choices(practice, step, person.screened):
                return player.STALE
            step = step.of_rounds(rounds, practice.seconds_a_round)
            found.steps = [*found.steps[:position], step.to_dict(), *found.steps[position + 1 :]]
            player.move(found, position, now)
        return await playing(deps, act.session, found)


async def cautioned(
    session: AsyncSession, person_id: int, key: str, now: datetime, but: int | None = None
) -> bool:
    """Return whether somebody began a practice not long ago, and so was told its cautions.

    `but` is a session that has just begun.
    """
    what = (SessionKind.PRACTICE, key)
    return await sessions.began(session, person_id, *what, now - REMEMBERED, but)


async def _practice(deps: Deps, session: AsyncSession, found: Session) -> Practice | None:
    if found.kind is not SessionKind.PRACTICE:
        return None
    book = await versions.entries(session, deps.catalogue, found, [found.entry])
    entry = book.get(found.entry)
    return entry if isinstance(entry, Practice) else None
