"""What a look at something found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found; `advice` where something is to be done, `grave` where it must be."""

    about: str
    found: str
    advice: str = ""
    grave: bool = True
