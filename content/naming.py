"""Makes sure that a name or alias leads to one entry only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.catalogue import Exercise, Practice, Routine
from content.faults import Fault
from content.schema import Source
from content.sources import Sources

_APART = re.compile(r"[\W_]+")


def naming_faults(sources: Sources) -> Iterator[Fault]:
    """Yield every alias that two entries share, or that one entry has twice."""
    owners: dict[str, str] = {}
    named: list[Source[Exercise] | Source[Practice] | Source[Routine]] = [
        *sources.exercises.values(),
        *sources.practices.values(),
        *sources.routines.values(),
    ]
    for source in named:
        yield from _own_names(source, owners)
    for source in named:
        yield from _aliases(source, owners)


def spelling(name: str) -> str:
    """Return a name without the differences that nobody means: case, dashes, dots, spaces."""
    return _APART.sub("", name.casefold())


def _own_names(
    source: Source[Exercise] | Source[Practice] | Source[Routine], owners: dict[str, str]
) -> Iterator[Fault]:
    for place in ("key", "name"):
        word = getattr(source.value, place)
        owner = owners.setdefault(spelling(word), source.value.key)
        if owner != source.value.key:
            yield source.document.fault(f"{place}: '{word}' is taken by '{owner}'", place)


def _aliases(
    source: Source[Exercise] | Source[Practice] | Source[Routine], owners: dict[str, str]
) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, alias in enumerate(source.value.aliases):
        owner = owners.setdefault(spelling(alias), source.value.key)
        if owner != source.value.key:
            yield source.document.fault(f"alias '{alias}' is taken by '{owner}'", "aliases", index)
        elif alias.casefold() in seen:
            yield source.document.fault(f"alias '{alias}' is written twice", "aliases", index)
        seen.add(alias.casefold())
