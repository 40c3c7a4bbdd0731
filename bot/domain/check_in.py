"""How tight somebody feels, before and after: asked once a day at most, and never in the way."""

from __future__ import annotations

from enum import StrEnum

LOOSEST, TIGHTEST = 0, 10


class When(StrEnum):
    """When it is asked."""

    BEFORE = "before"
    AFTER = "after"


def is_tightness(number: int) -> bool:
    """Return whether a number can say how tight it feels."""
    return LOOSEST <= number <= TIGHTEST
