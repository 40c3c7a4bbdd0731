"""What a session changed of somebody's levels, as it is told, or why it changed nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.adaptation import Cause, Change, Named
from bot.domain.catalogue import Catalogue
from bot.domain.person import Screened
from bot.domain.player import Feedback, SessionKind
from bot.domain.progression import Outlook
from db.models import LevelChange, Person, Session
from db.queries import levels

AT_END = (Cause.EASY, Cause.HARD, Cause.PAIN)  # in the order in which they are told
LOOK_BACK = 20  # answers: through the day, that many movements ago the same one came


async def at_end(deps: Deps, session: AsyncSession, found: Session) -> tuple[Named, ...]:
    """Return what a session that is over changed, what counts most first.

    After a week off that was told at its first step, unless it never showed one.
    """
    causes = AT_END if found.message_id is not None else (*AT_END, Cause.BREAK)
    return await _of(deps.catalogue, session, found, causes)


async def at_first_step(deps: Deps, session: AsyncSession, found: Session) -> tuple[Named, ...]:
    """Return what there is less of in a session because of a week off, unless that was refused."""
    told = await _of(deps.catalogue, session, found, (Cause.BREAK,))
    return tuple(one for one in told if not one.kept)


async def because_it_hurt(
    deps: Deps, session: AsyncSession, found: Session, entry: str
) -> tuple[Named, ...]:
    """Return what the last answer in a session makes less of from now on, because it hurt."""
    before = {row["id"] for row in (found.undo or {}).get("changes", [])}
    rows = [one for one in await levels.of_session(session, found.id) if one.id not in before]
    return tuple(
        told(deps.catalogue, row) for row in rows if (row.cause, row.entry) == (Cause.PAIN, entry)
    )


async def outlook(
    session: AsyncSession, person: Person, found: Session, told: Iterable[Named]
) -> Outlook | None:
    """Return what it means that nothing moved after what was said of a session."""
    if found.kind is SessionKind.PRACTICE or any(one.cause is not Cause.BREAK for one in told):
        return None
    if found.feedback is Feedback.HARD:
        return Outlook.LEAST
    if found.feedback is not Feedback.EASY or person.screened is not Screened.NONE:
        return None
    if await _answered_since(session, found):
        return None
    return Outlook.TOP if await twice_easy(session, found) else Outlook.ONCE


async def twice_easy(session: AsyncSession, found: Session) -> Session | None:
    """Return the session before this one, where it was too easy and no raise answered that.

    None for one that is not the newest of which was said how it felt: what was said since counts.
    """
    before = await _answered_before(session, found)
    if before is None or before.feedback is not Feedback.EASY:
        return None
    if await _answered_since(session, found):
        return None
    changes = await levels.of_session(session, before.id)
    return None if any(one.cause is Cause.EASY for one in changes) else before


async def _answered_before(session: AsyncSession, found: Session) -> Session | None:
    """Return the last session of the same of which was said how it felt.

    Of movements through the day, the last one about an exercise of this one.
    """
    earlier = await levels.said_before(session, found, LOOK_BACK)
    return next((one for one in earlier if _is_like(one, found)), None)


async def _answered_since(session: AsyncSession, found: Session) -> bool:
    """Return whether it was said how a later session of the same felt."""
    later = await levels.said_after(session, found, LOOK_BACK)
    return any(_is_like(one, found) for one in later)


def _is_like(one: Session, found: Session) -> bool:
    """Return whether a session is about the same: of movements, about one of their exercises."""
    shared = {step["entry"] for step in one.steps} & {step["entry"] for step in found.steps}
    return found.kind is not SessionKind.MOVEMENT or bool(shared)


async def _of(
    catalogue: Catalogue, session: AsyncSession, found: Session, causes: Collection[Cause]
) -> tuple[Named, ...]:
    rows = [one for one in await levels.of_session(session, found.id) if one.cause in causes]
    order = list(causes)
    return tuple(
        told(catalogue, row)
        for row in sorted(
            rows, key=lambda one: (one.refused_at is not None, order.index(one.cause))
        )
    )


def told(catalogue: Catalogue, row: LevelChange) -> Named:
    """Return a change as it is told."""
    named, kept = Change.from_dict(row.named), row.refused_at is not None
    return Named(row.id, row.entry, catalogue.name_of(row.entry), named, row.cause, kept)
