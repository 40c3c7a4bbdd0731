"""The colours of all pictures, calm in a dark chat and in a light one."""

from __future__ import annotations

from enum import Enum

import skia

WALL = 0xFFE3E8E8
FLOOR = 0xFFCFD8D8
MAT = 0xFFA9A3C4
MAT_EDGE = 0xFF8F89AE
SHADOW = 0xFF2B3A44
GHOST = 0xFF5F7C8A

WARM = 0xFFE8664A  # what works, and where it is felt
LIGHT = 0xFFFDFBF6
SIGN = 0xFF1F5F7A  # arrows, numbers, the ring that counts
AMBER = 0xFFE0A030  # getting ready
BREATH = 0xFF6FB3C8
TRACK = 0xFFC4CDCD
INK = 0xFF2B3A44
GREY = 0xFF8B979D

WOOD = 0xFFD0AD82
WOOD_DARK = 0xFFAF8A60
FABRIC = 0xFFB9C4CE
FABRIC_DARK = 0xFF94A3B0
FOAM = 0xFF6F8FB5
FOAM_DARK = 0xFF54739A
RUBBER = 0xFFE0B84F
IRON = 0xFF4A5058
IRON_LIGHT = 0xFF6A727B
WATER = 0xFF8CC3DA
BALL = 0xFFD6604D
BALL_DARK = 0xFFB34A3B
PLASTER = 0xFFB8C4C4
PLASTER_EDGE = 0xFF9DABAB


class Tone(Enum):
    """What a patch of the figure is made of."""

    SKIN = 0xFFC98B68
    TOP = 0xFF3F8F88
    SLEEVE = 0xFF4BA097
    LEGS = 0xFF34465E
    SHIN = 0xFF3B4F69
    HAIR = 0xFF3B2C2A
    EAR = 0xFFB87857
    EYE = 0xFF5A3B30

    @property
    def near(self) -> int:
        """Return the colour on the side of the viewer."""
        return int(self.value)

    @property
    def far(self) -> int:
        """Return the colour on the far side: paler, as things further away are."""
        return mix(self.near, WALL, 0.42)


def mix(colour: int, other: int, share: float) -> int:
    """Return `colour` with `share` of `other` in it, opaque."""
    mixed = 0xFF
    for shift in (16, 8, 0):
        a, b = colour >> shift & 0xFF, other >> shift & 0xFF
        mixed = mixed << 8 | round(a + (b - a) * share)
    return mixed


def fill(colour: int) -> skia.Paint:
    """Return a paint that fills with `colour`, smooth at the edges."""
    return skia.Paint(Color=colour, AntiAlias=True)


def line(colour: int, width: float) -> skia.Paint:
    """Return a paint that draws round-ended lines `width` wide."""
    return skia.Paint(
        Color=colour,
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )
