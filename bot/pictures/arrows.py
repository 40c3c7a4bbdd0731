"""An arrow along the way that the body takes between two positions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import skia

from bot.domain.motion import between
from bot.domain.plane import Point
from bot.domain.pose import Pose
from bot.domain.skeleton import skeleton
from bot.pictures import palette
from bot.pictures.palette import fill, line

_STEPS = 10  # on each part of the way
_SHORT = 10.0  # a way shorter than this would not be seen: its turning is shown instead
_FROM, _TO = 0.08, 0.9  # the arrow leaves both ends free
_HEAD = 6.5
_SWEEP = 70.0  # degrees of an arrow that only shows a turn
_RADIUS = 15.0
_SHOWN = ("head", "hip", "knee", "ankle", "hand")  # joints whose way may be shown


def arrow(canvas: skia.Canvas, poses: Sequence[Pose]) -> None:
    """Draw the way of the joint that goes furthest from the first of `poses` to the last."""
    way = _way(poses)
    if way:
        _draw(canvas, way)


def _way(poses: Sequence[Pose]) -> list[Point]:
    stops = [between(a, b, step / _STEPS) for a, b in pairwise(poses) for step in range(_STEPS + 1)]
    tracks = [skeleton(stop).joints() for stop in stops]
    if not tracks:
        return []
    names = [name for name in tracks[0] if name.endswith(_SHOWN)]
    name = max(names, key=lambda each: tracks[0][each].distance(tracks[-1][each]))
    way = [joints[name] for joints in tracks]
    if way[0].distance(way[-1]) < _SHORT:
        return _turn(poses[0], poses[-1])
    return way[round(_FROM * (len(way) - 1)) : round(_TO * (len(way) - 1)) + 1]


def _turn(a: Pose, b: Pose) -> list[Point]:
    """Return an arc round the hip, the way in which the pelvis turns."""
    turned = (b.lumbar - a.lumbar + 180) % 360 - 180
    if abs(turned) < 1:
        return []
    start = a.lumbar + 180 - math.copysign(_SWEEP / 2, turned)
    sweep = math.copysign(_SWEEP, turned)
    return [b.hip.toward(start + sweep * step / _STEPS, _RADIUS) for step in range(_STEPS + 1)]


def _draw(canvas: skia.Canvas, way: list[Point]) -> None:
    tip = way[-1]
    back = next((spot for spot in reversed(way) if spot.distance(tip) >= _HEAD), way[0])
    along = back.angle(tip)
    shaft = [spot for spot in way if spot.distance(tip) >= _HEAD * 0.7] or way[:1]
    shaft.append(tip.toward(along, -_HEAD * 0.6))
    path = skia.Path()
    path.addPoly([skia.Point(spot.x, spot.y) for spot in shaft], False)
    head = skia.Path()
    barbs = (tip.toward(along + 180 + side, _HEAD) for side in (32, -32))
    head.addPoly([skia.Point(spot.x, spot.y) for spot in (tip.toward(along, 1.5), *barbs)], True)
    for colour, more in ((palette.LIGHT, 2.0), (palette.SIGN, 0.0)):
        canvas.drawPath(path, line(colour, 2.2 + more))
        canvas.drawPath(head, fill(colour))
        if more:
            canvas.drawPath(head, line(colour, more))
