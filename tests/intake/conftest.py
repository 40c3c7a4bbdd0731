"""An empty database, and an inbox on it that can be stopped and started again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import Database
from db.models import Base
from tests.intake.desk import Desk


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Open a database with its tables, close it after the test."""
    opened = Database(tmp_path / "inbox.db", lambda: None)
    async with opened.sessions.begin() as session:
        await (await session.connection()).run_sync(Base.metadata.create_all)
    yield opened
    await opened.close()


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    """Open one transaction."""
    async with database.sessions.begin() as opened:
        yield opened


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    """Return a desk whose inbox is stopped after the test."""
    built = Desk(database)
    yield built
    with contextlib.suppress(asyncio.CancelledError):
        await built.inbox.stop(0)
