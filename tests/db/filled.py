"""A row of any table, every column filled, with texts that can be found again wherever they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Enum, Integer, Table, Text, Time
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.schedule import Rule
from bot.domain.stored_rules import dump
from db.inserting import insert
from db.models import Base
from db.queries.personal import owned
from db.types import UtcDateTime

FAR = datetime(2099, 3, 1, 7, 30, tzinfo=UTC)  # nothing of it is due while a test runs
MARK = "xylophonq"  # a word that turns up nowhere else


async def fill(session: AsyncSession, person_id: int, **person: Any) -> dict[str, str]:
    """Put a row of the person's into every table; return the mark of each table.

    A person who is there already stays as they are.
    """
    marks, ids = {}, dict[str, Any]()
    models = {model.__table__: model for model in owned(person_id)}
    for number, table in enumerate(Base.metadata.sorted_tables):
        if table in models:
            marks[table.name] = f"{MARK}{number}"
            values = row_of(table, person_id, marks[table.name], ids)
            values |= person if table.name == "person" else {}
            await session.execute(insert(session, table).on_conflict_do_nothing(), values)
            ids[table.name] = values.get("id")
    return marks


def row_of(table: Table, person_id: int, mark: str, ids: dict[str, Any]) -> dict[str, Any]:
    """Return values for every column; `ids` are of the rows that this one may refer to."""
    return {column.name: _value(column, person_id, mark, ids) for column in table.columns}


def _value(column: Column[Any], person_id: int, mark: str, ids: dict[str, Any]) -> Any:
    """Return a value for a column that says whose it is, or has the mark in it."""
    special = {
        "rule": dump(Rule((time(7, 30),))),
        "raw": f'{{"message":{{"from":{{"id":{person_id},"x":"{mark}"}}}}}}',
        "state": "poison" if column.table.name == "inbox" else None,
        "steps": [{"entry": mark}],
        "entries": {mark: mark},
        "zone": "Europe/Berlin",
        "language": "en",
    }
    if special.get(column.name) is not None:
        return special[column.name]
    return _by_type(column, person_id, mark, ids)


def _by_type(column: Column[Any], person_id: int, mark: str, ids: dict[str, Any]) -> Any:
    kind = column.type
    for key in column.foreign_keys:
        return person_id if key.column.table.name == "person" else ids[key.column.table.name]
    if isinstance(kind, Enum):
        return list(kind.enum_class)[-1] if kind.enum_class else kind.enums[-1]
    for one, value in (
        (UtcDateTime, FAR),
        (Date, date(2099, 3, 1)),
        (Time, time(7, 30)),
        (Boolean, True),
        (JSON, {"said": mark}),
        (Text, f"{mark} said"),
    ):
        if isinstance(kind, one):
            return value
    if isinstance(kind, Integer):
        whose = (("person", "id"), ("broadcast", "author_id"), ("inbox", "chat_id"))
        return person_id if (column.table.name, column.name) in whose else 7_000 + person_id % 1_000
    return mark
