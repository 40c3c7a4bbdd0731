"""Decides which part of the plane a picture shows, so that its content fills it with a margin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.plane import Point
from bot.domain.pose import HEAD, Pose, Seen, skeleton
from bot.domain.props import Line, Loop, Prop, Roller, Round, Slab, Wall

_FLESH = 6.0  # how far a body reaches beyond its joints
_MARGIN = 0.06  # of the picture's side, on every side
_CLOSEST = 2.75  # pixels a unit in a picture of 480: no figure is shown larger than this
_SIDE = 480.0
_FLOOR = 0.1  # at least this share of the picture is floor
_HORIZON = 0.7  # a low figure lies on a floor that begins this far down


@dataclass(frozen=True, slots=True)
class Frame:
    """How the plane is placed on a square picture: the pixel of (0, 0), and pixels a unit."""

    x: float
    y: float
    scale: float


def frame(poses: Iterable[Pose], side: float) -> Frame:
    """Return the frame of `side` pixels in which all of `poses` are seen whole."""
    poses = tuple(poses)
    spots = [spot for pose in poses for spot in _extent(pose)]
    left, right = min(s.x for s in spots), max(s.x for s in spots)
    bottom, top = min(s.y for s in spots), max(s.y for s in spots)
    room = side * (1 - 2 * _MARGIN)
    scale = min(
        _CLOSEST * side / _SIDE, room / (right - left), room * (1 - _FLOOR / 2) / (top - bottom)
    )
    x = side / 2 - scale * (left + right) / 2
    y = side / 2 + scale * (top + bottom) / 2
    if any(pose.seen is not Seen.ABOVE for pose in poses):
        lowest = side * (1 - _FLOOR) + scale * min(bottom, 0.0)
        y = min(max(y + side * 0.02, side * _HORIZON), lowest)
    return Frame(x, y, scale)


def _extent(pose: Pose) -> Iterable[Point]:
    joints = skeleton(pose).joints()
    head = joints.pop("head")
    yield from _corners(head, HEAD + 1)
    for joint in joints.values():
        yield from _corners(joint, _FLESH)
    if pose.seen is not Seen.ABOVE:
        yield Point(pose.hip.x, 0.0)
    for prop in pose.props:
        yield from _prop_extent(prop)


def _prop_extent(prop: Prop) -> Iterable[Point]:
    match prop:
        case Slab():
            return (Point(prop.left, 0.0), Point(prop.right, prop.top))
        case Round():
            return _corners(prop.centre, prop.radius)
        case Roller():
            return (Point(prop.left, prop.bottom), Point(prop.right, prop.top))
        case Line():
            return (*_corners(prop.start, 4), *_corners(prop.end, 4))
        case Loop():
            return _corners(prop.centre, 8)
        case Wall():
            return _corners(Point(prop.x, 10.0), 6)


def _corners(centre: Point, reach: float) -> tuple[Point, Point]:
    return (
        Point(centre.x - reach, centre.y - reach),
        Point(centre.x + reach, centre.y + reach),
    )
