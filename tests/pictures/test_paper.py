"""The page for a physio is one sheet of letters and lines, whatever stands on it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from bot.domain.calendar import Mark
from bot.domain.overview import Overview, Trained
from bot.domain.paper import Paper
from bot.domain.progress import Progress, Score, Tightness
from bot.domain.reminder import SkipReason
from bot.domain.step import Side
from bot.pictures.paper import EDGE, FOOT, HEIGHT, WIDTH, render_paper, width, wrapped
from bot.texts import Texts, load_texts
from bot.views.physio import MOST, SAID, paper
from content.loader import load, packaged

MONDAY = date(2026, 1, 5)
MARKS = tuple(Mark)


@pytest.fixture(scope="module")
def texts() -> Texts:
    """The source language."""
    return load_texts(packaged() / "texts")["en"]


def overview(exercises: int, sessions: int = 74, **changes: Any) -> Overview:
    """Return twelve weeks with every mark in them, and so many exercises."""
    names = {key: entry.name for key, entry in load(packaged()).entries.items()}
    names |= {f"own-{number}": "The longest name that a card can have" for number in range(99)}
    weeks = [
        [(MONDAY + timedelta(weeks=week, days=day), MARKS[day]) for day in range(7)]
        for week in range(12)
    ]
    sides = (None, Side.LEFT, Side.RIGHT)
    trained = tuple(
        Trained(key, 999 - n, n, n, n % 11, n - 2, n == 5, sides[n % 3])
        for n, key in enumerate(list(names)[:exercises])
    )
    felt = [Tightness(10.0, 3.25) if week % 3 else Tightness() for week in range(12)]
    progress = Progress(weeks, 365, Score(0.5, 0.1, 0.1), sessions, sessions * 660, felt)
    found = Overview(progress, trained, dict.fromkeys(SAID, 84), names)
    return replace(found, **changes)


NOTHING = overview(
    0, reasons={}, progress=Progress([[(MONDAY, Mark.OPEN)]], 0, Score(0, 0, 0), 0, 0)
)


def page(drawn: Paper) -> PageObject:
    """Return the one page of the PDF."""
    pages = PdfReader(io.BytesIO(render_paper(drawn))).pages
    assert len(pages) == 1
    return pages[0]


def lines(found: PageObject) -> list[tuple[float, str]]:
    """Return how far below the top each piece of text stands."""
    pieces: list[tuple[float, str]] = []

    def visit(text: str, within: Any, at: Any, font: Any, size: Any) -> None:
        if text.strip():
            pieces.append((HEIGHT - at[5] * within[3] - within[5], text.strip()))

    found.extract_text(visitor_text=visit)
    return pieces


def test_says_what_is_known(texts: Texts) -> None:
    """Title, period, counts, exercises, sides, pain and reasons can be read out of the file."""
    said = page(paper(overview(8), texts)).extract_text()
    for words in (
        "Twelve weeks of mobility practice",
        "5 January 2026 to 29 March 2026",
        "Name",
        "24 days kept of 48 planned",
        "74 sessions, 814 min of moving",
        "365 planned days in a row",
        *(load(packaged()).entries[key].name for key in list(load(packaged()).entries)[:8]),
        "left out",
        "7/10",
        "+5",
        "no time (84), pain (84)",
        "3.2",
        "no diagnosis",
    ):
        assert words in said, words


def test_nobodys_name_is_on_it(texts: Texts) -> None:
    """There is a line to write the name on, and no number of an account."""
    assert page(paper(overview(8), texts)).extract_text().count("Name") == 1


def test_nothing_yet(texts: Texts) -> None:
    """Before the first session it says so, without empty tables."""
    said = page(paper(NOTHING, texts)).extract_text()
    assert "No session in these weeks yet." in said
    assert "Exercises" not in said
    assert "How tight" not in said


@pytest.mark.parametrize("exercises", [1, MOST, 99])
def test_fits_on_the_sheet(texts: Texts, exercises: int) -> None:
    """With as much as there can be, nothing stands below the foot or beside the paper."""
    found = page(paper(overview(exercises), texts))
    assert (float(found.mediabox.width), float(found.mediabox.height)) == (WIDTH, HEIGHT)
    *above, (foot, small) = sorted(lines(found))
    assert "no diagnosis" in small
    assert foot == pytest.approx(FOOT)
    assert max(y for y, _ in above) < FOOT - 10
    hidden = f"and {99 - MOST} more" in found.extract_text()
    assert hidden == (exercises == 99)


def test_letters_are_letters(texts: Texts) -> None:
    """Nothing of it is a picture of letters: it is sharp in print, and can be searched."""
    found = page(paper(overview(8), texts))
    assert list(found.images) == []


@pytest.mark.parametrize("title", ["Übungen", "Упражнения", "Ασκήσεις"])
def test_other_letters(texts: Texts, title: str) -> None:
    """Headings of other languages are set, too, where the bold font has no such letters."""
    assert title in page(replace(paper(NOTHING, texts), title=title)).extract_text()


def test_long_lines_are_broken() -> None:
    """A long sentence gets several lines, each of which fits; a word stays whole."""
    broken = wrapped("several words that do not fit " * 6, 9.5, 200.0)
    assert len(broken) > 3
    assert all(width(line, 9.5) <= 200.0 for line in broken)
    assert wrapped("x" * 90, 9.5, 100.0) == ["x" * 90]
    assert EDGE * 2 < WIDTH


def test_reasons_have_words(texts: Texts) -> None:
    """Every reason that a person can tell is said."""
    for why in SAID:
        assert isinstance(why, SkipReason)
        said = page(paper(replace(NOTHING, reasons={why: 3}), texts)).extract_text()
        assert "(3)" in said
