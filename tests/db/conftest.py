"""An open database in a temporary folder."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import Database
from db.opening import open_database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Open a new database, close it after the test."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'limber.db'}"
    opened = await open_database(url, datetime(2026, 11, 23, 6, 0, tzinfo=UTC))
    yield opened
    await opened.close()
