"""Decides which part of the plane a picture shows, so that its content fills it with a margin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.domain.plane import Point
from bot.domain.pose import Pose
from bot.domain.props import Bar, Line, Loop, Prop, Round, Slab, Wall
from bot.domain.skeleton import HEAD, skeleton

_FLESH = 6.0  # how far a body reaches beyond its joints
_MARGIN = 0.06  # of the picture's side, on every side
_CLOSEST = 2.75  # pixels a unit in a picture of 480: no figure is shown larger than this
_SIDE = 480.0
_FLOOR = 0.1  # at least this share of the picture is floor
_SMALLEST = 0.5  # how much smaller a figure is drawn at most, to leave room
_WIDE = 1.75  # in a picture wider than so many heights no figure is drawn larger
_HORIZON = 0.7  # a low figure lies on a floor that begins this far down

Span = tuple[Point, Point]  # lower left and upper right


@dataclass(frozen=True, slots=True)
class Frame:
    """How the plane is placed on a picture: the pixel of (0, 0), and pixels a unit."""

    x: float
    y: float
    scale: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a picture, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def frame(poses: Iterable[Pose], width: float, height: float, clear: Sequence[Box] = ()) -> Frame:
    """Return the frame in which all of `poses` are seen whole and leave the boxes `clear` free."""
    poses = tuple(poses)
    spots = [pair for pose in poses for pair in _extent(pose)]
    horizons: tuple[float | None, ...] = (_HORIZON, 1.0)
    if any(pose.seen.overhead for pose in poses):
        horizons = (None,)
    smaller = 1.0
    while True:
        found = _fitted(spots, width, height, smaller)
        for horizon in horizons:
            placed = found if horizon is None else _lowered(found, spots, height, horizon)
            if not any(_meet(spots, placed, box) for box in clear):
                return placed
        if smaller < _SMALLEST:
            return placed
        smaller *= 0.96


def _fitted(spots: Sequence[Span], width: float, height: float, smaller: float) -> Frame:
    left, right = min(a.x for a, _ in spots), max(b.x for _, b in spots)
    bottom, top = min(a.y for a, _ in spots), max(b.y for _, b in spots)
    across, up = width * (1 - 2 * _MARGIN), height * (1 - 2 * _MARGIN)
    closest = _CLOSEST * min(width, height * _WIDE) / _SIDE
    scale = smaller * min(closest, across / (right - left), up * (1 - _FLOOR / 2) / (top - bottom))
    return Frame(
        width / 2 - scale * (left + right) / 2, height / 2 + scale * (top + bottom) / 2, scale
    )


def _lowered(view: Frame, spots: Sequence[Span], height: float, horizon: float) -> Frame:
    """Return the frame with its floor at least so far down, and some of the floor in sight."""
    bottom = min(low.y for low, _ in spots)
    lowest = height * (1 - _FLOOR) + view.scale * min(bottom, 0.0)
    return replace(view, y=min(max(view.y + height * 0.02, height * horizon), lowest))


def _meet(spots: Sequence[Span], view: Frame, box: Box) -> bool:
    return any(
        view.x + low.x * view.scale < box.right
        and view.x + high.x * view.scale > box.left
        and view.y - high.y * view.scale < box.bottom
        and view.y - low.y * view.scale > box.top
        for low, high in spots
    )


def _extent(pose: Pose) -> Iterator[Span]:
    joints = skeleton(pose).joints()
    head = joints.pop("head")
    yield _corners(head, HEAD + 1)
    for joint in joints.values():
        yield _corners(joint, _FLESH)
    if not pose.seen.overhead:
        yield Point(pose.hip.x, 0.0), Point(pose.hip.x, 0.0)
    for prop in pose.props:
        yield _prop_extent(prop)


def _prop_extent(prop: Prop) -> Span:
    match prop:
        case Slab():
            return Point(prop.left, 0.0), Point(prop.right, prop.top)
        case Round():
            return _corners(prop.centre, prop.radius)
        case Bar():
            return Point(prop.left, prop.bottom), Point(prop.right, prop.top)
        case Line():
            across, up = sorted((prop.start.x, prop.end.x)), sorted((prop.start.y, prop.end.y))
            return Point(across[0] - 4, up[0] - 4), Point(across[1] + 4, up[1] + 4)
        case Loop():
            return _corners(prop.centre, 8)
        case Wall():
            return _corners(Point(prop.x, 10.0), 6)


def _corners(centre: Point, reach: float) -> Span:
    return (
        Point(centre.x - reach, centre.y - reach),
        Point(centre.x + reach, centre.y + reach),
    )
