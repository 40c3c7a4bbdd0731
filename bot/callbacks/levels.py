"""The buttons of how much of an exercise a person does, and of what they do in its place."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button
from bot.domain.adaptation import At, Wish


@dataclass(frozen=True, slots=True)
class ForRoutine(Button, prefix="yrs"):
    """Show how much a person does of each exercise of a routine."""

    key: str


@dataclass(frozen=True, slots=True)
class ForYou(Button, prefix="you"):
    """Show how much a person does of an exercise, and what they can change."""

    key: str


@dataclass(frozen=True, slots=True)
class MoveNotch(Button, prefix="nt"):
    """Do more or less of an exercise, as long as `last` is the last change of it."""

    key: str
    wish: Wish
    last: int


@dataclass(frozen=True, slots=True)
class SetExcluded(Button, prefix="out"):
    """Leave an exercise out for good, or bring it back."""

    key: str
    excluded: bool


@dataclass(frozen=True, slots=True)
class OfferSwaps(Button, prefix="swo"):
    """Offer what can be done in place of an exercise for good."""

    key: str


@dataclass(frozen=True, slots=True)
class SetSwap(Button, prefix="sw"):
    """Do another exercise in place of this one for good, or this one again."""

    key: str
    other: str  # the mark of its key; "" for none


@dataclass(frozen=True, slots=True)
class KeepDose(Button, prefix="keep"):
    """Refuse this change of a level, `at` the screen that told of it."""

    change: int
    at: At


@dataclass(frozen=True, slots=True)
class AnotherOne(Button, prefix="ano"):
    """Offer what else of a session could go down instead, or go back to its end."""

    session: int
    offer: bool


@dataclass(frozen=True, slots=True)
class LowerInstead(Button, prefix="low"):
    """Let this exercise of a session go down instead of the one that did."""

    session: int
    key: str
