"""Opens the database a URL names, migrated and ready; or says in one line why not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url
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
    "is_server",
    "named",
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
    if is_server(url):
        return await server.open_shared(make_url(url), now, migrations)
    return await asyncio.to_thread(file.open_alone, path_of(url), now, migrations)


def is_server(url: str) -> bool:
    """Return whether a URL names a database of a server, not a file."""
    return make_url(url).get_backend_name() == "postgresql"


def named(url: str) -> str:
    """Return what a URL names, as an operator may read it: without its password."""
    return server.named(make_url(url)) if is_server(url) else str(path_of(url))


def path_of(url: str) -> Path:
    """Return the file that a `sqlite+aiosqlite:///PATH` URL names."""
    return Path(make_url(url).database or "")


@asynccontextmanager
async def beside(url: str) -> AsyncIterator[AsyncSession]:
    """Open a session that only reads, of a database that another process may have open.

    Raises DatabaseUnusable where there is none, or none of this Limber's.
    """
    reader = server.reader(make_url(url)) if is_server(url) else file.reader(path_of(url))
    try:
        async with reader as session:
            yield session
    except DatabaseError as error:
        raise DatabaseUnusable(f"{named(url)}: {server.line(error)}") from error
