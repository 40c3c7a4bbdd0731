"""The player's rules: what steps a routine expands into and what a tap does to a session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from bot.domain.adaptation import Change, shifted
from bot.domain.catalogue import Catalogue, Entry, Exercise, Practice, Routine
from bot.domain.dose import Dose, Level, Sides
from bot.domain.equipment import Swap
from bot.domain.pace import Pace
from bot.domain.person import Screened
from bot.domain.plan import Planned, with_extra
from bot.domain.step import Side, Step


class SessionKind(StrEnum):
    """What a session runs through."""

    ROUTINE = "routine"
    EXERCISE = "exercise"
    PRACTICE = "practice"
    MOVEMENT = "movement"  # what one reminder through the day asks for of the day's routine


class SessionState(StrEnum):
    """Where a session stands."""

    ACTIVE = "active"
    SPREAD = "spread"  # under way through the day: nothing is open, its reminders bring the steps
    DONE = "done"
    STOPPED = "stopped"  # stopped by the person, or replaced by starting over


class Outcome(StrEnum):
    """What became of a step."""

    DONE = "done"
    SKIPPED = "skipped"
    PULSE = "pulse"  # a beat was felt under the ball: ended, and nothing pressed any more
    HURT = "hurt"  # left out for the day, because it hurt


class Awaits(StrEnum):
    """What the bot does by itself when a session's deadline comes."""

    STEP = "step"  # the current step is over: go on to the next
    ASK = "ask"  # nobody went on for long: ask once whether anybody is there
    PARK = "park"  # nobody answered: keep the place and be silent


class Going(StrEnum):
    """How an open session stands: who is to do something next."""

    WAITS = "waits"  # for the person's tap
    RUNS = "runs"  # the next step comes by itself
    PAUSED = "paused"
    ASKED = "asked"  # paused for long, and asked whether anybody is there
    PARKED = "parked"  # nobody answered: silent until the person goes on


def going(pace: Pace, awaits: Awaits | None) -> Going:
    """Return how an open session of this pace stands that awaits this."""
    if pace is not Pace.HANDS_FREE:
        return Going.WAITS
    if awaits is None:
        return Going.PARKED
    paused = {Awaits.ASK: Going.PAUSED, Awaits.PARK: Going.ASKED}
    return paused.get(awaits, Going.RUNS)


class Feedback(StrEnum):
    """How a finished session felt."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"


def expand(planned: Iterable[Planned]) -> tuple[Step, ...]:
    """Return the steps of what is planned; the time to get ready is shared among an item's steps.

    Their seconds, with tempo, sides, rests and getting ready, add up to those of the plan.
    """
    return tuple(step for one in planned for step in _readied(tuple(_steps(one)), one))


def expand_entry(
    entry: Entry,
    level: Level,
    swaps: tuple[Swap, ...] = (),
    stiffer: Mapping[str, Side] = MappingProxyType({}),
    notches: int = 0,
) -> tuple[Step, ...]:
    """Return the steps of one exercise or practice on its own: a level's dose, and `notches`."""
    if isinstance(entry, Practice):
        step = Step(entry=entry.key)
        return (step.of_rounds(entry.rounds[level], entry.seconds_a_round),)
    dose = shifted(entry, entry.doses.get(level) or Dose(hold=1), notches)
    needed = entry.seconds(dose, level)
    alone = Planned(
        entry=entry, dose=dose, level=level, seconds=needed, ready=0, note=dose.note, swaps=swaps
    )
    return expand([with_extra(alone, stiffer)])


def redosed(steps: Sequence[Step], exercise: Exercise, change: Change) -> tuple[Step, ...]:
    """Return a session's steps with those of an exercise at the dose before a change of it."""
    theirs = [at for at, step in enumerate(steps) if step.entry == exercise.key]
    if not theirs or exercise.stages:
        return tuple(steps)
    own = [steps[at] for at in theirs]
    first, last, extra = own[0], own[-1], [step.side for step in own if step.extra]
    values = {"sets": first.sets, "reps": first.reps, "hold": first.seconds}
    dose = Dose(
        **{**values, change.what.value: change.before},  # type: ignore[arg-type]
        tempo=first.tempo,
        rest=max(step.rest for step in own),
    )
    anew = Planned(
        entry=exercise,
        dose=dose,
        level=Level.BEGINNER,
        seconds=0,
        ready=sum(step.ready for step in own),
        breathing=first.breathing,
        note=last.note,
        swaps=first.swaps,
        extra=extra[0] if extra else None,
        keep=first.keep,
    )
    fresh = [replace(step, cut=first.cut) for step in expand([anew])]
    fresh[0] = replace(fresh[0], note=first.note)
    others = [step for step in steps[theirs[0] :] if step.entry != exercise.key]
    return (*steps[: theirs[0]], *fresh, *others)


