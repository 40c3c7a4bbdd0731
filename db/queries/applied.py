"""The mark that an update took effect, set in the transaction of that effect."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult, ScalarSelect, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.person import Expecting
from db.models import Inbox, Person


async def mark(session: AsyncSession, update_id: int) -> bool:
    """Mark an update as applied; return False where it was already.

    What the person's free text was expected to answer is kept beside it, so that the same update
    finds the same way when it is processed again.
    """
    statement = (
        update(Inbox)
        .where(Inbox.update_id == update_id, Inbox.applied.is_(False))
        .values(applied=True, expecting=_expected())
    )
    result: CursorResult[Any] = await session.execute(statement)  # type: ignore[assignment]
    return result.rowcount == 1


def _expected() -> ScalarSelect[Any]:
    query = select(Person.expecting).where(Person.id == Inbox.chat_id)
    return query.correlate(Inbox).scalar_subquery()


async def expecting(session: AsyncSession, update_id: int) -> Expecting | None:
    """Return what the update's text answered when it took effect, or None."""
    return await session.scalar(
        select(Inbox.expecting).where(Inbox.update_id == update_id, Inbox.applied.is_(True))
    )
