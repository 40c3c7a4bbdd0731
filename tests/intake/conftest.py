"""An inbox on an empty database that can be stopped and started again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import Database
from tests.intake.desk import Desk


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
