"""One step of a session: one exercise or practice, one side, one set, and how long it takes."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from bot.domain.dose import Dose, Sides
from bot.domain.equipment import Swap
from bot.domain.script import LEAD

ROUNDING = 1e-6  # what a sum of seconds may be off by


class Length(StrEnum):
    """How much of a routine a session is."""

    FULL = "full"
    SHORT = "short"  # the steps that matter most
    ONE = "one"  # one movement, with all its sides and sets


class Side(StrEnum):
    """Which side a step works on."""

    LEFT = "left"
    RIGHT = "right"
    ALTERNATING = "alternating"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One exercise or practice, one side, one set.

    `seconds` is a hold, `reps` a count (rounds for a practice); `stage` is the number of a guided
    protocol's stage, counted by `set` and `sets`; `breathing` is a practice done at the same
    time; `ready` are seconds to get ready before it.
    """

    entry: str
    side: Side | None = None
    set: int = 1
    sets: int = 1
    seconds: int | None = None
    reps: int | None = None
    tempo: str | None = None
    rest: int = 0
    stage: int | None = None
    breathing: str | None = None
    note: str | None = None
    ready: int = 0
    swaps: tuple[Swap, ...] = ()
    keep: Length | None = None  # the shortest length of the routine that it still belongs to
    closed: bool = False  # not shown any more: a beat was felt, or it hurt
    cut: bool = False  # left out and not counted: the session is a short one, or it was given up
    eased: bool = False  # the easier variant, because it hurt
    extra: bool = False  # the set more that the stiffer side gets

    @property
    def is_open(self) -> bool:
        """Return whether the step is shown."""
        return not (self.closed or self.cut)

    @property
    def given_up(self) -> bool:
        """Return whether it is an extra set that is not done, because the exercise hurt."""
        return self.extra and self.eased and self.cut

    @property
    def lead(self) -> float:
        """Return the seconds that count down before the step begins: rest, and getting ready."""
        return max(float(self.rest + self.ready), LEAD)

    @property
    def takes(self) -> float:
        """Return how many seconds pass until the next step comes."""
        return self.lead + self.lasts

    @property
    def lasts(self) -> int:
        """Return how many seconds the step itself takes, by its hold or by its tempo."""
        turns = 2 if self.side is Side.ALTERNATING else 1
        if self.seconds is not None:
            return turns * self.seconds
        return turns * Dose(reps=self.reps, tempo=self.tempo).seconds(Sides.NONE)

    def of_rounds(self, rounds: int, seconds: float) -> Step:
        """Return the step of a practice with so many rounds of so many seconds."""
        return replace(self, reps=rounds, seconds=round(rounds * seconds))

    def remaining(self, left: float) -> Step:
        """Return what is to do of the step when `left` seconds of it are left, rounded up.

        Whole repetitions and breaths, whole seconds of a hold; no getting ready but the lead-in.
        """
        if self.reps and self.lasts:
            count = min(math.ceil(left * self.reps / self.lasts - ROUNDING), self.reps)
            seconds = self.seconds and round(self.seconds * count / self.reps)
            return replace(self, reps=count, seconds=seconds, ready=0, rest=0, swaps=())
        turns = 2 if self.side is Side.ALTERNATING else 1
        seconds = min(math.ceil(left / turns - ROUNDING), self.seconds or 0)
        return replace(self, seconds=seconds, ready=0, rest=0, swaps=())

    def to_dict(self) -> dict[str, Any]:
        """Return the step as it is stored: only what is there."""
        return {
            name: value for name, value in asdict(self).items() if value not in (None, (), False)
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Step:
        """Read a stored step back."""
        side = stored.get("side")
        swaps = tuple(Swap(**swap) for swap in stored.get("swaps", ()))
        keep = stored.get("keep")
        typed = {"side": Side(side) if side else None, "keep": Length(keep) if keep else None}
        return cls(**{**stored, **typed, "swaps": swaps})


def switches(before: Step, step: Step) -> bool:
    """Return whether a step is the other side of the one before it."""
    sided = {before.side, step.side} == {Side.LEFT, Side.RIGHT}
    return sided and before.entry == step.entry


def without(steps: Sequence[Step], keys: Collection[str]) -> tuple[Step, ...]:
    """Return a session's steps with all those about the entries of `keys` closed."""
    return tuple(replace(step, closed=True) if step.entry in keys else step for step in steps)


def minutes(seconds: float) -> int:
    """Return a duration in whole minutes, one at least."""
    return max(round(seconds / 60), 1)
