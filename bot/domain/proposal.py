"""What a weekly recap may offer to change."""

from __future__ import annotations

from enum import StrEnum


class ProposalKind(StrEnum):
    """What would change."""

    TIME = "time"  # the reminder comes at another time
    LEVEL = "level"  # one notch more of one exercise
