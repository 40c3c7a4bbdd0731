"""Puts flesh and clothes on a pose that is seen from the front or from the ceiling."""

from __future__ import annotations

from bot.domain.plane import Point
from bot.domain.pose import Pose, Seen
from bot.domain.skeleton import THIGH, TRUNK, Leg, Skeleton
from bot.pictures.limbs import arm_flesh, thigh_flesh
from bot.pictures.palette import Tone
from bot.pictures.patch import Patch
from bot.pictures.shapes import Profile, flesh, loop

# Outlines as (to the right of the body, towards the crown, as a share of the trunk above the hip).
_SHIRT = (
    (8.6, 0.14), (7.9, 0.42), (9.8, 0.72), (13.2, 0.9), (11.4, 1.02), (4.2, 1.06),
    (-4.2, 1.06), (-11.4, 1.02), (-13.2, 0.9), (-9.8, 0.72), (-7.9, 0.42), (-8.6, 0.14),
)  # fmt: skip
_PELVIS = (
    (8.2, 0.3), (9.4, 0.1), (9.9, -0.06), (5.4, -0.14), (0.0, -0.1),
    (-5.4, -0.14), (-9.9, -0.06), (-9.4, 0.1), (-8.2, 0.3),
)  # fmt: skip
_NECK: Profile = ((0.0, 4.0, 4.0), (1.0, 3.6, 3.6))
_SHIN: Profile = ((0.0, 4.6, 4.6), (0.3, 4.9, 4.9), (1.0, 3.1, 3.1))
_SOLE: Profile = ((0.0, 3.0, 3.0), (1.0, 2.8, 2.8))
_FOOT: Profile = ((0.0, 2.8, 2.8), (0.6, 4.3, 4.3), (1.0, 3.6, 3.6))
_KNEE: Profile = ((0.0, 7.0, 7.0), (1.0, 6.6, 6.6))
_END_ON = 0.5  # a thigh of which less than this share is seen points at us
# Outlines of a head as (to the right, towards the crown), in the units of the body.
_FACE = (
    (0.0, 9.4), (5.6, 7.2), (7.2, 1.8), (6.4, -4.0), (3.4, -8.2), (0.0, -9.4),
    (-3.4, -8.2), (-6.4, -4.0), (-7.2, 1.8), (-5.6, 7.2),
)  # fmt: skip
_HAIR = (
    (0.0, 10.4), (6.6, 8.0), (8.4, 2.2), (7.2, 0.4), (6.2, 3.8), (2.4, 5.4), (-3.4, 4.6),
    (-6.4, 3.0), (-7.2, 0.4), (-8.4, 2.2), (-6.6, 8.0),
)  # fmt: skip
_SEATED = 24.0  # a hip this low sits on the floor
_EYE: Profile = ((0.0, 0.55, 0.55), (1.0, 0.55, 0.55))
_CROWN = (
    (0.0, 8.4), (5.8, 6.4), (8.0, 0.4), (6.2, -6.2), (0.0, -9.2),
    (-6.2, -6.2), (-8.0, 0.4), (-5.8, 6.4),
)  # fmt: skip
_NOSE: Profile = ((0.0, 2.6, 2.6), (1.0, 1.2, 1.2))
_SHOULDERS = (
    (14.6, 0.4), (10.0, 5.2), (0.0, 5.8), (-10.0, 5.2), (-14.6, 0.4), (-9.0, -5.6),
    (0.0, -6.6), (9.0, -5.6),
)  # fmt: skip
_SEAT = ((10.4, 3.0), (0.0, 6.0), (-10.4, 3.0), (-10.0, -7.0), (0.0, -9.4), (10.0, -7.0))


