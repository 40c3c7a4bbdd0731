"""Where two bones must point so that a foot or a hand arrives at a place."""

from __future__ import annotations

import math

from bot.domain.plane import Point

_STRAIGHT = 40.0  # square units: an arm that bends less has no side to which it bends


def side(start: Point, middle: Point, end: Point, straight: int) -> int:
    """Return 1 where the joint in the middle lies left of the way from start to end, else -1.

    Where the three are in one line it is `straight`.
    """
    across = (end.x - start.x) * (middle.y - start.y) - (end.y - start.y) * (middle.x - start.x)
    if abs(across) < _STRAIGHT:
        return straight
    return 1 if across > 0 else -1


def bend(start: Point, end: Point, upper: float, lower: float, to: int) -> tuple[float, float]:
    """Return the directions of two bones from `start` whose joint bends to the side `to`.

    They end at `end`; where that is too far or too near they point at it as well as they can.
    """
    away = max(start.distance(end), 1e-6)
    cosine = (upper * upper + away * away - lower * lower) / (2 * upper * away)
    first = start.angle(end) + to * math.degrees(math.acos(min(1.0, max(-1.0, cosine))))
    return first, start.toward(first, upper).angle(end)


def within(centre: Point, point: Point, least: float, most: float) -> Point:
    """Return `point`, brought to between `least` and `most` away from `centre`."""
    away = centre.distance(point)
    if least <= away <= most:
        return point
    return centre.toward(centre.angle(point), least if away < least else most)
