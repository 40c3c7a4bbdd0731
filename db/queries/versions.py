"""Statements about entries of the content as sessions began with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.inserting import insert
from db.models import EntryVersion
from db.types import Json


async def add_once(
    session: AsyncSession, versions: Mapping[str, Json], owners: Mapping[str, int]
) -> None:
    """Keep the content of each digest, and whose it is where it is no pack's.

    What is kept already stays as it is.
    """
    if versions:
        rows = [
            {"digest": digest, "content": content, "person_id": owners.get(digest)}
            for digest, content in versions.items()
        ]
        await session.execute(insert(session, EntryVersion).values(rows).on_conflict_do_nothing())


async def contents(session: AsyncSession, digests: Collection[str]) -> dict[str, Json]:
    """Return the content of those digests that are kept."""
    query = select(EntryVersion.digest, EntryVersion.content).where(
        EntryVersion.digest.in_(digests)
    )
    return {row.digest: row.content for row in await session.execute(query)}
