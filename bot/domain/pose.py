"""Reads the coded pose lines of the content and turns them into the joints of a body.

A line reads `hip x,y | T trunk | H head | N thigh/shin/foot upper arm/forearm | F the same |
props`, in degrees; `T a>b` bends the trunk in its middle, `F same` puts the far limbs behind the
near ones. Among the props, `prone` turns the front of the body down and `from above` says that
the body lies on its side and is seen from the ceiling.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from bot.domain.plane import Point
from bot.domain.props import NUMBER, PoseError, Prop, coordinate, parse_prop

TRUNK = 50.0
NECK = 16.0  # shoulder to the centre of the head
HEAD = 9.0  # radius of the head
THIGH = 42.0
SHIN = 40.0
FOOT = 14.0
UPPER_ARM = 28.0
FOREARM = 30.0  # with the hand


class Seen(Enum):
    """From where a body is seen, and which way its front points."""

    SIDE = ""
    PRONE = "prone"
    ABOVE = "from above"


@dataclass(frozen=True, slots=True)
class Limbs:
    """The directions of one leg and one arm, in degrees."""

    thigh: float
    shin: float
    foot: float
    upper_arm: float
    forearm: float


@dataclass(frozen=True, slots=True)
class Pose:
    """One position of the body: where the hip is, and the direction of everything else."""

    hip: Point
    lumbar: float
    chest: float
    head: float
    near: Limbs
    far: Limbs
    props: tuple[Prop, ...] = ()
    seen: Seen = Seen.SIDE

    @property
    def turn(self) -> int:
        """Return 1 where the front is clockwise of the trunk's direction, else -1."""
        return 1 if self.seen is Seen.SIDE else -1


@dataclass(frozen=True, slots=True)
class Leg:
    """The joints of one leg."""

    hip: Point
    knee: Point
    ankle: Point
    toe: Point


@dataclass(frozen=True, slots=True)
class Arm:
    """The joints of one arm."""

    shoulder: Point
    elbow: Point
    hand: Point


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Where every joint of a pose is."""

    hip: Point
    waist: Point
    shoulder: Point
    head: Point
    near_leg: Leg
    near_arm: Arm
    far_leg: Leg
    far_arm: Arm

    def joints(self) -> dict[str, Point]:
        """Return every joint by name."""
        named = {"hip": self.hip, "waist": self.waist, "shoulder": self.shoulder, "head": self.head}
        for side, leg, arm in (
            ("near", self.near_leg, self.near_arm),
            ("far", self.far_leg, self.far_arm),
        ):
            named |= {f"{side} {part}": getattr(leg, part) for part in ("knee", "ankle", "toe")}
            named |= {f"{side} {part}": getattr(arm, part) for part in ("elbow", "hand")}
        return named


def parse_pose(line: str) -> Pose:
    """Return the pose that `line` codes; every fault raises PoseError with a sentence."""
    parts = [part.strip() for part in line.split("|")]
    if len(parts) < len(_PARTS):
        raise PoseError(f"a pose has at least the parts {', '.join(_PARTS)}, divided by '|'")
    hip, trunk, head, near, far, *rest = parts
    lumbar, chest = _trunk(trunk)
    first = _limbs("N", near)
    seen, props = _props(rest)
    return Pose(
        hip=_hip(hip),
        lumbar=lumbar,
        chest=chest,
        head=_angle(_match("H", head)[0]),
        near=first,
        far=first if re.fullmatch(r"F\s+same", far) else _limbs("F", far),
        props=props,
        seen=seen,
    )


def skeleton(pose: Pose) -> Skeleton:
    """Return the joints of `pose`; every bone has the one length of the drawing convention."""
    waist = pose.hip.toward(pose.lumbar, TRUNK / 2)
    shoulder = waist.toward(pose.chest, TRUNK / 2)
    return Skeleton(
        hip=pose.hip,
        waist=waist,
        shoulder=shoulder,
        head=shoulder.toward(pose.head, NECK),
        near_leg=_leg(pose.hip, pose.near),
        near_arm=_arm(shoulder, pose.near),
        far_leg=_leg(pose.hip, pose.far),
        far_arm=_arm(shoulder, pose.far),
    )


def _leg(hip: Point, limbs: Limbs) -> Leg:
    knee = hip.toward(limbs.thigh, THIGH)
    ankle = knee.toward(limbs.shin, SHIN)
    return Leg(hip, knee, ankle, ankle.toward(limbs.foot, FOOT))


def _arm(shoulder: Point, limbs: Limbs) -> Arm:
    elbow = shoulder.toward(limbs.upper_arm, UPPER_ARM)
    return Arm(shoulder, elbow, elbow.toward(limbs.forearm, FOREARM))


_LIMBS = rf"({NUMBER})/({NUMBER})/({NUMBER})\s+({NUMBER})/({NUMBER})"
_PARTS = {
    "hip": (rf"hip\s+({NUMBER})\s*,\s*({NUMBER})", "hip 0,46"),
    "T": (rf"T\s+({NUMBER})(?:\s*>\s*({NUMBER}))?", "T 90' or 'T 48>350"),
    "H": (rf"H\s+({NUMBER})", "H 90"),
    "N": (rf"N\s+{_LIMBS}", "N 270/180/180 290/330"),
    "F": (rf"F\s+{_LIMBS}", "F 0/270/0 292/330' or 'F same"),
}


def _match(part: str, text: str) -> tuple[str, ...]:
    pattern, example = _PARTS[part]
    if found := re.fullmatch(pattern, text):
        return tuple(number for number in found.groups() if number is not None)
    raise PoseError(f"the part {part} should read like '{example}', not '{text}'")


def _hip(text: str) -> Point:
    x, y = _match("hip", text)
    return Point(coordinate(x), coordinate(y))


def _trunk(text: str) -> tuple[float, float]:
    angles = [_angle(number) for number in _match("T", text)]
    return angles[0], angles[-1]


def _limbs(part: str, text: str) -> Limbs:
    return Limbs(*(_angle(number) for number in _match(part, text)))


def _angle(text: str) -> float:
    value = float(text)
    if not -360 <= value <= 360:
        raise PoseError(f"{text} is no angle between -360 and 360 degrees")
    return value


def _props(rest: list[str]) -> tuple[Seen, tuple[Prop, ...]]:
    seen, props = Seen.SIDE, []
    for text in (item.strip() for part in rest for item in part.split(";")):
        if text in (Seen.PRONE.value, Seen.ABOVE.value):
            seen = Seen(text)
        else:
            props.append(parse_prop(text))
    return seen, tuple(props)
