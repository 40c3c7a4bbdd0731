"""The buttons about how a person is doing: corrected days, the streak, how tight it feels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.button import Button
from bot.domain.calendar import Mark
from bot.domain.check_in import When


@dataclass(frozen=True, slots=True)
class OpenDay(Button, prefix="day"):
    """Show one day, to be corrected."""

    day: date


@dataclass(frozen=True, slots=True)
class SayDay(Button, prefix="said"):
    """Say what became of a day; with no mark, that it is as it was recorded."""

    day: date
    said: Mark | None


@dataclass(frozen=True, slots=True)
class UndoDay(Button, prefix="und"):
    """Take back what was said of a day."""

    day: date


@dataclass(frozen=True, slots=True)
class HideStreak(Button, prefix="hst"):
    """Show the streak no more, or again."""

    hidden: bool


@dataclass(frozen=True, slots=True)
class AskTight(Button, prefix="tq"):
    """Ask how tight it feels before this session."""

    session: int


@dataclass(frozen=True, slots=True)
class TightSaid(Button, prefix="ti"):
    """It feels so tight, from 0 to 10; None: they would rather not say."""

    session: int
    moment: When
    tight: int | None


@dataclass(frozen=True, slots=True)
class SetCheckIns(Button, prefix="sci"):
    """Ask how tight it feels from now on, or no more."""

    on: bool
