"""Letters on pictures, in the one font that comes with the product."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import skia

from bot.pictures.palette import fill

FONT = Path(__file__).parent / "fonts" / "NotoSans-Bold-subset.ttf"


@cache
def _typeface() -> skia.Typeface:
    """Return our typeface; a renderer that has none would leave text out without a word."""
    found = skia.Typeface.MakeFromFile(str(FONT))
    if found is None:
        raise OSError(f"the font {FONT.name} cannot be read")
    return found


def write(canvas: skia.Canvas, text: str, x: float, y: float, size: float, colour: int) -> None:
    """Write `text` with its middle at (x, y), capitals and digits `size` pixels tall."""
    font = skia.Font(_typeface(), size / 0.714)  # the height of capitals in this font
    font.setEdging(skia.Font.Edging.kAntiAlias)
    width = font.measureText(text)
    canvas.drawString(text, x - width / 2, y + size / 2, font, fill(colour))


def measure(text: str, size: float) -> float:
    """Return how many pixels wide `text` is, its capitals `size` tall."""
    return float(skia.Font(_typeface(), size / 0.714).measureText(text))
