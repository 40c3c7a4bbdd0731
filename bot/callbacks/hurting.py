"""The buttons about the body: a step that hurts, warning signs, and the stiffer side."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button
from bot.domain.sides import Stiffer


@dataclass(frozen=True, slots=True)
class StepHurts(Button, prefix="hu"):
    """Something hurts in this step: ask how much."""

    session: int
    position: int


@dataclass(frozen=True, slots=True)
class PainSaid(Button, prefix="pa"):
    """It hurts so much in this step, from 0 to 10."""

    session: int
    position: int
    pain: int


@dataclass(frozen=True, slots=True)
class LeaveOut(Button, prefix="lo"):
    """Leave out for today what this step is about."""

    session: int
    position: int


@dataclass(frozen=True, slots=True)
class AskSigns(Button, prefix="rf"):
    """Something else is wrong: ask for the warning signs."""

    session: int


@dataclass(frozen=True, slots=True)
class SignTold(Button, prefix="sg"):
    """One of the signs of an emergency, or of those for today, applies, or none of them."""

    session: int
    emergency: bool
    applies: bool


@dataclass(frozen=True, slots=True)
class SideSaid(Button, prefix="sd"):
    """This side of what was done longest in the finished session felt stiffer."""

    session: int
    stiffer: Stiffer
