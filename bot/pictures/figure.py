"""Puts flesh and clothes on a pose: patches in the order in which they are painted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.plane import Point
from bot.domain.pose import Pose, Seen
from bot.domain.skeleton import Arm, Leg, Skeleton, skeleton
from bot.pictures.broad import broad_body
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
BREATHS = 6  # steps from empty to full
_RISE = 2.0  # how far belly and chest come out with a full breath
_FULLNESS: tuple[Profile, ...] = tuple(
    tuple(
        (share, front + _RISE * step / BREATHS * (0.0 < share < 0.9), back)
        for share, front, back in _TRUNK
    )
    for step in range(BREATHS + 1)
)
_HIPS = 0.26  # share of the trunk that trousers cover
_PELVIS: Profile = ((0.0, 7.5, 8.7), (1.0, 7.4, 7.1))
_NECK: Profile = ((0.0, 4.6, 4.8), (0.5, 3.5, 3.7), (1.0, 3.6, 3.8))
_DEPTH = 2.5  # how far the far side is drawn ahead, so that it is seen behind the near one


@dataclass(frozen=True, slots=True)
class Body:
    """A body to paint: what lies behind the props it holds, the near leg, what lies before all."""

    behind: tuple[Patch, ...]
    leg: tuple[Patch, ...]
    before: tuple[Patch, ...]

    @property
    def patches(self) -> tuple[Patch, ...]:
        """Return all patches in the order of painting."""
        return self.behind + self.leg + self.before


def figure(pose: Pose, full: float = 0.0) -> Body:
    """Return the body of `pose`, far limbs first; `full` (0 to 1) is the breath in its trunk."""
    joints, turn = skeleton(pose), pose.turn
    if pose.seen.broad:
        behind, before = broad_body(pose, joints)
        return Body(tuple(behind), (), tuple(before))
    fingers = 0.0 if joints.shoulder.x >= joints.hip.x else 180.0
    shift = 0.0 if pose.seen is Seen.ABOVE else _DEPTH
    far_arm, far_leg = _moved(joints, shift)
    return Body(
        behind=(
            *arm_patches(far_arm, turn, fingers=fingers, far=True),
            *leg_patches(far_leg, turn, far=True),
            *_trunk(pose, joints, _FULLNESS[round(full * BREATHS)]),
            *head_patches(joints.head, pose.head, turn),
        ),
        leg=tuple(leg_patches(joints.near_leg, turn)),
        before=tuple(arm_patches(joints.near_arm, turn, fingers=fingers)),
    )


def _trunk(pose: Pose, joints: Skeleton, profile: Profile) -> list[Patch]:
    spine = curve(joints.hip, pose.lumbar, joints.shoulder, pose.chest)
    cut = round(_HIPS * (len(spine) - 1))
    front = -pose.turn
    neck = (joints.shoulder, joints.head.toward(pose.head, -4))
    return [
        Patch(flesh(neck, _NECK, front), Tone.SKIN),
        Patch(flesh(spine, profile, front), Tone.TOP),
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
