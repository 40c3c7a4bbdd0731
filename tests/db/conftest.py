"""An open database of a test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import Database
from db.opening import open_database
from tests import databases


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Open a new database, close it after the test."""
    url = databases.new_url(tmp_path)
    opened = await open_database(url, datetime(2026, 11, 23, 6, 0, tzinfo=UTC))
    yield opened
    await opened.close()
    databases.drop(url)
