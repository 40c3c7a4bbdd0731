"""What somebody who types the bot's name in another chat may share there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shareable:
    """What words typed in another chat may mean: a script that warns, or keys, nearest first."""

    script: str | None
    keys: tuple[str, ...]
