"""Frames into an MP4 that every Telegram client plays: H.264, no sound, ready to stream."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import skia

# Flat colours and thin moving rings: what a drawing needs, as small as it goes without smearing.
_OPTIONS = {"preset": "veryfast", "tune": "animation", "crf": "25", "g": "250", "bf": "0"}


def encode(frames: Iterable[tuple[skia.Image, int]], side: int, rate: int) -> bytes:
    """Return square frames, each shown for a number of ticks of `1 / rate` seconds, as an MP4."""
    # A player can begin before it has all of it only where the index stands in front, and the
    # encoder moves that there in a file of its own.
    with TemporaryDirectory(prefix="limber-") as folder:
        path = Path(folder) / "clip.mp4"
        _write(path, frames, side, rate)
        return path.read_bytes()


def _write(path: Path, frames: Iterable[tuple[skia.Image, int]], side: int, rate: int) -> None:
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=rate, options=_OPTIONS)
        stream.width = stream.height = side
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1  # one core is all that a small board may spare
        stream.time_base = stream.codec_context.time_base = Fraction(1, rate)
        tick = 0
        for image, ticks in frames:
            pixels = image.toarray(colorType=skia.kBGRA_8888_ColorType)
            frame = av.VideoFrame.from_ndarray(pixels, format="bgra")
            frame.pts = tick
            frame.time_base = Fraction(1, rate)
            tick += ticks
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
