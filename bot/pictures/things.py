"""Draws props so that they read as what they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import skia

from bot.domain.plane import Point
from bot.domain.props import Bar, Kind, Line, Loop, Prop, Round, Slab, Wall
from bot.domain.skeleton import Leg
from bot.pictures import palette
from bot.pictures.palette import fill, line

_AWAY = 400.0  # further than any picture reaches
_STRETCHED = 2.6  # how wide a band looks
_HELD = 16.0  # the end of a band that is this near to a joint is held by it


def draw_behind(canvas: skia.Canvas, prop: Prop) -> None:
    """Draw `prop` where it belongs behind the body: what one stands, sits or lies on or beside."""
    match prop:
        case Slab():
            _SLABS[prop.kind](canvas, prop)
        case Bar(kind=Kind.PILLOW):
            _pillow(canvas, prop)
        case Bar():
            _roller(canvas, prop)
        case Wall():
            _wall(canvas, prop)
        case _:
            pass


def draw_held(canvas: skia.Canvas, prop: Prop, joints: list[Point]) -> None:
    """Draw `prop` where it is held: before the trunk, behind the near limbs."""
    match prop:
        case Round():
            _ROUNDS[prop.kind](canvas, prop)
        case Line(kind=Kind.BAND):
            _band(canvas, prop, joints)
        case Line():
            _stick(canvas, prop)
        case _:
            pass


def draw_before(canvas: skia.Canvas, prop: Prop, foot: Leg) -> None:
    """Draw `prop` where it goes round the near `foot`."""
    if isinstance(prop, Loop):
        across = foot.ankle.angle(foot.toe) + 90
        ends = (prop.centre.toward(across, 4.4), prop.centre.toward(across, -4.4))
        canvas.drawLine(
            *(value for end in ends for value in (end.x, end.y)), line(palette.RUBBER, _STRETCHED)
        )


def _box(canvas: skia.Canvas, box: Slab) -> None:
    _rect(canvas, box.left, 0, box.right, box.top - 3, palette.WOOD, 1.5)
    _rect(canvas, box.left, 0, box.left + 3, box.top - 3, palette.WOOD_DARK, 1.5)
    _rect(canvas, box.right - 3, 0, box.right, box.top - 3, palette.WOOD_DARK, 1.5)
    middle = (box.left + box.right) / 2
    if box.right - box.left > 40 and box.top > 24:
        _rect(canvas, middle - 9, box.top * 0.55, middle + 9, box.top * 0.7, palette.WOOD_DARK, 3)
    _rect(canvas, box.left - 0.5, box.top - 4, box.right + 0.5, box.top, palette.FABRIC_DARK, 2)


def _block(canvas: skia.Canvas, block: Slab) -> None:
    _rect(canvas, block.left, 0, block.right, block.top, palette.FOAM, 1.5)
    _rect(canvas, block.left, block.top - 2, block.right, block.top, palette.FOAM_DARK, 1)


def _bed(canvas: skia.Canvas, bed: Slab) -> None:
    for left in (bed.left + 4, bed.right - 9):
        _rect(canvas, left, 0, left + 5, bed.top / 2, palette.WOOD_DARK, 1)
    _rect(canvas, bed.left, bed.top * 0.3, bed.right, bed.top * 0.55, palette.WOOD, 2)
    _rect(canvas, bed.left, bed.top * 0.5, bed.right, bed.top, palette.FABRIC, 5)
    _rect(canvas, bed.left, bed.top * 0.5, bed.right, bed.top * 0.6, palette.FABRIC_DARK, 2)


def _desk(canvas: skia.Canvas, desk: Slab) -> None:
    """A narrow desk is drawn from its edge on: its top goes on, away from the body."""
    wide = max(desk.right, desk.left + 40)
    for left in (desk.left + 4, wide - 7):
        _rect(canvas, left, 0, left + 3.5, desk.top - 2, palette.WOOD_DARK, 1)
    _rect(canvas, desk.left, desk.top - 4, wide, desk.top, palette.WOOD, 1.5)


def _seat(canvas: skia.Canvas, seat: Slab) -> None:
    for left in (seat.left + 1, seat.right - 5):
        _rect(canvas, left, 0, left + 3.5, seat.top - 2, palette.WOOD_DARK, 1)
    _rect(
        canvas, seat.left - 1, seat.top - 6, seat.left + 2.5, seat.top + 44, palette.WOOD_DARK, 1.5
    )
    _rect(canvas, seat.left - 2, seat.top + 22, seat.left + 3.5, seat.top + 46, palette.WOOD, 2.5)
    _rect(canvas, seat.left - 1, seat.top - 5, seat.right, seat.top, palette.WOOD, 2)


def _roller(canvas: skia.Canvas, roller: Bar) -> None:
    radius = (roller.top - roller.bottom) / 2
    _rect(canvas, roller.left, roller.bottom, roller.right, roller.top, palette.FOAM, radius * 0.5)
    for share in (0.2, 0.5, 0.8):
        y = roller.bottom + (roller.top - roller.bottom) * share
        canvas.drawLine(roller.left + 4, y, roller.right - 4, y, line(palette.FOAM_DARK, 0.8))


def _pillow(canvas: skia.Canvas, pillow: Bar) -> None:
    corner = min(pillow.right - pillow.left, pillow.top - pillow.bottom) * 0.3
    sides = (pillow.left, pillow.bottom, pillow.right, pillow.top)
    _rect(canvas, *sides, palette.FABRIC_DARK, corner)
    left, bottom, right, top = sides
    _rect(canvas, left + 1.2, bottom + 1.2, right - 1.2, top - 1.2, palette.LIGHT, corner)


def _wall(canvas: skia.Canvas, wall: Wall) -> None:
    away = wall.x + (_AWAY if wall.x >= 0 else -_AWAY)
    _rect(canvas, min(wall.x, away), 0, max(wall.x, away), _AWAY, palette.PLASTER, 0)
    canvas.drawLine(wall.x, 0, wall.x, _AWAY, line(palette.PLASTER_EDGE, 1.4))


def _ball(canvas: skia.Canvas, ball: Round) -> None:
    x, y, r = ball.centre.x, ball.centre.y, ball.radius
    canvas.drawCircle(x, y, r, fill(palette.BALL))
    box = skia.Rect.MakeLTRB(x - r * 0.6, y - r * 0.6, x + r * 0.6, y + r * 0.6)
    canvas.drawArc(box, 30, 80, False, line(palette.BALL_DARK, r * 0.16))


def _bell(canvas: skia.Canvas, bell: Round) -> None:
    x, y, r = bell.centre.x, bell.centre.y, bell.radius
    grip = skia.Path()
    grip.moveTo(x - r * 0.5, y + r * 0.6)
    grip.cubicTo(x - r * 0.9, y + r * 1.8, x + r * 0.9, y + r * 1.8, x + r * 0.5, y + r * 0.6)
    canvas.drawPath(grip, line(palette.IRON, r * 0.3))
    canvas.drawCircle(x, y, r, fill(palette.IRON))
    canvas.drawCircle(x - r * 0.25, y + r * 0.2, r * 0.42, fill(palette.IRON_LIGHT))


def _bottle(canvas: skia.Canvas, bottle: Round) -> None:
    x, y, r = bottle.centre.x, bottle.centre.y, bottle.radius
    _rect(canvas, x - r * 0.9, y - r * 1.4, x + r * 0.9, y + r * 1.1, palette.WATER, r * 0.4)
    _rect(canvas, x - r * 0.9, y - r * 0.5, x + r * 0.9, y + r * 0.4, palette.LIGHT, 0)
    _rect(canvas, x - r * 0.4, y + r * 0.9, x + r * 0.4, y + r * 1.8, palette.WATER, r * 0.2)
    _rect(canvas, x - r * 0.5, y + r * 1.6, x + r * 0.5, y + r * 2.1, palette.SIGN, r * 0.15)


def _roller_end(canvas: skia.Canvas, roller: Round) -> None:
    """A roller goes on away from us, a little up and to the right."""
    x, y, r = roller.centre.x, roller.centre.y, roller.radius
    for step in range(6, 0, -1):
        canvas.drawCircle(x + step, y + step * 0.6, r, fill(palette.FOAM_DARK))
    canvas.drawCircle(x, y, r, fill(palette.FOAM_DARK))
    canvas.drawCircle(x, y, r * 0.84, fill(palette.FOAM))
    canvas.drawCircle(x, y, r * 0.34, fill(palette.FOAM_DARK))


def _band(canvas: skia.Canvas, band: Line, joints: list[Point]) -> None:
    for end in (band.start, band.end):
        if not _held(end, joints):
            _rect(canvas, end.x - 2.5, 0, end.x + 2.5, end.y + 8, palette.WOOD_DARK, 1.5)
            canvas.drawCircle(end.x, end.y, 3.2, fill(palette.IRON))
    if all(_held(end, joints) for end in (band.start, band.end)):
        _mini_band(canvas, band)
        return
    start, end = band.start, band.end
    canvas.drawLine(start.x, start.y, end.x, end.y, line(palette.RUBBER, _STRETCHED))


def _held(end: Point, joints: list[Point]) -> bool:
    return any(end.distance(joint) <= _HELD for joint in joints)


def _mini_band(canvas: skia.Canvas, band: Line) -> None:
    """Draw a band that goes round two feet: both its halves are seen."""
    across = band.start.angle(band.end) + 90
    corners = [band.start, band.end]
    path = skia.Path()
    path.addPoly(
        [
            skia.Point(spot.x, spot.y)
            for spot in (
                *(corner.toward(across, 3.2) for corner in corners),
                *(corner.toward(across, -3.2) for corner in reversed(corners)),
            )
        ],
        True,
    )
    canvas.drawPath(path, line(palette.RUBBER, 2.0))


def _stick(canvas: skia.Canvas, stick: Line) -> None:
    start, end = stick.start, stick.end
    canvas.drawLine(start.x, start.y, end.x, end.y, line(palette.WOOD_DARK, 3.2))
    canvas.drawCircle(end.x, end.y, 4.2, fill(palette.FABRIC_DARK))


def _rect(
    canvas: skia.Canvas,
    left: float,
    bottom: float,
    right: float,
    top: float,
    colour: int,
    corner: float,
) -> None:
    rect = skia.Rect.MakeLTRB(left, bottom, right, top)
    canvas.drawRoundRect(rect, corner, corner, fill(colour))


_Draw = Callable[[skia.Canvas, Any], None]
_SLABS: dict[Kind, _Draw] = {
    Kind.BOX: _box,
    Kind.BLOCK: _block,
    Kind.BED: _bed,
    Kind.DESK: _desk,
    Kind.SEAT: _seat,
}
_ROUNDS: dict[Kind, _Draw] = {
    Kind.BALL: _ball,
    Kind.BELL: _bell,
    Kind.BOTTLE: _bottle,
    Kind.ROLLER: _roller_end,
}
