"""Where every joint of a pose is; bones have the lengths of the drawing convention."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.plane import Point
from bot.domain.pose import Limbs, Pose, Seen

TRUNK = 50.0
NECK = 16.0  # shoulder to the centre of the head
HEAD = 9.0  # radius of the head
THIGH = 42.0
SHIN = 40.0
FOOT = 14.0
UPPER_ARM = 28.0
FOREARM = 30.0  # with the hand

BROAD_HIPS = 6.5  # from the middle to a hip joint, where both are seen
BROAD_SHOULDERS = 12.0


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


def skeleton(pose: Pose) -> Skeleton:
    """Return the joints of `pose`; a bone is as long as the convention says, times its share."""
    trunk, neck = TRUNK / 2 * pose.shares[0], NECK * pose.shares[1]
    waist = pose.hip.toward(pose.lumbar, trunk)
    shoulder = waist.toward(pose.chest, trunk)
    near_hip, far_hip = _sides(pose, pose.hip, BROAD_HIPS)
    near_shoulder, far_shoulder = _sides(pose, shoulder, BROAD_SHOULDERS)
    return Skeleton(
        hip=pose.hip,
        waist=waist,
        shoulder=shoulder,
        head=shoulder.toward(pose.head, neck),
        near_leg=_leg(near_hip, pose.near),
        near_arm=_arm(near_shoulder, pose.near),
        far_leg=_leg(far_hip, pose.far),
        far_arm=_arm(far_shoulder, pose.far),
    )


def _sides(pose: Pose, middle: Point, half: float) -> tuple[Point, Point]:
    """Return where the near (right) and the far (left) joint of a pair are."""
    if not pose.seen.broad:
        return middle, middle
    right = 0.0 if pose.seen is Seen.SITTING else pose.lumbar + 90
    return middle.toward(right, half), middle.toward(right, -half)


def _leg(hip: Point, limbs: Limbs) -> Leg:
    thigh, shin, foot, _, _ = limbs.shares
    knee = hip.toward(limbs.thigh, THIGH * thigh)
    ankle = knee.toward(limbs.shin, SHIN * shin)
    return Leg(hip, knee, ankle, ankle.toward(limbs.foot, FOOT * foot))


def _arm(shoulder: Point, limbs: Limbs) -> Arm:
    _, _, _, upper, forearm = limbs.shares
    elbow = shoulder.toward(limbs.upper_arm, UPPER_ARM * upper)
    return Arm(shoulder, elbow, elbow.toward(limbs.forearm, FOREARM * forearm))
