"""What `limber doctor` says of a database on a server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import make_url

from bot.doctor_database import database
from bot.finding import Finding
from bot.settings import read_settings
from db import revisions
from db.opening import open_database
from tests import databases
from tests.stored import look

pytestmark = pytest.mark.server

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
NEWEST = revisions.known()[-1]


@pytest.fixture
def empty() -> Iterator[str]:
    """A database without a table."""
    url = databases.empty_url()
    yield url
    databases.drop(url)


def said_of(url: str) -> Finding:
    """Return what is said where DATABASE_URL names this."""
    return database(read_settings({"DATABASE_URL": url}, None))


async def test_before_and_after_the_first_start(empty: str) -> None:
    """An empty database is no fault; later it says the revision, and whether a bot uses it."""
    name = str(make_url(empty).database)
    found = said_of(empty)
    assert (found.advice, name in found.found) == ("", True)
    assert found.found.endswith("is empty: its tables are made at the first start")
    with look(empty) as stored:
        assert stored.tables() == []
    await (await open_database(empty, NOW)).close()
    found = said_of(empty)
    assert (found.advice, name in found.found) == ("", True)
    assert found.found.endswith(f"answers, revision {NEWEST}; no bot is using it")
    with look(empty) as stored:
        stored.change("insert into jobs.procrastinate_workers default values")
    assert said_of(empty).found.endswith("; a bot is using it (processes: 1)")


@pytest.mark.parametrize(
    ("revision", "said", "advice"),
    [
        ("0000", f"migrated to {NEWEST} at the next start", ""),
        ("9999", f"is of revision 9999, this Limber knows {NEWEST}", "run the newer Limber"),
    ],
)
async def test_other_revisions(empty: str, revision: str, said: str, advice: str) -> None:
    """An older database is migrated by itself, a newer one needs the newer Limber."""
    await (await open_database(empty, NOW)).close()
    with look(empty) as stored:
        stored.change("update alembic_version set version_num = ?", revision)
    found = said_of(empty)
    assert said in found.found
    assert found.advice == advice


def test_another_programs(empty: str) -> None:
    """A database that Limber did not make is refused."""
    with look(empty) as stored:
        stored.change("create table recipe (name text)")
    found = said_of(empty)
    assert "another program" in found.found
    assert "DATABASE_URL" in found.advice


def test_nobody_answers() -> None:
    """A server that is not reached is told in one line, without its password."""
    found = said_of("postgresql://limber:swordfish@127.0.0.1:9/limber")
    assert "127.0.0.1:9" in found.found
    assert "DATABASE_URL" in found.advice
    assert "swordfish" not in found.found + found.advice
    assert "\n" not in found.found
