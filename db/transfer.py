"""All rows from one database into another, of whatever kind, and a look at each whether it came."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import zip_longest
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, String, Table, func, insert, select, text

import db.models  # noqa: F401 - its tables
from db.base import Base
from db.errors import DatabaseUnusable
from db.jobs_schema import APPLIED
from db.queries.crew import PACE

BATCH = 1000  # rows of a statement
OF_THE_SERVER = (APPLIED, PACE)  # marks that say something about the server alone

_MARK = Base.metadata.tables["mark"]


def copy_rows(source: Connection, target: Connection) -> dict[str, int]:
    """Put every row of one database into another that has the same tables, all empty.

    Returns how many there are by table. Ids that were given once are not given again there.
    """
    copied = {}
    for table in Base.metadata.sorted_tables:
        copied[table.name] = 0
        for batch in _batches(source, table):
            target.execute(insert(table), batch)
            copied[table.name] += len(batch)
        _go_on_counting(source, target, table)
    return copied


def compare(source: Connection, target: Connection) -> None:
    """Read both databases row by row; raises DatabaseUnusable at the first that differs."""
    for table in Base.metadata.sorted_tables:
        with closing(_rows(source, table)) as ours, closing(_rows(target, table)) as theirs:
            for number, (here, there) in enumerate(zip_longest(ours, theirs), start=1):
                if here != there:
                    raise DatabaseUnusable(f"row {number} of {table.name} did not come over")


def is_empty(connection: Connection) -> bool:
    """Return whether a database holds no rows but marks."""
    tables = [table for table in Base.metadata.sorted_tables if table is not _MARK]
    return not any(connection.scalar(select(select(table).exists())) for table in tables)


def empty(connection: Connection) -> None:
    """Delete every row but what says something about the server."""
    for table in reversed(Base.metadata.sorted_tables):
        statement = table.delete()
        if table is _MARK:
            statement = statement.where(_MARK.c.key.not_in(OF_THE_SERVER))
        connection.execute(statement)


def _batches(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    batch = list[dict[str, Any]]()
    for row in _rows(connection, table):
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _rows(connection: Connection, table: Table) -> Generator[dict[str, Any]]:
    """Yield a table's rows in the order of its key; few are held at a time."""
    server = connection.dialect.name == "postgresql"
    query = select(table).order_by(*_order(table, server=server))
    if table is _MARK:
        query = query.where(_MARK.c.key.not_in(OF_THE_SERVER))
    with connection.execute(query, execution_options={"yield_per": BATCH}) as streamed:
        for row in streamed.mappings():
            yield dict(row)


def _order(table: Table, *, server: bool) -> Iterator[ColumnElement[Any]]:
    """Yield what rows are ordered by: a server's texts by their bytes, as a file's are."""
    for column in table.primary_key.columns:
        yield column.collate("C") if server and isinstance(column.type, String) else column


def _go_on_counting(source: Connection, target: Connection, table: Table) -> None:
    """Let the next id be one that was never given."""
    column = table.autoincrement_column
    last = _last_id(source, table, column) if column is not None else 0
    if column is None or not last:
        return
    if target.dialect.name == "postgresql":
        given = {"sequence": f"{table.name}_{column.name}_seq", "last": last}
        target.execute(text("select setval(cast(:sequence as regclass), :last)"), given)
    elif _counts(table):
        given = {"table": table.name, "last": last}
        target.execute(text("delete from sqlite_sequence where name = :table"), given)
        target.execute(
            text("insert into sqlite_sequence (name, seq) values (:table, :last)"), given
        )


def _last_id(connection: Connection, table: Table, column: Column[Any]) -> int:
    """Return the highest id that was ever given, as far as the database knows; 0 for none."""
    if connection.dialect.name == "postgresql":
        query = text("select pg_sequence_last_value(cast(:sequence as regclass))")
        query = query.bindparams(sequence=f"{table.name}_{column.name}_seq")
    elif _counts(table):
        query = text("select seq from sqlite_sequence where name = :table")
        query = query.bindparams(table=table.name)
    else:
        return int(connection.scalar(select(func.max(column))) or 0)
    return int(connection.scalar(query) or 0)


def _counts(table: Table) -> bool:
    """Return whether SQLite itself remembers the highest id of a table."""
    return bool(table.dialect_options["sqlite"]["autoincrement"])
