"""What every session may rely on: durable, ordered writes and reads that wait for nobody."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import traceback
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import aiosqlite
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from db.engine import Database, Whose
from db.models import Media, Person, Reminder

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def upload(number: int, at: datetime = NOW) -> Media:
    """Return a small row that refers to nothing."""
    return Media(bot_id=1, fingerprint=f"{number:064}", file_id="id", uploaded_at=at)


@pytest.mark.file
@pytest.mark.parametrize("kind", ["sessions", "reading"])
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        pytest.param("journal_mode", "wal", id="readers do not wait for the writer"),
        pytest.param("synchronous", 2, id="FULL: a commit survives a power cut"),
        pytest.param("foreign_keys", 1, id="no row refers to nothing"),
        pytest.param("busy_timeout", 30_000, id="another program is waited for"),
    ],
)
async def test_connections_are_set_up(
    database: Database, kind: str, pragma: str, value: object
) -> None:
    """Every connection has the same safety settings."""
    async with getattr(database, kind)() as session:
        assert await session.scalar(text(f"PRAGMA {pragma}")) == value


async def test_foreign_keys_are_enforced(database: Database) -> None:
    """A row that refers to nobody is refused."""
    async with database.sessions() as session:
        session.add(Reminder(person_id=404, kind="routine", rule="{}", created_at=NOW))
        with pytest.raises(IntegrityError, match=r"(?i)foreign ?key"):
            await session.flush()


@pytest.mark.parametrize("missing", ["person", "moment"])
async def test_error_texts_hide_what_people_wrote(database: Database, missing: str) -> None:
    """A failing statement is reported without the values it carried."""
    at = None if missing == "moment" else NOW
    async with database.sessions() as session:
        session.add(Reminder(person_id=404, kind="routine", rule="a private rule", created_at=at))
        with pytest.raises(IntegrityError) as failed:
            await session.flush()
    told = "".join(traceback.format_exception(failed.value))
    assert "reminder" in told
    assert "private" not in told
    assert "404" not in told


async def test_naive_moment_is_refused(database: Database) -> None:
    """A moment without a zone never reaches a table."""
    naive = NOW.replace(tzinfo=None)
    async with database.sessions() as session:
        session.add(upload(1, naive))
        with pytest.raises(StatementError, match="naive"):
            await session.flush()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    at=st.datetimes(
        min_value=datetime(1980, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        max_value=datetime(2100, 1, 1),  # noqa: DTZ001
        timezones=st.builds(timezone, st.timedeltas(timedelta(hours=-23), timedelta(hours=23))),
    )
)
async def test_aware_moment_comes_back_in_utc(database: Database, at: datetime) -> None:
    """A moment of any zone comes back as the same moment, in UTC, to the microsecond."""
    async with database.sessions.begin() as session:
        await session.merge(upload(1, at))
    async with database.reading() as session:
        found = await session.scalar(select(Media.uploaded_at))
    assert found == at
    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.file
async def test_a_statement_goes_to_the_thread_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing but the statement itself is done there: making and closing a cursor is not sent."""
    sent, send = list[object](), aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, work: object, *given: object) -> object:
        sent.append(work)
        return await send(self, work, *given)  # type: ignore[no-untyped-call]

    async with database.sessions.begin() as session:
        await session.execute(text("select 1"))  # the transaction has begun
        monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
        session.add_all(upload(number, NOW) for number in range(3))
        await session.flush()
        assert len(sent) == 1
        assert len((await session.scalars(select(Media))).all()) == 3
        assert len(sent) == 2


async def test_comparing_with_a_moment_of_another_zone(database: Database) -> None:
    """A statement compares moments, whatever zone the asked one is written in."""
    async with database.sessions.begin() as session:
        session.add(upload(1, NOW))
    elsewhere = NOW.astimezone(timezone(timedelta(hours=9)))
    async with database.reading() as session:
        same = await session.scalars(select(Media).where(Media.uploaded_at == elsewhere))
        later = await session.scalars(select(Media).where(Media.uploaded_at > elsewhere))
        assert (len(same.all()), len(later.all())) == (1, 0)


