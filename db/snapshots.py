"""Rows as JSON and back: how a change to a few rows can be taken back."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Date, Enum, Table

from db.base import Base
from db.types import Json, UtcDateTime

Row = TypeVar("Row", bound=Base)


def dump_row(row: Base) -> Json:
    """Return a row's values in JSON's own types, by column; `load_row` reads them back."""
    return {column.name: _plain(getattr(row, column.name)) for column in _table(row).columns}


def load_row(model: type[Row], stored: Json) -> Row:
    """Return the row that `dump_row` wrote, not yet in any session."""
    return model(**values(model, stored))


def values(model: type[Base], stored: Json) -> dict[str, Any]:
    """Return the values that `dump_row` wrote; columns that are no more are left out."""
    columns = {column.name: column.type for column in _table(model).columns}
    return {name: _read(columns[name], value) for name, value in stored.items() if name in columns}


def _table(model: Base | type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, datetime | date) else value


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return kind.enum_class(value) if isinstance(kind, Enum) and kind.enum_class else value
