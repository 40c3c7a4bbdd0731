"""What a clip counts for one step: its hold or repetitions, its side, and the breath with it."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.catalogue import Entry, Exercise, Practice, Stage
from bot.domain.script import Timing
from bot.domain.step import Side, Step

Phases = tuple[tuple[str, float], ...]

# The breath of every stretch: content facts, global rules.
STRETCH_BREATH: Phases = (("in", 4.0), ("out", 6.0))
_AWAY = 0.6  # of one repetition without a tempo: breathing out takes longer than breathing in

_SIDES = {Side.LEFT: "L", Side.RIGHT: "R"}


def timing(step: Step, entry: Entry, breathing: Practice | None) -> Timing:
    """Return what is counted in a step of `entry`, with a practice that is done at the same time.

    The seconds are those of the step itself, as the player counts them.
    """
    return replace(_timing(step, entry, breathing), lead=step.lead)


def _timing(step: Step, entry: Entry, breathing: Practice | None) -> Timing:
    if isinstance(entry, Practice):
        seconds = step.seconds or (step.reps or 1) * entry.seconds_a_round
        return Timing(seconds=float(seconds), phases=phases(entry), paced=True)
    side = _SIDES.get(step.side, "") if step.side else ""
    stage = stage_of(step, entry)
    if stage is not None and step.reps and step.seconds:
        each = step.seconds / step.reps
        return Timing(reps=step.reps, parts=(each * _AWAY, each * (1 - _AWAY)), side=side)
    if step.reps is not None and step.tempo:
        alternating = step.side is Side.ALTERNATING
        return Timing(reps=step.reps, parts=parts(step.tempo), side=side, alternating=alternating)
    cycle = parts(entry.cycle) if entry.cycle and stage is None else ()
    breath = phases(breathing) if breathing else STRETCH_BREATH
    seconds = float(step.seconds or step.lasts or 1)
    return Timing(seconds=seconds, parts=cycle, phases=() if cycle else breath, side=side)


def stage_of(step: Step, entry: Entry) -> Stage | None:
    """Return the stage of a guided protocol that a step is, None where it is none."""
    if step.stage is None or not isinstance(entry, Exercise) or step.stage > len(entry.stages):
        return None
    return entry.stages[step.stage - 1]


def parts(tempo: str) -> tuple[float, ...]:
    """Return the seconds of each part of a movement: "2-3-2"."""
    return tuple(float(part) for part in tempo.split("-"))


def phases(practice: Practice) -> Phases:
    """Return what the breath does in a practice, and for how many seconds."""
    return tuple((phase.breath, phase.seconds) for phase in practice.phases)
