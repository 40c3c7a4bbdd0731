"""Statements about answered safety gates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import GateAnswer


async def put(
    session: AsyncSession, person_id: int, gate: str, question: int, yes: bool, now: datetime
) -> None:
    """Store the answer to one question of a gate; a newer answer overwrites an older one."""
    values = {"yes": yes, "answered_at": now}
    await session.execute(
        insert(GateAnswer)
        .values(person_id=person_id, gate=gate, question=question, **values)
        .on_conflict_do_update(index_elements=["person_id", "gate", "question"], set_=values)
    )


async def answers(
    session: AsyncSession, person_id: int, since: datetime
) -> dict[str, dict[int, bool]]:
    """Return gate -> question -> yes, of answers given since a moment."""
    query = select(GateAnswer.gate, GateAnswer.question, GateAnswer.yes).where(
        GateAnswer.person_id == person_id, GateAnswer.answered_at > since
    )
    found: dict[str, dict[int, bool]] = {}
    for gate, question, yes in await session.execute(query):
        found.setdefault(gate, {})[question] = yes
    return found


async def forget_passed(session: AsyncSession, person_id: int) -> None:
    """Remove every "no" of a person; what they answered with yes keeps its gate closed."""
    await session.execute(
        delete(GateAnswer).where(GateAnswer.person_id == person_id, GateAnswer.yes.is_(False))
    )


async def forget(session: AsyncSession, person_id: int, gate: str) -> None:
    """Remove a person's answers to one gate."""
    await session.execute(
        delete(GateAnswer).where(GateAnswer.person_id == person_id, GateAnswer.gate == gate)
    )
