"""Soft outlines: tapering limbs along a bone and smooth loops through points."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

import skia

from bot.domain.plane import Point

# How thick flesh is along a bone: (share of the way, on the front side, on the back side).
Profile = Sequence[tuple[float, float, float]]

_SAMPLES = 18


def flesh(spine: Sequence[Point], profile: Profile, front: int = 1) -> skia.Path:
    """Return the outline of flesh along `spine`, round at both ends.

    `front` is 1 where the front lies anticlockwise of the bone's direction, else -1.
    """
    rows = [_row(spine, profile, step / _SAMPLES, front) for step in range(_SAMPLES + 1)]
    outline = [left for left, _ in rows] + [right for _, right in reversed(rows)]
    path = skia.Path()
    path.addPoly([skia.Point(p.x, p.y) for p in outline], True)
    for left, right in (rows[0], rows[-1]):
        middle = left.between(right, 0.5)
        path.addCircle(middle.x, middle.y, left.distance(right) / 2, skia.PathDirection.kCCW)
    return path


def curve(start: Point, leaving: float, end: Point, arriving: float) -> list[Point]:
    """Return points of a smooth line that leaves and arrives in the given directions."""
    pull = start.distance(end) / 3
    a, b = start.toward(leaving, pull), end.toward(arriving, -pull)
    return [_bezier(start, a, b, end, step / _SAMPLES) for step in range(_SAMPLES + 1)]


def loop(points: Sequence[Point]) -> skia.Path:
    """Return a closed smooth outline through `points` (a Catmull-Rom curve)."""
    path = skia.Path()
    path.moveTo(points[0].x, points[0].y)
    count = len(points)
    for index in range(count):
        before, here, there, after = (points[(index + step) % count] for step in (-1, 0, 1, 2))
        path.cubicTo(
            here.x + (there.x - before.x) / 6,
            here.y + (there.y - before.y) / 6,
            there.x - (after.x - here.x) / 6,
            there.y - (after.y - here.y) / 6,
            there.x,
            there.y,
        )
    path.close()
    return path


def circle(centre: Point, radius: float) -> skia.Path:
    """Return a circle."""
    return skia.Path.Circle(centre.x, centre.y, radius)


def along(spine: Sequence[Point], share: float) -> tuple[Point, float]:
    """Return the point `share` of the way along `spine` and the direction there."""
    place = share * (len(spine) - 1)
    index = min(int(place), len(spine) - 2)
    start, end = spine[index], spine[index + 1]
    return start.between(end, place - index), start.angle(end)


def thickness(profile: Profile, share: float) -> tuple[float, float]:
    """Return how thick `profile` is on its front and on its back, eased between its rows."""
    at = bisect_right([row[0] for row in profile], share)
    if at == 0:
        return profile[0][1], profile[0][2]
    if at == len(profile):
        return profile[-1][1], profile[-1][2]
    (low, *lower), (high, *upper) = profile[at - 1], profile[at]
    eased = (1 - math.cos(math.pi * (share - low) / (high - low))) / 2
    front, back = (a + (b - a) * eased for a, b in zip(lower, upper, strict=True))
    return front, back


def _row(spine: Sequence[Point], profile: Profile, share: float, front: int) -> tuple[Point, Point]:
    middle, direction = along(spine, share)
    ahead, behind = thickness(profile, share)
    left, right = (ahead, behind) if front > 0 else (behind, ahead)
    return middle.toward(direction + 90, left), middle.toward(direction - 90, right)


def _bezier(start: Point, a: Point, b: Point, end: Point, t: float) -> Point:
    u = 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    points = (start, a, b, end)
    return Point(
        sum(w * p.x for w, p in zip(weights, points, strict=True)),
        sum(w * p.y for w, p in zip(weights, points, strict=True)),
    )
