"""Opens the database a URL names, migrated and ready; or says in one line why not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncSession

from db import file, revisions, server
from db.engine import Database
from db.errors import CannotOpen, DatabaseBusy, DatabaseTooNew, DatabaseUnusable

__all__ = [
    "CannotOpen",
    "DatabaseBusy",
    "DatabaseTooNew",
    "DatabaseUnusable",
    "beside",
    "open_database",
    "path_of",
]


async def open_database(
    url: str, now: datetime, migrations: Path = revisions.MIGRATIONS
) -> Database:
    """Return the open database of a URL, at the newest revision.

    `sqlite+aiosqlite:///PATH` names a file: what is missing is created, folders too.
    `postgresql+psycopg://…` names a database of a server, which is waited for.
    Raises CannotOpen: DatabaseBusy while another process has the file open, DatabaseTooNew, or
    DatabaseUnusable for everything else.
    """
    parsed = make_url(url)
    if is_server(parsed):
        return await server.open_shared(parsed, now, migrations)
    return await asyncio.to_thread(file.open_alone, path_of(url), now, migrations)


def is_server(url: URL) -> bool:
    """Return whether a URL names a database of a server, not a file."""
    return url.get_backend_name() == "postgresql"


def path_of(url: str) -> Path:
    """Return the file that a `sqlite+aiosqlite:///PATH` URL names."""
    return Path(make_url(url).database or "")


@asynccontextmanager
async def beside(url: str) -> AsyncIterator[AsyncSession]:
    """Open a session that only reads, of a database that another process may have open.

    Raises DatabaseUnusable where there is none, or none of this Limber's.
    """
    parsed = make_url(url)
    name = server.named(parsed) if is_server(parsed) else str(path_of(url))
    reader = server.reader(parsed) if is_server(parsed) else file.reader(path_of(url))
    try:
        async with reader as session:
            yield session
    except DatabaseError as error:
        raise DatabaseUnusable(f"{name}: {server.line(error)}") from error
