"""Statements about what recaps offered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.proposal import ProposalKind
from db.models import Proposal
from db.types import Json


async def find(session: AsyncSession, proposal_id: int, person_id: int) -> Proposal | None:
    """Return this person's proposal, or None: another person's row is never found."""
    query = select(Proposal).where(Proposal.id == proposal_id, Proposal.person_id == person_id)
    return (await session.scalars(query)).one_or_none()


async def of_occurrence(session: AsyncSession, occurrence_id: int) -> Proposal | None:
    """Return what a recap offers, or None."""
    query = select(Proposal).where(Proposal.occurrence_id == occurrence_id)
    return (await session.scalars(query)).one_or_none()


async def made_after(session: AsyncSession, person_id: int, moment: datetime) -> Sequence[Proposal]:
    """Return what a person was offered after a moment."""
    query = select(Proposal).where(Proposal.person_id == person_id, Proposal.made_at > moment)
    return (await session.scalars(query)).all()


async def add_once(
    session: AsyncSession,
    person_id: int,
    occurrence_id: int,
    kind: ProposalKind,
    offered: Json,
    now: datetime,
) -> None:
    """Store what a recap offers, unless it offers something already."""
    await session.execute(
        insert(Proposal)
        .values(
            person_id=person_id,
            occurrence_id=occurrence_id,
            kind=kind,
            offered=offered,
            made_at=now,
        )
        .on_conflict_do_nothing()
    )
