"""The buttons of the first minutes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button
from bot.domain.person import Question, Screened


@dataclass(frozen=True, slots=True)
class Understood(Button, prefix="ok"):
    """The safety note was read."""


@dataclass(frozen=True, slots=True)
class Screen(Button, prefix="scr"):
    """The screening question was answered."""

    answer: Screened


@dataclass(frozen=True, slots=True)
class ChooseZone(Button, prefix="zone"):
    """A time zone was picked; `first` where it is onboarding's answer, so it holds only then."""

    zone: str
    first: bool


@dataclass(frozen=True, slots=True)
class ConfirmZone(Button, prefix="zok"):
    """ "It is 07:12 for you now" was confirmed or denied, for this zone."""

    right: bool
    zone: str


@dataclass(frozen=True, slots=True)
class ChooseTime(Button, prefix="at"):
    """A time of day was picked in onboarding: four digits, hours and minutes."""

    clock: str


@dataclass(frozen=True, slots=True)
class Later(Button, prefix="later"):
    """An onboarding question was put off."""

    question: Question
