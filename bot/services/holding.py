"""A transaction about one session: whose it is, is read first, and then held."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from db.engine import Whose
from db.models import Session
from db.queries import sessions


@asynccontextmanager
async def held(deps: Deps, session_id: int) -> AsyncIterator[tuple[AsyncSession, Session | None]]:
    """Open a transaction, with others kept off the session's person; None where it is gone."""
    async with deps.write(Whose.NOBODYS) as session:
        owner = await sessions.owner(session, session_id)
        if owner is not None:
            await deps.database.hold(session, owner)
        yield session, await session.get(Session, session_id)
