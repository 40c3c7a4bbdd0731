"""The values of content/safety/: screening, gates, warning signs and the rules for everything."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Tier = Literal["emergency", "today", "soon", "stop", "condition"]  # most urgent first
TIERS: tuple[Tier, ...] = get_args(Tier)

PULSE = "pulse"  # the script for a beat felt under the ball
HURTS = "hurts"  # the script for strong pain in a step; a pack may do with that of its tier "stop"


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

    def digest(self, number: int) -> str:
        """Return a hash of a question's words, counted from 1; "" where there is none."""
        if not 1 <= number <= len(self.questions):
            return ""
        return hashlib.sha256(self.questions[number - 1].encode()).hexdigest()[:16]

    def open_question(self, answered: Mapping[int, bool]) -> int | None:
        """Return the first question that is not answered, None where all are."""
        numbers = range(1, len(self.questions) + 1)
        return next((number for number in numbers if number not in answered), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A group of phrases that tell of one warning sign or condition, and how urgent it is."""

    tier: Tier
    phrases: tuple[str, ...]
    script: str = ""  # which script answers it; its tier's own where empty
    pauses: bool = False  # reminders stop until the person resumes
    ask: str = ""  # how it is asked for after strong pain; it is not asked for where empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for every exercise: how hard, when to stop, when not to begin, what follows."""

    effort: str
    breath: str
    warm_up: str
    stop: tuple[str, ...]
    not_today: tuple[str, ...]
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """Everything in content/safety/."""

    screening: Screening
    gates: Mapping[str, Gate]
    rules: Rules
    signs: tuple[Sign, ...]
    scripts: Mapping[str, str]  # script name (a tier's, or a sign's own) -> what is said

    @property
    def hurts(self) -> str:
        """Return what is said after strong pain in a step."""
        return self.scripts.get(HURTS) or self.scripts["stop"]

    def asked(self, tier: Tier) -> tuple[str, ...]:
        """Return the signs of a tier that are asked for after strong pain."""
        return tuple(sign.ask for sign in self.signs if sign.tier == tier and sign.ask)
