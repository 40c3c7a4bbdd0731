"""Rows about a person as one JSON document, and the schema that says what stands in it.

`python -m db.export` writes the schema anew.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, Boolean, Column, Date, Integer, Table, Time
from sqlalchemy import Enum as Words

from db.base import Base
from db.clock_texts import ClockTexts
from db.queries.personal import owned
from db.types import Json, UtcDateTime

VERSION = 1  # one more whenever a reader of the document has to read it otherwise
PATH = "docs/export.schema.json"
LOCAL = "_local"  # ends the name of a moment by the person's clock, beside the same in UTC

Stored = Mapping[str, Sequence[Sequence[Any]]]  # table -> rows, as `everything` returns them


def document(stored: Stored, zone: ZoneInfo, now: datetime) -> bytes:
    """Return all rows as UTF-8 JSON, a list for each table and a row on each line.

    Every moment is written in UTC, and beside it as the clock shows it in `zone`.
    """
    head = {
        "schema": {"version": VERSION, "path": PATH},
        "exported_at": now.isoformat(),
        f"exported_at{LOCAL}": now.astimezone(zone).isoformat(),
        "zone": zone.key,
    }
    parts = [f"{json.dumps(name)}: {_json(value)}" for name, value in head.items()]
    clock = ClockTexts(zone)
    for table in _tables():
        rows = ",\n  ".join(_written(table, stored[table.name], clock))
        parts.append(f'"{table.name}": [\n  {rows}\n ]' if rows else f'"{table.name}": []')
    return ("{\n " + ",\n ".join(parts) + "\n}\n").encode()


def schema() -> Json:
    """Return the JSON Schema of the document, as the tables are today."""
    head: Json = {
        "schema": {
            "type": "object",
            "additionalProperties": False,
            "required": ["version", "path"],
            "properties": {"version": {"const": VERSION}, "path": {"const": PATH}},
        },
        "exported_at": _MOMENT,
        f"exported_at{LOCAL}": _MOMENT,
        "zone": {"type": "string", "description": "IANA name of the clock of the local moments"},
    }
    rows = {table.name: {"type": "array", "items": _shape(table)} for table in _tables()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Generated from the tables; do not edit, it is written anew.",
        "title": "All that Limber stores about one person",
        **_object({**head, **rows}),
    }


def schema_text() -> str:
    """Return the schema as its file holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _tables() -> Iterator[Table]:
    for model in reversed(owned(0)):
        table = model.__table__
        assert isinstance(table, Table)
        yield table


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _written(table: Table, rows: Sequence[Sequence[Any]], clock: ClockTexts) -> Iterator[str]:
    """Yield rows as JSON; a moment becomes two. Column by column: there are ten thousands."""
    members: list[str] = []
    texts: list[Sequence[str]] = []
    for column, values in zip(table.columns, zip(*rows, strict=True), strict=False):
        names = (column.name, column.name + LOCAL) if _is_moment(column) else (column.name,)
        members += [f"{json.dumps(name)}: %s" for name in names]
        texts += _texts(column, values, clock)
    row = "{" + ", ".join(members) + "}"
    return (row % values for values in zip(*texts, strict=True))


def _texts(
    column: Column[Any], values: Sequence[Any], clock: ClockTexts
) -> Iterable[Sequence[str]]:
    """Return a column's values as JSON, and behind them again by the clock where it is moments."""
    if _is_moment(column):
        return zip(*(_moment(value, clock) for value in values), strict=True)
    write = _writer(column)
    if write is None:
        return [["null" if value is None else value for value in values]]
    return [["null" if value is None else write(value) for value in values]]


def _moment(value: datetime | None, clock: ClockTexts) -> tuple[str, str]:
    if value is None:
        return "null", "null"
    at, shown = clock.write(value)
    return f'"{at}"', f'"{shown}"'


def _writer(column: Column[Any]) -> Callable[[Any], str] | None:
    """Return what writes a column's values as JSON; None where they are as they stand."""
    if isinstance(column.type, JSON | Integer):
        return None  # of JSON it is the text already
    if isinstance(column.type, Date | Time):
        return lambda value: f'"{value.isoformat()}"'
    return json.dumps if isinstance(column.type, Boolean) else encode_basestring


def _is_moment(column: Column[Any]) -> bool:
    return isinstance(column.type, UtcDateTime)


_CLOCK = r"\d{2}:\d{2}:\d{2}(\.\d+)?"
_MOMENT: Json = {
    "type": "string",
    "format": "date-time",
    "pattern": rf"^\d{{4}}-\d{{2}}-\d{{2}}T{_CLOCK}[+-]\d{{2}}:\d{{2}}$",
}
_SHAPES: Sequence[tuple[type, Json]] = (
    (UtcDateTime, _MOMENT),
    (Date, {"type": "string", "format": "date"}),
    (Time, {"type": "string", "pattern": f"^{_CLOCK}$"}),
    (Boolean, {"type": "boolean"}),
    (Integer, {"type": "integer"}),
)


def _shape(table: Table) -> Json:
    """Return the schema of a table's rows."""
    model = next(one for one in owned(0) if one.__table__ is table)
    remarks = _remarks(model)
    keys: Json = {}
    for column in table.columns:
        remark = {"description": remarks[column.name]} if column.name in remarks else {}
        keys[column.name] = {**_value(column), **remark}
        if _is_moment(column):
            keys[f"{column.name}{LOCAL}"] = {
                **_value(column),
                "description": f"{column.name} by the person's clock",
            }
    return {"description": inspect.cleandoc(model.__doc__ or ""), **_object(keys)}


def _object(keys: Json) -> Json:
    """Return the schema of an object that has all of these keys, and no others."""
    shape = {"type": "object", "additionalProperties": False}
    return {**shape, "required": list(keys), "properties": keys}


def _value(column: Column[Any]) -> Json:
    """Return the schema of a column's values."""
    kind = column.type
    if isinstance(kind, JSON):
        return {}
    if isinstance(kind, Words):
        return {"enum": [*kind.enums, None] if column.nullable else kind.enums}
    found = next((shape for one, shape in _SHAPES if isinstance(kind, one)), {"type": "string"})
    return {**found, "type": [found["type"], "null"]} if column.nullable else found


def _remarks(model: type[Base]) -> dict[str, str]:
    """Return what is remarked in the source behind the columns of a table."""
    source = textwrap.dedent(inspect.getsource(model))
    lines = source.splitlines()
    found = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            _, _, remark = lines[(node.end_lineno or node.lineno) - 1].partition("  # ")
            if remark:
                found[node.target.id] = remark
    return found


if __name__ == "__main__":
    Path(PATH).write_text(schema_text(), encoding="utf-8")
