"""How much of an exercise is right for a person: one notch is one named change."""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """Why a notch was changed."""

    EASY = "easy"  # too easy twice in a row
    HARD = "hard"  # too hard once
    PAIN = "pain"  # it hurt, 4 of 10 or more
    BREAK = "break"  # a week without it
    ASKED = "asked"  # the person said so
