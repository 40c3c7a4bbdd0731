"""What an operator tells everybody: where each copy stands."""

from __future__ import annotations

from enum import StrEnum


class CopyState(StrEnum):
    """What became of one person's copy."""

    DUE = "due"
    SENT = "sent"
    GONE = "gone"  # nobody can be reached there
    UNWANTED = "unwanted"  # they opted out before it went out
