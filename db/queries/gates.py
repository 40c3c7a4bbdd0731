"""Statements about answered safety gates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.inserting import insert
from db.models import GateAnswer

CLOSED = 0  # the number under which a gate is closed for a day; questions count from 1


async def put(
    session: AsyncSession,
    person_id: int,
    gate: str,
    question: int,
    yes: bool,
    now: datetime,
    asked: str | None = None,
) -> None:
    """Store the answer to one question of a gate; a newer answer overwrites an older one.

    `asked` is a hash of the question's words, so that an answer counts for that question alone.
    """
    values = {"yes": yes, "answered_at": now, "asked": asked}
    await session.execute(
        insert(session, GateAnswer)
        .values(person_id=person_id, gate=gate, question=question, **values)
        .on_conflict_do_update(index_elements=["person_id", "gate", "question"], set_=values)
    )


async def close(session: AsyncSession, person_id: int, gate: str, now: datetime) -> None:
    """Close a gate for the day, and forget its answers: they are asked anew after it."""
    await forget(session, person_id, gate)
    await put(session, person_id, gate, CLOSED, True, now)


async def closed_at(session: AsyncSession, person_id: int, gate: str) -> datetime | None:
    """Return when a gate was last closed for a day, or None."""
    query = select(GateAnswer.answered_at).where(
        GateAnswer.person_id == person_id,
        GateAnswer.gate == gate,
        GateAnswer.question == CLOSED,
    )
    return (await session.scalars(query)).one_or_none()


async def answers(
    session: AsyncSession, person_id: int, gate: str, since: datetime
) -> dict[int, tuple[str | None, bool]]:
    """Return number -> (hash of what was asked, yes) of a gate's answers given since a moment."""
    query = select(GateAnswer.question, GateAnswer.asked, GateAnswer.yes).where(
        GateAnswer.person_id == person_id,
        GateAnswer.gate == gate,
        GateAnswer.answered_at > since,
        GateAnswer.question != CLOSED,
    )
    return {row.question: (row.asked, row.yes) for row in await session.execute(query)}


async def forget_passed(session: AsyncSession, person_id: int) -> None:
    """Remove every "no" of a person; what they answered with yes keeps its gate closed."""
    await session.execute(
        delete(GateAnswer).where(GateAnswer.person_id == person_id, GateAnswer.yes.is_(False))
    )


async def forget(session: AsyncSession, person_id: int, gate: str) -> None:
    """Remove a person's answers to one gate; that it is closed for the day stays."""
    await session.execute(
        delete(GateAnswer).where(
            GateAnswer.person_id == person_id,
            GateAnswer.gate == gate,
            GateAnswer.question != CLOSED,
        )
    )
