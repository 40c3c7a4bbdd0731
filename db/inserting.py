"""INSERT with ON CONFLICT, which each kind of database has in a class of its own."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import FromClause
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import Base
from db.json_rows import on_server


def insert(session: AsyncSession, into: type[Base] | FromClause) -> sqlite.Insert:
    """Return an INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`.

    Both databases take the same arguments for both; the type named is one of the two.
    """
    table: Any = into
    if on_server(session):
        return cast("sqlite.Insert", postgresql.insert(table))
    return sqlite.insert(table)
