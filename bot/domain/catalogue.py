"""The values a content pack is read into: exercises, practices, routines and the safety texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Kind = Literal["stretch", "strength", "mobility", "control", "rest", "release", "breathing"]
PhaseName = Literal["in", "hold", "out", "rest"]
Tier = Literal["emergency", "today", "soon", "stop", "condition"]  # most urgent first


class Sides(StrEnum):
    """How an exercise treats left and right."""

    EACH = "each"  # one side at a time: every set is done left, then right
    ALTERNATING = "alternating"  # sides take turns inside one set
    NONE = "none"  # both sides together, or no sides at all


class Breath(StrEnum):
    """What the breath does during one instruction."""

    IN = "in"
    OUT = "out"
    EASY = "easy"  # breathe as it comes
    IN_OUT = "in_out"  # slow breaths, in 4 s and out 6 s unless the text says otherwise


class Level(StrEnum):
    """A notch of dose; everyone starts as beginner."""

    BEGINNER = "beginner"
    STANDARD = "standard"
    ADVANCED = "advanced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One line of how an exercise goes, and the breath that belongs to it."""

    text: str
    breath: Breath = Breath.EASY


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
        turns = 1 if sides is Sides.NONE else 2
        return self.sets * each * turns + (self.sets - 1) * self.rest

    @property
    def seconds_a_rep(self) -> int:
        """Return how long one repetition takes by the tempo, in seconds; 0 without one."""
        return sum(int(phase) for phase in self.tempo.split("-")) if self.tempo else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a guided protocol, done on one side in `seconds`, with or without a count."""

    name: str
    text: str
    breath: Breath = Breath.EASY
    seconds: int
    reps: int | None = None
    pose: str = "start"  # which of the exercise's poses shows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise, complete enough to be done from its card."""

    key: str
    name: str
    summary: str  # one short line: what it is
    aliases: tuple[str, ...] = ()
    position: str
    kind: Kind
    sides: Sides
    level: Level
    gate: str | None = None  # "release" where the release gate must be passed first
    gentle: bool = False  # member of the gentle set
    scheduled: bool = True  # False: may be explained, never put into a routine
    equipment: tuple[str, ...] = ()
    household: tuple[str, ...] = ()
    setup: str
    cues: tuple[str, ...]  # two or three short lines for somebody in the middle of doing it
    steps: tuple[Instruction, ...]
    stages: tuple[Stage, ...] = ()  # a guided protocol is walked stage by stage
    doses: Mapping[Level, Dose]
    muscles: str
    feel: str
    why: str
    mistakes: tuple[str, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...] = ()
    stop_if: tuple[str, ...]
    not_for: tuple[str, ...] = ()
    poses: Mapping[str, str]  # name ("start", "end", ...) -> coded pose line, bot/domain/pose.py
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One phase of a breath: what it is and how many seconds it lasts."""

    breath: PhaseName
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """One breathing practice: its phases are repeated for `rounds`."""

    key: str
    name: str
    summary: str
    aliases: tuple[str, ...] = ()
    gate: str | None = None
    gentle: bool = False
    setup: str
    cues: tuple[str, ...]  # two or three short lines for somebody in the middle of doing it
    steps: tuple[Instruction, ...]
    phases: tuple[Phase, ...]
    rounds: Mapping[Level, int]
    feel: str
    why: str
    mistakes: tuple[str, ...] = ()
    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()
    cautions: tuple[str, ...]
    poses: Mapping[str, str]
    sources: tuple[str, ...] = ()

    @property
    def seconds_a_round(self) -> float:
        """Return how long one breath of this practice lasts, in seconds."""
        return sum(phase.seconds for phase in self.phases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a routine: an exercise or a practice in a slot of `seconds`.

    `dose` overrides the entry's own; `otherwise` replaces the item where its gate is not passed.
    """

    entry: str
    seconds: int
    dose: Dose | None = None
    breathing: str | None = None  # key of a practice done at the same time
    note: str | None = None
    otherwise: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A list of items whose slots add up to `seconds`."""

    key: str
    name: str
    summary: str
    aliases: tuple[str, ...] = ()
    seconds: int
    gentle: bool = False  # made only of the gentle set: open to everyone
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """The screening question of onboarding, with the conditions it asks about."""

    note: str  # the safety note shown before it
    question: str
    conditions: tuple[str, ...]
    advice: str  # shown to whom something applies
    refusal: str  # why a routine or exercise outside the gentle set is refused
    routine: str  # daily routine of whom something applies


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Questions that must all be answered no before gated content, asked again after `days`."""

    key: str
    intro: str
    questions: tuple[str, ...]
    days: int
    passed: str
    refused: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A group of phrases that tell of one warning sign or condition, and how urgent it is."""

    tier: Tier
    phrases: tuple[str, ...]
    script: str = ""  # which script answers it; its tier's own where empty
    pauses: bool = False  # reminders stop until the person resumes


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """Everything in content/safety/."""

    screening: Screening
    gates: Mapping[str, Gate]
    signs: tuple[Sign, ...]
    scripts: Mapping[str, str]  # script name (a tier's, or a sign's own) -> what is said


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A whole content pack, checked."""

    version: str  # hash of the pack's files; sessions remember it
    name: str = ""  # what the pack calls itself
    daily: str  # routine that everyone starts with
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    practices: Mapping[str, Practice] = field(default_factory=dict)
    routines: Mapping[str, Routine] = field(default_factory=dict)
    safety: Safety

    def entry(self, key: str) -> Exercise | Practice | None:
        """Return the exercise or practice called `key`, or None."""
        return self.exercises.get(key) or self.practices.get(key)
