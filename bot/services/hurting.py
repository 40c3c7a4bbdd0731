"""A step that hurts: how much, what follows from it, and the warning signs behind it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Act, Deps
from bot.domain.catalogue import Entry
from bot.domain.hurting import (
    DROP_FROM,
    EASE_FROM,
    Relief,
    eased,
    is_pain,
    left_out,
    relief,
)
from bot.domain.player import Outcome, SessionState
from bot.domain.session import Hurting, Playing, Refused
from bot.domain.step import Step
from bot.services import adaptation, deadlines, player, reminding, retaking, telling, versions
from bot.services.showing import ended, playing, steps_of
from db.models import Session
from db.queries import sessions


@dataclass(frozen=True, slots=True)
class Signed:
    """A warning sign was told; `shown_in` is the message of the session, over by that."""

    shown_in: int | None


async def ask(deps: Deps, person_id: int, session_id: int, position: int) -> Playing | Refused:
    """Return the open step that hurts; its time stands still while they are asked how much."""
    async with deps.act() as act:
        found = await player.under_way(act, person_id, session_id, position)
        if found is None:
            return player.STALE
        if not act.repeated:
            deadlines.pause(found, deps.now())
        return await playing(deps, act.session, found)


async def say(
    deps: Deps,
    person_id: int,
    session_id: int,
    position: int,
    pain: int,
    *,
    asked_in: int | None = None,
) -> Hurting | Refused:
    """Store how much a step hurts, from 0 to 10, and do what follows from it.

    `asked_in` is the message that asked: it is answered once, however late, while the step is open.
    """
    now = deps.now()
    async with deps.act() as act:
        found = await _asked(act, person_id, session_id, position, asked_in)
        if isinstance(found, Refused) or not is_pain(pain):
            return player.STALE
        step = steps_of(found)[position]
        entry = await _entry_of(deps, act.session, found, step)
        then = relief(pain, _as_it_was(found, position) if act.repeated else step, entry)
        if not act.repeated:
            await retaking.remember(act.session, found, now)
            await sessions.put_pain(act.session, found.id, position, pain, now, asked_in)
            if pain >= EASE_FROM:
                await adaptation.after_pain(deps, act.session, found, step.entry)
            await _follow(deps, act.session, found, then, entry)
        severe = pain >= DROP_FROM
        return await _told(deps, act.session, found, (position, entry), then, severe=severe)


async def leave_out(
    deps: Deps, person_id: int, session_id: int, position: int
) -> Hurting | Refused:
    """Leave out for today what the open step is about: there is no easier variant of it."""
    now = deps.now()
    async with deps.act() as act:
        found = await _asked(act, person_id, session_id, position)
        if isinstance(found, Refused):
            return player.STALE
        entry = await _entry_of(deps, act.session, found, steps_of(found)[position])
        if not act.repeated:
            await retaking.remember(act.session, found, now)
            await _follow(deps, act.session, found, Relief.DROP, entry)
        return await _told(deps, act.session, found, (position, entry), Relief.DROP)


async def tell_sign(
    deps: Deps, person_id: int, session_id: int, *, emergency: bool
) -> Signed | Refused:
    """End a session because a warning sign applies; after an emergency everything rests.

    A sign is never refused for being told late or twice, only for being another person's.
    """
    async with deps.read() as session:
        told_in = await sessions.find(session, session_id, person_id)
    if told_in is None:
        return player.STALE
    if emergency:
        await reminding.pause_for_safety(deps, person_id)
        return Signed(told_in.message_id)
    async with deps.act() as act:
        found = await sessions.find(act.session, session_id, person_id)
        if found is not None and player.is_open(found) and not act.repeated:
            await player.finish(act.session, found, SessionState.STOPPED, deps.now())
            found.undo = None  # nothing leads back into it
    return Signed(told_in.message_id)


async def _asked(
    act: Act, person_id: int, session_id: int, position: int, asked_in: int | None = None
) -> Session | Refused:
    """Return the session whose step at `position` was asked about, while the question is open."""
    found = await player.current(act, person_id, session_id, position)
    if isinstance(found, Refused) or position >= len(found.steps):
        return player.STALE
    if asked_in is None or act.repeated:
        return found
    answered = await sessions.asked_in(act.session, found.id, position)
    return player.STALE if answered is not None and asked_in <= answered else found


async def _entry_of(deps: Deps, session: AsyncSession, found: Session, step: Step) -> Entry | None:
    book = await versions.entries(session, deps.catalogue, found, [step.entry])
    return versions.as_entry(book.get(step.entry))


def _as_it_was(found: Session, position: int) -> Step:
    """Return a step as it was before the answer that took effect already."""
    kept = found.undo["session"]["steps"] if found.undo else found.steps
    return Step.from_dict(kept[position])


async def _follow(
    deps: Deps, session: AsyncSession, found: Session, then: Relief, entry: Entry | None
) -> None:
    if then is Relief.OFFER:
        return
    now = deps.now()
    if then is Relief.DROP:
        hurt = found.steps[found.position]["entry"]
        await _drop(session, found, left_out({hurt}, deps.catalogue.entries), now)
        return
    if then is Relief.EASE and entry is not None:
        found.steps = [step.to_dict() for step in eased(steps_of(found), found.position, entry)]
        found.left = None  # the easier variant begins anew
    found.shown_at = now
    deadlines.run(found, now)


async def _drop(
    session: AsyncSession, found: Session, keys: Collection[str], now: datetime
) -> None:
    """Close all steps about these entries; those not done yet are left out."""
    recorded = await sessions.outcomes(session, found.id)
    for at in range(found.position, len(found.steps)):
        is_open = at == found.position or at not in recorded
        if is_open and found.steps[at]["entry"] in keys:
            await sessions.put_record(session, found.id, at, Outcome.HURT, 0, now)
    await player.leave_out(session, found, keys, now)


async def _told(
    deps: Deps,
    session: AsyncSession,
    found: Session,
    about: tuple[int, Entry | None],
    then: Relief,
    *,
    severe: bool = False,
) -> Hurting:
    position, entry = about
    name = entry.name if entry else found.steps[position]["entry"]
    result = (
        await playing(deps, session, found)
        if player.is_open(found)
        else await ended(deps, session, found, deps.now())
    )
    changes = await telling.because_it_hurt(deps, session, found, found.steps[position]["entry"])
    return Hurting(found.id, position, name, then, result, severe, found.message_id, changes)
