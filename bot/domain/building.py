"""Lines of an own routine: how an entry is put into one, and a smaller or larger dose of it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import replace

from bot.domain.catalogue import Catalogue, Entry, Exercise, Item, Practice, Purpose
from bot.domain.dose import LONGEST_CHANGE, Dose, Level
from bot.domain.equipment import Own as Kept
from bot.domain.own import schedulable
from bot.domain.plan import Known, Means, dose_of, substitutes

READY = 10  # seconds to get ready, at least
ROUND = 15  # seconds that a slot is a multiple of


def choices(catalogue: Catalogue, purpose: Purpose, *, gentle: bool) -> list[Entry]:
    """Return what may be put into a routine for a purpose; for some only what is `gentle`."""
    return [
        entry
        for entry in catalogue.entries.values()
        if entry.purpose is purpose and schedulable(entry) and (entry.gentle or not gentle)
    ]


def line(entry: Entry, catalogue: Catalogue, level: Level = Level.BEGINNER) -> Item:
    """Return an entry as a line of a routine, at a level's dose and with time to get ready."""
    if isinstance(entry, Practice):
        seconds = entry.rounds[level] * entry.seconds_a_round
        return Item(entry=entry.key, seconds=math.ceil(seconds / ROUND) * ROUND)
    at = None if level is Level.BEGINNER else level
    return _fitted(Item(entry=entry.key, seconds=0, level=at), entry, catalogue)


def takes(item: Item, entry: Entry) -> float:
    """Return how many seconds of its slot a line needs, without the time to get ready."""
    if isinstance(entry, Practice):
        return int(item.seconds // entry.seconds_a_round) * entry.seconds_a_round
    return entry.seconds(dose_of(item, entry) or Dose(), item.level or Level.BEGINNER)


def stepped(item: Item, entry: Entry, catalogue: Catalogue, *, more: bool) -> Item | None:
    """Return a line with the next of the entry's own doses; None where there is none."""
    now = takes(item, entry)
    lines = [line(entry, catalogue, level) for level in Level if _has(entry, level)]
    ladder = sorted(lines, key=lambda one: takes(one, entry))
    fit = [one for one in ladder if (takes(one, entry) > now if more else takes(one, entry) < now)]
    if not fit:
        return None
    found = fit[0] if more else fit[-1]
    return replace(found, breathing=item.breathing, note=item.note, keep=item.keep)


def _has(entry: Entry, level: Level) -> bool:
    if isinstance(entry, Practice):
        return level in entry.rounds
    return bool(entry.stages) or level in entry.doses


def _fitted(item: Item, exercise: Exercise, catalogue: Catalogue) -> Item:
    """Give a line the slot it needs: one in which others can do something else, where they must."""
    needed = round(takes(item, exercise))
    first = math.ceil((needed + READY) / ROUND) * ROUND
    slots = range(first, max(needed + LONGEST_CHANGE, first) + 1, ROUND)
    seconds = next((slot for slot in slots if _replaceable(item, exercise, slot, catalogue)), first)
    gated = tuple(_instead(exercise.gate, seconds, catalogue)) if exercise.gate else ()
    return replace(item, seconds=seconds, otherwise=gated)


def _replaceable(item: Item, exercise: Exercise, slot: int, catalogue: Catalogue) -> bool:
    """Return whether people without the things of an exercise find something for its slot."""
    needs = (need for need in exercise.equipment if not need.optional)
    if all(_always_there((need.thing, *need.household), catalogue) for need in needs):
        return True
    known = Known(entries=catalogue.entries, things=catalogue.things)
    means = Means(has=catalogue.things, gentle=exercise.gentle)
    found = substitutes(exercise, replace(item, seconds=slot), known, means)
    return next(found, None) is not None


def _always_there(things: Collection[str], catalogue: Catalogue) -> bool:
    known = (catalogue.things[key] for key in things if key in catalogue.things)
    return any(thing.own is Kept.BODY for thing in known)


def _instead(gate: str, seconds: int, catalogue: Catalogue) -> Iterator[Item]:
    """Yield what is done in the slot where a gate is closed: a calm breath, which fills any."""
    named = catalogue.safety.gates[gate].alternatives
    practices = [catalogue.practices[key] for key in named if key in catalogue.practices]
    for practice in (*practices, *catalogue.practices.values()):
        if practice.gentle and practice.gate is None and practice.seconds_a_round <= seconds:
            yield Item(entry=practice.key, seconds=seconds)
            return
