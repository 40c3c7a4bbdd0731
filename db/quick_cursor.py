"""SQLite statements that go to the driver's thread and back once, not four times.

As it comes the driver makes a cursor, executes, fetches and closes there one by one, and each time
the loop is left and entered again: a third of the processor time of a tap went into that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import aiosqlite
from sqlalchemy import Dialect
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
)
from sqlalchemy.util import await_only

Rows = list[Any]


class QuickCursor:
    """Executes, fetches all and closes in one go; what it has then needs no thread any more."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._rows: Rows = []
        self.description: Any = None
        self.rowcount, self.lastrowid, self.arraysize = -1, None, 1

    async def __aenter__(self) -> QuickCursor:
        return self

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> QuickCursor:
        """Run a statement; its rows are read."""
        await self._connection._execute(
            self._run, sqlite3.Connection.execute, operation, parameters
        )
        return self

    async def executemany(self, operation: str, parameters: Sequence[Any]) -> QuickCursor:
        """Run a statement once for each of many."""
        many = sqlite3.Connection.executemany
        await self._connection._execute(self._run, many, operation, parameters)
        return self

    async def fetchall(self) -> Rows:
        """Return all rows."""
        return self._rows

    async def close(self) -> None:
        """Do nothing: it is closed already."""

    # In the driver's thread.
    def _run(self, how: Any, operation: str, parameters: Sequence[Any]) -> None:
        cursor = how(self._connection._conn, operation, parameters)
        try:
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    __slots__ = ()

    def _make_new_cursor(self, connection: Any) -> Any:
        return QuickCursor(connection)


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()
    _cursor_cls = _Cursor


def connect(dialect: Dialect, _record: object, given: Any, named: Any) -> Any:
    """Connect as the dialect would, for the event `do_connect`."""
    connection: Any = aiosqlite.connect(*given, **named)
    connection._thread.daemon = True  # a process ends whether or not it was closed
    return _Connection(dialect.loaded_dbapi, await_only(connection))
