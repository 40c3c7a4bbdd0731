"""Clips: a figure that moves, with its timers, as an MP4 without sound."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

import skia

from bot.domain.areas import Area
from bot.domain.drawing import Clip
from bot.domain.motion import between, settled
from bot.domain.pose import Pose, swapped
from bot.domain.pose_reading import parse_pose
from bot.domain.script import RESTS, Moment, Script
from bot.pictures.encode import encode
from bot.pictures.figure import BREATHS
from bot.pictures.scene import Scene, paint
from bot.pictures.surface import surface
from bot.pictures.timers import ABOVE, CORNERS, draw_timers

SIDE = 480  # pixels, both ways
RATE = 15  # frames a second
_POSES = 160  # steps of one way from pose to pose that are told apart
KEPT = 60  # drawn figures that are kept for when the same one comes again


def render_clip(clip: Clip) -> bytes:
    """Return an MP4 (H.264, 480 by 480, 15 frames a second) of a clip; raises KeyError, PoseError.

    What counts begins after five seconds to get ready, and the last frame stays for a while.
    """
    return encode(frames_of(clip), SIDE, RATE)


def frames_of(clip: Clip) -> Iterator[tuple[skia.Image, int]]:
    """Yield the frames of a clip, each with the number of frames for which it stays."""
    stage = _Stage(clip)
    return ((stage.frame(moment), length) for moment, length in _moments(stage.script))


def _moments(script: Script) -> Iterator[tuple[Moment, int]]:
    """Yield what each frame shows, and for how many frames it stays."""
    count = round(script.lasts * RATE)
    for number in range(count):
        yield script.at(number / RATE), 1
    if script.counts:
        end = script.at(script.lasts)
        for _ in range(round(RESTS)):
            yield end, RATE


class _Stage:
    """Draws the frames of one clip; a figure that comes again is drawn once."""

    def __init__(self, clip: Clip) -> None:
        self._clip = clip
        names = clip.figure.movement or (clip.figure.poses[0][0],)
        lines = [parse_pose(clip.figure.line(name)) for name in names]
        self._poses = settled(lines)
        self._others = settled([lines[0], *map(swapped, lines[1:])])
        self.script = Script(clip.timing, len(lines))
        self._works = tuple(Area(name) for name in clip.figure.works)
        self._felt = Area(clip.figure.felt) if clip.figure.felt else None
        self._page = surface(SIDE, SIDE)
        self._drawn: OrderedDict[tuple[object, ...], skia.Image] = OrderedDict()

    def frame(self, moment: Moment) -> skia.Image:
        """Return one frame."""
        canvas = self._page.getCanvas()
        canvas.drawImage(self._figure(moment), 0, 0)
        draw_timers(canvas, self.script, moment)
        return self._page.makeImageSnapshot()

    def _figure(self, moment: Moment) -> skia.Image:
        share = round(moment.share * _POSES) / _POSES
        full = round(moment.full * BREATHS) / BREATHS if moment.breath else 0.0
        key = (moment.start, moment.end, share, full, moment.swapped)
        if moment.start == moment.end or share in (0, 1):
            place = moment.end if share == 1 else moment.start
            key = (place, place, 0.0, full, moment.swapped and place > 0)
        if key not in self._drawn:
            if len(self._drawn) >= KEPT:
                self._drawn.popitem(last=False)
            self._drawn[key] = self._draw(moment, share, full)
        self._drawn.move_to_end(key)
        return self._drawn[key]

    def _draw(self, moment: Moment, share: float, full: float) -> skia.Image:
        poses = self._others if moment.swapped else self._poses
        pose = between(poses[moment.start], poses[moment.end], share)
        return self._painted(pose, full, far=moment.swapped)

    def _painted(self, pose: Pose, full: float, *, far: bool) -> skia.Image:
        within = self._poses + (self._others if self._clip.timing.alternating else ())
        scene = Scene(pose, None, within, self._works, self._felt, far, full=full)
        page = surface(SIDE, SIDE)
        canvas = page.getCanvas()
        if self._clip.mirrored:
            canvas.translate(SIDE, 0)
            canvas.scale(-1, 1)
        clear = (ABOVE if self.script.timing.paced else CORNERS) if self.script.counts else ()
        paint(canvas, SIDE, SIDE, scene, clear)
        return page.makeImageSnapshot()
