"""The player's rules: what steps a routine expands into and what a tap does to a session."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from bot.domain.catalogue import Catalogue, Dose, Exercise, Item, Level, Practice, Routine, Sides
from bot.domain.person import Screened, Someone


class SessionKind(StrEnum):
    """What a session runs through."""

    ROUTINE = "routine"
    EXERCISE = "exercise"
    PRACTICE = "practice"


class SessionState(StrEnum):
    """Where a session stands."""

    ACTIVE = "active"
    DONE = "done"
    STOPPED = "stopped"  # stopped by the person, or replaced by starting over


class Outcome(StrEnum):
    """What became of a step."""

    DONE = "done"
    SKIPPED = "skipped"


class Feedback(StrEnum):
    """How a finished session felt."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"


class Side(StrEnum):
    """Which side a step works on."""

    LEFT = "left"
    RIGHT = "right"
    ALTERNATING = "alternating"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One exercise or practice, one side, one set.

    `seconds` is a hold, `reps` a count (rounds for a practice); `stage` is the number of a guided
    protocol's stage; `breathing` is a practice done at the same time.
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

    def to_dict(self) -> dict[str, Any]:
        """Return the step as it is stored: only what differs from the default."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Step:
        """Read a stored step back."""
        side = stored.get("side")
        return cls(**{**stored, "side": Side(side) if side else None})


def expand(routine: Routine, catalogue: Catalogue, passed: Collection[str]) -> tuple[Step, ...]:
    """Return the steps of a routine; without its gate an item gives its `otherwise`."""
    return tuple(
        step
        for item in routine.items
        for open_item in _open_items(item, catalogue, passed)
        for step in _item_steps(open_item, catalogue)
    )


def expand_entry(entry: Exercise | Practice, level: Level) -> tuple[Step, ...]:
    """Return the steps of one exercise or practice on its own, at a level's dose."""
    if isinstance(entry, Practice):
        return (Step(entry=entry.key, reps=entry.rounds[level]),)
    return tuple(_exercise_steps(entry, entry.doses[level], Item(entry=entry.key, seconds=0)))


def daily_key(catalogue: Catalogue, person: Someone) -> str:
    """Return the key of a person's daily routine: their choice, or what the screening allows."""
    key = person.routine if person.routine in catalogue.routines else None
    key = key or catalogue.daily
    if person.screened is Screened.APPLIES and not catalogue.routines[key].gentle:
        return catalogue.safety.screening.routine
    return key


def gates(routine: Routine, catalogue: Catalogue) -> frozenset[str]:
    """Return the gates that a routine's items ask for."""
    found = (catalogue.entry(item.entry) for item in routine.items)
    return frozenset(entry.gate for entry in found if entry and entry.gate)


def _open_items(item: Item, catalogue: Catalogue, passed: Collection[str]) -> tuple[Item, ...]:
    entry = catalogue.entry(item.entry)
    if entry is None or (entry.gate and entry.gate not in passed):
        return item.otherwise
    return (item,)


def _item_steps(item: Item, catalogue: Catalogue) -> Iterator[Step]:
    entry = catalogue.entry(item.entry)
    if isinstance(entry, Practice):
        rounds = int(item.seconds // entry.seconds_a_round)
        yield Step(entry=item.entry, reps=max(rounds, 1), seconds=item.seconds, note=item.note)
    elif isinstance(entry, Exercise):
        yield from _exercise_steps(entry, item.dose or entry.doses[Level.BEGINNER], item)


def _exercise_steps(exercise: Exercise, dose: Dose, item: Item) -> Iterator[Step]:
    if exercise.stages:
        yield from _stage_steps(exercise, item)
        return
    for number in range(1, dose.sets + 1):
        for side in _sides(exercise.sides):
            yield Step(
                entry=exercise.key,
                side=side,
                set=number,
                sets=dose.sets,
                seconds=dose.hold,
                reps=dose.reps,
                tempo=dose.tempo,
                rest=dose.rest,
                breathing=item.breathing,
                note=item.note,
            )


def _stage_steps(exercise: Exercise, item: Item) -> Iterator[Step]:
    for side in _sides(exercise.sides):
        for number, stage in enumerate(exercise.stages, start=1):
            yield Step(
                entry=exercise.key,
                side=side,
                seconds=stage.seconds,
                reps=stage.reps,
                stage=number,
                note=item.note,
            )


def _sides(sides: Sides) -> tuple[Side | None, ...]:
    if sides is Sides.EACH:
        return (Side.LEFT, Side.RIGHT)
    return (Side.ALTERNATING,) if sides is Sides.ALTERNATING else (None,)
