"""The calendar can be read without its colours."""

from __future__ import annotations

import io

import numpy as np
import pytest
import skia

from bot.domain.calendar import Mark
from bot.domain.drawing import Calendar
from bot.pictures.calendar import CELL, LEFT, TOP, render_calendar

ALL = tuple(mark.value for mark in Mark)
LEGEND = tuple((mark, f"what {mark} means") for mark in ALL)


def drawn(weeks: tuple[tuple[str, ...], ...]) -> np.ndarray:
    """Return a calendar's pixels in greys, from 0 to 1."""
    content = render_calendar(Calendar(weeks, ((0, "Mar"),), tuple("MTWTFSS"), LEGEND))
    image = skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy(io.BytesIO(content).read()))
    pixels = image.toarray(colorType=skia.kRGBA_8888_ColorType)[:, :, :3].astype(float)
    return np.asarray(pixels.mean(axis=2) / 255)


@pytest.mark.parametrize("one", ALL)
@pytest.mark.parametrize("other", ALL)
def test_marks_differ_in_shape(one: str, other: str) -> None:
    """Dark on light, no two marks cover the same."""
    pixels = drawn(((one, other),))
    cells = [
        pixels[TOP + row * CELL : TOP + (row + 1) * CELL, LEFT : LEFT + CELL] < 0.85
        for row in range(2)
    ]
    differ = np.logical_xor(*cells).sum()
    assert (differ > 60) == (one != other), differ


def test_twelve_weeks_fit_a_phone() -> None:
    """The picture is no wider than twice a phone, and everything of it is inside."""
    height, width = drawn((ALL[:7],) * 12).shape
    assert width <= 800
    assert height <= 800


def test_without_a_day() -> None:
    """A calendar that has hardly begun is drawn, too."""
    assert drawn((("open",),)).shape[0] > 7 * CELL
