"""Pictures that stand still: one pose, a card of numbered positions, a poster of a routine."""

from __future__ import annotations

import math
from collections.abc import Sequence

import skia

from bot.domain.areas import Area
from bot.domain.drawing import Card, Figure, Poster, Still
from bot.domain.motion import settled
from bot.domain.pose import Pose
from bot.domain.pose_reading import parse_pose
from bot.domain.skeleton import skeleton
from bot.pictures import palette
from bot.pictures.lettering import write
from bot.pictures.palette import fill
from bot.pictures.scene import Scene, paint
from bot.pictures.surface import flipped, png, surface

STILL = 480  # pixels, both ways
TILE = 240
GAP = 8
_CORNER = 14
_FLAT = 1.3  # positions this much wider than high stand below each other
_ROW = (640, 300)  # pixels of a position below others
_COLUMN = (400, 480)
_CELL = (440, 400)


def render_still(still: Still) -> bytes:
    """Return one pose as a PNG of 480 by 480; raises KeyError, PoseError.

    It is framed so that all poses of its movement would fit too: two stills of one exercise can be
    swapped without a jump.
    """
    poses = settled_poses(still.figure)
    shown = poses[still.pose]
    beside = tuple(pose for pose in poses.values() if pose.seen is shown.seen)
    ghost = poses[still.ghost] if still.ghost else None
    scene = _scene(still.figure, shown, beside, ghost)
    page = surface(STILL, STILL)
    paint(page.getCanvas(), STILL, STILL, scene)
    image = page.makeImageSnapshot()
    return png(flipped(image) if still.mirrored else image)


def render_card(card: Card) -> bytes:
    """Return numbered positions as one PNG; raises KeyError, PoseError, ValueError for none."""
    poses = settled_poses(card.figure)
    shown = [poses[name] for name in card.shown]
    if not shown:
        raise ValueError("a card needs at least one position")
    columns, (width, height) = _layout(shown)
    rows = math.ceil(len(shown) / columns)
    page = surface(columns * (width + GAP) + GAP, rows * (height + GAP) + GAP)
    canvas = page.getCanvas()
    canvas.clear(palette.PLASTER)
    for index, pose in enumerate(shown):
        row, column = divmod(index, columns)
        before = shown[index - 1] if index else None
        same = tuple(other for other in shown if other.seen is pose.seen)
        ghost = before if before and before.seen is pose.seen else None
        scene = _scene(card.figure, pose, same, ghost)
        with Tile(canvas, column * (width + GAP), row * (height + GAP), width, height):
            paint(canvas, width, height, scene)
            if len(shown) > 1:
                _number(canvas, index + 1, 30, 30, 19)
    return png(page.makeImageSnapshot())


def render_poster(poster: Poster) -> bytes:
    """Return a PNG with a small numbered figure for each of a routine's exercises, row by row."""
    if not poster.figures:
        raise ValueError("a poster needs at least one figure")
    columns = math.ceil(math.sqrt(len(poster.figures)))
    rows = math.ceil(len(poster.figures) / columns)
    page = surface(columns * (TILE + GAP) + GAP, rows * (TILE + GAP) + GAP)
    canvas = page.getCanvas()
    canvas.clear(palette.PLASTER)
    for index, (figure, name) in enumerate(poster.figures):
        row, column = divmod(index, columns)
        with Tile(canvas, column * (TILE + GAP), row * (TILE + GAP), TILE, TILE):
            paint(canvas, TILE, TILE, Scene(settled_poses(figure)[name]))
            _number(canvas, index + 1, 24, 24, 15)
    return png(page.makeImageSnapshot())


class Tile:
    """A rounded tile of a larger picture to draw on, its corner the origin."""

    def __init__(
        self, canvas: skia.Canvas, x: float, y: float, width: float, height: float
    ) -> None:
        self._canvas, self._x, self._y = canvas, x, y
        self._shape = skia.RRect.MakeRectXY(skia.Rect.MakeWH(width, height), _CORNER, _CORNER)

    def __enter__(self) -> None:
        self._canvas.save()
        self._canvas.translate(GAP + self._x, GAP + self._y)
        self._canvas.clipRRect(self._shape, True)

    def __exit__(self, *_: object) -> None:
        self._canvas.restore()


def _number(canvas: skia.Canvas, number: int, x: float, y: float, radius: float) -> None:
    canvas.drawCircle(x, y, radius, fill(palette.SIGN))
    write(canvas, str(number), x, y, radius * 0.85, palette.LIGHT)


def _layout(shown: Sequence[Pose]) -> tuple[int, tuple[int, int]]:
    """Return how many columns a card has, and how large each position is drawn."""
    spots = [spot for pose in shown for spot in skeleton(pose).joints().values()]
    width = max(spot.x for spot in spots) - min(spot.x for spot in spots)
    height = max(spot.y for spot in spots) - min(min(spot.y for spot in spots), 0)
    if len(shown) == 1:
        return 1, (STILL, STILL) if width < _FLAT * height else _ROW
    if len(shown) > 2:
        return 2, _CELL
    return (1, _ROW) if width > _FLAT * height else (len(shown), _COLUMN)


def _scene(
    figure: Figure, pose: Pose, beside: tuple[Pose, ...], ghost: Pose | None = None
) -> Scene:
    return Scene(
        pose,
        ghost,
        beside,
        works=tuple(Area(name) for name in figure.works),
        felt=Area(figure.felt) if figure.felt and (ghost or len(beside) == 1) else None,
        way=(ghost, pose) if ghost else (),
    )


def settled_poses(figure: Figure) -> dict[str, Pose]:
    """Return all poses of a figure by name, those of its movement with exact contacts."""
    poses = {name: parse_pose(line) for name, line in figure.poses}
    moving = settled([poses[name] for name in figure.movement])
    return poses | dict(reversed(list(zip(figure.movement, moving, strict=True))))
