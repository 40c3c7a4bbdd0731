"""Opening a file: created, locked, migrated after a copy, or refused in one line."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, text

from db import migrating, revisions
from db.models import Base
from db.opening import (
    CannotOpen,
    DatabaseBusy,
    DatabaseTooNew,
    DatabaseUnusable,
    open_database,
)

pytestmark = pytest.mark.file

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

# A migration after the newest one, so that what migrating promises can be seen from the first
# revision on: it alters a table that others refer to and fills in a moment.
NEXT = '''
"""Call people by a name."""
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = %r


def upgrade():
    with op.batch_alter_table("person", recreate="always") as table:
        table.add_column(sa.Column("called", sa.String(32)))
    now = op.get_context().config.attributes["now"]
    op.execute(f"UPDATE person SET called = '{now:%%Y}'")
    %s
'''


@pytest.fixture
def path() -> Iterator[Path]:
    """A place for a database, in a folder that does not exist yet."""
    with TemporaryDirectory() as folder:
        yield Path(folder) / "data" / "limber.db"


@pytest.fixture
def later(tmp_path: Path) -> Callable[[str], Path]:
    """Make the migrations of a later Limber: all of today's and one more, which ends as told."""

    def make(then: str = "pass") -> Path:
        folder = shutil.copytree(revisions.MIGRATIONS, tmp_path / "migrations")
        source = NEXT % (revisions.known()[-1], then)
        (folder / "versions" / "2099_01_01_9000_call.py").write_text(source)
        return folder

    return make


def url(path: Path) -> str:
    """Name a database file as the settings do."""
    return f"sqlite+aiosqlite:///{path}"


async def opened(path: Path, migrations: Path = revisions.MIGRATIONS) -> None:
    """Open a database and close it again."""
    await (await open_database(url(path), NOW, migrations)).close()


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """Ask a closed database."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def schema(path: Path) -> list[tuple[object, ...]]:
    """Describe every table, column, index and foreign key of a closed database."""
    with closing(sqlite3.connect(path)) as connection:
        found: list[tuple[object, ...]] = []
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (table,) in tables.fetchall():
            for pragma in ("table_info", "foreign_key_list", "index_list"):
                for row in connection.execute(f"PRAGMA {pragma}({table})").fetchall():
                    found.append((table, pragma, *row[1:]))  # without its place in the list
        indexes = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        found += connection.execute(indexes).fetchall()
    return sorted(found, key=repr)


def fill(path: Path) -> None:
    """Put a person with a session into a database of any revision, whatever columns it asks for."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        for table, given in (
            ("person", {"id": 7, "state": "active"}),
            ("session", {"id": 1, "person_id": 7, "steps": "[]", "state": "active"}),
            ("step_record", {"session_id": 1, "position": 0}),
        ):
            needed = {
                name: given.get(name, "2026-11-22 07:30:00.000000")
                for _, name, _, required, _, key in connection.execute(
                    f"PRAGMA table_info({table})"
                )
                if name in given or (required and not key)
            }
            marks = ", ".join("?" * len(needed))
            connection.execute(
                f"INSERT INTO {table} ({', '.join(needed)}) VALUES ({marks})",
                tuple(needed.values()),
            )
        connection.commit()


def made_at(path: Path, revision: str) -> None:
    """Make a database as the Limber of that revision left it, with rows."""
    path.parent.mkdir(parents=True)
    migrating.upgrade(path, revisions.MIGRATIONS, NOW, revision)
    fill(path)


