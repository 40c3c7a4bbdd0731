"""Arms and legs in clothes: tapering bones, feet with a sole, hands with a thumb."""

from __future__ import annotations

import math

import skia

from bot.domain.plane import Point
from bot.domain.skeleton import Arm, Leg
from bot.pictures.palette import Tone
from bot.pictures.patch import Patch
from bot.pictures.shapes import Profile, flesh, loop

_THIGH: Profile = ((0.0, 7.4, 7.6), (0.3, 7.6, 7.2), (0.75, 5.6, 5.2), (1.0, 4.7, 4.5))
_SHIN: Profile = ((0.0, 4.7, 4.5), (0.3, 3.9, 5.6), (0.65, 3.2, 3.8), (1.0, 3.0, 3.3))
_ANKLE: Profile = ((0.0, 2.9, 3.1), (0.5, 2.6, 2.7), (1.0, 2.9, 2.9))
_UPPER_ARM: Profile = ((0.0, 4.4, 4.4), (0.4, 4.0, 3.9), (1.0, 2.9, 2.9))
_SLEEVE: Profile = ((0.0, 5.0, 5.0), (0.6, 4.9, 4.7), (1.0, 4.7, 4.6))
_FOREARM: Profile = ((0.0, 2.9, 2.9), (0.3, 3.2, 3.0), (0.8, 2.3, 2.2), (1.0, 2.1, 2.1))
_HAND: Profile = ((0.0, 2.1, 2.1), (0.4, 2.6, 2.5), (0.7, 2.1, 2.1), (1.0, 1.1, 1.1))
_PALM: Profile = ((0.0, 2.2, 1.9), (0.5, 1.8, 1.7), (1.0, 0.8, 1.0))
_THUMB: Profile = ((0.0, 1.3, 1.3), (1.0, 0.9, 0.9))

# Outlines of a foot: (towards the toes, towards the sole), flat under an upright shin and
# pointed in line with the shin; between the two the outline is a mixture.
_FLAT = (
    (-2.9, -1.6), (-4.7, 1.5), (-3.4, 3.8), (2.2, 3.6), (8.6, 4.0),
    (12.6, 3.9), (14.0, 2.7), (11.6, 0.9), (7.0, -0.8), (2.8, -3.2),
)  # fmt: skip
_POINTED = (
    (-4.5, 2.9), (-1.8, 4.4), (1.2, 3.4), (4.5, 1.7), (9.0, 0.7),
    (12.6, -0.8), (14.0, -2.4), (12.0, -3.6), (7.0, -3.7), (2.0, -3.2),
)  # fmt: skip

_HAND_FROM = 0.7  # share of the forearm where the hand begins
_PLANTED = 4.0  # a steep hand that ends this near to the floor lies flat on it


def leg_patches(leg: Leg, turn: int, *, far: bool = False) -> list[Patch]:
    """Return the patches of one leg: foot, trouser leg, thigh."""
    hem = leg.knee.between(leg.ankle, 0.78)
    return [
        Patch(flesh((hem, leg.ankle), _ANKLE, turn), Tone.SKIN, far),
        Patch(_foot(leg, turn), Tone.SKIN, far),
        Patch(flesh((leg.knee, hem), _SHIN, turn, rounded=(True, False)), Tone.SHIN, far),
        Patch(thigh_flesh(leg, turn), Tone.LEGS, far),
    ]


def thigh_flesh(leg: Leg, turn: int = 1) -> skia.Path:
    """Return the outline of a thigh in its trouser leg."""
    return flesh((leg.hip, leg.knee), _THIGH, turn)


def arm_patches(arm: Arm, turn: int, *, fingers: float, far: bool = False) -> list[Patch]:
    """Return the patches of one arm: hand, forearm, upper arm, sleeve.

    `fingers` is where the fingers of a hand that is planted on the floor point to.
    """
    if not _planted(arm):
        return arm_flesh(arm, turn, far=far)
    wrist = Point(arm.hand.x, 2.2)
    palm = flesh((wrist, wrist.toward(fingers, 9).toward(270, 1.0)), _PALM)
    return [Patch(palm, Tone.SKIN, far), *_sleeved(arm, wrist, turn, far)]


def arm_flesh(arm: Arm, turn: int = 1, *, far: bool = False) -> list[Patch]:
    """Return the patches of an arm whose hand goes on in the direction of the forearm."""
    wrist = arm.elbow.between(arm.hand, _HAND_FROM)
    root = wrist.toward(wrist.angle(arm.hand), 2.2)
    thumb = (root, root.toward(wrist.angle(arm.hand) + 42 * turn, 4.4))
    return [
        Patch(flesh((wrist, arm.hand), _HAND, turn), Tone.SKIN, far),
        Patch(flesh(thumb, _THUMB), Tone.SKIN, far),
        *_sleeved(arm, wrist, turn, far),
    ]


def _sleeved(arm: Arm, wrist: Point, turn: int, far: bool) -> list[Patch]:
    cuff = arm.shoulder.between(arm.elbow, 0.55)
    return [
        Patch(flesh((arm.elbow, wrist), _FOREARM, turn), Tone.SKIN, far),
        Patch(flesh((arm.shoulder, arm.elbow), _UPPER_ARM, turn), Tone.SKIN, far),
        Patch(flesh((arm.shoulder, cuff), _SLEEVE, turn, rounded=(True, False)), Tone.SLEEVE, far),
    ]


def _planted(arm: Arm) -> bool:
    steep = math.sin(math.radians(arm.elbow.angle(arm.hand))) < -0.7
    return steep and abs(arm.hand.y) <= _PLANTED


def _foot(leg: Leg, turn: int) -> skia.Path:
    toes, shin = leg.ankle.angle(leg.toe), leg.knee.angle(leg.ankle)
    flat = min(1.0, max(0.0, math.sin(math.radians((toes - shin) * turn))))
    outline = []
    for (level, sole), (pointed, below) in zip(_FLAT, _POINTED, strict=True):
        ahead = pointed + (level - pointed) * flat
        down = below + (sole - below) * flat
        outline.append(leg.ankle.toward(toes, ahead).toward(toes - 90 * turn, down))
    return loop(outline)
