"""Stills and posters: every pose becomes a picture, always the same one, mirrored where asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import skia
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.catalogue import Media
from bot.domain.drawing import Card, Clip, Drawing, Figure, Poster, Still
from bot.domain.pose import Pose
from bot.domain.pose_reading import parse_pose
from bot.domain.props import PoseError
from bot.domain.script import Timing
from bot.domain.skeleton import HEAD, skeleton
from bot.pictures import draw as drawing_module
from bot.pictures import still
from bot.pictures.draw import DRAWING_VERSION, draw, fingerprint
from bot.pictures.frame import frame
from bot.pictures.scene import Scene, paint
from bot.pictures.surface import png, surface
from bot.views import pictures
from content.loader import load, packaged

LISTED = Path(__file__).parent / "coded_poses.txt"
POSES = dict(line.split(": ", 1) for line in LISTED.read_text().splitlines())
START = POSES["kneeling-hip-flexor-stretch start"]
END = POSES["kneeling-hip-flexor-stretch end"]
SIZE = (480, 480)
FIGURE = Figure((("start", START), ("end", END)), ("start", "end"))
BOTH = Still(FIGURE, "end", "start")


@pytest.mark.parametrize("name", POSES)
def test_every_pose_is_drawn(name: str) -> None:
    """Each coded pose becomes a square PNG on which a body in its colours is seen."""
    pixels = _pixels(_alone(parse_pose(POSES[name])))
    assert pixels.shape == (*SIZE, 4)
    shirt = _count(pixels, 0x3F8F88)
    trousers = _count(pixels, 0x34465E)
    assert shirt > 1000
    assert trousers > 1000


@pytest.mark.parametrize("name", POSES)
def test_the_picture_has_a_margin(name: str) -> None:
    """No joint, nor the head, comes nearer than a margin to the picture's edge."""
    pose = parse_pose(POSES[name])
    view = frame([pose], 480, 480)
    joints = skeleton(pose).joints()
    for part, joint in joints.items():
        reach = HEAD * view.scale if part == "head" else 8
        assert 12 + reach <= view.x + joint.x * view.scale <= 468 - reach, part
        assert 12 + reach <= view.y - joint.y * view.scale <= 468 - reach, part


def test_every_picture_of_the_pack_is_drawn() -> None:
    """Every pose of the packaged content, and every card, becomes a picture."""
    for entry in load(packaged()).entries.values():
        for name in entry.poses:
            drawn = draw(Still(pictures.figure(entry), name))
            assert _pixels(drawn).shape == (*SIZE, 4), (entry.key, name)
        card = pictures.card(entry, {})
        assert card is not None
        assert _pixels(draw(card.drawing)).shape[0] > 250


def test_bodies_of_the_pack_rest_on_the_floor() -> None:
    """In the packaged poses nothing goes through the floor, and flat feet stand on it."""
    for entry in load(packaged()).entries.values():
        for name, line in entry.poses.items():
            pose = parse_pose(line)
            if pose.seen.overhead:
                continue  # the ceiling sees no floor line
            joints = skeleton(pose).joints()
            assert min(joint.y for joint in joints.values()) >= -1, (entry.key, name)
            for side, limbs in (("near", pose.near), ("far", pose.far)):
                ankle = joints[f"{side} ankle"].y
                if limbs.foot == 0 and ankle < 12:
                    assert ankle == pytest.approx(4, abs=1), (entry.key, name, side)


def test_the_same_picture_comes_out_again() -> None:
    """Drawing is deterministic, also side by side in threads."""
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(lambda _: draw(BOTH), range(12)))
    assert set(drawn) == {draw(BOTH)}


def test_mirrored_is_the_mirror_image() -> None:
    """The other side is the same picture, flipped pixel by pixel."""
    plain, mirrored = _pixels(draw(BOTH)), _pixels(draw(replace(BOTH, mirrored=True)))
    assert (mirrored == plain[:, ::-1]).all()
    assert not (mirrored == plain).all()


def test_a_ghost_is_faint() -> None:
    """The other end position changes the picture, and adds no second shirt."""
    alone, both = (_pixels(draw(Still(FIGURE, "end", ghost))) for ghost in ("", "start"))
    assert (alone != both).any(axis=2).sum() > 2000
    assert _count(both, 0x3F8F88) <= _count(alone, 0x3F8F88)  # an arrow may cover some of it


def test_two_ends_share_their_frame() -> None:
    """Stills that are framed together show the foot that stays at the same pixel."""
    start, end = parse_pose(START), parse_pose(END)
    assert frame([start, end], 480, 480) == frame([end, start], 480, 480)
    assert frame([start], 480, 480) != frame([end], 480, 480)


def test_prone_faces_the_floor() -> None:
    """`prone` turns the face: the nose is below the middle of the head, not above."""
    line = POSES["crocodile-breathing hold"]
    prone, supine = parse_pose(line), parse_pose(line.removesuffix(" | prone"))
    assert _alone(prone) != _alone(supine)
    assert _skin_above(prone) < _skin_above(supine)


@pytest.mark.parametrize(("count", "tiles"), [(1, (1, 1)), (2, (2, 1)), (4, (2, 2)), (7, (3, 3))])
def test_a_poster_has_a_tile_for_each_figure(count: int, tiles: tuple[int, int]) -> None:
    """A poster is a grid that grows with what it shows."""
    pixels = _pixels(draw(Poster(((FIGURE, "start"),) * count)))
    step = still.TILE + still.GAP
    assert pixels.shape[:2] == (tiles[1] * step + still.GAP, tiles[0] * step + still.GAP)
    one = _count(_pixels(draw(Poster(((FIGURE, "start"),)))), 0x3F8F88)
    assert _count(pixels, 0x3F8F88) == one * count


