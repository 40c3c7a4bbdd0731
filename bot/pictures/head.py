"""A head in profile, so that one sees which way it looks."""

from __future__ import annotations

from bot.domain.plane import Point
from bot.pictures.palette import Tone
from bot.pictures.patch import Patch
from bot.pictures.shapes import flesh, loop

# Outlines as (towards the face, towards the crown), in the units of the body.
_PROFILE = (
    (-0.5, 9.2), (4.2, 8.0), (6.6, 5.0), (7.0, 2.2), (7.0, 0.8), (9.1, -2.0), (7.3, -2.9),
    (7.5, -4.6), (6.9, -5.6), (6.2, -8.0), (3.2, -8.6), (-0.8, -6.4), (-5.0, -6.0),
    (-8.2, -2.0), (-8.6, 2.6), (-5.6, 7.4),
)  # fmt: skip
_HAIR = (
    (4.6, 6.2), (4.6, 8.0), (-0.3, 9.8), (-5.8, 8.2), (-9.2, 3.0), (-8.9, -2.2), (-6.4, -5.6),
    (-4.6, -4.6), (-3.6, -1.8), (-1.8, 1.4), (-0.4, 3.4), (2.4, 4.2),
)  # fmt: skip
_EAR = ((-0.6, 0.4), (-2.2, 0.8), (-2.7, -0.8), (-1.8, -2.4), (-0.8, -1.6))
_EYE = ((3.6, 0.5), (4.5, 0.0), (5.4, 0.4))
_LID = ((0.0, 0.35, 0.35), (1.0, 0.35, 0.35))


def head_patches(centre: Point, up: float, turn: int) -> list[Patch]:
    """Return the patches of a head whose crown points `up` (degrees)."""
    face = up - 90 * turn

    def placed(outline: tuple[tuple[float, float], ...]) -> list[Point]:
        return [centre.toward(face, ahead).toward(up, above) for ahead, above in outline]

    return [
        Patch(loop(placed(_PROFILE)), Tone.SKIN),
        Patch(loop(placed(_HAIR)), Tone.HAIR),
        Patch(loop(placed(_EAR)), Tone.EAR),
        Patch(flesh(placed(_EYE), _LID), Tone.EYE),
    ]
