"""Statements about what recaps offered."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.inserting import insert
from db.many import execute_many
from db.models import Proposal


async def find(session: AsyncSession, proposal_id: int, person_id: int) -> Proposal | None:
    """Return this person's proposal, or None: another person's row is never found."""
    query = select(Proposal).where(Proposal.id == proposal_id, Proposal.person_id == person_id)
    return (await session.scalars(query)).one_or_none()


async def of_occurrences(session: AsyncSession, occurrences: Collection[int]) -> Sequence[Proposal]:
    """Return what these recaps offer."""
    query = select(Proposal).where(Proposal.occurrence_id.in_(occurrences))
    return (await session.scalars(query)).all()


async def made_after(
    session: AsyncSession, people: Collection[int], moment: datetime
) -> Sequence[Proposal]:
    """Return what these people were offered after a moment."""
    query = select(Proposal).where(Proposal.person_id.in_(people), Proposal.made_at > moment)
    return (await session.scalars(query)).all()


async def add_once(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Store what recaps offer; one that offers something already stays so."""
    await execute_many(session, insert(session, Proposal.__table__).on_conflict_do_nothing(), rows)
