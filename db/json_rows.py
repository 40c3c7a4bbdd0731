"""Rows out of JSON inside a statement, which each kind of database writes in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, bindparam, column, func, select
from sqlalchemy import cast as cast_to
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import Text, TypeEngine

Columns = Mapping[str, TypeEngine[Any]]


def on_server(session: AsyncSession) -> bool:
    """Return whether a session is one of PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"


def rows_of(columns: Columns, *, server: bool) -> Any:
    """Return the parameter `rows`, a JSON array of objects, as a table of these columns.

    In SQLite a value has the type that it has in JSON.
    """
    given = bindparam("rows", type_=Text)
    if server:
        kinds = [column(name, kind) for name, kind in columns.items()]
        table = func.json_to_recordset(cast_to(given, JSON)).table_valued(*kinds, name="given")
        return table.render_derived(with_types=True)
    row = func.json_each(given).table_valued("value")
    named = [func.json_extract(row.c.value, f"$.{name}").label(name) for name in columns]
    return select(*named).subquery("given")


def values_in(objects: ColumnElement[Any] | InstrumentedAttribute[Any], *, server: bool) -> Any:
    """Return the values of JSON objects that stand in a column, as a table with a `value`."""
    each = func.json_each_text if server else func.json_each
    return each(objects).table_valued("key", "value")
