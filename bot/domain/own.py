"""Routines that people put together themselves: what they are called by, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.catalogue import Catalogue, Entry, Exercise, Item, Practice, Routine
from bot.domain.dose import Level
from bot.domain.lengths import offered
from bot.domain.step import Length
from bot.domain.typed_text import NotUnderstood, Reason

_PREFIX = "own_"  # no key of a pack holds an underscore

MOST_ROUTINES = 10  # of one person
MOST_ITEMS = 30  # of one routine
MOST_SETS = 200  # of all its lines: each is a step or two
LONGEST = 3600  # seconds of one routine
LONGEST_NAME = 44  # characters, for a button

_JOINERS = "\u200c\u200d"  # invisible, and part of how some scripts and emoji are written


class Unmade(StrEnum):
    """Why a routine was not changed."""

    STALE = "stale"  # it has changed since, or is gone
    ROUTINES = "routines"  # there are as many as there may be
    ITEMS = "items"  # it holds as much as it may
    TIME = "time"  # it would take longer than it may
    ENTRY = "entry"  # there is no such entry, or it belongs into no routine
    GENTLE = "gentle"  # something of the screening applies, and this is not gentle
    EMPTY = "empty"  # nothing is in it
    SAME = "same"  # they have the very same already
    LEAST = "least"  # there is no smaller dose
    MOST = "most"  # there is no larger dose


@dataclass(frozen=True, slots=True)
class Removed:
    """A line that was taken out, and where it stood, counted from 0."""

    at: int
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A person's own routine as it is stored; old buttons name an older `revision`."""

    id: int
    name: str
    items: tuple[Item, ...] = ()
    revision: int = 0
    token: str | None = None  # of its link, while it is shared
    removed: Removed | None = None  # by the last change, and may come back
    offered: bool = False  # by a link or a file, and not accepted yet

    @property
    def key(self) -> str:
        """Return what it is called by where a routine of the pack is called by its key."""
        return f"{_PREFIX}{self.id}"

    @property
    def seconds(self) -> int:
        """Return how long it takes as it is written."""
        return sum(item.seconds for item in self.items)


def is_own(key: str) -> bool:
    """Return whether a key is that of a person's own routine."""
    return key.startswith(_PREFIX)


def number_of(key: str) -> int | None:
    """Return the id of the own routine of a key; None where it is not the key of one."""
    number = key.removeprefix(_PREFIX)
    return int(number) if is_own(key) and number.isdecimal() else None


def showable(text: str) -> bool:
    """Return whether a text is seen, and turns nothing that stands around it."""
    seen = "".join(char for char in text if char not in _JOINERS)
    return seen.isprintable() and (not text or bool(seen.strip()))


def parse_name(typed: str) -> str:
    """Return the name that was typed; raises NotUnderstood for what a button cannot say.

    What ends with a question mark is a question, not a name.
    """
    name = " ".join(typed.split())
    if len(name) > LONGEST_NAME:
        raise NotUnderstood(Reason.LONG_NAME, name)
    if not name or not showable(name) or name.endswith("?"):
        raise NotUnderstood(Reason.NO_NAME, name)
    return name


def beyond(items: Sequence[Item]) -> Unmade | None:
    """Return which limit the lines of one routine exceed, if any."""
    lines = [*items, *(other for item in items for other in item.otherwise)]
    if len(items) > MOST_ITEMS or sum(one.dose.sets for one in lines if one.dose) > MOST_SETS:
        return Unmade.ITEMS
    return Unmade.TIME if sum(item.seconds for item in items) > LONGEST else None


def schedulable(entry: Entry | None) -> bool:
    """Return whether there is such an entry and it may be put into a routine."""
    return entry is not None and (isinstance(entry, Practice) or entry.scheduled)


def is_gentle(item: Item, catalogue: Catalogue) -> bool:
    """Return whether a line is open to people to whom something of the screening applies.

    No level above the beginner's is.
    """
    entry, beside = catalogue.entry(item.entry), catalogue.practices.get(item.breathing or "")
    gentle = entry is not None and entry.gentle and (beside is None or beside.gentle)
    others = all(is_gentle(other, catalogue) for other in item.otherwise)
    return gentle and others and item.level in (None, Level.BEGINNER)


def as_routine(own: Own, catalogue: Catalogue) -> Routine | None:
    """Return it as a routine of the pack would be; None where nothing of it can be done.

    What is not in the pack any more is left out.
    """
    items = tuple(usable(own.items, catalogue))
    if not items:
        return None
    return Routine(
        key=own.key,
        name=own.name,
        summary="",
        seconds=sum(item.seconds for item in items),
        gentle=all(is_gentle(item, catalogue) for item in items),
        items=_with_lengths(items),
    )


def usable(items: Iterable[Item], catalogue: Catalogue) -> Iterator[Item]:
    """Yield the lines that the pack as it is now still has everything for."""
    for item in items:
        entry = catalogue.entry(item.entry)
        if not schedulable(entry):
            continue
        if isinstance(entry, Exercise) and not entry.stages and item.level not in entry.doses:
            item = replace(item, level=None)
        if item.breathing and item.breathing not in catalogue.practices:
            item = replace(item, breathing=None)
        if item.otherwise:
            item = replace(item, otherwise=tuple(usable(item.otherwise, catalogue)))
        yield item


def missing(own: Own, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the keys of what is left out, each once."""
    left_out = (item.entry for item in own.items if not schedulable(catalogue.entry(item.entry)))
    return tuple(dict.fromkeys(left_out))


def _with_lengths(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Say what belongs to the short ones where the lines do not: what comes first matters most.

    Just one is the first line, short is as many as take half of the time.
    """
    if len(items) < 3 or len(offered(items)) > 1 or any(item.keep for item in items):
        return items
    half, passed, marked = sum(item.seconds for item in items) / 2, 0, []
    for at, item in enumerate(items):
        passed += item.seconds
        keep = Length.SHORT if passed <= half else None
        keep = keep if at else Length.ONE
        marked.append(replace(item, keep=keep) if keep else item)
    return tuple(marked)
