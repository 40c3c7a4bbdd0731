"""The buttons of broadcasts: those of their authors, and those of the people who get them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button


@dataclass(frozen=True, slots=True)
class ConfirmBroadcast(Button, prefix="bc"):
    """Let it go out."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class CancelBroadcast(Button, prefix="bx"):
    """Let it never go out."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class LeaveBroadcast(Button, prefix="bl"):
    """Write none after all."""


@dataclass(frozen=True, slots=True)
class StopBroadcast(Button, prefix="bs"):
    """Let go out no more of it."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class NoMoreNews(Button, prefix="bn"):
    """Get nothing like this any more."""

    broadcast: int


@dataclass(frozen=True, slots=True)
class HearNews(Button, prefix="bh"):
    """Get what operators tell everybody, or not."""

    on: bool