async def test_first_start_makes_folder_and_tables(path: Path) -> None:
    """Where nothing is there, the folder and all tables are made and nothing is copied aside."""
    await opened(path)
    names = {name for (name,) in rows(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert set(Base.metadata.tables) <= names
    assert {file.name for file in path.parent.iterdir()} == {"limber.db", "limber.db.lock"}


async def test_only_its_owner_reads_the_file(path: Path) -> None:
    """The database holds what people told the bot, so no other account may read it."""
    await opened(path)
    assert path.stat().st_mode & 0o077 == 0


async def test_migrations_make_what_the_models_say(path: Path, tmp_path: Path) -> None:
    """The migrations end in exactly the tables that the models describe."""
    await opened(path)
    engine = create_engine(f"sqlite:///{tmp_path / 'models.db'}")
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        connection.execute(
            text(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
                " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
        )
    engine.dispose()
    assert schema(path) == schema(tmp_path / "models.db")


async def test_alembic_check_finds_no_drift(path: Path) -> None:
    """Nothing in the models waits for a migration."""
    from alembic import command
    from alembic.config import Config

    await opened(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(revisions.MIGRATIONS))
        command.check(config)
    engine.dispose()


def test_file_names_tell_the_order_of_migrations() -> None:
    """The numbers in the file names are Alembic's revisions, in Alembic's order."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(revisions.MIGRATIONS))
    walked = ScriptDirectory.from_config(config).walk_revisions()
    assert revisions.known() == [script.revision for script in walked][::-1]


@pytest.mark.parametrize("revision", revisions.known())
async def test_every_released_revision_opens_with_its_rows(path: Path, revision: str) -> None:
    """A database of any earlier Limber is brought to today's tables and keeps its rows."""
    made_at(path, revision)
    await opened(path)
    assert rows(path, "SELECT id FROM person") == [(7,)]
    assert rows(path, "SELECT session_id FROM step_record") == [(1,)]
    assert rows(path, "SELECT version_num FROM alembic_version") == [(revisions.known()[-1],)]


async def test_migrating_keeps_what_refers_to_an_altered_table(
    path: Path, later: Callable[..., Path]
) -> None:
    """A table made anew by a migration takes along the rows that refer to it."""
    made_at(path, "head")
    await opened(path, later())
    assert rows(path, "SELECT id, called FROM person") == [(7, "2026")]
    assert rows(path, "SELECT person_id FROM session") == [(7,)]
    assert rows(path, "SELECT count(*) FROM step_record") == [(1,)]


async def test_copy_before_migrating_holds_the_write_ahead_log(
    path: Path, later: Callable[..., Path]
) -> None:
    """The copy put aside has every committed row, also those a killed process left in the log."""
    await opened(path)
    killed = (
        "import os, sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1])\n"
        "connection.execute('PRAGMA wal_autocheckpoint=0')\n"
        "connection.execute(\"INSERT INTO media VALUES (1, 'f', 'id', '2026-11-22 07:30:00')\")\n"
        "connection.commit()\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", killed, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.with_name("limber.db-wal").stat().st_size > 0
    await opened(path, later())
    copy = path.with_name(f"before-{revisions.known()[-1]}.db")
    alone = copy.rename(path.with_name("alone.db"))
    assert rows(alone, "SELECT file_id FROM media") == [("id",)]
    assert rows(alone, "SELECT version_num FROM alembic_version") == [(revisions.known()[-1],)]
    assert not path.with_name("alone.db-wal").exists()


async def test_copies_do_not_replace_each_other(path: Path, later: Callable[..., Path]) -> None:
    """Two databases in one folder keep a copy each, and a second try keeps the first copy."""
    made_at(path, "head")
    other = path.with_name("sandbox.db")
    shutil.copy(path, other)
    newest = revisions.known()[-1]
    migrations = later("raise RuntimeError")
    for database in (path, other, path):
        with pytest.raises(RuntimeError):
            await opened(database, migrations)
    assert {copy.name for copy in path.parent.glob("before-*")} == {
        f"before-{newest}.db",
        f"before-{newest}-sandbox.db",
        f"before-{newest}-limber.db",
    }


@pytest.mark.parametrize(
    ("then", "error"),
    [
        pytest.param("raise RuntimeError('no')", RuntimeError, id="it raises"),
        pytest.param("op.execute('SELECT * FROM nowhere')", CannotOpen, id="wrong statement"),
        pytest.param(
            "op.execute('UPDATE session SET person_id = 8')", CannotOpen, id="rows left dangling"
        ),
    ],
)
async def test_failed_migration_changes_nothing(
    path: Path, later: Callable[..., Path], then: str, error: type[Exception]
) -> None:
    """A migration that fails half-way leaves the database as it was, and free to be opened."""
    made_at(path, "head")
    before = schema(path)
    with pytest.raises(error):
        await opened(path, later(then))
    assert schema(path) == before
    await opened(path)
    assert rows(path, "SELECT person_id FROM session") == [(7,)]


async def test_newer_database_is_refused(path: Path, later: Callable[..., Path]) -> None:
    """A database that a later Limber migrated is refused in one line and left alone."""
    await opened(path, later())
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew) as refused:
        await opened(path)
    assert "\n" not in str(refused.value)
    assert "9000" in str(refused.value)
    assert str(path) in str(refused.value)
    assert path.read_bytes() == before


def a_text(path: Path) -> None:
    """Write a file that is no database."""
    path.write_text("Dear diary, today I stretched. " * 100)


def a_torn_database(path: Path) -> None:
    """Write a database whose pages after the first are noise."""
    made_at(path.with_name("whole") / "limber.db", "head")
    whole = path.with_name("whole") / "limber.db"
    path.write_bytes(whole.read_bytes()[:512] + b"\xff" * 8000)


def another_program(path: Path) -> None:
    """Make a database with somebody else's tables."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(a_text, "not a database", id="text"),
        pytest.param(a_torn_database, "malformed", id="torn"),
        pytest.param(another_program, "another program", id="another program's"),
        pytest.param(Path.mkdir, "unable to open", id="a folder"),
    ],
)
async def test_unusable_file_is_refused(
    path: Path, make: Callable[[Path], None], words: str
) -> None:
    """A file that is no database of ours is refused in one line that names it, and kept."""
    path.parent.mkdir()
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(DatabaseUnusable, match=words) as refused:
        await opened(path)
    assert "\n" not in str(refused.value)
    assert str(path) in str(refused.value)
    assert before is None or path.read_bytes() == before


async def test_place_that_cannot_hold_a_file_is_refused(path: Path) -> None:
    """Where no folder can be made, the line names the database."""
    path.parent.write_text("a file, not a folder")
    with pytest.raises(DatabaseUnusable, match=r"limber\.db"):
        await opened(path)


async def test_second_opening_is_refused(path: Path) -> None:
    """While a database is open nobody else opens it; closing lets the next one in."""
    database = await open_database(url(path), NOW)
    with pytest.raises(DatabaseBusy, match="another process"):
        await opened(path)
    await database.close()
    await opened(path)


HOLDER = """
import asyncio, sys
from datetime import UTC, datetime
from db.opening import open_database

async def hold():
    database = await open_database(sys.argv[1], datetime.now(UTC))
    print("open", flush=True)
    await asyncio.sleep(60)

asyncio.run(hold())
"""


@pytest.mark.kill
async def test_killed_process_frees_the_database(path: Path, tmp_path: Path) -> None:
    """A second process is refused, also by another name of the file, until the first is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, url(path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        (tmp_path / "alias.db").symlink_to(path)
        for name in (path, tmp_path / "alias.db"):
            with pytest.raises(DatabaseBusy, match=str(holder.pid)):
                await opened(name)
        holder.kill()
        holder.wait()
    await opened(path)
