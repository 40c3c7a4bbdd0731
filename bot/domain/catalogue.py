"""The values a content pack is read into: exercises, practices, routines, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from bot.domain.areas import Area
from bot.domain.dose import Dose, Level, Sides
from bot.domain.equipment import Need, Thing
from bot.domain.questions import Questions
from bot.domain.safety import Safety
from bot.domain.step import Length

Kind = Literal["stretch", "strength", "mobility", "control", "rest", "release", "breathing"]
PhaseName = Literal["in", "sip", "hold", "out", "rest"]


class Purpose(StrEnum):
    """What somebody looks for in the library; one exercise stands in for another of its own."""

    STRETCH = "stretch"
    CORE = "core"
    MOBILITY = "mobility"
    RELEASE = "release"
    REST = "rest"
    BREATHING = "breathing"


_PURPOSES = {"strength": Purpose.CORE, "control": Purpose.CORE}


class Breath(StrEnum):
    """What the breath does during one instruction."""

    IN = "in"
    OUT = "out"
    EASY = "easy"  # breathe as it comes
    IN_OUT = "in_out"  # slow breaths, in 4 s and out 6 s unless the text says otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One line of how an exercise goes, and the breath that belongs to it."""

    text: str
    breath: Breath = Breath.EASY


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a guided protocol, done on one side, with or without a count.

    `seconds` says how long at each level; a level that is not there leaves the stage out.
    """

    name: str
    text: str
    breath: Breath = Breath.EASY
    seconds: Mapping[Level, int]
    reps: int | None = None
    movement: tuple[str, ...] = ("start",)  # those of the exercise's poses that show it


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
    equipment: tuple[Need, ...] = ()
    instead: tuple[str, ...] = ()  # exercises of its purpose for whom a thing is missing
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
    poses: Mapping[str, str] = field(default_factory=dict)  # name -> a coded pose line
    movement: tuple[str, ...] = ()  # poses in the order they are taken; the last leads to the first
    cycle: str | None = None  # seconds of each part of a movement that goes on during a hold
    card: tuple[str, ...] = ()  # poses that its card shows, where not those of the movement
    works: tuple[Area, ...] = ()  # what is softly highlighted
    felt: Area | None = None  # where it is felt
    picture: str | None = None  # a file of the pack's own instead of the poses
    sources: tuple[str, ...] = ()

    @property
    def purpose(self) -> Purpose:
        """Return where the library keeps it."""
        return _PURPOSES.get(self.kind) or Purpose(self.kind)

    def seconds(self, dose: Dose, level: Level) -> int:
        """Return how long it takes: a dose on all sides, or a protocol's stages at a level."""
        if self.stages:
            return self.sides.turns * sum(stage.seconds.get(level, 0) for stage in self.stages)
        return dose.seconds(self.sides)


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
    poses: Mapping[str, str] = field(default_factory=dict)
    movement: tuple[str, ...] = ()
    card: tuple[str, ...] = ()
    works: tuple[Area, ...] = ()
    felt: Area | None = None
    picture: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def purpose(self) -> Purpose:
        """Return where the library keeps it."""
        return Purpose.BREATHING

    @property
    def holds(self) -> bool:
        """Return whether the breath is held: who should not do that is told so first."""
        return any(phase.breath == "hold" for phase in self.phases)

    @property
    def seconds_a_round(self) -> float:
        """Return how long one breath of this practice lasts, in seconds."""
        return sum(phase.seconds for phase in self.phases)


Entry = Exercise | Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a routine: an exercise or a practice in a slot of `seconds`.

    `dose` or `level` say how much of it, the beginner's dose where neither does; `otherwise`
    replaces the item where its gate is not passed. `keep` is the shortest length of the routine
    that it belongs to.
    """

    entry: str
    seconds: int
    dose: Dose | None = None
    level: Level | None = None
    breathing: str | None = None  # key of a practice done at the same time
    note: str | None = None
    keep: Length | None = None
    otherwise: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a programme: items of its own, or another `routine`."""

    name: str
    seconds: int
    note: str | None = None
    items: tuple[Item, ...] = ()
    routine: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A list of items whose slots add up to `seconds`, or a programme of days."""

    key: str
    name: str
    summary: str
    aliases: tuple[str, ...] = ()
    seconds: int = 0  # of a programme every day says its own
    gentle: bool = False  # made only of the gentle set: open to everyone
    items: tuple[Item, ...] = ()
    days: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The answer to one question about why; `see` are entries worth a look beside it."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    text: str
    see: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture or clip of a pack's own: where it lies and a hash of its bytes."""

    path: str
    digest: str

    @property
    def moves(self) -> bool:
        """Return whether it is a clip."""
        return self.path.endswith(".mp4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A whole content pack, checked."""

    version: str  # hash of the pack's files; sessions remember it
    name: str = ""  # what the pack calls itself
    daily: str  # routine that everyone starts with
    languages: tuple[str, ...] = ()  # those it promises to speak completely
    things: Mapping[str, Thing] = field(default_factory=dict)
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    practices: Mapping[str, Practice] = field(default_factory=dict)
    routines: Mapping[str, Routine] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    questions: tuple[Questions, ...] = ()
    media: Mapping[str, Media] = field(default_factory=dict)  # by the name an entry calls it
    safety: Safety
    digests: Mapping[str, str] = field(default_factory=dict)  # key -> hash of that entry alone

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Return all exercises, then all practices, by key."""
        return {**self.exercises, **self.practices}

    def entry(self, key: str) -> Entry | None:
        """Return the exercise or practice called `key`, or None."""
        return self.exercises.get(key) or self.practices.get(key)

    def items(self, routine: Routine, day: int | None = None) -> tuple[Item, ...]:
        """Return what a routine holds: of a programme's `day`, counted from 1, else of all days."""
        if not routine.days:
            return routine.items
        days = routine.days if day is None else routine.days[day - 1 : day]
        return tuple(
            item
            for one in days
            for item in (self.routines[one.routine].items if one.routine else one.items)
        )

    def name_of(self, key: str) -> str:
        """Return what the exercise, practice, routine or note is called; the key where none is."""
        found = self.entry(key) or self.routines.get(key) or self.notes.get(key)
        return found.name if found else key
