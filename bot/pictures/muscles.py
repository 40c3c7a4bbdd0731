"""Where muscles lie under the clothes, and where something is felt."""

from __future__ import annotations

import skia

from bot.domain.areas import Area
from bot.domain.plane import Point
from bot.domain.pose import Pose, Seen
from bot.domain.skeleton import Leg, Skeleton, skeleton
from bot.pictures import palette
from bot.pictures.palette import fill, line
from bot.pictures.shapes import Profile, curve, flesh

_ALPHA = 0.62
_BLUR = 1.1
_PSOAS: Profile = ((0.0, 1.3, 1.3), (0.5, 2.9, 2.9), (0.85, 2.2, 2.2), (1.0, 1.0, 1.0))
_LONG: Profile = ((0.0, 1.4, 1.4), (0.5, 2.7, 2.7), (1.0, 1.2, 1.2))
_ROUND: Profile = ((0.0, 4.2, 4.2), (1.0, 4.2, 4.2))


class Anatomy:
    """Places on one body; `far` where the far side works."""

    def __init__(self, pose: Pose, *, far: bool = False) -> None:
        self._pose = pose
        self._joints: Skeleton = skeleton(pose)
        self._leg: Leg = self._joints.far_leg if far else self._joints.near_leg
        side = -1 if far else 1
        self._across = 6.0 * side if pose.seen.broad else 0.0

    def spot(self, area: Area) -> Point:
        """Return the middle of an area."""
        path = self.path(area).computeTightBounds()
        return Point(path.centerX(), path.centerY())

    def path(self, area: Area) -> skia.Path:
        """Return the outline of an area."""
        match area:
            case Area.PSOAS:
                top, rim = self._trunk(0.62, -2.5), self._trunk(0.12, 2.2)
                end = self._thigh(0.24, 0.6)
                bend = curve(top, self._pose.lumbar + 180, rim, self._pose.lumbar + 180)
                return flesh([*bend[::3], *curve(rim, rim.angle(end), end, rim.angle(end))[3::3]],
                             _PSOAS)  # fmt: skip
            case Area.BELLY:
                return flesh([self._trunk(0.18, 4.6), self._trunk(0.62, 4.2)], _LONG)
            case Area.LOW_BACK:
                return flesh([self._trunk(0.1, -5.0), self._trunk(0.55, -4.2)], _LONG)
            case Area.FRONT_THIGH:
                return flesh([self._thigh(0.08, 3.6), self._thigh(0.86, 1.8)], _LONG)
            case Area.BACK_THIGH:
                return flesh([self._thigh(0.16, -4.0), self._thigh(0.9, -1.8)], _LONG)
            case Area.BUTTOCK:
                return flesh([self._trunk(0.08, -4.6), self._thigh(0.08, -4.2)], _ROUND)
            case _:
                middle = self._middle(area)
                return flesh([middle, Point(middle.x + 0.1, middle.y)], _ROUND)

    def _middle(self, area: Area) -> Point:
        match area:
            case Area.HIP_FRONT:
                return self._trunk(0.02, 3.6).between(self._thigh(0.12, 4.6), 0.5)
            case Area.LOW_BELLY:
                return self._trunk(0.24, 4.0)
            case Area.WAIST:
                return self._trunk(0.42, 1.0)
            case _:
                return self._trunk(0.0, 0.0)

    def _trunk(self, share: float, front: float) -> Point:
        """Return a place on the trunk: how far up the spine, how far before it."""
        pose, joints = self._pose, self._joints
        spine = curve(joints.hip, pose.lumbar, joints.shoulder, pose.chest)
        at = share * (len(spine) - 1)
        index = min(int(at), len(spine) - 2)
        place = spine[index].between(spine[index + 1], at - index)
        if pose.seen is Seen.SITTING:
            return Point(place.x + self._across, place.y)
        if pose.seen.broad:
            return place.toward(pose.lumbar + 90, self._across)
        return place.toward(spine[index].angle(spine[index + 1]) - 90 * pose.turn, front)

    def _thigh(self, share: float, front: float) -> Point:
        leg, pose = self._leg, self._pose
        place = leg.hip.between(leg.knee, share)
        if pose.seen.broad:
            return place
        return place.toward(leg.hip.angle(leg.knee) + 90 * pose.turn, front)


def glow(canvas: skia.Canvas, anatomy: Anatomy, works: tuple[Area, ...]) -> None:
    """Paint the muscles that work, softly."""
    for area in works:
        paint = fill(palette.WARM)
        paint.setAlphaf(_ALPHA)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, _BLUR))
        canvas.drawPath(anatomy.path(area), paint)


def mark(canvas: skia.Canvas, anatomy: Anatomy, felt: Area) -> None:
    """Mark the spot where it is felt: a dot in rings."""
    spot = anatomy.spot(felt)
    for radius, alpha in ((6.6, 0.35), (4.4, 0.6)):
        ring = line(palette.LIGHT, 0.9)
        ring.setAlphaf(alpha)
        canvas.drawCircle(spot.x, spot.y, radius, ring)
    canvas.drawCircle(spot.x, spot.y, 2.7, fill(palette.LIGHT))
    canvas.drawCircle(spot.x, spot.y, 1.9, fill(palette.WARM))
