"""Puts flesh and clothes on a pose: patches in the order in which they are painted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.plane import Point
from bot.domain.pose import Arm, Leg, Pose, Seen, Skeleton, skeleton
from bot.pictures.head import head_patches
from bot.pictures.limbs import arm_patches, leg_patches
from bot.pictures.palette import Tone
from bot.pictures.patch import Patch
from bot.pictures.shapes import Profile, curve, flesh

_TRUNK: Profile = (
    (0.0, 7.4, 8.6),
    (0.28, 7.2, 6.9),
    (0.48, 6.9, 6.5),
    (0.74, 8.8, 8.6),
    (0.9, 7.4, 8.0),
    (1.0, 4.6, 5.6),
)
_HIPS = 0.26  # share of the trunk that trousers cover
_PELVIS: Profile = ((0.0, 7.5, 8.7), (1.0, 7.4, 7.1))
_NECK: Profile = ((0.0, 4.6, 4.8), (0.5, 3.5, 3.7), (1.0, 3.6, 3.8))
_DEPTH = 2.5  # how far the far side is drawn ahead, so that it is seen behind the near one


@dataclass(frozen=True, slots=True)
class Figure:
    """A body to paint: what lies behind the props it holds, and what lies before them."""

    behind: tuple[Patch, ...]
    before: tuple[Patch, ...]

    @property
    def patches(self) -> tuple[Patch, ...]:
        """Return all patches in the order of painting."""
        return self.behind + self.before


def figure(pose: Pose) -> Figure:
    """Return the body of `pose`, far limbs first."""
    joints, turn = skeleton(pose), pose.turn
    fingers = 0.0 if joints.shoulder.x >= joints.hip.x else 180.0
    shift = 0.0 if pose.seen is Seen.ABOVE else _DEPTH
    far_arm, far_leg = _moved(joints, shift)
    return Figure(
        behind=(
            *arm_patches(far_arm, turn, fingers=fingers, far=True),
            *leg_patches(far_leg, turn, far=True),
            *_trunk(pose, joints),
            *head_patches(joints.head, pose.head, turn),
        ),
        before=(
            *leg_patches(joints.near_leg, turn),
            *arm_patches(joints.near_arm, turn, fingers=fingers),
        ),
    )


def _trunk(pose: Pose, joints: Skeleton) -> list[Patch]:
    spine = curve(joints.hip, pose.lumbar, joints.shoulder, pose.chest)
    cut = round(_HIPS * (len(spine) - 1))
    front = -pose.turn
    neck = (joints.shoulder, joints.head.toward(pose.head, -4))
    return [
        Patch(flesh(neck, _NECK, front), Tone.SKIN),
        Patch(flesh(spine, _TRUNK, front), Tone.TOP),
        Patch(flesh(spine[: cut + 1], _PELVIS, front, rounded=(True, False)), Tone.LEGS),
    ]


def _moved(joints: Skeleton, by: float) -> tuple[Arm, Leg]:
    def ahead(point: Point) -> Point:
        return replace(point, x=point.x + by)

    arm, leg = joints.far_arm, joints.far_leg
    return (
        Arm(ahead(arm.shoulder), ahead(arm.elbow), ahead(arm.hand)),
        Leg(ahead(leg.hip), ahead(leg.knee), ahead(leg.ankle), ahead(leg.toe)),
    )
