"""Whole databases between files and servers: every row, nothing by halves, no id twice."""

from __future__ import annotations

import asyncio
import errno
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import psycopg
import pytest
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import InterfaceError

from db import connecting, moving, transfer
from db.errors import DatabaseBusy, DatabaseUnusable
from db.models import Base
from db.opening import open_database
from tests import databases
from tests.db.filled import fill
from tests.stored import Row, look

pytestmark = pytest.mark.server

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PEOPLE = 1, 2, 7_000_000_000  # the last needs more than 32 bits
TABLES = [table.name for table in Base.metadata.sorted_tables]
A_MOMENT = 0.4  # seconds after which who still waits is waiting for somebody
LANGUAGE = "en-x-icu"  # a collation: for it B comes between a and z
HASTY = "-c idle_in_transaction_session_timeout=100ms"
OF_THE_SERVER = "procrastinate", "pace"


@pytest.fixture
def server() -> Iterator[str]:
    """An empty database of the server."""
    url = databases.empty_url()
    yield url
    databases.drop(url)


@pytest.fixture
async def filled(tmp_path: Path) -> str:
    """A file with rows in every table."""
    url = databases.file_url(tmp_path / "limber.db")
    database = await open_database(url, NOW)
    async with database.sessions.begin() as session:
        for person in PEOPLE:
            await fill(session, person)
    await database.close()
    return url


def everything(url: str) -> dict[str, list[Row]]:
    """Return all rows of a database but what is about its server."""
    with look(url) as stored:
        found = {name: stored.rows(f"select * from {name}") for name in TABLES}
    found["mark"] = [row for row in found["mark"] if row[0] not in OF_THE_SERVER]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


async def test_there_and_back(filled: str, server: str, tmp_path: Path) -> None:
    """All rows are the same on the server, and in a file after the way back."""
    before = everything(filled)
    copied = moving.move(filled, server, NOW)
    assert copied["person"] == len(PEOPLE)
    assert everything(server) == before
    assert everything(filled) == before
    again = databases.file_url(tmp_path / "again.db")
    moving.move(server, again, NOW)
    assert everything(again) == before


async def test_ids_are_not_given_twice(filled: str, server: str, tmp_path: Path) -> None:
    """The next row gets an id that no row ever had, deleted ones included."""
    with look(filled) as stored:
        last = stored.value("select seq from sqlite_sequence where name = 'proposal'")
        stored.change("delete from proposal where id = ?", last)
        assert last > (stored.value("select max(id) from proposal") or 0)
    moving.move(filled, server, NOW)
    with look(server) as stored:
        assert stored.value("select nextval('proposal_id_seq')") == last + 1
    again = databases.file_url(tmp_path / "again.db")
    moving.move(server, again, NOW)
    with look(again) as stored:
        assert stored.value("select seq from sqlite_sequence where name = 'proposal'") == last + 1


async def test_what_holds_something_is_no_target(filled: str, server: str) -> None:
    """Nothing is overwritten, and nothing added to what is there."""
    moving.move(filled, server, NOW)
    before = everything(server)
    with pytest.raises(DatabaseUnusable, match="holds something already"):
        moving.move(filled, server, NOW)
    with pytest.raises(DatabaseUnusable, match="is the database itself"):
        moving.move(server, server, NOW)
    assert everything(server) == before


async def test_a_database_in_use_is_left_alone(filled: str, server: str) -> None:
    """Of a bot that runs nothing is moved, be it on a file or on a server."""
    database = await open_database(filled, NOW)
    with pytest.raises(DatabaseBusy):
        moving.move(filled, server, NOW)
    await database.close()
    moving.move(filled, server, NOW)
    with look(server) as stored:
        stored.change("insert into jobs.procrastinate_workers default values")
    with pytest.raises(DatabaseBusy, match="in use") as busy:
        moving.move(server, filled + ".other", NOW)
    assert "\n" not in str(busy.value)


async def test_a_server_that_orders_as_a_language(filled: str, server: str) -> None:
    """Keys that a language puts in another order than a file does are compared all the same."""
    await (await open_database(server, NOW)).close()
    with look(server) as stored:
        # An embedded server knows no language; there the keys are moved in its own order.
        if stored.rows("select 1 from pg_collation where collname = ?", LANGUAGE):
            stored.change(f'alter table mark alter key type varchar(64) collate "{LANGUAGE}"')
    with look(filled) as stored:
        for key in ("a", "B", "_", "b", "A", "é", "z"):
            stored.change("insert into mark values (?, 'x')", key)
    moving.move(filled, server, NOW)
    assert everything(server) == everything(filled)


