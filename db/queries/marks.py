"""Statements about what the installation remembers about itself."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.inserting import insert
from db.models import Mark


async def find_all(session: AsyncSession) -> dict[str, str]:
    """Return every mark by its key."""
    return {row.key: row.value for row in await session.scalars(select(Mark))}


async def find(session: AsyncSession, key: str) -> str | None:
    """Return a mark, None where it is not set."""
    return await session.scalar(select(Mark.value).where(Mark.key == key))


async def put(session: AsyncSession, key: str, value: str) -> None:
    """Set a mark."""
    statement = insert(session, Mark).values(key=key, value=value)
    await session.execute(
        statement.on_conflict_do_update(index_elements=[Mark.key], set_={"value": value})
    )


async def remove(session: AsyncSession, key: str) -> None:
    """Take a mark away."""
    await session.execute(delete(Mark).where(Mark.key == key))
