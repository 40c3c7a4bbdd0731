"""Opening a database of a server, alone and several at once, and who waits for whom in it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from psycopg import sql
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from bot.intake.storage import is_unavailable
from db import revisions
from db.engine import Database, Whose
from db.errors import DatabaseTooNew, DatabaseUnusable
from db.models import Base, Person
from db.opening import open_database
from tests import databases
from tests.databases import Embedded
from tests.stored import look

pytestmark = pytest.mark.server

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
ANA, BEN = 1, 2
FAILS = """
from alembic import op

revision = "9000"
down_revision = %r


def upgrade():
    op.drop_table("step_record")
    op.execute("select 1 from nowhere")
"""
A_MOMENT = 0.3  # seconds after which who still waits is waiting for somebody

COLUMNS = """
    select table_name, column_name, data_type, character_maximum_length, is_nullable,
    is_identity, column_default
    from information_schema.columns where table_schema = 'public'
"""
CONSTRAINTS = """
    select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace
"""
INDEXES = "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'"


@pytest.fixture
def empty() -> Iterator[str]:
    """A database without a table."""
    url = databases.empty_url()
    yield url
    databases.drop(url)


@pytest.fixture
async def opened(empty: str) -> AsyncIterator[Database]:
    """An open database with two people."""
    found = await open_database(empty, NOW)
    async with found.sessions.begin() as session:
        session.add_all([Person(id=one, created_at=NOW, expecting_id=0) for one in (ANA, BEN)])
    yield found
    await found.close()


@pytest.fixture(scope="module")
def machine() -> Iterator[Embedded]:
    """A server that can be stopped, and that asks one of its users for a password."""
    found = databases.embedded()
    found.ask_for_password("careful", "swordfish")
    yield found
    found.close()


def schema(url: str) -> list[str]:
    """Describe every column, constraint and index."""
    with look(url) as database:
        found = [*database.rows(COLUMNS), *database.rows(CONSTRAINTS), *database.rows(INDEXES)]
    return sorted(map(repr, found))


async def test_first_start_makes_the_tables(empty: str) -> None:
    """An empty database gets all tables; it is opened as it is from then on."""
    await (await open_database(empty, NOW)).close()
    with look(empty) as database:
        assert set(Base.metadata.tables) <= set(database.tables())
    before = schema(empty)
    await (await open_database(empty, NOW)).close()
    assert schema(empty) == before


async def test_migrations_make_what_the_models_say(empty: str) -> None:
    """The migrations end in exactly the tables that the models describe."""
    await (await open_database(empty, NOW)).close()
    told = databases.empty_url()
    engine = create_engine(told)
    Base.metadata.create_all(engine)
    engine.dispose()
    made = [line for line in schema(empty) if "alembic_version" not in line]
    assert made == schema(told)
    databases.drop(told)


async def test_alembic_check_finds_no_drift(empty: str) -> None:
    """Nothing in the models waits for a migration."""
    from alembic import command
    from alembic.config import Config

    await (await open_database(empty, NOW)).close()
    engine = create_engine(empty)
    with engine.connect() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(revisions.MIGRATIONS))
        command.check(config)
    engine.dispose()


async def test_several_at_once_migrate_once(empty: str) -> None:
    """Of processes that start together one migrates; the others wait and find it done."""
    for found in await asyncio.gather(*(open_database(empty, NOW) for _ in range(4))):
        await found.close()
    with look(empty) as database:
        assert database.value("select version_num from alembic_version") == revisions.known()[-1]


async def test_failed_migration_changes_nothing(empty: str, tmp_path: Path) -> None:
    """A migration that fails half-way leaves the database as it was, and free to be opened."""
    await (await open_database(empty, NOW)).close()
    before = schema(empty)
    later = shutil.copytree(revisions.MIGRATIONS, tmp_path / "migrations")
    (later / "versions" / "2099_01_01_9000_fail.py").write_text(FAILS % revisions.known()[-1])
    with pytest.raises(DatabaseUnusable):
        await open_database(empty, NOW, later)
    assert schema(empty) == before
    await (await open_database(empty, NOW)).close()


@pytest.mark.parametrize(
    ("statement", "error", "words"),
    [
        ("create table recipe (name text)", DatabaseUnusable, "another program"),
        ("create table alembic_version as select '9999' version_num", DatabaseTooNew, "9999"),
    ],
    ids=["another program's", "of a newer Limber"],
)
async def test_refused(empty: str, statement: str, error: type[Exception], words: str) -> None:
    """What is not ours, or not ours yet, is refused in one line and left alone."""
    with look(empty) as database:
        database.change(statement)
    before = schema(empty)
    with pytest.raises(error, match=words) as refused:
        await open_database(empty, NOW)
    assert "\n" not in str(refused.value)
    assert schema(empty) == before


async def test_no_such_database() -> None:
    """A name that the server does not know is told in one line, at once."""
    url = databases.address().set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(DatabaseUnusable, match="nowhere") as refused:
        await asyncio.wait_for(open_database(url, NOW), 10)
    assert "\n" not in str(refused.value)


async def test_wrong_password(machine: Embedded) -> None:
    """It is told in one line, without the password."""
    url = machine.url.set(username="careful", password="sardine")
    with pytest.raises(DatabaseUnusable, match="password") as refused:
        await asyncio.wait_for(open_database(url.render_as_string(hide_password=False), NOW), 10)
    assert "\n" not in str(refused.value)
    assert "sardine" not in str(refused.value)
    right = url.set(password="swordfish").render_as_string(hide_password=False)
    await (await open_database(right, NOW)).close()


async def test_server_away_and_back(machine: Embedded) -> None:
    """A start waits for the server; what is open goes on once it is back."""
    url = machine.url.set(database="postgres").render_as_string(hide_password=False)
    found = await open_database(url, NOW)
    await count_people(found)
    await asyncio.to_thread(machine.stop)
    with pytest.raises(DBAPIError) as away:
        await count_people(found)
    assert is_unavailable(away.value)
    with capture_logs() as logs:
        starting = asyncio.create_task(open_database(url, NOW))
        while not any(line["event"] == "database_unreachable" for line in logs):
            await asyncio.sleep(0.01)
    await asyncio.to_thread(machine.start)
    await (await asyncio.wait_for(starting, 30)).close()
    await count_people(found)
    await found.close()


async def count_people(database: Database) -> int:
    """Do something with a database."""
    async with database.sessions.begin() as session:
        return int(await session.scalar(text("select count(*) from person")) or 0)


@pytest.mark.parametrize(
    ("first", "second", "waits"),
    [
        (ANA, ANA, True),
        (ANA, BEN, False),
        (ANA, Whose.EVERYBODYS, True),
        (Whose.EVERYBODYS, ANA, True),
        (Whose.EVERYBODYS, Whose.EVERYBODYS, True),
        (Whose.EVERYBODYS, Whose.NOBODYS, False),
        (Whose.NOBODYS, ANA, False),
    ],
)
async def test_who_waits(
    opened: Database, first: int | Whose, second: int | Whose, waits: bool
) -> None:
    """One person's transactions wait for one another and for everybody's, not for others'."""

    async def hold() -> None:
        async with opened.sessions.begin() as session:
            await opened.hold(session, second)

    async with opened.sessions.begin() as session:
        await opened.hold(session, first)
        other = asyncio.create_task(hold())
        done, _ = await asyncio.wait([other], timeout=A_MOMENT if waits else 10)
        assert bool(done) is not waits
    await asyncio.wait_for(other, 10)


