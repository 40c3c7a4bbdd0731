"""How much of an exercise: levels, sides, doses, and whether a dose fits a slot of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# Seconds of a slot that may go into changing over and getting ready.
LONGEST_CHANGE = 90


class Sides(StrEnum):
    """How an exercise treats left and right."""

    EACH = "each"  # one side at a time: every set is done left, then right
    ALTERNATING = "alternating"  # sides take turns inside one set
    NONE = "none"  # both sides together, or no sides at all

    @property
    def turns(self) -> int:
        """Return how often a dose "per side" is done."""
        return 1 if self is Sides.NONE else 2


class Level(StrEnum):
    """A notch of dose; everyone starts as beginner."""

    BEGINNER = "beginner"
    STANDARD = "standard"
    ADVANCED = "advanced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much of an exercise: `sets` of `hold` seconds or of `reps`, per side where sides count.

    `tempo` is seconds per phase of one repetition ("2-3-2"); `rest` is seconds between sets.
    """

    sets: int = 1
    reps: int | None = None
    hold: int | None = None
    tempo: str | None = None
    rest: int = 0
    note: str | None = None

    def seconds(self, sides: Sides) -> int:
        """Return how long the dose takes on all sides, rests between sets included."""
        each = self.hold or (self.reps or 0) * self.seconds_a_rep
        return self.sets * each * sides.turns + (self.sets - 1) * self.rest

    @property
    def seconds_a_rep(self) -> int:
        """Return how long one repetition takes by the tempo, in seconds; 0 without one."""
        return sum(int(phase) for phase in self.tempo.split("-")) if self.tempo else 0


def fits(needed: int, slot: int) -> bool:
    """Tell whether what takes `needed` seconds fills a slot, but for the time to get ready."""
    return 0 <= slot - needed <= LONGEST_CHANGE


def fitting(doses: Iterable[Dose], sides: Sides, slot: int) -> Dose | None:
    """Return the first of `doses` that fits a slot of `slot` seconds, or None."""
    return next((dose for dose in doses if fits(dose.seconds(sides), slot)), None)
