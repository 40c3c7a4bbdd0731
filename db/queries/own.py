"""Statements about the routines that people put together themselves."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models import OwnRoutine


async def of_people(session: AsyncSession, people: Collection[int]) -> Sequence[OwnRoutine]:
    """Return all that these people have, the oldest first; what is offered is not theirs yet."""
    query = (
        select(OwnRoutine)
        .where(OwnRoutine.person_id.in_(people), OwnRoutine.offered.is_(False))
        .order_by(OwnRoutine.id)
    )
    return (await session.scalars(query)).all()


async def find(session: AsyncSession, number: int, person_id: int) -> OwnRoutine | None:
    """Return one of the person's routines, or what is offered to them; None for another's."""
    query = select(OwnRoutine).where(OwnRoutine.id == number, OwnRoutine.person_id == person_id)
    return (await session.scalars(query)).one_or_none()


async def shared(session: AsyncSession, token: str) -> OwnRoutine | None:
    """Return the routine that a link leads to, None where nobody shares it any more."""
    query = select(OwnRoutine).where(OwnRoutine.token == token)
    return (await session.scalars(query)).one_or_none()


async def offered(session: AsyncSession, person_id: int) -> OwnRoutine | None:
    """Return what is offered to a person and neither accepted nor declined."""
    query = select(OwnRoutine).where(
        OwnRoutine.person_id == person_id, OwnRoutine.offered.is_(True)
    )
    return (await session.scalars(query.order_by(OwnRoutine.id.desc()).limit(1))).one_or_none()


async def drop_offers(session: AsyncSession, person_id: int) -> None:
    """Delete what is offered to a person."""
    theirs = OwnRoutine.person_id == person_id
    await session.execute(delete(OwnRoutine).where(theirs, OwnRoutine.offered.is_(True)))
