"""Column types that give back what was put in."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    Integer,
    cast,
    func,
)
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

# 64 bits everywhere, as old buttons may name any id. SQLite's are, and there it must be an INTEGER
# that counts by itself.
NUMBER = BigInteger().with_variant(Integer(), "sqlite")


def total(numbers: ColumnElement[Any] | InstrumentedAttribute[int]) -> ColumnElement[int]:
    """Return the sum of whole numbers as one; a server would say it as a Decimal."""
    return cast(func.sum(numbers), NUMBER)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is refused with ValueError.

    SQLite has texts for moments. They are written and read here in one step: there are a dozen in
    what a reminder takes.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Any:
        """Return what puts a moment into the form of the driver."""
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Return what makes a moment of the driver's form."""
        return _of_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values, turn the rest into UTC."""
        return None if value is None else _in_utc(value)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"naive datetime {value!r} for a UTC column")
    return value.astimezone(UTC)


def _to_text(value: datetime | None) -> str | None:
    """Return a moment in the form in which SQLAlchemy has them in SQLite, which sorts as a text."""
    if value is None:
        return None
    return _in_utc(value).isoformat(" ", "microseconds")[: len("2026-11-27 07:30:00.000000")]


def _of_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


def words(kind: type[StrEnum]) -> Enum:
    """Return a column type that stores a StrEnum by its value, readable in the database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


Json = dict[str, Any]
