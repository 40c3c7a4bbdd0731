"""Finds what stays in its place between two poses: feet, knees, hands and what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.domain.plane import Point
from bot.domain.pose import Pose
from bot.domain.props import Bar, Line, Prop, Round
from bot.domain.skeleton import Skeleton, skeleton

SAME = 3.0  # joints this near to each other in two poses are meant to be in one place
_ON = 9.0  # a hand this near to the line of a bone rests on it
_BESIDE = 8.0  # a hand this near to the rim of a thing has hold of it
_LEVEL = 14.0  # a shin whose ends differ less in height lies
_LOW = 12.0  # shoulders no higher than this above the lowest joint are lain on
_PINNED = ("shoulder", "knee", "ankle", "toe", "hand")


class Rider(NamedTuple):
    """A hand that goes along with a bone (`along`, `aside` of it) or with a prop (from it)."""

    along: float
    aside: float


@dataclass(frozen=True, slots=True)
class Contacts:
    """Joints that keep their place, and hands that go along with a bone or a prop, by name."""

    points: Mapping[str, Point]
    on_bones: Mapping[str, tuple[str, Rider, Rider]]
    on_props: Mapping[str, tuple[int, Rider, Rider]]


@lru_cache(maxsize=512)
def contacts(a: Pose, b: Pose) -> Contacts:
    """Return what stays put, or together, on the way from `a` to `b`."""
    one, two = skeleton(a), skeleton(b)
    first, second = one.joints(), two.joints()
    points = {
        name: first[name]
        for name in first
        if name.endswith(_PINNED) and first[name].distance(second[name]) <= SAME
    }
    for limb in ("near", "far"):
        if not all(_kneels(joints, limb) for joints in (first, second)):
            points.pop(f"{limb} knee", None)  # the foot carries: the knee is free to go along
    if not all(_lies(joints) for joints in (first, second)):
        points.pop("shoulder", None)
    free = [name for name in ("near hand", "far hand") if name not in points]
    on_props = {name: held for name in free for held in _held(name, a, b)}
    on_bones = {
        name: ridden
        for name in free
        if name not in on_props
        for ridden in _ridden(first[name], second[name], one, two)
    }
    return Contacts(points, on_bones, on_props)


def _lies(joints: Mapping[str, Point]) -> bool:
    return joints["shoulder"].y <= min(joint.y for joint in joints.values()) + _LOW


def _kneels(joints: Mapping[str, Point], limb: str) -> bool:
    return abs(joints[f"{limb} knee"].y - joints[f"{limb} ankle"].y) <= _LEVEL


def bones(joints: Skeleton) -> dict[str, tuple[Point, Point]]:
    """Return the bones that a hand may rest on, by name."""
    return {
        "near thigh": (joints.near_leg.hip, joints.near_leg.knee),
        "far thigh": (joints.far_leg.hip, joints.far_leg.knee),
        "near shin": (joints.near_leg.knee, joints.near_leg.ankle),
        "far shin": (joints.far_leg.knee, joints.far_leg.ankle),
    }


def spot(prop: Prop) -> Point | None:
    """Return the middle of a prop that hands may hold; None where it is none."""
    match prop:
        case Round():
            return prop.centre
        case Bar():
            return Point((prop.left + prop.right) / 2, (prop.bottom + prop.top) / 2)
        case _:
            return None


def _held(name: str, a: Pose, b: Pose) -> Iterator[tuple[int, Rider, Rider]]:
    first, second = skeleton(a).joints()[name], skeleton(b).joints()[name]
    for index, (before, after) in enumerate(zip(a.props, b.props, strict=False)):
        here, there = spot(before), spot(after)
        if type(before) is not type(after) or here is None or there is None:
            continue
        reach = _BESIDE + (before.radius if isinstance(before, Round) else 0)
        if first.distance(here) <= reach and second.distance(there) <= reach:
            begun = Rider(first.x - here.x, first.y - here.y)
            yield index, begun, Rider(second.x - there.x, second.y - there.y)
            return


def _ridden(
    hand: Point, later: Point, one: Skeleton, two: Skeleton
) -> Iterator[tuple[str, Rider, Rider]]:
    there = bones(two)
    found = []
    for name, bone in bones(one).items():
        first, second = _rider(hand, *bone), _rider(later, *there[name])
        if all(abs(r.aside) <= _ON and -0.1 <= r.along <= 1.1 for r in (first, second)):
            found.append((abs(first.aside) + abs(second.aside), name, first, second))
    if found:
        _, name, first, second = min(found)
        yield name, first, second


def _rider(hand: Point, start: Point, end: Point) -> Rider:
    """Return the place of `hand` beside a bone: what share along it, how far to its left."""
    length = start.distance(end) or 1.0
    ahead = ((end.x - start.x) / length, (end.y - start.y) / length)
    x, y = hand.x - start.x, hand.y - start.y
    return Rider((x * ahead[0] + y * ahead[1]) / length, y * ahead[0] - x * ahead[1])


def ridden(start: Point, end: Point, rider: Rider) -> Point:
    """Return where a hand is that keeps its place beside a bone."""
    at = start.between(end, rider.along)
    return at.toward(start.angle(end) + 90, rider.aside)


def ends(line: Line, joints: Mapping[str, Point], reach: float) -> list[str | None]:
    """Return the joint that holds each end of a band, None where it is tied to something else."""
    found: list[str | None] = []
    for end in (line.start, line.end):
        name, joint = min(joints.items(), key=lambda item: item[1].distance(end))
        found.append(name if joint.distance(end) <= reach else None)
    return found
