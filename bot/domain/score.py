"""What is heard in a session, and at which second: bells, tones for the breath, spoken words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.catalogue import Entry, Practice
from bot.domain.script import Script
from bot.domain.step import Step, switches
from bot.domain.timing import timing

HALVED = 20  # seconds of a step from which on its middle is told
SAID_AFTER = 1.2  # seconds from the start of a step to its name: the bell before has rung out
SHORTEST_BREATH = 1.0  # seconds: a shorter piece that only fills the step up is not worth a tone
TAIL = 5.0  # seconds in which the last bell rings out


class Sound(StrEnum):
    """What one cue sounds like, and what it tells."""

    START = "start"  # the time to get ready is over: begin
    HALF = "half"  # half of it is done
    SWITCH = "switch"  # the other side now
    END = "end"  # it is done
    IN = "in"  # breathe in
    OUT = "out"  # breathe out
    SAY = "say"  # spoken words


BELLS = (Sound.START, Sound.HALF, Sound.SWITCH, Sound.END)
_BREATHS = {"in": Sound.IN, "sip": Sound.IN, "out": Sound.OUT}


@dataclass(frozen=True, slots=True)
class Part:
    """One step of what is heard: its entry, a practice done with it, and what is said before it."""

    step: Step
    entry: Entry
    breathing: Practice | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """One sound at `second`, counted from the start of the recording; `text` where it is spoken."""

    second: float
    sound: Sound
    text: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """All cues in their order, and how long all steps take, in seconds."""

    cues: tuple[Cue, ...] = ()
    seconds: float = 0.0

    @property
    def lasts(self) -> float:
        """Return the seconds of the recording, until the last bell has rung out."""
        return self.seconds + TAIL


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where an entry begins: the second, and its name."""

    second: float
    name: str


def score(parts: Sequence[Part]) -> Score:
    """Return what is heard while the steps are done one after the other, as the player counts them.

    Of sounds at the same second those of the step before come first.
    """
    cues: list[Cue] = []
    second, before = 0.0, None
    for part in parts:
        cues += _cues(part, second, before)
        second, before = second + part.step.takes, part
    cues.sort(key=lambda cue: cue.second)  # what is at the same second stays in its order
    return Score(tuple(cues), second)


def chapters(parts: Sequence[Part]) -> tuple[Chapter, ...]:
    """Return where each entry begins; steps of one entry that follow each other are one chapter."""
    found: list[Chapter] = []
    second, key = 0.0, None
    for part in parts:
        if part.entry.key != key:
            found.append(Chapter(second, part.entry.name))
        second, key = second + part.step.takes, part.entry.key
    return tuple(found)


def _cues(part: Part, second: float, before: Part | None) -> Iterator[Cue]:
    step = part.step
    begins = second + step.lead
    if before is not None and switches(before.step, part.step):
        yield Cue(second, Sound.SWITCH)
    if part.said:
        yield Cue(second + SAID_AFTER, Sound.SAY, part.said)
    yield Cue(begins, Sound.START)
    if step.lasts >= HALVED:
        yield Cue(begins + step.lasts / 2, Sound.HALF)
    yield from _breath(part, begins)
    yield Cue(begins + step.lasts, Sound.END)


def _breath(part: Part, begins: float) -> Iterator[Cue]:
    """Yield a tone at each turn of the breath, as the clip of the step shows it."""
    ends = begins + part.step.lasts
    phases = Script(timing(part.step, part.entry, part.breathing), poses=1).phases
    second = begins
    for phase in phases:
        left = ends - second
        if phase.breath in _BREATHS and left >= SHORTEST_BREATH:
            yield Cue(second, _BREATHS[phase.breath])
        second += phase.seconds
