"""Draws a page to print: A4 as PDF, letters as letters, so that it can be searched and copied."""

from __future__ import annotations

from collections.abc import Sequence

import skia

from bot.domain.paper import Paper, Table
from bot.pictures import palette
from bot.pictures.calendar import paint_calendar, size
from bot.pictures.lettering import typeface
from bot.pictures.palette import INK, fill, line

WIDTH, HEIGHT = 595, 842  # A4, in points of 1/72 inch
EDGE = 42.0
FOOT = HEIGHT - EDGE
CALENDAR = 280.0  # how wide the calendar is
LINE = 14.6  # from one line of a table to the next
FAINT = 0xFF6E7B82
RULE = 0xFFC9D1D1

_TITLE, _HEAD, _TEXT, _SMALL = 19.0, 11.5, 9.5, 8.0


def render_paper(paper: Paper) -> bytes:
    """Return the page as a PDF of one A4 sheet."""
    stream = skia.DynamicMemoryWStream()
    told = skia.PDF.Metadata()
    told.fTitle, told.fCreator, told.fProducer = paper.title, "Limber", "Skia/PDF"
    with (
        skia.PDF.MakeDocument(stream, told) as document,
        document.page(WIDTH, HEIGHT) as canvas,
    ):
        _Page(canvas).draw(paper)
    return bytes(stream.detachAsData())


class _Page:
    """Sets a page from the top down; `y` is where the next line stands."""

    def __init__(self, canvas: skia.Canvas) -> None:
        self._canvas = canvas
        self._y = EDGE

    def draw(self, paper: Paper) -> None:
        """Draw all of a page."""
        self._head(paper)
        self._calendar(paper)
        for table in paper.tables:
            self._table(table)
        self._y += 4
        for note in paper.notes:
            for words in wrapped(note, _SMALL, WIDTH - 2 * EDGE):
                self._y += LINE * 0.9
                self._write(words, EDGE, _SMALL, FAINT)
        self._y = FOOT
        self._write(paper.small, EDGE, _SMALL, FAINT)

    def _head(self, paper: Paper) -> None:
        self._y += _TITLE * 0.8
        self._write(paper.title, EDGE, _TITLE, palette.SIGN, bold=True)
        self._y += 20
        self._write(paper.period, EDGE, _TEXT, FAINT)
        blank = WIDTH - EDGE - 190
        self._write(paper.blank, blank, _TEXT, FAINT)
        begins = blank + width(paper.blank, _TEXT) + 6
        self._canvas.drawLine(begins, self._y + 2, WIDTH - EDGE, self._y + 2, line(FAINT, 0.6))
        self._y += 14

    def _calendar(self, paper: Paper) -> None:
        """Draw the calendar, and beside it the facts."""
        wide, tall = size(paper.calendar)
        scale = CALENDAR / max(wide, 1)
        self._canvas.save()
        self._canvas.translate(EDGE - 4, self._y)
        self._canvas.scale(scale, scale)
        paint_calendar(self._canvas, paper.calendar)
        self._canvas.restore()
        top, left = self._y, EDGE + CALENDAR + 20
        self._y += 26
        for fact in paper.facts:
            for words in wrapped(fact, _HEAD, WIDTH - EDGE - left):
                self._write(words, left, _HEAD, INK)
                self._y += LINE * 1.15
            self._y += LINE * 0.35
        self._y = max(self._y, top + tall * scale) + 4

    def _table(self, table: Table) -> None:
        """Draw a table: its first column as wide as it can be, the others alike."""
        self._y += 22
        self._write(table.title, EDGE, _HEAD, palette.SIGN, bold=True)
        self._y += 4
        ends = _ends(table)
        for number, cells in enumerate((table.head, *table.lines)):
            self._y += LINE
            colour, size = (FAINT, _SMALL) if number == 0 else (INK, _TEXT)
            self._write(cells[0], EDGE, size, colour)
            for cell, end in zip(cells[1:], ends, strict=True):
                self._write(cell, end - width(cell, size), size, colour)
            below = self._y + 4.2
            self._canvas.drawLine(EDGE, below, WIDTH - EDGE, below, line(RULE, 0.5))
        if table.more:
            self._y += LINE
            self._write(table.more, EDGE, _SMALL, FAINT)

    def _write(self, text: str, x: float, size: float, colour: int, *, bold: bool = False) -> None:
        self._canvas.drawString(text, x, self._y, _font(text, size, bold=bold), fill(colour))


def _ends(table: Table) -> Sequence[float]:
    """Return where the columns after the first end: as wide as what stands in them."""
    wide = [
        max(width(cells[at], _TEXT) for cells in (table.head, *table.lines)) + 14
        for at in range(1, len(table.head))
    ]
    ends = [WIDTH - EDGE]
    for one in reversed(wide[1:]):
        ends.append(ends[-1] - one)
    return ends[::-1]


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Return a text in lines that fit into a width; a longer word has one of its own."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def width(text: str, size: float) -> float:
    """Return how many points wide a text is."""
    return float(_font(text, size, bold=False).measureText(text))


def _font(text: str, size: float, *, bold: bool) -> skia.Font:
    """Return the font to set a text with: bold has fewer letters, and none may be left out."""
    font = skia.Font(typeface(bold=bold), size)
    if bold and 0 in font.textToGlyphs(text):
        return _font(text, size, bold=False)
    font.setSubpixel(True)
    font.setLinearMetrics(True)  # letters stand as on paper, not as on a screen's pixels
    font.setHinting(skia.FontHinting.kNone)
    return font
