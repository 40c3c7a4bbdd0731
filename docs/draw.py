"""Draws the documentation's pictures anew: `python docs/draw.py`."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import skia

from bot.domain.catalogue import Catalogue
from bot.domain.drawing import Clip
from bot.domain.script import Timing
from bot.pictures.clip import RATE, SIDE, frames_of
from bot.pictures.draw import draw
from bot.views import pictures
from content.loader import load, packaged

HERE = Path(__file__).parent
SHOWN = "kneeling-hip-flexor-stretch"
TIMING = Timing(seconds=10, phases=(("in", 4.0), ("out", 6.0)), side="R")


def sheet(catalogue: Catalogue) -> bytes:
    """Return the contact sheet of all exercises as a PNG."""
    return draw(pictures.sheet(catalogue.exercises.values()).drawing)


def clip(catalogue: Catalogue, path: Path) -> None:
    """Write a step's clip as an animation that a web page shows without a player."""
    frames = frames_of(Clip(pictures.figure(catalogue.exercises[SHOWN]), TIMING))
    with av.open(str(path), "w", options={"loop": "0"}) as container:
        options = {"quality": "60", "compression_level": "4"}
        stream = container.add_stream("libwebp_anim", rate=RATE, options=options)
        stream.width = stream.height = SIDE
        stream.pix_fmt = "bgra"
        tick = 0
        for image, ticks in frames:
            pixels = image.toarray(colorType=skia.kBGRA_8888_ColorType)
            frame = av.VideoFrame.from_ndarray(pixels, format="bgra")
            frame.pts, frame.time_base = tick, Fraction(1, RATE)
            container.mux(stream.encode(frame))
            tick += ticks
            if ticks > 1:
                break
        container.mux(stream.encode())


if __name__ == "__main__":
    packed = load(packaged())
    (HERE / "figures.png").write_bytes(sheet(packed))
    clip(packed, HERE / "step.webp")