def onward(steps: Sequence[Step], position: int) -> int:
    """Return the first position from this one on that is open; the number of steps at the end."""
    return next((at for at in range(position, len(steps)) if steps[at].is_open), len(steps))


def before(steps: Sequence[Step], position: int) -> int | None:
    """Return the last open position before this one, None where there is none."""
    return next((at for at in range(position - 1, -1, -1) if steps[at].is_open), None)


class Chooser(Protocol):
    """Somebody with a daily routine."""

    @property
    def routine(self) -> str | None:
        """Return the key that they chose, if any."""
        ...

    @property
    def screened(self) -> Screened | None:
        """Return what they answered when they were screened."""
        ...


def daily_key(catalogue: Catalogue, person: Chooser) -> str:
    """Return the key of a person's daily routine: their choice, or what the screening allows."""
    key = person.routine if person.routine in catalogue.routines else None
    key = key or catalogue.daily
    if person.screened is Screened.APPLIES and not catalogue.routines[key].gentle:
        return catalogue.safety.screening.routine
    return key


def gates(routine: Routine, catalogue: Catalogue) -> frozenset[str]:
    """Return the gates that a routine's items ask for, on whichever of its days."""
    found = (catalogue.entry(item.entry) for item in catalogue.items(routine))
    return frozenset(entry.gate for entry in found if entry and entry.gate)


def _readied(steps: tuple[Step, ...], planned: Planned) -> Iterator[Step]:
    """Share the time to get ready among the steps; a protocol needs it once a side."""
    takes = [step.stage is None or step.set == 1 for step in steps]
    each, rest = divmod(planned.ready, sum(takes)) if steps else (0, 0)
    for index, (step, taken) in enumerate(zip(steps, takes, strict=True)):
        yield replace(
            step,
            ready=each * taken + (rest if index == 0 else 0),
            note=planned.note,
            swaps=planned.swaps if index == 0 else (),
            keep=planned.keep,
        )


def _steps(planned: Planned) -> Iterator[Step]:
    if isinstance(planned.entry, Practice):
        seconds = planned.seconds - planned.ready
        yield Step(entry=planned.entry.key, reps=planned.rounds, seconds=seconds)
    elif planned.entry.stages:
        yield from _stage_steps(planned.entry, planned.level)
    else:
        yield from _exercise_steps(planned.entry, planned)


def _exercise_steps(exercise: Exercise, planned: Planned) -> Iterator[Step]:
    dose, sides, extra = planned.dose, _sides(exercise.sides), planned.extra
    if dose.hold and exercise.sides is Sides.ALTERNATING:
        sides = _sides(Sides.EACH)  # a hold is one side's, whoever takes turns in counting
    last = dose.sets + bool(extra)
    for number in range(1, last + 1):
        turns = sides if number <= dose.sets else (extra,)
        for side in turns:
            yield Step(
                entry=exercise.key,
                side=side,
                set=number,
                sets=last if side is extra else dose.sets,
                seconds=dose.hold,
                reps=dose.reps,
                tempo=dose.tempo,
                rest=dose.rest if number > 1 and side is turns[0] else 0,
                breathing=planned.breathing,
                extra=number > dose.sets,
            )


def _stage_steps(exercise: Exercise, level: Level) -> Iterator[Step]:
    stages = [
        (number, stage)
        for number, stage in enumerate(exercise.stages, start=1)
        if level in stage.seconds
    ]
    for side in _sides(exercise.sides):
        for count, (number, stage) in enumerate(stages, start=1):
            yield Step(
                entry=exercise.key,
                side=side,
                set=count,
                sets=len(stages),
                seconds=stage.seconds[level],
                reps=stage.reps,
                stage=number,
            )


def _sides(sides: Sides) -> tuple[Side | None, ...]:
    if sides is Sides.EACH:
        return (Side.LEFT, Side.RIGHT)
    return (Side.ALTERNATING,) if sides is Sides.ALTERNATING else (None,)
