"""A backup is whole however busy the database is, and a restore changes nothing before it can."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import copies, migrating, revisions
from db.errors import DatabaseBusy, DatabaseTooNew, DatabaseUnusable
from db.lock import ProcessLock
from sandbox.person import Person
from tests.conftest import House, Walk

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)


def made(path: Path, mark: str) -> Path:
    """Make a database that can be told from another."""
    migrating.upgrade(path, revisions.MIGRATIONS, NOW)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO mark VALUES ('which', ?)", (mark,))
    return path


def mark_of(path: Path) -> str:
    """Return which database it is."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT value FROM mark WHERE key = 'which'").fetchone()
    return str(found[0])


def test_there_and_back(tmp_path: Path) -> None:
    """A backup comes back as it was, and what it replaces is kept."""
    database, backup = made(tmp_path / "limber.db", "monday"), tmp_path / "backup.db"
    copies.back_up(database, backup)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE mark SET value = 'tuesday' WHERE key = 'which'")
    before = copies.restore(backup, database)
    assert mark_of(database) == "monday"
    assert before is not None
    assert mark_of(before) == "tuesday"
    again = copies.restore(backup, database)
    assert again not in (None, before)
    assert backup.stat().st_mode & 0o077 == 0


def test_where_nothing_was(tmp_path: Path) -> None:
    """On a new machine a restore needs no database to replace."""
    backup = tmp_path / "backup.db"
    copies.back_up(made(tmp_path / "limber.db", "monday"), backup)
    moved = tmp_path / "new" / "limber.db"
    assert copies.restore(backup, moved) is None
    assert mark_of(moved) == "monday"


def test_a_log_is_taken_in(tmp_path: Path) -> None:
    """What only the write-ahead log has is in the backup, and does not outlive a restore."""
    database, backup = made(tmp_path / "limber.db", "monday"), tmp_path / "backup.db"
    copies.back_up(database, backup)
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("UPDATE mark SET value = 'tuesday' WHERE key = 'which'")
        copies.back_up(database, tmp_path / "later.db")
    assert mark_of(tmp_path / "later.db") == "tuesday"
    copies.restore(backup, database)
    assert mark_of(database) == "monday"
    assert not database.with_name("limber.db-wal").exists()


@pytest.mark.parametrize("what", ["text", "other", "empty", "torn", "missing", "newer", "itself"])
def test_refused(tmp_path: Path, what: str) -> None:
    """What is no whole backup of this Limber's is refused in a line, and nothing has changed."""
    database = made(tmp_path / "limber.db", "monday")
    backup = made(tmp_path / "backup.db", "sunday")
    _spoil(backup, what)
    source = database if what == "itself" else backup
    before = database.read_bytes()
    with pytest.raises((DatabaseUnusable, DatabaseTooNew)) as refused:
        copies.restore(source, database)
    assert "\n" not in str(refused.value)
    assert str(source) in str(refused.value)
    assert database.read_bytes() == before
    assert not list(tmp_path.glob("before-*"))


def _spoil(backup: Path, what: str) -> None:
    match what:
        case "text":
            backup.write_text("no database")
        case "empty":
            backup.write_bytes(b"")
        case "missing":
            backup.unlink()
        case "torn":
            content = backup.read_bytes()
            backup.write_bytes(content[: len(content) // 2])
        case "other":
            backup.unlink()
            with closing(sqlite3.connect(backup)) as connection, connection:
                connection.execute("CREATE TABLE song (name TEXT)")
        case "newer":
            with closing(sqlite3.connect(backup)) as connection, connection:
                connection.execute("UPDATE alembic_version SET version_num = '9999'")


def test_while_a_bot_runs(tmp_path: Path) -> None:
    """A restore under a running bot is refused."""
    database = made(tmp_path / "limber.db", "monday")
    copies.back_up(database, tmp_path / "backup.db")
    lock = ProcessLock(database.resolve())
    with pytest.raises(DatabaseBusy):
        copies.restore(tmp_path / "backup.db", database)
    lock.release()
    assert mark_of(database) == "monday"


def test_backup_onto_itself(tmp_path: Path) -> None:
    """A database is not its own backup."""
    database = made(tmp_path / "limber.db", "monday")
    with pytest.raises(DatabaseUnusable, match="itself"):
        copies.back_up(database, database)
    with pytest.raises(DatabaseUnusable, match="no such file"):
        copies.back_up(tmp_path / "none.db", tmp_path / "backup.db")
    with pytest.raises(DatabaseUnusable):
        copies.back_up(database, tmp_path / "no" / "folder.db")


async def test_under_load(house: House, ana: Person, onboarded: Walk) -> None:
    """Backups of a bot at work are whole; one of them goes on from where it was taken."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    database, folder = house.folder / "limber.db", house.folder
    ended = asyncio.Event()

    async def taps() -> None:
        for _ in range(5):
            await ana.tap("Done")
            await house.settled()
        ended.set()

    working, taken = asyncio.create_task(taps()), 0
    while not ended.is_set() or not taken:
        await asyncio.to_thread(copies.back_up, database, folder / f"backup-{taken}.db")
        taken += 1
    await working
    await house.stop()
    await asyncio.to_thread(copies.restore, folder / f"backup-{taken - 1}.db", database)
    await house.start()
    await ana.send("/today")
    await ana.sees("in the middle of Daily 12")