async def test_several_processes_lose_nothing(opened: Database, empty: str) -> None:
    """Two processes that read, pause and write one person's row are all counted."""
    other = await open_database(empty, NOW)

    async def add_one(database: Database) -> None:
        async with database.sessions.begin() as session:
            await database.hold(session, ANA)
            person = await session.get_one(Person, ANA)
            await asyncio.sleep(0.001)
            person.expecting_id = (person.expecting_id or 0) + 1

    await asyncio.gather(*(add_one(one) for one in (opened, other) for _ in range(25)))
    async with opened.reading() as session:
        assert await session.scalar(select(Person.expecting_id).where(Person.id == ANA)) == 50
    await other.close()


async def test_who_is_lost_lets_go(opened: Database, empty: str) -> None:
    """What a connection held that is gone in the middle is free again, and nothing of it stays."""
    async with opened.sessions() as session:
        await opened.hold(session, ANA)
        await session.execute(text("update person set expecting_id = 7"))
        mine = await session.scalar(text("select pg_backend_pid()"))
        databases.administer(sql.SQL("select pg_terminate_backend({})").format(mine))
        async with opened.sessions.begin() as other:
            await asyncio.wait_for(opened.hold(other, ANA), 10)
            assert await other.scalar(text("select max(expecting_id) from person")) == 0
        with pytest.raises(DBAPIError) as lost:
            await session.scalar(text("select 1"))
        assert is_unavailable(lost.value)
        await session.invalidate()
