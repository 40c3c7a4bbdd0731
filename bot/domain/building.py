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
        if entry.purpose is purpose
        and schedulable(entry)
        and (entry.gentle or not gentle)
        and line(entry, catalogue) is not None
    ]


def line(entry: Entry, catalogue: Catalogue, level: Level = Level.BEGINNER) -> Item | None:
    """Return an entry as a line of a routine, at a level's dose and with time to get ready.

    None where that dose leaves people without the things of an exercise nothing that fits.
    """
    if isinstance(entry, Practice):
        needed = entry.rounds[level] * entry.seconds_a_round
        item = Item(entry=entry.key, seconds=math.ceil(needed / ROUND) * ROUND)
        return _guarded(item, entry, catalogue)
    at = None if level is Level.BEGINNER else level
    forms = [Item(entry=entry.key, seconds=0, level=at)]
    if level in entry.doses and not (entry.stages or entry.gentle):
        # A hold that is written out is held in whatever stands in for it, too.
        forms.append(replace(forms[0], level=None, dose=replace(entry.doses[level], note=None)))
    fitted = (_fitted(form, entry, catalogue) for form in forms)
    return next((_guarded(item, entry, catalogue) for item in fitted if item), None)


def takes(item: Item, entry: Entry) -> float:
    """Return how many seconds of its slot a line needs, without the time to get ready."""
    if isinstance(entry, Practice):
        return int(item.seconds // entry.seconds_a_round) * entry.seconds_a_round
    return entry.seconds(dose_of(item, entry) or Dose(), item.level or Level.BEGINNER)


def stepped(item: Item, entry: Entry, catalogue: Catalogue, *, more: bool) -> Item | None:
    """Return a line with the next of the entry's own doses; None where there is none."""
    now = takes(item, entry)
    lines = (line(entry, catalogue, level) for level in Level if _has(entry, level))
    ladder = sorted((one for one in lines if one), key=lambda one: takes(one, entry))
    fit = [one for one in ladder if (takes(one, entry) > now if more else takes(one, entry) < now)]
    if not fit:
        return None
    found = fit[0] if more else fit[-1]
    return replace(found, breathing=item.breathing, note=item.note, keep=item.keep)


def _has(entry: Entry, level: Level) -> bool:
    if isinstance(entry, Practice):
        return level in entry.rounds
    return bool(entry.stages) or level in entry.doses


def _fitted(item: Item, exercise: Exercise, catalogue: Catalogue) -> Item | None:
    """Give a line the slot it needs: one in which others can do something else, where they must."""
    needed = round(takes(item, exercise))
    first = math.ceil((needed + READY) / ROUND) * ROUND
    for slot in range(first, needed + LONGEST_CHANGE + 1, ROUND):
        if _replaceable(item, exercise, slot, catalogue):
            return replace(item, seconds=slot)
    return None


def _guarded(item: Item, entry: Entry, catalogue: Catalogue) -> Item:
    """Say what is done in a slot by those who did not pass its gate."""
    if entry.gate is None:
        return item
    return replace(item, otherwise=tuple(_instead(entry.gate, item.seconds, catalogue)))


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