def test_nothing_to_show_is_refused() -> None:
    """There is no poster and no card of nothing."""
    with pytest.raises(ValueError, match="at least one"):
        draw(Poster(()))
    with pytest.raises(ValueError, match="at least one"):
        draw(Card(FIGURE, ()))


@pytest.mark.parametrize(
    ("drawing", "error"),
    [
        (Still(FIGURE, "unknown"), KeyError),
        (Still(Figure(()), "start"), KeyError),
        (Still(Figure((("start", "hip hop"),)), "start"), PoseError),
        (Media(path="/nowhere/x.jpg", digest="0"), OSError),
    ],
    ids=["no such pose", "no poses", "bad pose", "file that is gone"],
)
def test_what_cannot_be_drawn(drawing: Drawing, error: type[Exception]) -> None:
    """What cannot be shown is an error, never an empty picture."""
    with pytest.raises(error):
        draw(drawing)


@pytest.mark.parametrize(
    "other",
    [
        replace(BOTH, figure=Figure((("start", START), ("end", START)))),
        replace(BOTH, ghost=""),
        replace(BOTH, pose="start"),
        replace(BOTH, mirrored=True),
        replace(BOTH, figure=replace(FIGURE, works=("psoas",))),
        Poster(((FIGURE, "end"),)),
        Card(FIGURE, ("start", "end")),
        Clip(FIGURE, Timing(seconds=30)),
        Media(path="x.jpg", digest="0" * 64),
    ],
    ids=["poses", "ghost", "pose", "side", "muscle", "poster", "card", "clip", "file"],
)
def test_fingerprint_tells_pictures_apart(other: Drawing) -> None:
    """Whatever decides the bytes decides the fingerprint."""
    assert fingerprint(other) != fingerprint(BOTH)


def test_fingerprint_is_stable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same picture keeps its fingerprint, until drawing itself changes."""
    known = fingerprint(BOTH)
    assert fingerprint(replace(BOTH)) == known
    monkeypatch.setattr(drawing_module, "DRAWING_VERSION", DRAWING_VERSION + 1)
    assert fingerprint(BOTH) != known


_ANGLE = st.integers(-360, 360).map(str)
_SPOT = st.builds("{},{}".format, st.integers(-300, 300), st.integers(-300, 300))
_LIMBS = st.builds("{}/{}/{} {}/{}".format, *[_ANGLE] * 5)
_PROP = st.one_of(
    st.builds("{} x -30..{}, top {}".format,
              st.sampled_from(["box", "block", "bed", "desk", "seat"]),
              st.integers(-29, 300), st.integers(1, 300)),
    st.builds("{} {} r{}".format,
              st.sampled_from(["ball at", "bell at", "bottle at", "roller circle"]), _SPOT,
              st.integers(1, 60)),
    st.builds("band {} to 299.5,299.5".format, _SPOT),
    st.builds("stick 0,0.5 to {}".format, _SPOT),
    st.builds("band round feet {}".format, _SPOT),
    st.builds("wall x {}".format, st.integers(-300, 300)),
    st.sampled_from(["roller x -80..8, y 0..13", "pillow x -9..9, y 0..8", "prone",
                     "from above", "front view", "on the back from above", "sitting from above"]),
)  # fmt: skip
_LINE = st.builds(
    "hip {} | T {} | H {} | N {} | F {}{}".format,
    _SPOT,
    st.one_of(_ANGLE, st.builds("{}>{}".format, _ANGLE, _ANGLE)),
    _ANGLE,
    _LIMBS,
    st.one_of(st.just("same"), _LIMBS),
    st.lists(_PROP, max_size=3).map(lambda props: "".join(f" | {prop}" for prop in props)),
)


@settings(max_examples=60, deadline=None)
@given(_LINE, st.booleans())
def test_any_well_formed_line_is_drawn(line: str, mirrored: bool) -> None:
    """Every line of the grammar, however odd the pose, becomes a picture of the right size."""
    drawn = draw(Still(Figure((("pose", line),)), "pose", mirrored=mirrored))
    assert _pixels(drawn).shape == (*SIZE, 4)


def _pixels(png: bytes) -> Any:
    assert png.startswith(b"\x89PNG\r\n")
    return skia.Image.MakeFromEncoded(skia.Data(png)).toarray(colorType=skia.kRGBA_8888_ColorType)


def _count(pixels: Any, colour: int) -> int:
    red, green, blue = colour >> 16, colour >> 8 & 0xFF, colour & 0xFF
    return int((pixels[:, :, :3] == (red, green, blue)).all(axis=2).sum())


def _skin_above(pose: Pose) -> int:
    """Return how many pixels of skin are seen above the middle of the head."""
    pixels = _pixels(_alone(pose))
    skin = (pixels[:, :, :3] == (0xC9, 0x8B, 0x68)).all(axis=2)
    view, head = frame([pose], 480, 480), skeleton(pose).head
    column = round(view.x + head.x * view.scale)
    middle = round(view.y - head.y * view.scale)
    return int(skin[:middle, column - 20 : column + 20].sum())


def _alone(pose: Pose) -> bytes:
    page = surface(*SIZE)
    paint(page.getCanvas(), *SIZE, Scene(pose))
    return png(page.makeImageSnapshot())
