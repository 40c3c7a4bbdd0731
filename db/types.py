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
    """An aware moment, stored in UTC; a naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values, turn the rest into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r} for a UTC column")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give an aware UTC moment back."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


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
