"""What follows when a step hurts: less of it, the easier variant, or nothing of it today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from bot.domain.catalogue import Entry, Exercise, Practice
from bot.domain.dose import Level
from bot.domain.step import Step

LEAST, EASE_FROM, DROP_FROM, WORST = 0, 4, 7, 10  # of 10: content facts, G-STOP and 6.3

# The numbers to choose from, in the rows of what follows from them.
BANDS = (
    tuple(range(LEAST, EASE_FROM)),
    tuple(range(EASE_FROM, DROP_FROM)),
    tuple(range(DROP_FROM, WORST + 1)),
)


class Relief(StrEnum):
    """What follows from how much it hurts."""

    LESS = "less"  # go on, with a little less
    EASE = "ease"  # the easier variant, from this step on
    OFFER = "offer"  # there is no easier one: they may leave it out
    DROP = "drop"  # nothing of it any more today


def is_pain(number: int) -> bool:
    """Return whether a number can say how much it hurts."""
    return LEAST <= number <= WORST


def relief(pain: int, step: Step, entry: Entry | None) -> Relief:
    """Return what follows when `step`, which is about `entry`, hurts so much, from 0 to 10."""
    if pain < EASE_FROM:
        return Relief.LESS
    if pain >= DROP_FROM:
        return Relief.DROP
    easier = entry is not None and bool(entry.easier) and not step.eased
    return Relief.EASE if easier else Relief.OFFER


def eased(steps: Sequence[Step], position: int, entry: Entry) -> tuple[Step, ...]:
    """Return a session's steps with those of `entry` easier, from `position` on.

    An extra set still to come is given up: what hurts is not done more often.
    """
    return tuple(
        (replace(step, eased=True, cut=True) if step.extra and at > position else easy(step, entry))
        if at >= position and step.entry == entry.key
        else step
        for at, step in enumerate(steps)
    )


def easy(step: Step, entry: Entry) -> Step:
    """Return the easier variant of a step: never longer or more often than a beginner does it."""
    if isinstance(entry, Practice):
        rounds = min(step.reps or 1, entry.rounds.get(Level.BEGINNER, step.reps or 1))
        seconds = min(step.seconds or 0, round(rounds * entry.seconds_a_round)) or None
        return replace(step, reps=rounds, seconds=seconds, eased=True)
    if step.stage is not None:
        return replace(step, seconds=_least(step.seconds, _of_stage(step, entry)), eased=True)
    dose = entry.doses.get(Level.BEGINNER)
    reps = _least(step.reps, dose.reps if dose else None)
    seconds = _least(step.seconds, dose.hold if dose else None)
    return replace(step, reps=reps, seconds=seconds, eased=True)


def left_out(hurt: Collection[str], entries: Mapping[str, Entry]) -> frozenset[str]:
    """Return what is left out on a day when these hurt: with what presses, all that presses."""
    gates = {entries[key].gate for key in hurt if key in entries} - {None}
    return frozenset(hurt) | {key for key, entry in entries.items() if entry.gate in gates}


def _of_stage(step: Step, entry: Exercise) -> int | None:
    stages = dict(enumerate(entry.stages, start=1))
    stage = stages.get(step.stage or 0)
    return stage.seconds.get(Level.BEGINNER) if stage else None


def _least(now: int | None, beginner: int | None) -> int | None:
    """Return the smaller of both, where the step has this measure at all."""
    return now if now is None or beginner is None else min(now, beginner)
