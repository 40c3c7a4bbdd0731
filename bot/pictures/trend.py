"""Draws how a value went from week to week: rings before, diamonds after, told apart by shape."""

from __future__ import annotations

from itertools import pairwise

import skia

from bot.domain.drawing import Trend
from bot.pictures import palette
from bot.pictures.lettering import measure, write
from bot.pictures.palette import GREY, INK, fill, line

TREND = 160  # height of all of it
GAP, BAND = 44, 88  # above the band: its legend
MOST = 10.0
LETTERS = 15
RADIUS = 8.0


def draw_trend(canvas: skia.Canvas, trend: Trend, top: float, left: float, cell: float) -> None:
    """Draw a trend below the columns of its weeks, each `cell` wide from `left` on."""
    base = top + GAP
    for value in (0, MOST):
        y = _height(value, base)
        canvas.drawLine(left, y, left + cell * len(trend.weeks), y, line(GREY, 1.0))
        write(canvas, f"{value:g}", left - 20, y, LETTERS, GREY)
    places = [left + (column + 0.5) * cell for column in range(len(trend.weeks))]
    for number, (colour, mark) in enumerate(((GREY, _ring), (palette.SIGN, _diamond))):
        values = [week[number] for week in trend.weeks]
        told = [
            (x, _height(value, base))
            for x, value in zip(places, values, strict=True)
            if value is not None
        ]
        for (x, y), (next_x, next_y) in pairwise(told):
            canvas.drawLine(x, y, next_x, next_y, line(colour, 2.0))
        for x, y in told:
            mark(canvas, x, y)
    _names(canvas, trend, top + GAP / 2, left)


def _names(canvas: skia.Canvas, trend: Trend, y: float, left: float) -> None:
    x = left + 10
    for name, mark in ((trend.first, _ring), (trend.second, _diamond)):
        mark(canvas, x, y)
        wide = measure(name, LETTERS)
        write(canvas, name, x + 18 + wide / 2, y, LETTERS, INK)
        x += wide + 54


def _height(value: float, base: float) -> float:
    return base + BAND * (1 - value / MOST)


def _ring(canvas: skia.Canvas, x: float, y: float) -> None:
    canvas.drawCircle(x, y, RADIUS, fill(palette.LIGHT))
    canvas.drawCircle(x, y, RADIUS, line(GREY, 3.0))


def _diamond(canvas: skia.Canvas, x: float, y: float) -> None:
    shape = skia.Path()
    shape.moveTo(x, y - RADIUS * 1.2)
    shape.lineTo(x + RADIUS * 1.2, y)
    shape.lineTo(x, y + RADIUS * 1.2)
    shape.lineTo(x - RADIUS * 1.2, y)
    shape.close()
    canvas.drawPath(shape, fill(palette.SIGN))
