"""Movements of the pack: contacts stay, nothing goes through the floor, joints stay human."""

from __future__ import annotations

import pytest

from bot.domain.contacts import contacts
from bot.domain.motion import between
from bot.domain.pose import Limbs, Pose, swapped
from bot.domain.pose_reading import parse_pose
from bot.domain.props import Round, Slab, Wall
from bot.domain.skeleton import skeleton
from content.loader import load, packaged
from tests.pictures.movements import MOVEMENTS, ways

PIXELS = 2.75  # a unit, in a clip, at the most
SLIDES = 2.0  # pixels that a contact may move
SKIN = 3.0  # units that a joint may sink into what it lies on: flesh gives

# Degrees that a joint can move in healthy adults, a little generously where the trunk, drawn as two
# halves, takes part: AAOS ranges as quoted in Norkin & White, Measurement of Joint Motion.
KNEE = (-6, 160)
HIP = (-40, 150)
ELBOW = (-6, 155)
SPINE = (-75, 75)
NECK = (-75, 90)
ANKLE = (-15, 125)  # 0 is a pointed foot; bent by standing on it: weight-bearing lunge test

POSES = {
    f"{entry.key} {name}": parse_pose(line)
    for entry in load(packaged()).entries.values()
    for name, line in entry.poses.items()
}


@pytest.mark.parametrize("name", MOVEMENTS)
def test_contacts_do_not_slide(name: str) -> None:
    """A planted foot, knee or hand keeps its place within two pixels all the way."""
    for a, b, stops in ways(MOVEMENTS[name]):
        if a.seen.broad:
            continue
        held = contacts(a, b).points
        for stop in stops:
            joints = skeleton(stop).joints()
            for joint, place in held.items():
                assert joints[joint].distance(place) * PIXELS <= SLIDES, joint


@pytest.mark.parametrize("name", MOVEMENTS)
def test_every_movement_rests_on_something(name: str) -> None:
    """Something stays put in every part of a movement, or the test above would say nothing."""
    for a, b, _ in ways(MOVEMENTS[name]):
        assert a.seen.broad or contacts(a, b).points


@pytest.mark.parametrize("name", MOVEMENTS)
def test_nothing_goes_through_the_floor_or_a_thing(name: str) -> None:
    """On the whole way no joint is under the floor, inside furniture or behind the wall."""
    for _, _, stops in ways(MOVEMENTS[name]):
        for stop in stops:
            assert _buried(stop) == []


@pytest.mark.parametrize("name", POSES)
def test_no_pose_goes_through_the_floor_or_a_thing(name: str) -> None:
    """Nor in any pose as it is written."""
    assert _buried(POSES[name]) == []


@pytest.mark.parametrize("name", MOVEMENTS)
def test_joints_stay_human(name: str) -> None:
    """On the whole way no joint bends further than people's do."""
    for _, _, stops in ways(MOVEMENTS[name]):
        for stop in stops:
            assert _strained(stop) == []


@pytest.mark.parametrize("name", POSES)
def test_joints_of_poses_are_human(name: str) -> None:
    """Nor in any pose as it is written."""
    assert _strained(POSES[name]) == []


@pytest.mark.parametrize("name", MOVEMENTS)
def test_the_loop_has_no_jump(name: str) -> None:
    """Two frames next to each other are near to each other, over the end of the loop too."""
    stops = [stop for _, _, part in ways(MOVEMENTS[name]) for stop in part]
    for before, after in zip(stops, [*stops[1:], stops[0]], strict=True):
        first, second = skeleton(before).joints(), skeleton(after).joints()
        assert max(first[joint].distance(second[joint]) for joint in first) < 20


def test_what_the_tests_above_would_see() -> None:
    """A foot in the floor, a knee bent backwards and a foot in a box are told."""
    sunk = parse_pose("hip 0,70 | T 90 | H 90 | N 270/270/0 270/270 | F 270/270/0 270/270")
    assert _buried(sunk)
    back = parse_pose("hip 0,86 | T 90 | H 90 | N 270/300/0 270/270 | F 270/270/0 270/270")
    assert _strained(back) == ["near knee"]
    boxed = parse_pose(
        "hip 0,86 | T 90 | H 90 | N 270/270/0 270/270 | F 270/270/0 270/270 | box x -20..20, top 10"
    )
    assert _buried(boxed)


def test_the_other_side_is_the_mirror_image() -> None:
    """Twice swapped is as before, seen from the side and from above."""
    for pose in POSES.values():
        twice = swapped(swapped(pose))
        for name, joint in skeleton(twice).joints().items():
            assert joint.distance(skeleton(pose).joints()[name]) < 1e-6


def test_ends_of_a_way_are_the_poses() -> None:
    """Nothing of the way there, all of it: the poses themselves."""
    for poses in MOVEMENTS.values():
        assert between(poses[0], poses[1], 0.0) == poses[0]
        assert between(poses[0], poses[1], 1.0) == poses[1]


def _buried(pose: Pose) -> list[str]:
    if pose.seen.overhead:
        return []
    joints = skeleton(pose).joints()
    found = [name for name, joint in joints.items() if joint.y < -1.0]
    for prop in pose.props:
        if isinstance(prop, Slab) and prop.kind.value != "desk":
            found += [
                name
                for name, joint in joints.items()
                if prop.left + SKIN < joint.x < prop.right - SKIN
                and joint.y < prop.top - SKIN
                # legs hang before a seat, and a bed's edge ends above them
                and joint.y > prop.top - 14
            ]
        if isinstance(prop, Wall):
            found += [name for name, joint in joints.items() if joint.x > prop.x + SKIN]
        if isinstance(prop, Round) and prop.kind.value == "roller":
            found += [
                name
                for name, joint in joints.items()
                if "hand" not in name and joint.distance(prop.centre) < prop.radius - SKIN
            ]
    return found


def _strained(pose: Pose) -> list[str]:
    if pose.seen.broad:
        return []
    found = [] if _in(SPINE, _bent(pose.lumbar, pose.chest)) else ["spine"]
    if not _in(NECK, _bent(pose.head, pose.chest) * pose.turn):
        found.append("neck")
    for side, limbs in (("near", pose.near), ("far", pose.far)):
        found += [f"{side} {joint}" for joint in _strained_limb(pose, limbs)]
    return found


def _strained_limb(pose: Pose, limbs: Limbs) -> list[str]:
    thigh, shin, foot, upper, forearm = (share == 1 for share in limbs.shares)
    angles = {  # a bone that points at us shows no angle
        "hip": (thigh, HIP, _bent(limbs.thigh, pose.lumbar + 180) * pose.turn),
        "knee": (thigh and shin, KNEE, _bent(limbs.thigh, limbs.shin) * pose.turn),
        "ankle": (shin and foot, ANKLE, _bent(limbs.foot, limbs.shin) * pose.turn),
        "elbow": (upper and forearm, ELBOW, abs(_bent(limbs.forearm, limbs.upper_arm))),
    }
    return [
        joint for joint, (seen, limits, angle) in angles.items() if seen and not _in(limits, angle)
    ]


def _bent(angle: float, other: float) -> float:
    """Return how far one direction is turned from another, -180 to 180."""
    return (angle - other + 180) % 360 - 180


def _in(limits: tuple[int, int], angle: float) -> bool:
    return limits[0] <= angle <= limits[1]
