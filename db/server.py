"""Opens a database of a PostgreSQL server: waited for, migrated by one process, ready."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy import URL, Connection, NullPool, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from db import jobs_schema, migrating, revisions
from db.connecting import ARGUMENTS, MIGRATING, PASSWORDS
from db.errors import DatabaseBusy, DatabaseUnusable
from db.postgresql import PostgresDatabase, engine, hide_values, words
from db.queries.crew import ALIVE

log = structlog.get_logger(__name__)

FIRST_WAIT, LONGEST_WAIT = 0.5, 10.0  # seconds between two tries to reach the server
STILL = 10.0  # seconds without a sign of life after which a process does not use a database
# What a server says that is full, or about to start or stop.
PASSING = (
    "the database system is",
    "too many clients",
    "remaining connection slots",
    "terminating connection",
)


async def open_shared(url: URL, now: datetime, migrations: Path) -> PostgresDatabase:
    """Return the open database once the server answers.

    Raises DatabaseTooNew, and DatabaseUnusable where the server refuses us.
    """
    wait = FIRST_WAIT
    while True:
        try:
            await asyncio.to_thread(prepare, url, now, migrations)
            return PostgresDatabase(url)
        except OperationalError as error:
            if not _is_away(error):
                raise DatabaseUnusable(f"{named(url)}: {line(error)}") from error
            log.warning("database_unreachable", database=named(url), wait=wait, reason=line(error))
        except DatabaseError as error:
            raise DatabaseUnusable(f"{named(url)}: {line(error)}") from error
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT)


def named(url: URL) -> str:
    """Return what a URL names, without its password."""
    shown = url.set(drivername="postgresql").difference_update_query(PASSWORDS)
    return shown.render_as_string(hide_password=True)


def line(error: DBAPIError) -> str:
    """Return what the driver said, on one line and without what people wrote."""
    return words(error.orig)


@asynccontextmanager
async def reader(url: URL) -> AsyncIterator[AsyncSession]:
    """Open a session on a connection of its own that cannot write."""
    reading = engine(url, 1, "REPEATABLE READ", postgresql_readonly=True)
    try:
        async with AsyncSession(reading) as session:
            yield session
    finally:
        await reading.dispose()


@contextmanager
def connected(url: URL) -> Iterator[Connection]:
    """Open a transaction of a thread's own, which ends with the block."""
    found = create_engine(url, connect_args=ARGUMENTS, poolclass=NullPool, hide_parameters=True)
    event.listen(found, "handle_error", hide_values)
    with found.begin() as connection:
        yield connection


def revision_of(connection: Connection, url: URL) -> str | None:
    """Return the revision of a database, None for an empty one.

    Raises DatabaseUnusable for a database that Limber did not make.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" in tables:
        found = connection.execute(text("select version_num from alembic_version")).scalars().all()
        if len(found) == 1:
            return str(found[0])
    raise DatabaseUnusable(f"{named(url)} is a database of another program")


def expect_newest(connection: Connection, url: URL, migrations: Path) -> None:
    """Raise DatabaseUnusable for a database that is not at the newest revision."""
    revision, known = revision_of(connection, url), revisions.known(migrations)
    revisions.expect_known(revision, known, named(url))
    if revision != known[-1]:
        raise DatabaseUnusable(f"{named(url)}: no bot of this version has opened it yet")


def prepare(url: URL, now: datetime, migrations: Path) -> None:
    """Bring the database to the newest revision; of several processes one does, others wait."""
    with connected(url) as connection:
        connection.execute(text(f"select pg_advisory_xact_lock({MIGRATING})"))
        bring_up(connection, url, now, migrations)


@contextmanager
def kept_closed(url: URL) -> Iterator[Connection]:
    """Open a transaction during which no process can start on the database, however long it is.

    Raises DatabaseBusy where one is just starting, or somebody else keeps it closed.
    """
    with connected(url) as connection:
        let_wait(connection)
        if not connection.scalar(text(f"select pg_try_advisory_xact_lock({MIGRATING})")):
            raise DatabaseBusy(f"{named(url)} is being opened by another process")
        yield connection


def let_wait(connection: Connection) -> None:
    """Let a transaction last while something else is worked at, which may take long."""
    connection.execute(text("set local idle_in_transaction_session_timeout = 0"))


def bring_up(connection: Connection, url: URL, now: datetime, migrations: Path) -> None:
    """Bring the database to the newest revision, on a connection that keeps others from it.

    Raises DatabaseTooNew and DatabaseUnusable.
    """
    revision, known = revision_of(connection, url), revisions.known(migrations)
    revisions.expect_known(revision, known, named(url))
    if revision != known[-1]:
        migrating.run(connection, migrations, now)
        if revision is not None:
            log.info("database_migrated", before=revision, after=known[-1])
    jobs_schema.bring_up(connection)


def processes(connection: Connection) -> int:
    """Return how many processes use the database, or did seconds ago."""
    return int(connection.scalar(ALIVE, {"seconds": STILL}) or 0)


def state(url: URL) -> tuple[str | None, int]:
    """Return a database's revision, None for an empty one, and how many processes use it.

    Raises DatabaseUnusable, also where the server cannot be reached.
    """
    try:
        with connected(url) as connection:
            revision = revision_of(connection, url)
            return revision, processes(connection) if revision in revisions.known() else 0
    except DBAPIError as error:
        raise DatabaseUnusable(f"{named(url)}: {line(error)}") from error


def _is_away(error: OperationalError) -> bool:
    """Return whether the server cannot be reached or is not ready, which may pass.

    What it says about us, such as a wrong password, begins with FATAL and does not.
    """
    said = line(error)
    return "FATAL" not in said or any(passing in said for passing in PASSING)
