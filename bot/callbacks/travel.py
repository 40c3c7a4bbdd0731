"""The buttons of a trip; `trip` and `home` are digests of the zones they are about."""

from __future__ import annotations

from dataclasses import dataclass

from bot.button import Button


@dataclass(frozen=True, slots=True)
class FollowFor(Button, prefix="zf"):
    """Follow the zone of the trip for so many days, then home's again."""

    trip: int
    home: int
    days: int


@dataclass(frozen=True, slots=True)
class LiveHere(Button, prefix="zl"):
    """Stay with this zone for good: they moved."""

    trip: int
    home: int


@dataclass(frozen=True, slots=True)
class GoHome(Button, prefix="zh"):
    """Go back to home's clock now; `asked` where it answers the question of how long."""

    trip: int
    home: int
    asked: bool
