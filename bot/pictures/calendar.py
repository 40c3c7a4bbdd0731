"""Draws twelve weeks of days: each mark has a shape of its own, so that no colour is needed."""

from __future__ import annotations

from collections.abc import Callable

import skia

from bot.domain.drawing import Calendar
from bot.pictures import palette
from bot.pictures.lettering import measure, write
from bot.pictures.palette import GREY, INK, fill, line
from bot.pictures.surface import png, surface
from bot.pictures.trend import TREND, draw_trend

CELL = 56
LEFT, TOP = 44, 52
EDGE = 20
ROW = 40  # of the legend
LETTERS = 15
PAPER = 0xFFF4F6F5
WAIT = 0xFFA9A3C4
RADIUS = 19.0

Paint = Callable[[skia.Canvas, float, float, float], None]


def render_calendar(calendar: Calendar) -> bytes:
    """Return a PNG: a column for each week from Monday down, months above, the marks below."""
    page = surface(*size(calendar))
    canvas = page.getCanvas()
    canvas.clear(PAPER)
    paint_calendar(canvas, calendar)
    return png(page.makeImageSnapshot())


def size(calendar: Calendar) -> tuple[int, int]:
    """Return how wide and how tall the calendar is."""
    width = _width(calendar)
    rows = _rows(calendar.legend, width - 2 * EDGE)
    return width, _legend_at(calendar) + ROW * len(rows) + EDGE // 2


def _legend_at(calendar: Calendar) -> int:
    return TOP + 7 * CELL + EDGE + (TREND if calendar.trend else 0)


def _width(calendar: Calendar) -> int:
    return LEFT + CELL * len(calendar.weeks) + EDGE


def paint_calendar(canvas: skia.Canvas, calendar: Calendar) -> None:
    """Draw the calendar with its upper left corner at the origin, on whatever is there."""
    rows = _rows(calendar.legend, _width(calendar) - 2 * EDGE)
    for column, name in calendar.months:
        x = LEFT + column * CELL + measure(name, LETTERS) / 2 + 8
        write(canvas, name, x, TOP - 24, LETTERS, INK)
    for row, letter in enumerate(calendar.days):
        write(canvas, letter, LEFT - 20, TOP + (row + 0.5) * CELL, LETTERS, GREY)
    for column, week in enumerate(calendar.weeks):
        for row, mark in enumerate(week):
            _MARKS[mark](canvas, LEFT + (column + 0.5) * CELL, TOP + (row + 0.5) * CELL, RADIUS)
    if calendar.trend:
        draw_trend(canvas, calendar.trend, TOP + 7 * CELL, LEFT, CELL)
    _legend(canvas, rows, _legend_at(calendar))


def _rows(legend: tuple[tuple[str, str], ...], width: float) -> list[list[tuple[str, str, float]]]:
    """Return the legend's entries row by row, each with how wide it is."""
    rows: list[list[tuple[str, str, float]]] = [[]]
    for mark, label in legend:
        wide = 44 + measure(label, LETTERS) + 22
        if rows[-1] and sum(each for _, _, each in rows[-1]) + wide > width:
            rows.append([])
        rows[-1].append((mark, label, wide))
    return rows


def _legend(canvas: skia.Canvas, rows: list[list[tuple[str, str, float]]], top: float) -> None:
    for number, row in enumerate(rows):
        x, y = float(EDGE), top + (number + 0.5) * ROW
        for mark, label, wide in row:
            _MARKS[mark](canvas, x + 16, y, 13.0)
            write(canvas, label, x + 38 + measure(label, LETTERS) / 2, y, LETTERS, INK)
            x += wide


def _done(canvas: skia.Canvas, x: float, y: float, r: float) -> None:
    """A full disc with a tick."""
    canvas.drawCircle(x, y, r, fill(palette.SIGN))
    tick = skia.Path()
    tick.moveTo(x - r * 0.42, y + r * 0.02)
    tick.lineTo(x - r * 0.1, y + r * 0.36)
    tick.lineTo(x + r * 0.45, y - r * 0.34)
    canvas.drawPath(tick, line(palette.LIGHT, r * 0.2))


def _short(canvas: skia.Canvas, x: float, y: float, r: float) -> None:
    """A ring of which the lower half is full."""
    inner = skia.Rect.MakeLTRB(x - r * 0.86, y - r * 0.86, x + r * 0.86, y + r * 0.86)
    canvas.drawArc(inner, 0, 180, True, fill(palette.SIGN))
    canvas.drawCircle(x, y, r * 0.86, line(palette.SIGN, r * 0.22))


def _skipped(canvas: skia.Canvas, x: float, y: float, r: float) -> None:
    """A ring with a bar in it."""
    canvas.drawCircle(x, y, r * 0.8, line(GREY, r * 0.16))
    canvas.drawLine(x - r * 0.36, y, x + r * 0.36, y, line(GREY, r * 0.2))


def _missed(canvas: skia.Canvas, x: float, y: float, r: float) -> None:
    """An empty ring."""
    canvas.drawCircle(x, y, r * 0.8, line(GREY, r * 0.16))


def _rest(canvas: skia.Canvas, x: float, y: float, r: float) -> None:
    """Two upright bars, as on a pause button."""
    for side in (-1, 1):
        at = x + side * r * 0.32
        canvas.drawLine(at, y - r * 0.5, at, y + r * 0.5, line(WAIT, r * 0.34))


def _down(canvas: skia.Canvas, x: float, y: float, r: float) -> None:
    """A triangle, as on a warning sign."""
    shape = skia.Path()
    shape.moveTo(x, y - r * 0.72)
    shape.lineTo(x + r * 0.8, y + r * 0.62)
    shape.lineTo(x - r * 0.8, y + r * 0.62)
    shape.close()
    canvas.drawPath(shape, line(palette.AMBER, r * 0.2))


def _open(canvas: skia.Canvas, x: float, y: float, r: float) -> None:
    """A square that waits for its mark."""
    box = skia.Rect.MakeLTRB(x - r * 0.72, y - r * 0.72, x + r * 0.72, y + r * 0.72)
    canvas.drawRRect(skia.RRect.MakeRectXY(box, r * 0.3, r * 0.3), line(palette.SIGN, r * 0.16))


def _unplanned(canvas: skia.Canvas, x: float, y: float, r: float) -> None:
    """A small dot."""
    canvas.drawCircle(x, y, r * 0.16, fill(GREY))


_MARKS: dict[str, Paint] = {
    "done": _done,
    "short": _short,
    "skipped": _skipped,
    "missed": _missed,
    "rest": _rest,
    "down": _down,
    "open": _open,
    "unplanned": _unplanned,
}
