"""What a clip counts, over its picture: time left, the side, repetitions, the breath."""

from __future__ import annotations

import math

import skia

from bot.domain.script import Moment, Script
from bot.pictures import palette
from bot.pictures.frame import Box
from bot.pictures.lettering import write
from bot.pictures.palette import fill, line

# Pixels of a picture of 480.
_RADIUS, _WIDTH = 46.0, 11.0
_RING = (480 - 66.0, 66.0)  # middle of the ring that counts
_BREATH = (66.0, 66.0)
_SMALL, _LARGE = 13.0, 46.0  # radius of an empty and of a full breath
_PACER = (240.0, 112.0)
_PACER_SMALL, _PACER_LARGE = 32.0, 86.0
_BADGE = (42.0, 440.0)

CORNERS = (Box(0, 0, 132, 132), Box(480 - 132, 0, 480, 132))
ABOVE = (Box(0, 0, 480, 214),)  # where a practice's breath has its place


def draw_timers(canvas: skia.Canvas, script: Script, moment: Moment) -> None:
    """Draw what a clip counts at one moment."""
    timing = script.timing
    if timing.paced:
        _pacer(canvas, moment)
    elif any(phase.breath for phase in script.phases):
        _lungs(canvas, moment)
    if script.counts:
        _ring(canvas, script, moment)
    if timing.side:
        _badge(canvas, timing.side)
    elif timing.alternating and moment.rep:
        _badge(canvas, "L" if moment.swapped else "R")


def _ring(canvas: skia.Canvas, script: Script, moment: Moment) -> None:
    x, y = _RING
    canvas.drawCircle(x, y, _RADIUS + _WIDTH, _veil())
    canvas.drawCircle(x, y, _RADIUS, line(palette.TRACK, _WIDTH))
    if moment.lead > 0:
        _arc(canvas, moment.lead / script.lead, palette.AMBER)
        write(canvas, str(math.ceil(moment.lead)), x, y, 30, palette.AMBER)
    elif moment.left > 0:
        _arc(canvas, moment.left / script.counted, palette.SIGN)
        if script.timing.reps:
            write(canvas, f"{moment.rep}/{script.reps}", x, y, 21, palette.SIGN)
        else:
            write(canvas, _clock(moment.left), x, y, 25, palette.SIGN)
    else:
        _tick(canvas, x, y)


def _arc(canvas: skia.Canvas, share: float, colour: int) -> None:
    x, y = _RING
    box = skia.Rect.MakeLTRB(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS)
    canvas.drawArc(box, -90, 360 * share, False, line(colour, _WIDTH))


def _clock(seconds: float) -> str:
    whole = math.ceil(seconds - 1e-6)
    return f"{whole // 60}:{whole % 60:02d}" if whole >= 60 else str(whole)


def _tick(canvas: skia.Canvas, x: float, y: float) -> None:
    canvas.drawCircle(x, y, _RADIUS, fill(palette.SIGN))
    path = skia.Path()
    path.addPoly([(x - 19, y + 1), (x - 6, y + 15), (x + 21, y - 15)], False)
    canvas.drawPath(path, line(palette.LIGHT, 9))


def _lungs(canvas: skia.Canvas, moment: Moment) -> None:
    """Draw a circle that grows as one breathes in, and an arrow for which way it goes."""
    _breath(canvas, moment, *_BREATH, _SMALL, _LARGE)


def _pacer(canvas: skia.Canvas, moment: Moment) -> None:
    """Draw the breath large, with the seconds of this phase in it."""
    _breath(canvas, moment, *_PACER, _PACER_SMALL, _PACER_LARGE)
    if moment.breath:
        left = str(math.ceil(moment.phase_left - 1e-6))
        write(canvas, left, *_PACER, 26, palette.SIGN)


def _breath(
    canvas: skia.Canvas, moment: Moment, x: float, y: float, small: float, large: float
) -> None:
    canvas.drawCircle(x, y, large + 4, _veil())
    canvas.drawCircle(x, y, large, line(palette.TRACK, 3))
    if not moment.breath:
        return
    radius = small + (large - small) * moment.full
    canvas.drawCircle(x, y, radius, fill(palette.BREATH))
    if moment.breath in ("hold", "rest"):
        canvas.drawCircle(x, y, radius, line(palette.SIGN, 5))
        return
    outward = moment.breath != "out"
    for turn in range(4):
        _chevron(canvas, x, y, large - 9, 90 * turn, outward=outward, size=large * 0.13)


def _chevron(
    canvas: skia.Canvas,
    x: float,
    y: float,
    away: float,
    angle: float,
    *,
    outward: bool,
    size: float,
) -> None:
    """Draw a small arrowhead that points away from the middle, or towards it."""
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(angle)
    tip = size if outward else -size
    path = skia.Path()
    path.addPoly([(away - tip / 2, -size), (away + tip / 2, 0), (away - tip / 2, size)], False)
    canvas.drawPath(path, line(palette.SIGN, size * 0.55))
    canvas.restore()


def _badge(canvas: skia.Canvas, side: str) -> None:
    x, y = _BADGE
    canvas.drawCircle(x, y, 27, fill(palette.SIGN))
    write(canvas, side, x, y, 24, palette.LIGHT)


def _veil() -> skia.Paint:
    paint = fill(palette.WALL)
    paint.setAlphaf(0.85)
    return paint
