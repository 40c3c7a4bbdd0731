"""The parts of a body that a picture can highlight, by the words a pack names them with."""

from __future__ import annotations

from enum import StrEnum


class Area(StrEnum):
    """A muscle that works, or a place where something is felt, on the near side."""

    PSOAS = "psoas"
    HIP_FRONT = "hip front"
    OUTER_HIP = "outer hip"
    BUTTOCK = "buttock"
    FRONT_THIGH = "front thigh"
    BACK_THIGH = "back thigh"
    BELLY = "belly"
    LOW_BELLY = "low belly"
    WAIST = "waist"
    LOW_BACK = "low back"