@pytest.mark.parametrize("whose", [7, Whose.EVERYBODYS], ids=["a person's", "everybody's"])
async def test_concurrent_writers_wait_and_lose_nothing(
    database: Database, whose: int | Whose
) -> None:
    """Fifty tasks that read, pause and write one row at once are all counted."""
    async with database.sessions.begin() as session:
        session.add(Person(id=7, expecting_id=0, created_at=NOW))

    async def add_one() -> None:
        async with database.sessions.begin() as session:
            await database.hold(session, whose)
            person = await session.get_one(Person, 7)
            await asyncio.sleep(0.001)
            person.expecting_id = (person.expecting_id or 0) + 1

    await asyncio.gather(*(add_one() for _ in range(50)))
    async with database.reading() as session:
        assert await session.scalar(select(Person.expecting_id)) == 50


@pytest.mark.file
async def test_writer_waits_for_another_program(database: Database, tmp_path: Path) -> None:
    """While another program writes, a writer waits for it instead of failing."""
    other = sqlite3.connect(tmp_path / "limber.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.sessions.begin() as session:
            session.add(upload(1))

    task = asyncio.create_task(write())
    done, _ = await asyncio.wait([task], timeout=0.3)
    other.execute("ROLLBACK")
    other.close()
    assert not done
    await asyncio.wait_for(task, 10)


@pytest.mark.file
async def test_write_transaction_is_immediate(database: Database, tmp_path: Path) -> None:
    """A session that may write holds the lock from its first read, so that stays true."""
    with contextlib.closing(sqlite3.connect(tmp_path / "limber.db", timeout=0)) as other:
        async with database.sessions.begin() as session:
            await session.scalar(select(func.count()).select_from(Media))
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("DELETE FROM media")


async def test_reading_waits_for_no_writer_and_sees_no_half(database: Database) -> None:
    """During a write a reader sees the state before it, and keeps seeing it until it ends."""
    count = select(func.count()).select_from(Media)
    async with database.reading() as reader:
        async with database.sessions.begin() as writer:
            writer.add(upload(1))
            await writer.flush()
            assert await asyncio.wait_for(reader.scalar(count), 5) == 0
        assert await reader.scalar(count) == 0
    async with database.reading() as reader:
        assert await reader.scalar(count) == 1


async def test_reading_cannot_write(database: Database) -> None:
    """A session for reading refuses to change anything."""
    async with database.reading() as session:
        session.add(upload(1))
        with pytest.raises(DBAPIError, match=r"read-?only"):
            await session.flush()


async def test_failed_transaction_leaves_nothing(database: Database) -> None:
    """Where the work inside raises, nothing of it is stored."""

    async def fail() -> None:
        async with database.sessions.begin() as session:
            session.add(upload(1))
            await session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Media)) == 0


async def test_savepoint_undoes_only_its_part(database: Database) -> None:
    """A nested transaction that fails takes back its own rows and no others."""
    async with database.sessions.begin() as session:
        session.add(upload(1))
        with contextlib.suppress(IntegrityError):
            async with session.begin_nested():
                session.add(upload(2))
                session.add(Reminder(person_id=404, kind="routine", rule="{}", created_at=NOW))
    async with database.reading() as session:
        assert len((await session.scalars(select(Media))).all()) == 1


@pytest.mark.parametrize("wait", [0.0, 0.001, 0.003, 0.01, 0.05])
async def test_cancelled_writer_frees_the_lock(database: Database, wait: float) -> None:
    """A task cancelled anywhere in its transaction leaves the next writer free to go on."""

    async def write(number: int, pause: float) -> None:
        async with database.sessions.begin() as session:
            session.add(upload(number))
            await session.flush()
            await asyncio.sleep(pause)

    task = asyncio.create_task(write(1, 60))
    await asyncio.sleep(wait)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.wait_for(write(2, 0), 5)
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Media)) == 1


@pytest.mark.file
async def test_closed_database_is_one_file(database: Database, tmp_path: Path) -> None:
    """Closing takes the write-ahead log into the database, so that the file can be copied alone."""
    async with database.sessions.begin() as session:
        session.add(upload(1))
    async with database.reading() as session:
        await session.scalar(select(func.count()).select_from(Media))
    await database.close()
    assert not (tmp_path / "limber.db-wal").exists()
    with contextlib.closing(sqlite3.connect(tmp_path / "limber.db")) as other:
        assert other.execute("SELECT count(*) FROM media").fetchone() == (1,)
