"""The buttons of the weekly recap: what it offers, when it comes, and the week so far."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button


@dataclass(frozen=True, slots=True)
class AnswerProposal(Button, prefix="rca"):
    """Do what the recap offered, or leave all as it is."""

    proposal: int
    accepts: bool


@dataclass(frozen=True, slots=True)
class ShowWeek(Button, prefix="rcw"):
    """Show how the running week goes."""


@dataclass(frozen=True, slots=True)
class OpenRecap(Button, prefix="rco"):
    """Show when the recap comes, below what it told."""


@dataclass(frozen=True, slots=True)
class SetRecapDay(Button, prefix="rcd"):
    """The recap comes on this weekday: 0 is Monday."""

    day: int


@dataclass(frozen=True, slots=True)
class SetRecapTime(Button, prefix="rct"):
    """The recap comes at this time: four digits."""

    clock: str


@dataclass(frozen=True, slots=True)
class SwitchRecap(Button, prefix="rcs"):
    """The recap comes, or comes no more."""

    on: bool
