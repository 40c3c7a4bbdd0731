"""What an operator tells everybody: written, looked at, confirmed or cancelled, and stopped."""

from __future__ import annotations

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.broadcast import CopyState, Draft, Tally, Why, confirmable
from bot.domain.person import Expecting
from bot.services import easing
from db.models import Broadcast
from db.queries import broadcasts, people

log = structlog.get_logger(__name__)


async def ask(deps: Deps, author_id: int) -> Tally | None:
    """Take the author's next free text as a broadcast; where one is going out, how far it is."""
    async with deps.act() as act:
        if (going := await broadcasts.going(act.session)) is not None:
            return await tally_of(act.session, going)
        person = await people.get(act.session, author_id)
        person.expecting, person.expecting_id = Expecting.BROADCAST, None
    return None


async def draft(deps: Deps, author_id: int, text: str) -> Draft | Tally:
    """Keep a text until its author confirms it; where one is going out, how far that is."""
    async with deps.act() as act:
        easing.close(await people.get(act.session, author_id), Expecting.BROADCAST)
        if act.repeated and (row := await broadcasts.newest(act.session, author_id)) is not None:
            return await _draft(act.session, row)
        if (going := await broadcasts.going(act.session)) is not None:
            return await tally_of(act.session, going)
        row = Broadcast(author_id=author_id, text=text, made_at=deps.now())
        act.session.add(row)
        await act.session.flush()
        return await _draft(act.session, row)


async def _draft(session: AsyncSession, row: Broadcast) -> Draft:
    return Draft(row.id, row.text, await broadcasts.audience(session))


async def leave(deps: Deps, author_id: int) -> Why | None:
    """Take the author's next free text as a broadcast no more."""
    async with deps.act() as act:
        person = await people.get(act.session, author_id)
        if not act.repeated and person.expecting is not Expecting.BROADCAST:
            return Why.SAME
        easing.close(person, Expecting.BROADCAST)
    return None


async def confirm(deps: Deps, author_id: int, broadcast: int) -> Tally | Why:
    """Let a broadcast go out: everybody whom it reaches now gets a copy.

    Its author alone can do that, once, within a day, and while no other is going out. One
    transaction: a kill leaves it confirmed with all its copies, or as it was.
    """
    now = deps.now()
    async with deps.act() as act:
        row = await broadcasts.find(act.session, broadcast)
        if row is None or row.author_id != author_id:
            return Why.UNKNOWN
        if not act.repeated:
            why = confirmable(row.made_at, row.confirmed_at, row.cancelled_at, now)
            if why is None and await broadcasts.going(act.session) is not None:
                why = Why.OTHER
            if why is not None:
                return why
            row.confirmed_at = row.report_at = now
            await broadcasts.make_copies(act.session, broadcast, now)
            await act.session.flush()
        elif row.confirmed_at is None:  # it was refused, before a kill ate the answer
            return confirmable(row.made_at, None, row.cancelled_at, now) or Why.OTHER
        found = await tally_of(act.session, row)
    deps.wake()
    log.info("broadcast_confirmed", broadcast=broadcast, people=found.people)
    return found


async def cancel(deps: Deps, author_id: int, broadcast: int) -> Why | None:
    """Let a broadcast that is not confirmed never go out."""
    async with deps.act() as act:
        row = await broadcasts.find(act.session, broadcast)
        if row is None or row.author_id != author_id:
            return Why.UNKNOWN
        why = confirmable(row.made_at, row.confirmed_at, row.cancelled_at, row.made_at)
        if act.repeated and row.confirmed_at is None:
            return None
        if why is None:
            row.cancelled_at = deps.now()
        return why


async def stop(deps: Deps, broadcast: int) -> Why | None:
    """Let no copy go out any more that has not gone out; any operator may do that."""
    async with deps.act() as act:
        row = await broadcasts.find(act.session, broadcast)
        if row is None:
            return Why.UNKNOWN
        if act.repeated:
            return None if row.cancelled_at is not None else Why.OVER
        waits = (await broadcasts.tally(act.session, broadcast)).get(CopyState.DUE)
        if row.report_at is None or not waits:
            return Why.OVER
        row.cancelled_at = deps.now()
        await broadcasts.stop(act.session, broadcast)
    deps.wake()
    log.info("broadcast_stopped", broadcast=broadcast, unsent=waits)
    return None


async def tally_of(session: AsyncSession, row: Broadcast) -> Tally:
    """Return how many of a broadcast's copies stand where."""
    stopped = row.confirmed_at is not None and row.cancelled_at is not None
    return Tally(row.id, await broadcasts.tally(session, row.id), stopped)
