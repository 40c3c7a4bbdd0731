"""Clips as a phone gets them: their form, what they count, and letters that are really there."""

from __future__ import annotations

import io
from typing import Any

import av
import numpy as np
import pytest
import skia

from bot.domain.drawing import Clip
from bot.domain.script import LEAD, RESTS, Timing
from bot.pictures import palette
from bot.pictures.clip import RATE, SIDE, frames_of
from bot.pictures.draw import draw
from bot.pictures.lettering import FONT, measure, write
from bot.pictures.surface import surface
from bot.views import pictures
from content.loader import load, packaged

ENTRIES = load(packaged()).entries
STRETCH = (("in", 4.0), ("out", 6.0))
HOLD = Timing(seconds=10, phases=STRETCH, side="R")
RING = (slice(0, 132), slice(SIDE - 132, SIDE))  # the upper right corner, rows first
BADGE = (slice(400, SIDE), slice(0, 90))


class Film:
    """A decoded clip."""

    def __init__(self, content: bytes) -> None:
        with av.open(io.BytesIO(content)) as file:
            self.video = file.streams.video
            self.sound = list(file.streams.audio)
            self.codec = self.video[0].codec_context.name
            self.format = self.video[0].codec_context.pix_fmt
            self.seconds = float(file.duration or 0) / av.time_base
            frames = list(file.decode(video=0))
        self._times = [float(frame.time or 0) for frame in frames]
        self._frames = frames

    def at(self, second: float) -> Any:
        """Return the pixels that are seen at a moment, red, green, blue."""
        index = max(n for n, time in enumerate(self._times) if time <= second + 1e-3)
        return self._frames[index].to_ndarray(format="rgb24").astype(int)


def film(key: str, timing: Timing, *, mirrored: bool = False) -> Film:
    """Return the clip of an entry."""
    return Film(draw(Clip(pictures.figure(ENTRIES[key]), timing, mirrored)))


@pytest.fixture(scope="module")
def kneeling() -> Film:
    """The hold of a stretch."""
    return film("kneeling-hip-flexor-stretch", HOLD)


def test_the_form_is_what_telegram_plays(kneeling: Film) -> None:
    """H.264 in its plain colours, 480 square, no sound: an animation to every client."""
    assert kneeling.codec == "h264"
    assert kneeling.format == "yuv420p"
    assert kneeling.at(0).shape == (SIDE, SIDE, 3)
    assert kneeling.sound == []
    assert 12 <= RATE <= 24


def test_it_lasts_from_getting_ready_to_its_rest(kneeling: Film) -> None:
    """Five seconds, the hold, two to leave it, and a last frame that stays."""
    assert kneeling.seconds == pytest.approx(LEAD + 10 + 2 + RESTS, abs=1.5)


def test_the_ring_runs_down(kneeling: Film) -> None:
    """Amber while one gets ready, then less and less of the ring, then a tick."""
    assert _near(kneeling.at(1)[RING], palette.AMBER) > 300
    seen = [_near(kneeling.at(LEAD + second)[RING], palette.SIGN) for second in (1, 4, 7, 9.5)]
    assert seen == sorted(seen, reverse=True)
    assert seen[0] > 2 * seen[-1]
    assert _near(kneeling.at(30)[RING], palette.SIGN) > seen[0]


def test_the_end_leads_to_the_beginning(kneeling: Film) -> None:
    """Played again, the body does not jump: it is where it was."""
    below = slice(140, SIDE)
    first, last = kneeling.at(0)[below], kneeling.at(kneeling.seconds)[below]
    assert (abs(first - last).max(axis=2) > 40).mean() < 0.002


def test_the_end_stays(kneeling: Film) -> None:
    """Nothing moves any more while it rests."""
    assert (abs(kneeling.at(20) - kneeling.at(40)).max(axis=2) > 30).sum() == 0


def test_the_other_side_is_turned_round_but_for_its_letters() -> None:
    """The figure faces left, the ring stays on its side, and the badge says L."""
    timing = Timing(seconds=5, phases=STRETCH, side="L")
    left = film("kneeling-hip-flexor-stretch", timing, mirrored=True).at(1)
    right = film("kneeling-hip-flexor-stretch", HOLD).at(1)
    body = slice(150, 390)
    assert (abs(left[body] - right[body][:, ::-1]).max(axis=2) > 60).mean() < 0.01
    assert _near(left[RING], palette.AMBER) > 300
    assert (abs(left[BADGE] - right[BADGE]).max(axis=2) > 80).sum() > 100


def test_the_breath_grows_and_shrinks() -> None:
    """A practice's circle is largest at the end of breathing in, smallest after breathing out."""
    box = (("in", 4.0), ("hold", 4.0), ("out", 4.0), ("hold", 4.0))
    clip = film("breath-box-4444", Timing(seconds=16, phases=box, paced=True))
    sizes = [
        _near(clip.at(LEAD + second), palette.BREATH) for second in (0.3, 3.9, 7.5, 11.9, 15.5)
    ]
    assert sizes[0] < sizes[1] / 3
    assert sizes[1] == pytest.approx(sizes[2], rel=0.1)
    assert sizes[3] < sizes[1] / 3
    assert sizes[3] == pytest.approx(sizes[4], rel=0.3)


def test_timers_leave_the_body_alone() -> None:
    """Where the ring is drawn no exercise has any of its body or things."""
    for key, entry in ENTRIES.items():
        image, _ = next(frames_of(Clip(pictures.figure(entry), Timing(seconds=5))))
        pixels = image.toarray(colorType=skia.kRGBA_8888_ColorType)[:, :, :3].astype(int)
        assert _near(pixels[:128, SIDE - 128 :], 0xFF3F8F88) == 0, key


def test_a_movement_alone_has_no_timers() -> None:
    """A clip that counts nothing is the movement and no more, and short."""
    clip = film("glute-bridge", Timing())
    assert clip.seconds == pytest.approx(6.5, abs=0.3)
    assert _near(clip.at(1)[RING], palette.SIGN) == 0


def test_a_hold_of_thirty_seconds_is_light() -> None:
    """Under 400 kB, also where the movement goes on all the time."""
    timing = Timing(seconds=30, parts=(6.0, 4.0), side="R")
    assert len(draw(Clip(pictures.figure(ENTRIES["psoas-crusher"]), timing))) < 400_000


@pytest.mark.parametrize("letter", "0123456789/:LR")
def test_letters_leave_ink(letter: str) -> None:
    """A renderer without its font says nothing and draws nothing: there must be ink."""
    page = surface(60, 60)
    page.getCanvas().clear(palette.LIGHT)
    write(page.getCanvas(), letter, 30, 30, 30, palette.SIGN)
    pixels = page.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    ink = (pixels[:, :, 0] < 120).sum()
    assert ink > 30
    rows = np.flatnonzero((pixels[:, :, 0] < 120).any(axis=1))
    assert 12 < (rows[0] + rows[-1]) / 2 < 48  # in the middle, not clipped away


def test_letters_are_not_the_box_of_a_missing_one() -> None:
    """Each letter is its own; a font that has none of them would draw the same box."""
    widths = {measure(letter, 30) for letter in "/:LR0W"}
    assert len(widths) >= 5
    assert FONT.with_name("OFL.txt").read_text().count("OPEN FONT LICENSE") > 0


def _near(pixels: Any, colour: int) -> int:
    wanted = [colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF]
    return int((abs(pixels - wanted).max(axis=2) < 26).sum())
