"""A backup is whole however busy the database is, and a restore changes nothing before it can."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db import copies, file, migrating, revisions
from db.errors import DatabaseBusy, DatabaseTooNew, DatabaseUnusable
from db.lock import ProcessLock
from sandbox.person import Person
from tests.conftest import House, Walk

pytestmark = pytest.mark.file

STEPS = 11  # of the routine that newcomers have
MIDDLE = 2 * STEPS  # steps of four people together
NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
NOBODY = 65534


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


def test_root_gives_the_bot_its_files(tmp_path: Path) -> None:
    """What root makes in the folder of the bot's user is theirs; another user's is their own."""
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    if (owner := os.getuid() or NOBODY) == NOBODY:
        os.chown(theirs, NOBODY, NOBODY)
    backup = made(tmp_path / "backup.db", "monday")
    for _ in range(2):  # the second one puts the first aside
        copies.restore(backup, theirs / "data" / "limber.db")
    file.make_ready(theirs / "more" / "new.db", NOW, revisions.MIGRATIONS).release()
    copies.back_up(theirs / "data" / "limber.db", theirs / "copy.db")
    found = list(theirs.rglob("*"))
    assert {path.name for path in found} >= {"limber.db", "limber.db.lock", "before-restore-1.db"}
    assert {path.stat().st_uid for path in found} == {owner}
    copies.back_up(theirs / "data" / "limber.db", tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_uid == os.getuid()


def test_a_folder_that_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in a folder that nobody lets us enter is told in one line, and which it is."""
    database = made(tmp_path / "limber.db", "monday")
    closed = tmp_path / "closed" / "x.db"

    exists = Path.exists

    def entered(path: Path) -> bool:
        if path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return exists(path)

    monkeypatch.setattr(Path, "exists", entered)
    for work in (
        lambda: copies.back_up(database, closed),
        lambda: copies.restore(closed, database),
    ):
        with pytest.raises(DatabaseUnusable, match=re.escape(f"{closed}: Permission denied")):
            work()
    assert mark_of(database) == "monday"


def test_over_a_damaged_one(tmp_path: Path) -> None:
    """A database that cannot be read any more is replaced, and kept as it is."""
    database, backup = made(tmp_path / "limber.db", "monday"), tmp_path / "backup.db"
    copies.back_up(database, backup)
    database.write_bytes(b"damaged" + database.read_bytes()[7:])
    before = copies.restore(backup, database)
    assert mark_of(database) == "monday"
    assert before is not None
    assert before.read_bytes().startswith(b"damaged")


def test_a_log_that_was_left_behind(tmp_path: Path) -> None:
    """What stands in the log of a database that is gone does not get into the restored one."""
    database, backup = made(tmp_path / "limber.db", "monday"), tmp_path / "backup.db"
    copies.back_up(database, backup)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("UPDATE mark SET value = 'tuesday' WHERE key = 'which'")
        connection.commit()
        log = Path(f"{database}-wal").read_bytes()
    database.unlink()
    Path(f"{database}-wal").write_bytes(log)
    copies.restore(backup, database)
    assert mark_of(database) == "monday"


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


@dataclass
class Walker:
    """Somebody who taps Done as fast as the bot answers; `shown` is the step they look at."""

    person: Person
    shown: int = 1

    async def walk(self) -> None:
        """Tap through a whole routine but for its last step."""
        while self.shown < STEPS:
            await self.person.tap("Done")
            await self.person.sees(f"{self.shown + 1}/{STEPS}", timeout=30)
            self.shown += 1


def done_in(path: Path) -> dict[int, int]:
    """Return the step, counted from 1, that each person is at in a database."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT person_id, position + 1 FROM session").fetchall())


async def test_under_load(house: House, onboarded: Walk) -> None:
    """A copy taken while people tap has every tap that was answered before it began.

    It is whole, knows of nothing that was never tapped, and a bot goes on from it: all copies are
    of a bot at work, and the one that is put back is of the middle.
    """
    walkers = [Walker(house.person(number, f"Person {number}")) for number in range(1001, 1005)]
    for each in walkers:
        await onboarded(each.person)
        await each.person.send("/today")
        await each.person.sees(f"1/{STEPS}")
    database, folder = house.folder / "limber.db", house.folder
    working = [asyncio.create_task(each.walk()) for each in walkers]
    copied: list[dict[int, int]] = []
    while not all(task.done() for task in working):
        before = {each.person.id: each.shown for each in walkers}
        backup = folder / f"backup-{len(copied)}.db"
        await asyncio.to_thread(copies.back_up, database, backup)
        after = {each.person.id: each.shown for each in walkers}
        found = done_in(backup)
        for number, shown in before.items():
            assert shown <= found[number] <= after[number] + 1
        copied.append(found)
    await asyncio.gather(*working)
    middle = min(range(len(copied)), key=lambda at: abs(sum(copied[at].values()) - MIDDLE))
    assert len(walkers) < sum(copied[middle].values()) < len(walkers) * STEPS
    await house.stop()
    await asyncio.to_thread(copies.restore, folder / f"backup-{middle}.db", database)
    assert done_in(database) == copied[middle]
    await house.start()
    for each in walkers:
        await each.person.send("/today")
        told = await each.person.sees("in the middle of Daily 12")
        at = copied[middle][each.person.id]
        # A tap that had come but not taken effect is in the copy, too: it does so now.
        assert f"at step {at} of" in told.text or f"at step {at + 1} of" in told.text
