"""Moves a body from one pose to another; what is planted or held stays where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.contacts import Contacts, Rider, bones, contacts, ends, ridden, spot
from bot.domain.plane import Point
from bot.domain.pose import Limbs, Pose
from bot.domain.props import Line, Prop
from bot.domain.reach import bend, side, within
from bot.domain.skeleton import (
    FOOT,
    FOREARM,
    SHIN,
    THIGH,
    UPPER_ARM,
    Skeleton,
    skeleton,
)

_TURNS = 24  # how often the hip is moved back and forth between the knees and feet it hangs on
_TIED = 12.0  # the end of a band this near to a joint moves with it

Places = Mapping[str, Point]


def between(a: Pose, b: Pose, share: float) -> Pose:
    """Return the pose that lies `share` of the way from `a` (0) to `b` (1)."""
    if share <= 0 or a == b:
        return a
    if share >= 1:
        return b
    props = tuple(_prop(p, q, share) for p, q in _pairs(a, b)) or (a if share < 0.5 else b).props
    mixed = replace(_mixed(a, b, share), props=props)
    if a.seen.broad:
        moved = _drawn_out(mixed, a, b, share)
    else:
        known = contacts(a, b)
        moved = _holding(_standing(mixed, known.points), known, share)
    return replace(moved, props=tuple(_tied(moved, a, b, share)) or props)


def settled(poses: Sequence[Pose]) -> tuple[Pose, ...]:
    """Return the poses of one movement with contacts made exact.

    What is nearly in one place in two poses that follow each other is put into the very place it
    has in the first of them.
    """
    found = list(poses[:1])
    for pose in poses[1:]:
        known = contacts(found[-1], pose)
        exact = pose if pose.seen.broad else _holding(_standing(pose, known.points), known, 1.0)
        found.append(exact)
    return tuple(found)


def furthest(poses: Sequence[Pose]) -> int:
    """Return which of `poses` is furthest from the first of them, by where all joints are."""
    places = [skeleton(pose).joints() for pose in poses]
    away = [
        sum(joint.distance(places[0][name]) for name, joint in joints.items()) for joints in places
    ]
    return away.index(max(away))


def _mixed(a: Pose, b: Pose, share: float) -> Pose:
    return Pose(
        hip=a.hip.between(b.hip, share),
        lumbar=_turned(a.lumbar, b.lumbar, share),
        chest=_turned(a.chest, b.chest, share),
        head=_turned(a.head, b.head, share),
        near=_limbs(a.near, b.near, share),
        far=_limbs(a.far, b.far, share),
        seen=a.seen,
        shares=(
            _part(a.shares[0], b.shares[0], share),
            _part(a.shares[1], b.shares[1], share),
        ),
    )


def _limbs(a: Limbs, b: Limbs, share: float) -> Limbs:
    thigh = _turned(a.thigh, b.thigh, share)
    upper = _turned(a.upper_arm, b.upper_arm, share)
    shin = thigh + _bend(a.shin - a.thigh, b.shin - b.thigh, share)
    foot = shin + _bend(a.foot - a.shin, b.foot - b.shin, share)
    forearm = upper + _bend(a.forearm - a.upper_arm, b.forearm - b.upper_arm, share)
    return Limbs.of(
        (thigh, shin, foot, upper, forearm),
        (_part(p, q, share) for p, q in zip(a.shares, b.shares, strict=True)),
    )


def _part(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def _bend(a: float, b: float, share: float) -> float:
    """Return how far a joint is bent between two bends: it never goes round the back."""
    return _part(_turn(a), _turn(b), share)


def _turn(angle: float) -> float:
    """Return an angle as a turn between -180 and 180 degrees."""
    return (angle + 180) % 360 - 180


def _turned(a: float, b: float, share: float) -> float:
    """Return a direction on the shorter way round from `a` to `b`."""
    return a + _turn(b - a) * share


def _standing(pose: Pose, places: Places) -> Pose:
    """Return the pose with its hip where the joints that stay put let it be."""
    if "shoulder" in places:
        now = skeleton(pose)
        to = places["shoulder"]
        hip = Point(pose.hip.x + to.x - now.shoulder.x, pose.hip.y + to.y - now.shoulder.y)
        return replace(pose, hip=hip)
    hip = pose.hip
    for _ in range(_TURNS):
        for name, limbs in (("near", pose.near), ("far", pose.far)):
            thigh, shin = THIGH * limbs.shares[0], SHIN * limbs.shares[1]
            ankle = _ankle(name, limbs, places)
            if knee := places.get(f"{name} knee"):
                hip = within(knee, hip, thigh, thigh)
            elif ankle:
                hip = within(ankle, hip, abs(thigh - shin), thigh + shin)
    return replace(pose, hip=hip)


def _ankle(name: str, limbs: Limbs, places: Places) -> Point | None:
    """Return where the ankle must be: in its place, or where the toes keep theirs."""
    if ankle := places.get(f"{name} ankle"):
        return ankle
    toe = places.get(f"{name} toe")
    return toe.toward(limbs.foot, -FOOT * limbs.shares[2]) if toe else None


def _holding(pose: Pose, known: Contacts, share: float) -> Pose:
    """Return the pose with feet, knees and hands where they belong."""
    pose = replace(
        pose,
        near=_leg(pose, "near", pose.near, known.points),
        far=_leg(pose, "far", pose.far, known.points),
    )
    now = skeleton(pose)
    hands = dict(known.points)
    for name, (bone, first, last) in known.on_bones.items():
        rider = Rider(_part(first.along, last.along, share), _part(first.aside, last.aside, share))
        hands[name] = ridden(*bones(now)[bone], rider)
    for name, (index, first, last) in known.on_props.items():
        held = spot(pose.props[index])
        assert held is not None
        hands[name] = Point(
            held.x + _part(first.along, last.along, share),
            held.y + _part(first.aside, last.aside, share),
        )
    return replace(
        pose,
        near=_arm(now, "near", pose.near, hands, pose.turn),
        far=_arm(now, "far", pose.far, hands, pose.turn),
    )


def _leg(pose: Pose, name: str, limbs: Limbs, places: Places) -> Limbs:
    now = skeleton(pose)
    leg = now.near_leg if name == "near" else now.far_leg
    knee, ankle = places.get(f"{name} knee"), _ankle(name, limbs, places)
    if knee:
        thigh = leg.hip.angle(knee)
        shin = knee.angle(ankle) if ankle else limbs.shin
    elif ankle:
        lengths = (THIGH * limbs.shares[0], SHIN * limbs.shares[1])
        thigh, shin = bend(leg.hip, ankle, *lengths, pose.turn)
    else:
        return limbs
    toe = places.get(f"{name} toe")
    foot = ankle.angle(toe) if toe and ankle else limbs.foot
    return replace(limbs, thigh=thigh, shin=shin, foot=foot)


def _arm(now: Skeleton, name: str, limbs: Limbs, hands: Places, turn: int) -> Limbs:
    hand = hands.get(f"{name} hand")
    if hand is None:
        return limbs
    arm = now.near_arm if name == "near" else now.far_arm
    lengths = (UPPER_ARM * limbs.shares[3], FOREARM * limbs.shares[4])
    to = side(arm.shoulder, arm.elbow, arm.hand, -turn)
    upper, forearm = bend(arm.shoulder, hand, *lengths, to)
    return replace(limbs, upper_arm=upper, forearm=forearm)


def _drawn_out(mixed: Pose, a: Pose, b: Pose, share: float) -> Pose:
    """Return a pose seen from the front or above: its joints go straight, and bones foreshorten."""
    one, two, now = skeleton(a).joints(), skeleton(b).joints(), skeleton(mixed)
    places = {name: one[name].between(two[name], share) for name in one}

    def limbs(name: str, hip: Point, shoulder: Point) -> Limbs:
        knee, ankle, toe = (places[f"{name} {part}"] for part in ("knee", "ankle", "toe"))
        elbow, hand = places[f"{name} elbow"], places[f"{name} hand"]
        pairs = ((hip, knee), (knee, ankle), (ankle, toe), (shoulder, elbow), (elbow, hand))
        lengths = (THIGH, SHIN, FOOT, UPPER_ARM, FOREARM)
        shares = (p.distance(q) / size for (p, q), size in zip(pairs, lengths, strict=True))
        return Limbs.of((p.angle(q) for p, q in pairs), shares)

    return replace(
        mixed,
        near=limbs("near", now.near_leg.hip, now.near_arm.shoulder),
        far=limbs("far", now.far_leg.hip, now.far_arm.shoulder),
    )


def _pairs(a: Pose, b: Pose) -> list[tuple[Prop, Prop]]:
    """Return the props of both poses in pairs; none where they are not the same things."""
    if [type(prop) for prop in a.props] != [type(prop) for prop in b.props]:
        return []
    return list(zip(a.props, b.props, strict=True))


def _prop(a: Prop, b: Prop, share: float) -> Prop:
    """Return a thing on its way: every number and point of it between those of `a` and `b`."""
    moved: dict[str, Any] = {}
    for name in a.__dataclass_fields__:
        first, last = getattr(a, name), getattr(b, name)
        if isinstance(first, Point):
            moved[name] = first.between(last, share)
        elif isinstance(first, float):
            moved[name] = _part(first, last, share)
    return replace(a, **moved)


def _tied(pose: Pose, a: Pose, b: Pose, share: float) -> list[Prop]:
    """Return the props, the ends of bands moved along with the hands and feet that hold them."""
    found: list[Prop] = []
    one, two, now = (skeleton(each).joints() for each in (a, b, pose))
    for prop, (first, last) in zip(pose.props, _pairs(a, b), strict=False):
        if not (isinstance(prop, Line) and isinstance(first, Line) and isinstance(last, Line)):
            found.append(prop)
            continue
        places = [prop.start, prop.end]
        names = zip(ends(first, one, _TIED), ends(last, two, _TIED), strict=True)
        tips = ((first.start, last.start), (first.end, last.end))
        for at, ((before, after), (tip, later)) in enumerate(zip(names, tips, strict=True)):
            if before is not None and before == after:
                x = _part(tip.x - one[before].x, later.x - two[before].x, share)
                y = _part(tip.y - one[before].y, later.y - two[before].y, share)
                places[at] = Point(now[before].x + x, now[before].y + y)
        found.append(replace(prop, start=places[0], end=places[1]))
    return found
