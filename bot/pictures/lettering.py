"""Letters on pictures, in the font that comes with the product."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import skia

from bot.pictures.palette import fill

_FOLDER = Path(__file__).parent / "fonts"
FONT = _FOLDER / "NotoSans-Bold-subset.ttf"
PLAIN = _FOLDER / "NotoSans-Regular-subset.ttf"  # with more letters


@cache
def typeface(*, bold: bool = True) -> skia.Typeface:
    """Return our typeface; a renderer that has none would leave text out without a word.

    The machine's own fonts are not asked for: looking for them tells of what is wrong with those.
    """
    path = FONT if bold else PLAIN
    found = skia.FontMgr.New_Custom_Empty().makeFromFile(str(path))
    if found is None:
        raise OSError(f"the font {path.name} cannot be read")
    return found


def write(canvas: skia.Canvas, text: str, x: float, y: float, size: float, colour: int) -> None:
    """Write `text` with its middle at (x, y), capitals and digits `size` pixels tall."""
    font = skia.Font(typeface(), size / 0.714)  # the height of capitals in this font
    font.setEdging(skia.Font.Edging.kAntiAlias)
    width = font.measureText(text)
    canvas.drawString(text, x - width / 2, y + size / 2, font, fill(colour))


def measure(text: str, size: float) -> float:
    """Return how many pixels wide `text` is, its capitals `size` tall."""
    return float(skia.Font(typeface(), size / 0.714).measureText(text))
