"""The buttons of what people have, and of the settings."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button


@dataclass(frozen=True, slots=True)
class ChooseRoutine(Button, prefix="rt"):
    """Make this routine the daily one."""

    key: str


@dataclass(frozen=True, slots=True)
class ToggleThing(Button, prefix="eq"):
    """They have this thing, or have it not."""

    thing: str
    has: bool


@dataclass(frozen=True, slots=True)
class OpenThings(Button, prefix="eqp"):
    """Show what is usually at home, or the gear."""

    household: bool


@dataclass(frozen=True, slots=True)
class ThingsDone(Button, prefix="eqd"):
    """That is all they have: onboarding goes on."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Button, prefix="lang"):
    """Speak this language from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class Resume(Button, prefix="res"):
    """End the pause."""


@dataclass(frozen=True, slots=True)
class OpenPage(Button, prefix="page"):
    """Open a page of the settings or of the help."""

    page: str


@dataclass(frozen=True, slots=True)
class PassOn(Button, prefix="unq"):
    """Let the operator read questions that get no answer, or no more."""

    on: bool


@dataclass(frozen=True, slots=True)
class DeleteEverything(Button, prefix="del"):
    """Delete all that is stored about the person, or keep it."""

    sure: bool
