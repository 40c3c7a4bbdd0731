"""The pictures that the bot sends: a still of one pose, a poster of several, as PNG bytes."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import skia

from bot.domain.pose import Pose, parse_pose
from bot.pictures import palette
from bot.pictures.scene import paint
from bot.reply import Picture

DRAWING_VERSION = 1  # one more whenever the same pose comes out as a different picture
STILL = 480  # pixels, both ways
TILE = 240
GAP = 8


def render_still(
    pose: Pose, *, mirrored: bool = False, ghost: Pose | None = None, within: Sequence[Pose] = ()
) -> bytes:
    """Return `pose` as a PNG of 480 by 480, with `ghost` faintly behind it.

    It is framed so that the poses `within` would fit too: two stills of one exercise that name
    the same poses can be swapped without a jump.
    """
    surface = _surface(STILL, STILL)
    paint(surface.getCanvas(), STILL, pose, ghost, within)
    image = surface.makeImageSnapshot()
    return _png(_flipped(image) if mirrored else image)


def render_poster(poses: Sequence[Pose]) -> bytes:
    """Return a PNG with a small figure for each of `poses` (at least one), row by row."""
    if not poses:
        raise ValueError("a poster needs at least one pose")
    columns = math.ceil(math.sqrt(len(poses)))
    rows = math.ceil(len(poses) / columns)
    step = TILE + GAP
    surface = _surface(columns * step + GAP, rows * step + GAP)
    canvas = surface.getCanvas()
    canvas.clear(palette.PLASTER)
    for index, pose in enumerate(poses):
        row, column = divmod(index, columns)
        canvas.save()
        canvas.translate(GAP + column * step, GAP + row * step)
        canvas.clipRRect(skia.RRect.MakeRectXY(skia.Rect.MakeWH(TILE, TILE), 14, 14), True)
        paint(canvas, TILE, pose)
        canvas.restore()
    return _png(surface.makeImageSnapshot())


def draw(picture: Picture) -> bytes:
    """Return what `picture` names: a still or a poster as PNG, or the bytes of its own file.

    Raises KeyError where it has no such pose, PoseError where a pose cannot be read, OSError
    where its file is gone.
    """
    if picture.file is not None:
        return Path(picture.file.path).read_bytes()
    if picture.poster:
        return render_poster([parse_pose(line) for line in picture.poster])
    lines = dict(picture.poses)
    shown, ghost = _choice(lines, picture)
    poses = {name: parse_pose(line) for name, line in lines.items()}
    return render_still(
        poses[shown],
        mirrored=picture.mirrored,
        ghost=poses[ghost] if ghost else None,
        within=tuple(poses.values()),
    )


def fingerprint(picture: Picture) -> str:
    """Return a hash of all that decides the bytes of `picture`, without drawing it."""
    if picture.file is not None:
        return picture.file.digest
    facts: object = (DRAWING_VERSION, "poster", picture.poster)
    if not picture.poster:
        lines = dict(picture.poses)
        facts = (DRAWING_VERSION, _choice(lines, picture), picture.mirrored, sorted(picture.poses))
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _choice(lines: Mapping[str, str], picture: Picture) -> tuple[str, str]:
    """Return the names of the pose to show and of the ghost behind it, empty where there is none.

    An end is shown with the position that its movement came from; a named stage stands alone.
    """
    names = list(lines)
    if not names:
        raise KeyError(f"no poses for {picture.name}")
    rest = "start" if "start" in lines else names[0]
    shown = picture.pose or ("end" if "end" in lines else names[-1])
    if shown not in lines:
        raise KeyError(f"{picture.name} has no pose {shown}")
    return shown, rest if picture.pose in ("", "end") and rest != shown else ""


def _flipped(image: skia.Image) -> skia.Image:
    """Return the exact mirror image; a mirrored drawing would have its edges smoothed anew."""
    pixels = image.toarray(colorType=skia.kN32_ColorType)[:, ::-1].copy()
    return skia.Image.fromarray(pixels, skia.kN32_ColorType, skia.kOpaque_AlphaType)


def _surface(width: int, height: int) -> skia.Surface:
    """Return an opaque surface: without an alpha channel the PNG is smaller and sooner made."""
    return skia.Surface.MakeRaster(
        skia.ImageInfo.Make(width, height, skia.kN32_ColorType, skia.kOpaque_AlphaType)
    )


def _png(image: skia.Image) -> bytes:
    data = image.encodeToData(skia.EncodedImageFormat.kPNG, 100)
    return bytes(data)
