"""Lines of a routine as JSON holds them: each as it would stand in a routine's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.domain.catalogue import Item

_ITEM = TypeAdapter(Item)


def stored(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Return lines as JSON can hold them."""
    return [_ITEM.dump_python(item, mode="json", exclude_defaults=True) for item in items]


def restored(lines: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    """Return the lines that were stored, without those this version of Limber cannot read."""
    return tuple(_readable(lines))


def _readable(lines: Iterable[Mapping[str, Any]]) -> Iterator[Item]:
    for one in lines:
        try:
            yield _ITEM.validate_python(one)
        except ValidationError:
            continue
