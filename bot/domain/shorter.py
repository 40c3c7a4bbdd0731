"""What takes less time than a person's routine: other routines, or one thing out of it."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue, Entry, Practice, Routine

MOST = 3  # that are offered


def length(routine: Routine) -> int:
    """Return how many seconds a routine takes; of a programme the shortest day."""
    return min((day.seconds for day in routine.days), default=routine.seconds)


def shorter(catalogue: Catalogue, key: str, *, gentle: bool) -> tuple[Routine, ...]:
    """Return routines that take less time than this one, the shortest first.

    For whom only what is `gentle` is open, only those. Programmes are no short cut.
    """
    most = length(catalogue.routines[key])
    found = [
        routine
        for routine in catalogue.routines.values()
        if not routine.days and length(routine) < most and (routine.gentle or not gentle)
    ]
    return tuple(sorted(found, key=length)[:MOST])


def one_thing(catalogue: Catalogue, key: str, *, gentle: bool) -> Entry | None:
    """Return one thing out of a routine that can be done anywhere, a breath before an exercise."""
    entries = [catalogue.entry(item.entry) for item in catalogue.items(catalogue.routines[key])]
    fits = [
        entry
        for entry in entries
        if entry is not None
        and (isinstance(entry, Practice) or not (entry.equipment or entry.gate))
        and (entry.gentle or not gentle)
    ]
    return min(fits, key=lambda entry: not isinstance(entry, Practice), default=None)
