"""Statements about how the sides of exercises felt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.sides import Ease
from bot.domain.step import Side
from db.inserting import insert
from db.models import SideFelt


async def put(
    session: AsyncSession, person_id: int, entry: str, felt: Mapping[Side, Ease], now: datetime
) -> None:
    """Store how both sides of an entry felt; what was said before is overwritten."""
    for side, ease in felt.items():
        values = {"ease": ease, "felt_at": now}
        await session.execute(
            insert(session, SideFelt)
            .values(person_id=person_id, entry=entry, side=side, **values)
            .on_conflict_do_update(index_elements=["person_id", "entry", "side"], set_=values)
        )


async def felt_since(
    session: AsyncSession, person_id: int, entry: str, since: datetime
) -> dict[Side, Ease]:
    """Return how the sides of an entry felt, where that was said since a moment."""
    query = select(SideFelt.side, SideFelt.ease).where(
        SideFelt.person_id == person_id, SideFelt.entry == entry, SideFelt.felt_at >= since
    )
    return {row.side: row.ease for row in await session.execute(query)}


async def stiffer(session: AsyncSession, person_id: int) -> dict[str, Side]:
    """Return the stiffer side of each entry where the person last named one."""
    query = select(SideFelt.entry, SideFelt.side).where(
        SideFelt.person_id == person_id, SideFelt.ease == Ease.HARD
    )
    return {row.entry: row.side for row in await session.execute(query)}
