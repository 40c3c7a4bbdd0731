"""Full, short, just one: how much of a routine a session is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.catalogue import Catalogue, Item, Routine
from bot.domain.step import Length, Step

# A step that belongs to a length belongs to the longer ones too.
_HOLDS = {
    Length.FULL: frozenset({Length.ONE, Length.SHORT, None}),
    Length.SHORT: frozenset({Length.ONE, Length.SHORT}),
    Length.ONE: frozenset({Length.ONE}),
}


def offered(items: Iterable[Item | Step]) -> tuple[Length, ...]:
    """Return the lengths that there are of what consists of these; full always, and first."""
    kept = {item.keep for item in items}
    less = (one for one in (Length.SHORT, Length.ONE) if one in kept)
    return (Length.FULL, *less) if None in kept or len(kept) > 1 else (Length.FULL,)


def offered_of(catalogue: Catalogue, routine: Routine) -> tuple[Length, ...]:
    """Return the lengths that there are of a routine, of a programme on any of its days."""
    days = range(1, len(routine.days) + 1) or (None,)
    found = {length for day in days for length in offered(catalogue.items(routine, day))}
    return tuple(length for length in _HOLDS if length in found)


def cut(steps: Sequence[Step], length: Length) -> tuple[Step, ...]:
    """Return the steps with those left out that are not of this length.

    Where nothing is marked as being of it, all of them stay.
    """
    if length not in offered(steps):
        length = Length.FULL
    return tuple(
        step if step.given_up else replace(step, cut=step.keep not in _HOLDS[length])
        for step in steps
    )


def seconds(steps: Iterable[Step], length: Length) -> float:
    """Return how long the steps of a length take."""
    kept = _HOLDS[length]
    return sum(step.takes for step in steps if step.keep in kept and not step.given_up)


def can_finish(steps: Sequence[Step], position: int) -> bool:
    """Return whether anything comes after the movement at `position` that can be left out."""
    return any(step.is_open for step in _after(steps, position))


def _after(steps: Sequence[Step], position: int) -> Sequence[Step]:
    entry = steps[position].entry
    rest = range(position, len(steps))
    return steps[next((at for at in rest if steps[at].entry != entry), len(steps)) :]


def finish_with(steps: Sequence[Step], position: int) -> tuple[Step, ...]:
    """Return the steps with all left out that comes after the movement at `position`."""
    left_out = _after(steps, position)
    kept = steps[: len(steps) - len(left_out)]
    return (*kept, *(replace(step, cut=True) for step in left_out))
