"""Finds the sentences of a pack that a person can see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

# What is no sentence to a reader, or is theirs and not ours.
UNREAD = {"key", "aliases", "questions", "poses", "sources", "phrases", "version", "tempo"}


def texts(value: object) -> Iterator[str]:
    """Yield every sentence of a value that a person can see."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif hasattr(value, "values"):
        for item in value.values():
            yield from texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in UNREAD:
                yield from texts(getattr(value, field.name))
