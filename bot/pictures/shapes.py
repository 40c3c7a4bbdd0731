"""Soft outlines: tapering limbs along a bone and smooth loops through points."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

import skia

from bot.domain.plane import Point

# How thick flesh is along a bone: (share of the way, on the front side, on the back side).
Profile = tuple[tuple[float, float, float], ...]

_SAMPLES = 18


def flesh(
    spine: Sequence[Point],
    profile: Profile,
    front: int = 1,
    *,
    rounded: tuple[bool, bool] = (True, True),
) -> skia.Path:
    """Return the outline of flesh along `spine`, its beginning and end `rounded` or cut straight.

    `front` is 1 where the front lies anticlockwise of the bone's direction, else -1.
    """
    lefts, rights = [], []
    for (x, y, across, up), (ahead, behind) in zip(_stations(spine), _widths(profile), strict=True):
        left, right = (ahead, behind) if front > 0 else (behind, ahead)
        lefts.append(skia.Point(x + across * left, y + up * left))
        rights.append(skia.Point(x - across * right, y - up * right))
    path = skia.Path()
    path.addPoly([*lefts, *reversed(rights)], True)
    for end in (end for end, wanted in zip((0, -1), rounded, strict=True) if wanted):
        middle, radius = (lefts[end] + rights[end]) * 0.5, (lefts[end] - rights[end]).length() / 2
        path.addCircle(*middle, radius, skia.PathDirection.kCCW)  # the way the outline runs
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


def _along(spine: Sequence[Point], share: float) -> tuple[Point, Point]:
    """Return the point `share` of the way along `spine`, and the direction there as a vector."""
    place = share * (len(spine) - 1)
    index = min(int(place), len(spine) - 2)
    start, end = spine[index], spine[index + 1]
    size = start.distance(end) or 1.0
    ahead = Point((end.x - start.x) / size, (end.y - start.y) / size)
    return start.between(end, place - index), ahead


def _thickness(profile: Profile, share: float) -> tuple[float, float]:
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


@lru_cache(maxsize=64)
def _widths(profile: Profile) -> tuple[tuple[float, float], ...]:
    return tuple(_thickness(profile, step / _SAMPLES) for step in range(_SAMPLES + 1))


def _stations(spine: Sequence[Point]) -> list[tuple[float, float, float, float]]:
    """Return points along `spine`, each with the unit vector to the left of its direction."""
    places = [_along(spine, step / _SAMPLES) for step in range(_SAMPLES + 1)]
    return [(point.x, point.y, -ahead.y, ahead.x) for point, ahead in places]


def _bezier(start: Point, a: Point, b: Point, end: Point, t: float) -> Point:
    u = 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    points = (start, a, b, end)
    return Point(
        sum(w * p.x for w, p in zip(weights, points, strict=True)),
        sum(w * p.y for w, p in zip(weights, points, strict=True)),
    )
