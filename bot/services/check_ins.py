"""How tight a person feels before and after: asked once a day at most, and never in the way."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.check_in import When, is_tightness
from bot.domain.player import SessionKind, SessionState
from bot.domain.progress import Tightness
from bot.domain.session import Refused, Why
from db.models import Session
from db.queries import check_ins, people, sessions

STALE = Refused(Why.STALE)


async def ask(deps: Deps, person_id: int, session_id: int) -> Refused | None:
    """Return None where it can still be said how tight it feels before this session."""
    async with deps.read() as session:
        found = await sessions.find(session, session_id, person_id)
        if found is None or not _is_time(found, When.BEFORE):
            return STALE
        asks = await asks_before(session, person_id, found.practice_day)
    return None if asks else STALE


async def say(
    deps: Deps, person_id: int, session_id: int, moment: When, tight: int | None
) -> Refused | None:
    """Store how tight it feels before or after a session, from 0 to 10; once a day.

    None says that they would rather not tell: it is not asked again that day.
    """
    now = deps.now()
    async with deps.act() as act:
        found = await sessions.find(act.session, session_id, person_id)
        if found is None or not (tight is None or is_tightness(tight)):
            return STALE
        if act.repeated:
            return None
        row = await check_ins.find(act.session, person_id, found.practice_day)
        said = row and (row.before_at if moment is When.BEFORE else row.after_at)
        if said or not _is_time(found, moment):
            return STALE
        await check_ins.put(act.session, person_id, found.practice_day, moment, tight, now)
        return None


async def set_asked(deps: Deps, person_id: int, *, on: bool) -> None:
    """Ask how tight it feels from now on, or no more."""
    async with deps.act() as act:
        (await people.get(act.session, person_id)).checks_in = on


async def asks_before(session: AsyncSession, person_id: int, day: date) -> bool:
    """Return whether it is worth asking before the first step of a day's session."""
    if not (await people.get(session, person_id)).checks_in:
        return False
    return await check_ins.find(session, person_id, day) is None


async def of_session(session: AsyncSession, found: Session) -> tuple[Tightness | None, bool]:
    """Return what was said on the day of a session that is over, and whether to ask once more.

    It is asked after where it was told before: alone it says little.
    """
    row = await check_ins.find(session, found.person_id, found.practice_day)
    if row is None or not _is_time(found, When.AFTER):
        return None, False
    asks = row.before is not None and row.after_at is None
    person = await people.get(session, found.person_id)
    return Tightness(row.before, row.after), asks and person.checks_in


def _is_time(found: Session, moment: When) -> bool:
    under_way = found.state in (SessionState.ACTIVE, SessionState.SPREAD)
    return found.kind is SessionKind.ROUTINE and under_way is (moment is When.BEFORE)
