"""Makes sure that a name or alias leads to one entry only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.catalogue import Exercise, Note, Practice, Routine
from content.faults import Fault
from content.schema import Source
from content.sources import Sources

Named = Source[Exercise] | Source[Practice] | Source[Routine] | Source[Note]

_APART = re.compile(r"[\W_]+")


def naming_faults(sources: Sources) -> Iterator[Fault]:
    """Yield every alias that two entries share, or that one entry has twice."""
    owners: dict[str, Named] = {}
    named: list[Named] = [
        *sources.exercises.values(),
        *sources.practices.values(),
        *sources.routines.values(),
        *sources.notes.values(),
    ]
    # Lower packs have all their names first: a clash is told where somebody can mend it.
    for lower in (True, False):
        layer = [source for source in named if source.document.path.startswith("/") is lower]
        for place in ("key", "name"):
            for source in layer:
                yield from _own_name(source, place, owners)
        for source in layer:
            yield from _aliases(source, owners)


def spelling(name: str) -> str:
    """Return a name without the differences that nobody means: case, dashes, dots, spaces."""
    return _APART.sub("", name.casefold())


def _own_name(source: Named, place: str, owners: dict[str, Named]) -> Iterator[Fault]:
    word = getattr(source.value, place)
    owner = owners.setdefault(spelling(word), source)
    if owner is not source:
        yield source.document.fault(f"{place}: '{word}' is taken by {_said(owner)}", place)


def _aliases(source: Named, owners: dict[str, Named]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, alias in enumerate(source.value.aliases):
        owner = owners.setdefault(spelling(alias), source)
        if owner is not source:
            text = f"alias '{alias}' is taken by {_said(owner)}"
            yield source.document.fault(text, "aliases", index)
        elif alias.casefold() in seen:
            yield source.document.fault(f"alias '{alias}' is written twice", "aliases", index)
        seen.add(alias.casefold())


def _said(owner: Named) -> str:
    """Return an entry as a fault names it: exercise 'nod'."""
    return f"{type(owner.value).__name__.lower()} '{owner.value.key}'"
