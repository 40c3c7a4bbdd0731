"""The buttons of how steps arrive, and of a session that goes on by itself."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button
from bot.domain.pace import Pace


@dataclass(frozen=True, slots=True)
class SetPace(Button, prefix="pace"):
    """Let steps arrive so from now on."""

    pace: Pace


@dataclass(frozen=True, slots=True)
class StepPace(Button, prefix="sp"):
    """Let the steps of this session arrive so."""

    session: int
    position: int
    pace: Pace


@dataclass(frozen=True, slots=True)
class StepPause(Button, prefix="hold"):
    """Stop the time of this step."""

    session: int
    position: int


@dataclass(frozen=True, slots=True)
class StepMore(Button, prefix="more"):
    """Show what else can be done at this step."""

    session: int
    position: int


@dataclass(frozen=True, slots=True)
class StepLess(Button, prefix="less"):
    """Back from there to the buttons of the step."""

    session: int
    position: int
