"""A contact sheet: all figures of a pack with their names, for its author to look over."""

from __future__ import annotations

import math

from bot.domain.areas import Area
from bot.domain.drawing import Sheet
from bot.pictures import palette
from bot.pictures.lettering import measure, write
from bot.pictures.scene import Scene, paint
from bot.pictures.still import GAP, TILE, Tile, settled_poses
from bot.pictures.surface import png, surface

COLUMNS = 5
_TITLE = 34  # pixels below each figure
_LETTERS = 12.0


def render_sheet(sheet: Sheet) -> bytes:
    """Return one PNG with every figure, each in the position named, its name below it."""
    rows = math.ceil(len(sheet.figures) / COLUMNS)
    height = TILE + _TITLE
    page = surface(COLUMNS * (TILE + GAP) + GAP, rows * (height + GAP) + GAP)
    canvas = page.getCanvas()
    canvas.clear(palette.PLASTER)
    for index, (figure, name, title) in enumerate(sheet.figures):
        row, column = divmod(index, COLUMNS)
        poses = settled_poses(figure)
        shown, begun = poses[name], poses[(figure.movement or (name,))[0]]
        apart = shown != begun and shown.seen is begun.seen
        works = tuple(Area(area) for area in figure.works)
        felt = Area(figure.felt) if figure.felt else None
        scene = Scene(shown, begun if apart else None, (), works, felt)
        with Tile(canvas, column * (TILE + GAP), row * (height + GAP), TILE, height):
            canvas.drawColor(palette.LIGHT)
            paint(canvas, TILE, TILE, scene)
            size = min(_LETTERS, _LETTERS * (TILE - 16) / measure(title, _LETTERS))
            write(canvas, title, TILE / 2, TILE + _TITLE / 2, size, palette.SIGN)
    return png(page.makeImageSnapshot())