def broad_body(pose: Pose, joints: Skeleton) -> tuple[list[Patch], list[Patch]]:
    """Return the patches behind what is held, and those before it."""
    arms = [*arm_flesh(joints.far_arm), *arm_flesh(joints.near_arm)]
    legs = [*_leg(joints.far_leg), *_leg(joints.near_leg)]
    if pose.seen is Seen.SITTING:
        return [*legs, *_seat(joints), *arms, *_from_above(joints)], []
    front = [*_trunk(pose, joints), *_head(joints.head, pose.head)]
    if pose.seen is Seen.FRONT and joints.hip.y < _SEATED:
        return [*arms, *front, *legs], []  # sitting on the floor, leaning on the hands behind
    return [*legs, *front], arms


def _trunk(pose: Pose, joints: Skeleton) -> list[Patch]:
    def placed(outline: tuple[tuple[float, float], ...]) -> list[Point]:
        return [_leaning(pose, joints, across, share) for across, share in outline]

    neck = (joints.shoulder.toward(pose.head, -2), joints.head)
    return [
        Patch(flesh(neck, _NECK), Tone.SKIN),
        Patch(loop(placed(_PELVIS)), Tone.LEGS),
        Patch(loop(placed(_SHIRT)), Tone.TOP),
    ]


def _leaning(pose: Pose, joints: Skeleton, across: float, share: float) -> Point:
    """Return a point of the trunk, bent at the waist."""
    half, size = TRUNK / 2 * pose.shares[0], 2 * share
    if share <= 0.5:
        middle, angle = joints.hip.toward(pose.lumbar, half * size), pose.lumbar
    else:
        middle, angle = joints.waist.toward(pose.chest, half * (size - 1)), pose.chest
    return middle.toward(angle + 90, across)


def _head(centre: Point, up: float) -> list[Patch]:
    def placed(outline: tuple[tuple[float, float], ...]) -> list[Point]:
        return [centre.toward(up + 90, across).toward(up, above) for across, above in outline]

    eyes = [placed(((at - 0.5, 0.4), (at + 0.5, 0.4))) for at in (2.8, -2.8)]
    return [
        Patch(loop(placed(_FACE)), Tone.SKIN),
        Patch(loop(placed(_HAIR)), Tone.HAIR),
        *(Patch(flesh(eye, _EYE), Tone.EYE) for eye in eyes),
        Patch(flesh(placed(((0.0, -1.0), (0.0, -2.6))), _EYE), Tone.EAR),
    ]


def _leg(leg: Leg) -> list[Patch]:
    hem = leg.knee.between(leg.ankle, 0.8)
    return [
        Patch(flesh((hem, leg.ankle), _SOLE), Tone.SKIN),
        Patch(flesh((leg.ankle, leg.toe), _FOOT), Tone.SKIN),
        Patch(flesh((leg.knee, hem), _SHIN, rounded=(True, False)), Tone.SHIN),
        Patch(thigh_flesh(leg), Tone.LEGS),
        *_knee(leg),
    ]


def _knee(leg: Leg) -> list[Patch]:
    """Return the round front of a thigh that points at us."""
    if leg.hip.distance(leg.knee) > _END_ON * THIGH:
        return []
    below = leg.knee.toward(leg.knee.angle(leg.ankle), 1.5)
    return [Patch(flesh((leg.knee, below), _KNEE), Tone.LEGS)]


def _seat(joints: Skeleton) -> list[Patch]:
    return [Patch(loop([_beside(joints.hip, *spot) for spot in _SEAT]), Tone.LEGS)]


def _from_above(joints: Skeleton) -> list[Patch]:
    """Return shoulders and the crown of a head that looks up the page."""
    nose = [_beside(joints.head, 0.0, 5.0), _beside(joints.head, 0.0, 10.4)]
    return [
        Patch(loop([_beside(joints.shoulder, *spot) for spot in _SHOULDERS]), Tone.TOP),
        Patch(flesh(nose, _NOSE), Tone.SKIN),
        Patch(loop([_beside(joints.head, *spot) for spot in _CROWN]), Tone.HAIR),
    ]


def _beside(middle: Point, right: float, ahead: float) -> Point:
    return Point(middle.x + right, middle.y + ahead)
