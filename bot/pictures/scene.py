"""Paints a whole picture: wall, floor, mat, shadow, props and the body among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import skia

from bot.domain.areas import Area
from bot.domain.pose import Pose
from bot.domain.props import Slab
from bot.domain.skeleton import skeleton
from bot.pictures import palette
from bot.pictures.arrows import arrow
from bot.pictures.figure import Body, figure
from bot.pictures.frame import Box, Frame, frame
from bot.pictures.muscles import Anatomy, glow, mark
from bot.pictures.palette import fill
from bot.pictures.patch import Patch
from bot.pictures.things import draw_before, draw_behind, draw_held

_FAR_AWAY = 2000.0
_GHOST_ALPHA = 0.26
_LOW = 12.0  # a knee, hand or hip this low means that one wants a mat
# Shadows of what is at most so high above the floor: (height, darkness).
_SHADOWS = ((3.0, 0.20), (12.0, 0.10), (40.0, 0.05))


@dataclass(frozen=True, slots=True)
class Scene:
    """One figure in its room, with what is shown of it.

    `ghost` is faintly behind it; it is framed as though `within` were there too. `works` are
    highlighted and `felt` is marked, on the `far` side where that one works; `way` are the poses
    along which an arrow leads; `full` is the breath in it, 0 to 1.
    """

    pose: Pose
    ghost: Pose | None = None
    within: tuple[Pose, ...] = ()
    works: tuple[Area, ...] = ()
    felt: Area | None = None
    far: bool = False
    way: tuple[Pose, ...] = ()
    full: float = 0.0

    @property
    def company(self) -> tuple[Pose, ...]:
        """Return all poses that must find room."""
        return (self.pose, *((self.ghost,) if self.ghost else ()), *self.within)


def paint(
    canvas: skia.Canvas, width: float, height: float, scene: Scene, clear: Sequence[Box] = ()
) -> None:
    """Paint a scene on a rectangle whose corner is the canvas's origin, `clear` of the figure."""
    canvas.save()
    canvas.clipRect(skia.Rect.MakeWH(width, height))
    canvas.drawColor(palette.WALL)
    _place(canvas, frame(scene.company, width, height, clear))
    _ground(canvas, scene.company)
    _people(canvas, scene)
    canvas.restore()


def _place(canvas: skia.Canvas, view: Frame) -> None:
    canvas.translate(view.x, view.y)
    canvas.scale(view.scale, -view.scale)


def _ground(canvas: skia.Canvas, company: Sequence[Pose]) -> None:
    pose = company[0]
    if pose.seen.overhead:
        canvas.drawColor(palette.FLOOR)
        _mat_from_above(canvas, company)
        return
    canvas.drawRect(skia.Rect.MakeLTRB(-_FAR_AWAY, -_FAR_AWAY, _FAR_AWAY, 0), fill(palette.FLOOR))
    if any(_wants_mat(other) for other in company):
        left, right = _reach(company, 12)
        mat = skia.Rect.MakeLTRB(left, -3.2, right, 0)
        canvas.drawRoundRect(mat, 1.6, 1.6, fill(palette.MAT_EDGE))
        canvas.drawRoundRect(skia.Rect.MakeLTRB(left, -1.8, right, 0), 0.9, 0.9, fill(palette.MAT))


def _mat_from_above(canvas: skia.Canvas, company: Sequence[Pose]) -> None:
    left, right = _reach(company, 14)
    heights = [spot.y for pose in company for spot in skeleton(pose).joints().values()]
    middle = (min(heights) + max(heights)) / 2
    half = max(36.0, (max(heights) - min(heights)) / 2 + 14)
    mat = skia.Rect.MakeLTRB(left, middle - half, right, middle + half)
    canvas.drawRoundRect(mat, 5, 5, fill(palette.MAT))


def _people(canvas: skia.Canvas, scene: Scene) -> None:
    pose = scene.pose
    body = figure(pose, scene.full)
    if not pose.seen.overhead:
        _shadow(canvas, pose, body)
    for prop in pose.props:
        draw_behind(canvas, prop)
    if scene.ghost is not None:
        _ghost(canvas, figure(scene.ghost))
    bones, anatomy = skeleton(pose), Anatomy(pose, far=scene.far)
    _body(canvas, body.behind)
    below = scene.far or pose.seen.broad  # no near leg is painted over it
    if below:
        glow(canvas, anatomy, scene.works)
    for prop in pose.props:
        draw_held(canvas, prop, list(bones.joints().values()))
    _body(canvas, body.leg)
    if not below:
        glow(canvas, anatomy, scene.works)
    if scene.felt:
        mark(canvas, anatomy, scene.felt)
    _body(canvas, body.before)
    for prop in pose.props:
        draw_before(canvas, prop, bones.near_leg)
    arrow(canvas, scene.way)


def _body(canvas: skia.Canvas, patches: Sequence[Patch]) -> None:
    for patch in patches:
        canvas.drawPath(patch.path, fill(patch.colour))


def _ghost(canvas: skia.Canvas, body: Body) -> None:
    canvas.saveLayerAlpha(None, round(255 * _GHOST_ALPHA))
    for patch in body.patches:
        canvas.drawPath(patch.path, fill(palette.GHOST))
    canvas.restore()


def _shadow(canvas: skia.Canvas, pose: Pose, body: Body) -> None:
    slabs = [prop for prop in pose.props if isinstance(prop, Slab)]
    spans = [
        (box.left(), box.right(), box.top())
        for box in (patch.path.getBounds() for patch in body.patches)
        if not any(slab.left < box.centerX() < slab.right for slab in slabs)
    ]
    spans += [(slab.left, slab.right, 0.0) for slab in slabs]
    for height, darkness in _SHADOWS:
        pool = skia.Path()
        for left, right, low in spans:
            if low <= height:
                pool.addOval(skia.Rect.MakeLTRB(left - 2, -2.6, right + 2, 1.0))
        paint = fill(palette.SHADOW)
        paint.setAlphaf(darkness)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 1.6))
        canvas.drawPath(pool, paint)


def _wants_mat(pose: Pose) -> bool:
    joints = skeleton(pose).joints()
    return any(joints[name].y <= _LOW for name in ("hip", "shoulder", "near knee", "far knee"))


def _reach(company: Sequence[Pose], beyond: float) -> tuple[float, float]:
    spots = [joint.x for pose in company for joint in skeleton(pose).joints().values()]
    for prop in (prop for pose in company for prop in pose.props):
        if isinstance(prop, Slab) and prop.top <= _LOW:
            spots += [prop.left, prop.right]
    return min(spots) - beyond, max(spots) + beyond
