"""What a coded pose line means, and what is refused."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.plane import Point
from bot.domain.pose import Seen
from bot.domain.pose_reading import parse_pose
from bot.domain.props import Bar, Kind, Line, Loop, PoseError, Round, Slab, Wall, parse_prop
from bot.domain.skeleton import skeleton

LISTED = Path(__file__).parent.parent / "pictures" / "coded_poses.txt"
POSES = dict(line.split(": ", 1) for line in LISTED.read_text().splitlines())
KNEELING = "hip 0,46 | T 90 | H 90 | N 270/180/180 290/330 | F 0/270/0 292/330"

BONES = [
    ("hip", "near knee", 42),
    ("hip", "far knee", 42),
    ("near knee", "near ankle", 40),
    ("far knee", "far ankle", 40),
    ("near ankle", "near toe", 14),
    ("far ankle", "far toe", 14),
    ("hip", "waist", 25),
    ("waist", "shoulder", 25),
    ("shoulder", "head", 16),
    ("shoulder", "near elbow", 28),
    ("shoulder", "far elbow", 28),
    ("near elbow", "near hand", 30),
    ("far elbow", "far hand", 30),
]


@pytest.mark.parametrize("name", POSES)
def test_bones_keep_their_length(name: str) -> None:
    """Whatever the pose, every bone has the length of the drawing convention."""
    joints = skeleton(parse_pose(POSES[name])).joints()
    for start, end, length in BONES:
        assert joints[start].distance(joints[end]) == pytest.approx(length), (start, end)


@pytest.mark.parametrize(
    ("name", "joint", "height"),
    [
        ("kneeling-hip-flexor-stretch start", "near knee", 4),
        ("kneeling-hip-flexor-stretch start", "near ankle", 4),
        ("kneeling-hip-flexor-stretch start", "far ankle", 4),
        ("kneeling-hip-flexor-stretch end", "near knee", 4),
        ("psoas-box-stretch start", "near knee", 46),
        ("psoas-box-stretch end", "near ankle", 46),
        ("psoas-box-stretch end", "far ankle", 4),
        ("bird-dog-lumbar start", "near hand", 0),
        ("bird-dog-lumbar start", "far knee", 4),
        ("bird-dog-lumbar gather", "near hand", 0),
        ("bird-dog-lumbar reach", "near hand", 0),
        ("segmented-cat-cow cat", "near hand", 0),
        ("segmented-cat-cow cow", "near hand", 0),
        ("glute-bridge end", "near ankle", 4),
        ("hip-cars-standing knee", "far ankle", 4),
        ("constructive-rest hold", "head", 9),
        ("thomas-stretch-bed end", "head", 53),
    ],
)
def test_body_rests_on_floor_and_props(name: str, joint: str, height: float) -> None:
    """A knee, hand, foot or head rests at the height of what is under it and its own flesh."""
    assert skeleton(parse_pose(POSES[name])).joints()[joint].y == pytest.approx(height, abs=3)


def test_directions_run_anticlockwise_from_the_right() -> None:
    """0 points right, 90 up, 180 left, 270 down."""
    joints = skeleton(parse_pose(KNEELING)).joints()
    assert joints["shoulder"] == _near(0, 96)
    assert joints["near knee"] == _near(0, 4)
    assert joints["near ankle"] == _near(-40, 4)
    assert joints["far knee"] == _near(42, 46)


def test_trunk_bends_in_its_middle() -> None:
    """`T a>b` gives the lumbar half and the upper half their own directions."""
    joints = skeleton(parse_pose(KNEELING.replace("T 90", "T 0 > 90"))).joints()
    assert joints["waist"] == _near(25, 46)
    assert joints["shoulder"] == _near(25, 71)


def test_far_limbs_can_be_the_same() -> None:
    """`F same` repeats the near limbs."""
    pose = parse_pose("hip 0,46 | T 48>350 | H 290 | N 270/180/180 274/274 | F same")
    assert pose.far == pose.near


@pytest.mark.parametrize(
    ("text", "prop"),
    [
        ("box x -100..-6, top 42", Slab(Kind.BOX, -100, -6, 42)),
        ("block x 52..64, top 10", Slab(Kind.BLOCK, 52, 64, 10)),
        ("bed x -120..2, top 44", Slab(Kind.BED, -120, 2, 44)),
        ("desk x 45..50, top 80", Slab(Kind.DESK, 45, 50, 80)),
        ("seat x -18..24, top 42", Slab(Kind.SEAT, -18, 24, 42)),
        ("ball at -10,22 r4", Round(Kind.BALL, Point(-10, 22), 4)),
        ("bell at -10,35 r9", Round(Kind.BELL, Point(-10, 35), 9)),
        ("bottle at -10,33 r6", Round(Kind.BOTTLE, Point(-10, 33), 6)),
        ("roller circle 1,26 r7", Round(Kind.ROLLER, Point(1, 26), 7)),
        ("roller x -80..8, y 0..13", Bar(Kind.ROLLER, -80, 8, 0, 13)),
        ("pillow x -84..-56, y 0..8", Bar(Kind.PILLOW, -84, -56, 0, 8)),
        ("band -120,30 to -50,67", Line(Kind.BAND, Point(-120, 30), Point(-50, 67))),
        ("band round feet 44,51", Loop(Point(44, 51))),
        ("stick 68,2 to 10,98", Line(Kind.STICK, Point(68, 2), Point(10, 98))),
        ("wall x 70", Wall(70)),
    ],
)
def test_props_are_read(text: str, prop: object) -> None:
    """Every kind of prop has its own words, and several are divided by a semicolon."""
    assert parse_prop(text) == prop
    assert parse_pose(f"{KNEELING} | {text}; wall x 99").props == (prop, Wall(99))


@pytest.mark.parametrize(
    ("words", "seen"),
    [("", Seen.SIDE), (" | prone", Seen.PRONE), (" | bed x -9..9, top 9; from above", Seen.ABOVE)],
)
def test_lying_on_the_front_is_said(words: str, seen: Seen) -> None:
    """`prone` and `from above` stand among the props and are none."""
    pose = parse_pose(KNEELING + words)
    assert pose.seen is seen
    assert replace(pose, seen=Seen.SIDE, props=()) == parse_pose(KNEELING)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "at least the parts hip, T, H, N, F"),
        ("hip 0,46 | T 90", "at least the parts"),
        (
            KNEELING.replace("hip 0,46", "hip 0"),
            "part hip should read like 'hip 0,46', not 'hip 0'",
        ),
        (KNEELING.replace("T 90", "T up"), "part T should read like"),
        (KNEELING.replace("H 90", "H"), "part H should read like"),
        (KNEELING.replace("H 90", "H 1e9"), "part H should read like"),
        (KNEELING.replace("N 270/180/180", "N 270/180"), "part N should read like"),
        (KNEELING.replace("F 0/270/0 292/330", "F the same"), "part F should read like"),
        (KNEELING.replace("T 90", "T 400"), "400 is no angle"),
        (KNEELING.replace("hip 0,46", "hip 0,999"), "999 is further out than 300"),
        (KNEELING + " | sofa x 3..9, top 4", "'sofa x 3..9, top 4' is no known prop"),
        (KNEELING + " | ", "'' is no known prop"),
        (KNEELING + " | box same", "write the props out again"),
        (KNEELING + " | same props", "write the props out again"),
        (KNEELING + " | box x 9..3, top 4", "the box has no size"),
        (KNEELING + " | box x 3..9, top 0", "the box has no size"),
        (KNEELING + " | ball at 3,4 r0", "the ball has no size"),
        (KNEELING + " | roller x 1..9, y 5..5", "the roller has no size"),
        (KNEELING + " | band 1,2 to 1,2", "begins and ends at the same point"),
        (KNEELING + " | wall y 3", "'wall y 3' should read like 'wall x 70'"),
        (KNEELING + " | ball at 3,4", "should read like 'ball at -10,22 r4'"),
    ],
)
def test_faults_are_told_in_a_sentence(line: str, told: str) -> None:
    """Whoever writes content learns which part is wrong and how it should read."""
    with pytest.raises(PoseError, match=re.escape(told)):
        parse_pose(line)


_PIECES = st.sampled_from(
    [
        "hip 0,46",
        "T 90",
        "T 1>2",
        "H 5",
        "N 1/2/3 4/5",
        "F same",
        "wall x 7",
        "|",
        ";",
        " ",
        "-",
        "٣",
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES).map(" | ".join), st.lists(_PIECES).map("".join)))
def test_nothing_but_a_pose_error_comes_out(line: str) -> None:
    """Any text at all is either a pose or a PoseError."""
    with suppress(PoseError):
        assert len(skeleton(parse_pose(line)).joints()) == 14


def _near(x: float, y: float) -> Point:
    return Point(pytest.approx(x, abs=1e-9), pytest.approx(y, abs=1e-9))  # type: ignore[arg-type]