async def test_nothing_by_halves(filled: str, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that came over otherwise than it was takes all others back."""

    def differs(*_: object) -> None:
        raise DatabaseUnusable("row 1 of person did not come over")

    with monkeypatch.context() as patch:
        patch.setattr(transfer, "compare", differs)
        with pytest.raises(DatabaseUnusable, match="did not come over"):
            moving.move(filled, server, NOW)
    assert not any(rows for name, rows in everything(server).items() if name != "mark")
    moving.move(filled, server, NOW)


async def test_a_difference_is_seen(filled: str, server: str) -> None:
    """A value that is another one in the copy is found."""
    moving.move(filled, server, NOW)
    with look(server) as stored:
        stored.change("update person set zone = 'UTC' where id = ?", PEOPLE[1])
    with (
        moving.opened(filled, NOW) as here,
        moving.opened(server, NOW) as there,
        pytest.raises(DatabaseUnusable, match="row 2 of person"),
    ):
        transfer.compare(here, there)


async def test_backup_and_restore(filled: str, server: str, tmp_path: Path) -> None:
    """A server's database goes into a file while bots use it, and back when they do not."""
    moving.move(filled, server, NOW)
    before, backup = everything(server), tmp_path / "monday.db"
    with look(server) as stored:  # a bot that is seen to live
        stored.change("insert into jobs.procrastinate_workers default values")
    moving.back_up(server, backup, NOW)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert everything(databases.file_url(backup)) == before
    with pytest.raises(DatabaseBusy):
        moving.restore(backup, server, tmp_path, NOW)
    with look(server) as stored:
        stored.change("delete from jobs.procrastinate_workers")
        stored.change("delete from person where id = ?", PEOPLE[0])
    changed = everything(server)
    kept = moving.restore(backup, server, tmp_path, NOW)
    assert kept == tmp_path / "before-restore-1.db"
    assert everything(server) == before
    assert everything(databases.file_url(kept)) == changed


async def test_no_bot_starts_meanwhile(filled: str, server: str) -> None:
    """A bot that starts while a database is moved waits until that is over."""
    moving.move(filled, server, NOW)
    with moving.opened(server, NOW):
        starting = asyncio.create_task(open_database(server, NOW))
        done, _ = await asyncio.wait([starting], timeout=A_MOMENT)
        assert not done
    await (await asyncio.wait_for(starting, 10)).close()


def test_one_database_by_two_names(server: str) -> None:
    """A server's database that is named in two ways is not moved into itself."""
    other = make_url(server).update_query_dict({"application_name": "other"})
    with pytest.raises(DatabaseBusy):
        moving.move(server, other.render_as_string(hide_password=False), NOW)


def test_a_slow_other_side_ends_nothing(
    filled: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the one side takes, the other one's transaction is not given up."""
    moving.move(filled, server, NOW)
    monkeypatch.setitem(
        connecting.ARGUMENTS, "options", f"{connecting.ARGUMENTS['options']} {HASTY}"
    )
    monkeypatch.setattr(transfer, "empty", slow(transfer.empty))
    moving.back_up(server, tmp_path / "monday.db", NOW)
    before = everything(server)
    moving.restore(tmp_path / "monday.db", server, tmp_path, NOW)
    assert everything(server) == before


def slow(work: Callable[[Connection], None]) -> Callable[[Connection], None]:
    """Return work that takes longer than a hasty server waits."""

    def done(connection: Connection) -> None:
        time.sleep(A_MOMENT)
        work(connection)

    return done


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        sqlite3.OperationalError("database or disk is full"),
        InterfaceError("insert", {"who": "somebody"}, psycopg.InterfaceError("is closed")),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_the_storage_says_is_told(
    filled: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """A full disk or a lost connection in the middle is one line, whatever was asked for."""
    backup = tmp_path / "monday.db"
    moving.move(filled, server, NOW)
    moving.back_up(server, backup, NOW)
    monkeypatch.setattr(transfer, "copy_rows", Mock(side_effect=error))
    for work in (
        lambda: moving.move(server, databases.file_url(tmp_path / "other.db"), NOW),
        lambda: moving.back_up(server, backup, NOW),
        lambda: moving.restore(backup, server, tmp_path, NOW),
    ):
        with pytest.raises(DatabaseUnusable, match=r"full|No space|closed") as refused:
            work()
        assert "\n" not in str(refused.value)
        assert "somebody" not in str(refused.value)


def test_what_passes_is_beside_the_target(
    filled: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No copy goes where there may be little room, and nothing is left beside the backup."""
    moving.move(filled, server, NOW)
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    folder, kept = tmp_path / "backups", tmp_path / "data"
    folder.mkdir()
    moving.back_up(server, folder / "monday.db", NOW)
    moving.restore(folder / "monday.db", server, kept, NOW)
    assert [path.name for path in (*folder.iterdir(), *kept.iterdir())] == [
        "monday.db",
        "before-restore-1.db",
    ]
    with pytest.raises(DatabaseUnusable, match="no-such-folder"):
        moving.back_up(server, tmp_path / "no-such-folder" / "monday.db", NOW)


def test_passwords_are_not_told() -> None:
    """A server that cannot be reached is told by its address alone."""
    url = make_url(databases.empty_url()).set(username="nobody", password="hush")
    with pytest.raises(DatabaseUnusable) as refused:
        moving.back_up(url.render_as_string(hide_password=False), Path("x.db"), NOW)
    assert "hush" not in str(refused.value)
    assert "\n" not in str(refused.value)
