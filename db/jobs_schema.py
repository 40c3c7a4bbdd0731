"""The tables of Procrastinate, in a schema of their own beside Limber's."""

from __future__ import annotations

from pathlib import Path

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text

from db.postgresql import JOBS

APPLIED = "procrastinate"  # the mark of the last of its migrations


def bring_up(connection: Connection) -> None:
    """Make the tables, or bring them to what the installed library needs, in the transaction.

    Its migrations are to be run in the order of their names, as its documentation says.
    """
    known = sorted(path.name for path in _folder().glob("*.sql"))
    applied = connection.scalar(text("select value from mark where key = :key"), {"key": APPLIED})
    if applied == known[-1]:
        return
    connection.execute(text(f"create schema if not exists {JOBS}"))
    connection.execute(text(f"set local search_path to {JOBS}, public"))
    if applied is None:
        _run(connection, SchemaManager.get_schema())
    for name in known:
        if applied is not None and name > applied:
            _run(connection, (_folder() / name).read_text("utf-8"))
    connection.execute(text("set local search_path to public"))
    given = {"key": APPLIED, "value": known[-1]}
    connection.execute(text("delete from mark where key = :key"), given)
    connection.execute(text("insert into mark (key, value) values (:key, :value)"), given)


def _folder() -> Path:
    return Path(SchemaManager.get_migrations_path())


def _run(connection: Connection, statements: str) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(statements)  # without SQLAlchemy, which would look for parameters in it
