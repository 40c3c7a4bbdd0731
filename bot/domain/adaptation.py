"""How much of an exercise is right for a person: one notch is one named change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.domain.catalogue import Entry, Exercise
from bot.domain.dose import Dose, Level

SHORT_HOLD = 30  # seconds: up to here a hold grows by the small step, beyond it by the large one
SMALL_STEP, LARGE_STEP = 10, 15  # seconds
MORE_REPS = 2  # repetitions at most


class Cause(StrEnum):
    """Why a notch was changed."""

    EASY = "easy"  # too easy twice in a row
    HARD = "hard"  # too hard once
    PAIN = "pain"  # it hurt, 4 of 10 or more
    BREAK = "break"  # a week without it
    ASKED = "asked"  # the person said so


class Measure(StrEnum):
    """What of a dose one notch changes."""

    HOLD = "hold"  # seconds
    REPS = "reps"
    SETS = "sets"


class Wish(StrEnum):
    """What a person asks for of an exercise."""

    MORE = "more"
    LESS = "less"
    WRITTEN = "written"  # as much as is written, whatever was changed


class At(StrEnum):
    """Where a change is told, and can be refused."""

    END = "end"  # of the session
    STEP = "step"  # the first one
    NOTE = "note"  # a message of its own
    PAGE = "page"  # of the exercise


class Stays(StrEnum):
    """Why an exercise goes no further up."""

    GENTLE = "gentle"  # something in the screening applies, or was never answered
    GUARDED = "guarded"  # behind a gate, in a guided protocol, or breathing
    WATCHED = "watched"  # it hurt in the last two weeks
    TOP = "top"


@dataclass(frozen=True, slots=True)
class Change:
    """One notch by its name: what changes, from how much to how much."""

    what: Measure
    before: int
    after: int

    def to_dict(self) -> dict[str, Any]:
        """Return the change as it is stored."""
        return {"what": self.what.value, "before": self.before, "after": self.after}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Change:
        """Read a stored change back."""
        return cls(Measure(stored["what"]), stored["before"], stored["after"])


@dataclass(frozen=True, slots=True)
class Move:
    """A change of one exercise that is about to be made: `notches` are what the ledger gets."""

    entry: str
    notches: int
    change: Change


@dataclass(frozen=True, slots=True)
class Named:
    """A change that was made, as a person is told of it; `kept` where they refused it."""

    id: int
    entry: str
    name: str
    change: Change
    cause: Cause
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """How much a person does of an exercise, and what of that they can change.

    `where` is the routine that it is written in; `last` names the newest change; `instead` is
    done in its place for good, out of what it `offers`.
    """

    rung: Rung
    where: str | None
    last: int = 0
    excluded: bool = False
    instead: Exercise | None = None
    offers: tuple[Exercise, ...] = ()
    stays: Stays | None = None
    told: Named | None = None


Stepped = tuple[Dose, Change] | None


def goes_up(entry: Entry) -> bool:
    """Return whether more of an entry may ever be asked for.

    Not behind a gate, not in a guided protocol, not of breathing: there more is not safe, or it
    is the person's own to say.
    """
    open_to_all = isinstance(entry, Exercise) and not entry.gate and not entry.stages
    return open_to_all and getattr(entry, "kind", "") != "breathing"


def harder(exercise: Exercise, dose: Dose) -> Stepped:
    """Return a dose one notch up, and what that changes; None where it is at its top.

    First the hold or the repetitions grow, then the sets, never beyond the largest of the
    exercise's own doses.
    """
    if not goes_up(exercise):
        return None
    for measure in (_main(dose), Measure.SETS):
        most = max((_value(one, measure) or 0 for one in exercise.doses.values()), default=0)
        if (now := _value(dose, measure)) is not None and now < most:
            return _stepped(dose, measure, min(_UP[measure](now), most))
    return None


def easier(exercise: Exercise, dose: Dose) -> Stepped:
    """Return a dose one notch down, and what that changes; None where it is at its least.

    What grew last shrinks first: the sets down to the beginner's, the hold or the repetitions
    down to the beginner's, then one set remains.
    """
    if exercise.stages:
        return None
    least = exercise.doses.get(Level.BEGINNER, dose)
    main = _main(dose)
    floors = ((Measure.SETS, least.sets), (main, _value(least, main)), (Measure.SETS, 1))
    for measure, floor in floors:
        if (now := _value(dose, measure)) is not None and now > (floor or now):
            return _stepped(dose, measure, max(_DOWN[measure](now), floor or now))
    return None


def shifted(exercise: Exercise, dose: Dose, notches: int) -> Dose:
    """Return a dose so many notches up or down, or as far as it goes."""
    turn = harder if notches > 0 else easier
    for _ in range(abs(notches)):
        found = turn(exercise, dose)
        if found is None:
            break
        dose, _ = found
    return dose


@dataclass(frozen=True, slots=True)
class Rung:
    """Where somebody stands with an exercise: `notches` away from what is `written`.

    The notches are those of the ledger. They do no more than `most` of them, and one less where it
    `rested` for a week and the ledger does not say so yet.
    """

    exercise: Exercise
    written: Dose
    notches: int = 0
    most: int | None = None
    rested: bool = False

    @property
    def dose(self) -> Dose:
        """Return what they do now."""
        return shifted(self.exercise, self.written, self._held)

    @property
    def reached(self) -> int:
        """Return how many notches away that is: what is not to be had is not counted."""
        held = self._held
        turn, dose = (harder if held > 0 else easier), self.written
        for count in range(abs(held)):
            if (found := turn(self.exercise, dose)) is None:
                return count if held > 0 else -count
            dose, _ = found
        return held

    @property
    def _held(self) -> int:
        """Return the notches that count now."""
        count = self.notches - self.rested
        return count if self.most is None else min(count, self.most)

    def up(self) -> Move | None:
        """Return one notch more, None where there is none."""
        return self._by(1)

    def down(self) -> Move | None:
        """Return one notch less, None where there is none."""
        return self._by(-1)

    def back(self) -> Move | None:
        """Return one notch towards what is written, None where they are there."""
        return self._by(-1 if self.reached > 0 else 1) if self.reached else None

    def _by(self, step: int) -> Move | None:
        now = self.reached
        if self.most is not None and now + step > self.most:
            return None
        before, after = self.dose, shifted(self.exercise, self.written, now + step)
        changed = (one for one in Measure if _value(before, one) != _value(after, one))
        if (what := next(changed, None)) is None:
            return None
        change = Change(what, _value(before, what) or 0, _value(after, what) or 0)
        return Move(self.exercise.key, now + step - self.notches, change)


def _main(dose: Dose) -> Measure:
    """Return what a set of a dose is measured in."""
    return Measure.HOLD if dose.hold is not None else Measure.REPS


def _value(dose: Dose, measure: Measure) -> int | None:
    value: int | None = getattr(dose, measure.value)
    return value


def _stepped(dose: Dose, measure: Measure, after: int) -> Stepped:
    grown: dict[str, Any] = {measure.value: after}
    return replace(dose, **grown), Change(measure, _value(dose, measure) or 0, after)


def _longer(hold: int) -> int:
    """Return the next longer hold in round seconds."""
    step = SMALL_STEP if hold < SHORT_HOLD else LARGE_STEP
    return (hold // step + 1) * step


def _shorter(hold: int) -> int:
    """Return the next shorter hold in round seconds."""
    step = SMALL_STEP if hold <= SHORT_HOLD else LARGE_STEP
    return (hold - 1) // step * step


_UP: Mapping[Measure, Callable[[int], int]] = {
    Measure.HOLD: _longer,
    Measure.REPS: lambda reps: reps + MORE_REPS,
    Measure.SETS: lambda sets: sets + 1,
}
_DOWN: Mapping[Measure, Callable[[int], int]] = {
    Measure.HOLD: _shorter,
    Measure.REPS: lambda reps: reps - MORE_REPS,
    Measure.SETS: lambda sets: sets - 1,
}
