"""An empty database, and an inbox on it that can be stopped and started again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import Database
from db.opening import open_database
from tests import databases
from tests.intake.desk import NOW, Desk


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Open a database with its tables, close it after the test."""
    url = databases.new_url(tmp_path)
    opened = await open_database(url, NOW)
    yield opened
    await opened.close()
    databases.drop(url)


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
