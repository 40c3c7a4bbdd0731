"""The things a pose is drawn with, box to wall, and the words they are written in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.plane import Point

FARTHEST = 300.0  # no coordinate of a pose lies further out than this


class PoseError(ValueError):
    """A coded pose that cannot be read; its text says what is wrong in one sentence."""


class Kind(StrEnum):
    """What a prop is; the value is the word it is written with."""

    BOX = "box"
    BLOCK = "block"
    BED = "bed"
    DESK = "desk"
    SEAT = "seat"
    BALL = "ball"
    BELL = "bell"
    BOTTLE = "bottle"
    ROLLER = "roller"
    PILLOW = "pillow"
    BAND = "band"
    STICK = "stick"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class Slab:
    """A box, block, bed, desk or seat: stands on the floor between `left` and `right`."""

    kind: Kind
    left: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Round:
    """A ball, a bell, a bottle that stands, or the end of a roller."""

    kind: Kind
    centre: Point
    radius: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A foam roller seen from its long side, or a pillow."""

    kind: Kind
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Line:
    """A band or a stick from one point to another."""

    kind: Kind
    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Loop:
    """A mini band round both feet, seen where they are close together."""

    centre: Point


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall that begins at `x` and goes on away from the body."""

    x: float


Prop = Slab | Round | Bar | Line | Loop | Wall

NUMBER = r"-?[0-9]{1,4}(?:\.[0-9]{1,4})?"
_SPAN = rf"({NUMBER})\s*\.\.\s*({NUMBER})"
_SPOT = rf"({NUMBER})\s*,\s*({NUMBER})"

_HINTS = {
    Kind.BOX: "box x -100..-6, top 42",
    Kind.BLOCK: "block x 52..64, top 10",
    Kind.BED: "bed x -120..2, top 44",
    Kind.DESK: "desk x 45..50, top 80",
    Kind.SEAT: "seat x -18..24, top 42",
    Kind.BALL: "ball at -10,22 r4",
    Kind.BELL: "bell at -10,35 r9",
    Kind.BOTTLE: "bottle at -10,33 r6",
    Kind.ROLLER: "roller circle 1,26 r7' or 'roller x -80..8, y 0..13",
    Kind.PILLOW: "pillow x -84..-56, y 0..8",
    Kind.BAND: "band -120,30 to -50,67' or 'band round feet 44,51",
    Kind.STICK: "stick 68,2 to 10,98",
    Kind.WALL: "wall x 70",
}


def parse_prop(text: str) -> Prop:
    """Return the prop that `text` describes; raise PoseError where it describes none."""
    word = text.split(maxsplit=1)[0] if text.strip() else ""
    if "same" in text.split():
        raise PoseError(f"write the props out again instead of '{text}'")
    if word not in _HINTS:
        raise PoseError(f"'{text}' is no known prop; known are {', '.join(_HINTS)}")
    kind = Kind(word)
    for shape, build in _SHAPES[kind]:
        if found := re.fullmatch(rf"{kind}\s+{shape}", text):
            return build(kind, *(coordinate(number) for number in found.groups()))
    raise PoseError(f"'{text}' should read like '{_HINTS[kind]}'")


def coordinate(text: str) -> float:
    """Return the number written as `text`, refused where it lies off any picture."""
    value = float(text)
    if abs(value) > FARTHEST:
        raise PoseError(f"{text} is further out than {FARTHEST:g}")
    return value


def _slab(kind: Kind, left: float, right: float, top: float) -> Prop:
    _ascending(kind, left, right)
    _ascending(kind, 0.0, top)
    return Slab(kind, left, right, top)


def _round(kind: Kind, x: float, y: float, radius: float) -> Prop:
    _ascending(kind, 0.0, radius)
    return Round(kind, Point(x, y), radius)


def _bar(kind: Kind, left: float, right: float, bottom: float, top: float) -> Prop:
    _ascending(kind, left, right)
    _ascending(kind, bottom, top)
    return Bar(kind, left, right, bottom, top)


def _line(kind: Kind, x: float, y: float, to_x: float, to_y: float) -> Prop:
    start, end = Point(x, y), Point(to_x, to_y)
    if start == end:
        raise PoseError(f"the {kind} begins and ends at the same point")
    return Line(kind, start, end)


def _loop(_kind: Kind, x: float, y: float) -> Prop:
    return Loop(Point(x, y))


def _wall(_kind: Kind, x: float) -> Prop:
    return Wall(x)


def _ascending(kind: Kind, low: float, high: float) -> None:
    if low >= high:
        raise PoseError(f"the {kind} has no size: {high:g} should be more than {low:g}")


_Shape = tuple[str, Callable[..., Prop]]
_STANDS: _Shape = (rf"x\s+{_SPAN}\s*,\s*top\s+({NUMBER})", _slab)
_HANGS: _Shape = (rf"at\s+{_SPOT}\s+r\s*({NUMBER})", _round)
_LIES: _Shape = (rf"x\s+{_SPAN}\s*,\s*y\s+{_SPAN}", _bar)
_RUNS: _Shape = (rf"{_SPOT}\s+to\s+{_SPOT}", _line)
_SHAPES: dict[Kind, tuple[_Shape, ...]] = {
    **dict.fromkeys((Kind.BOX, Kind.BLOCK, Kind.BED, Kind.DESK, Kind.SEAT), (_STANDS,)),
    **dict.fromkeys((Kind.BALL, Kind.BELL, Kind.BOTTLE), (_HANGS,)),
    Kind.ROLLER: (
        (rf"circle\s+{_SPOT}\s+r\s*({NUMBER})", _round),
        _LIES,
    ),
    Kind.PILLOW: (_LIES,),
    Kind.BAND: (_RUNS, (rf"round\s+feet\s+{_SPOT}", _loop)),
    Kind.STICK: (_RUNS,),
    Kind.WALL: ((rf"x\s+({NUMBER})", _wall),),
}
