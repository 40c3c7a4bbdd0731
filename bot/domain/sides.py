"""Left and right: which side is stiffer, and the one set more that it gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.domain.catalogue import Entry, Exercise
from bot.domain.dose import Dose, Sides
from bot.domain.step import Side, Step

BOTH = (Side.LEFT, Side.RIGHT)


class Ease(StrEnum):
    """How a side felt."""

    EASY = "easy"
    HARD = "hard"


class Stiffer(StrEnum):
    """Which side of an exercise felt stiffer."""

    LEFT = "left"
    RIGHT = "right"
    SAME = "same"


def eases(said: Stiffer) -> dict[Side, Ease]:
    """Return how each side felt to somebody who said this."""
    return {side: Ease.HARD if side.value == said.value else Ease.EASY for side in BOTH}


def said(felt: Mapping[Side, Ease]) -> Stiffer | None:
    """Return what somebody said to whom the sides felt like this; None where nothing was said."""
    if not felt:
        return None
    hard = [side for side in BOTH if felt.get(side) is Ease.HARD]
    return Stiffer(hard[0].value) if len(hard) == 1 else Stiffer.SAME


def has_more(entry: Entry) -> bool:
    """Return whether the stiffer side of an entry may get a set more.

    Not in a guided protocol and not behind a gate: pressing longer is not safe.
    """
    each = isinstance(entry, Exercise) and entry.sides is Sides.EACH
    return each and not getattr(entry, "stages", ()) and not entry.gate


def extra_side(entry: Entry, dose: Dose, stiffer: Mapping[str, Side]) -> Side | None:
    """Return the side that does one set more than the dose says; `stiffer` is by entry."""
    counted = dose.hold is not None or dose.reps is not None
    return stiffer.get(entry.key) if counted and has_more(entry) else None


def extra_seconds(dose: Dose) -> int:
    """Return how long one set more on one side takes, with the rest before it."""
    return dose.rest + (dose.hold or (dose.reps or 0) * dose.seconds_a_rep)


def asked_about(done: Iterable[Step], entries: Iterable[Entry]) -> Entry | None:
    """Return the entry whose sides are worth a question after these steps: the longest done.

    Only one whose stiffer side may get more, done on both sides.
    """
    time = Counter[str]()
    sides: dict[str, set[Side]] = {}
    for step in done:
        if step.side in BOTH:
            time[step.entry] += step.lasts
            sides.setdefault(step.entry, set()).add(step.side)
    open_ones = [one for one in entries if len(sides.get(one.key, ())) == 2 and has_more(one)]
    return max(open_ones, key=lambda one: time[one.key], default=None)
