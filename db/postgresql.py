"""An open PostgreSQL database, which several processes share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy import URL, event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from db.connecting import ARGUMENTS, GATE
from db.engine import TURN_SECONDS, Database, Whose

WRITERS = 8
READERS = 4
MORE = 12  # opened when the first are taken, closed again after use

_PASS = text(f"select pg_advisory_xact_lock_shared({GATE})")
_SHUT = text(f"select pg_advisory_xact_lock({GATE})")
# Not as strong as "for update": rows that refer to the person can be added meanwhile.
_PERSON = text("select 1 from person where id = :person for no key update")


class PostgresDatabase(Database):
    """A database on a server.

    Whoever is at one person's rows holds that person's row and a share of the gate; whoever is at
    everybody's shuts the gate. Then a transaction finds what it read unchanged when it writes, as
    in SQLite, and people do not wait for one another.
    """

    def __init__(self, url: URL) -> None:
        self._writer = engine(url, WRITERS, "READ COMMITTED")
        self._reader = engine(url, READERS, "REPEATABLE READ", postgresql_readonly=True)
        self.sessions = async_sessionmaker(self._writer, expire_on_commit=False)
        self.reading = async_sessionmaker(self._reader, expire_on_commit=False)

    async def hold(self, session: AsyncSession, whose: int | Whose) -> None:
        """Take the locks that `whose` asks for; they are let go with the transaction."""
        if whose is Whose.NOBODYS:
            return
        connection = await session.connection()
        if whose is Whose.EVERYBODYS:
            await connection.execute(_SHUT)
            return
        await connection.execute(_PASS)
        await connection.execute(_PERSON, {"person": whose})

    async def empty_log(self) -> bool:
        """Do nothing: the server writes its log for itself, and over it."""
        return True

    def forget_copies(self, before: datetime) -> None:
        """Do nothing: before a migration of a server's database its operator makes a copy."""

    async def close(self) -> None:
        """Close all connections."""
        await self._reader.dispose()
        await self._writer.dispose()


def engine(url: URL, size: int, isolation: Any, **execution: Any) -> AsyncEngine:
    """Return an engine of `size` connections, each transaction isolated in that way."""
    made = create_async_engine(
        url,
        connect_args=ARGUMENTS,
        isolation_level=isolation,
        execution_options=execution,
        pool_size=size,
        max_overflow=MORE,
        pool_timeout=TURN_SECONDS,
        hide_parameters=True,  # what people wrote stays out of error texts
    )
    event.listen(made.sync_engine, "handle_error", hide_values)
    return made


def hide_values(context: ExceptionContext) -> None:
    """Keep what people wrote out of the server's words about a row or a value it refuses."""
    error, told = context.original_exception, context.sqlalchemy_exception
    if isinstance(error, psycopg.DataError | psycopg.IntegrityError) and told is not None:
        error.args = told.args = (words(error),)


def words(error: BaseException | None) -> str:
    """Return what the server or the driver said, on one line: the rest says the same again.

    Of a row or a value that was refused it is only where that was, and of anything else not the
    details, which can be a row's.
    """
    if isinstance(error, psycopg.DataError | psycopg.IntegrityError):
        where = (error.diag.table_name, error.diag.column_name, error.diag.constraint_name)
        return " ".join((f"{error.sqlstate} {type(error).__name__}", *filter(None, where)))
    told = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    return " ".join((told or str(error)).strip().partition("\n")[0].split())
