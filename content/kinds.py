"""Says what each kind of content file holds; the values themselves are the domain's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ConfigDict, TypeAdapter
from typing_extensions import TypedDict

from bot.domain.catalogue import (
    Day,
    Exercise,
    Instruction,
    Item,
    Note,
    Phase,
    Practice,
    Routine,
    Stage,
)
from bot.domain.dose import Dose
from bot.domain.equipment import Need, Thing
from bot.domain.questions import Questions
from bot.domain.safety import Gate, Rules, Screening, Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The file pack.yaml: what the pack is called and which routine everyone starts with.

    `languages` are those it promises to speak completely; `hide` are entries it leaves out.
    """

    name: str
    daily: str
    languages: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """The file equipment.yaml: what people may have."""

    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The file safety/signs.yaml: phrases that tell of a warning sign, and what is said then."""

    scripts: Mapping[str, str] = field(default_factory=dict)
    signs: tuple[Sign, ...] = ()


# What a pack that is laid over another may add to the files that every pack has. Other keys may
# stand there too, as in a copy of the lower file, but say nothing else than it does.


@dataclass(frozen=True, slots=True, kw_only=True)
class PackAddition:
    """A pack.yaml over another: what it leaves out stays as it is."""

    name: str = ""
    daily: str = ""
    languages: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningAddition:
    """More conditions, more words for the safety note, another gentle routine."""

    note: str = ""
    conditions: tuple[str, ...] = ()
    routine: str = ""
    question: str = ""
    advice: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAddition:
    """More questions and alternatives of a gate that is there already."""

    key: str
    questions: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    days: int | None = None
    intro: str = ""
    passed: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesAddition:
    """More reasons to stop and not to begin."""

    stop: tuple[str, ...] = ()
    not_today: tuple[str, ...] = ()
    effort: str = ""
    breath: str = ""
    warm_up: str = ""
    after: str = ""


class _Files(TypedDict, total=False):
    # The configuration of a TypedDict reaches the plain dataclasses inside it, so that the domain
    # refuses unknown keys here without knowing of pydantic.
    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    pack: Pack
    equipment: Things
    exercise: Exercise
    practice: Practice
    routine: Routine
    note: Note
    question: Questions
    screening: Screening
    gate: Gate
    rules: Rules
    signs: Signs
    pack_addition: PackAddition
    screening_addition: ScreeningAddition
    gate_addition: GateAddition
    rules_addition: RulesAddition


FILES = TypeAdapter(_Files)
KINDS: dict[str, type] = {
    "pack": Pack,
    "equipment": Things,
    "exercise": Exercise,
    "practice": Practice,
    "routine": Routine,
    "note": Note,
    "question": Questions,
    "screening": Screening,
    "gate": Gate,
    "rules": Rules,
    "signs": Signs,
    "pack_addition": PackAddition,
    "screening_addition": ScreeningAddition,
    "gate_addition": GateAddition,
    "rules_addition": RulesAddition,
}
# Keys under which a group of lines is a value of its own.
PARTS: dict[str, type] = {
    "dose": Dose,
    "doses": Dose,
    "equipment": Need,
    "stages": Stage,
    "items": Item,
    "otherwise": Item,
    "days": Day,
    "steps": Instruction,
    "phases": Phase,
    "signs": Sign,
    "things": Thing,
}
# Lists written one pair a line: `- in: Grow tall.` is {breath: in, text: Grow tall.}
PAIRS = {"steps": ("breath", "text"), "phases": ("breath", "seconds")}
# Numbers that must be 1 or more, and those of them that are times: 30, or 1:30.
NUMBERS = {"sets", "reps", "hold", "seconds", "days", "rounds", "phases"}
TIMES = {"seconds", "hold", "rest"}
