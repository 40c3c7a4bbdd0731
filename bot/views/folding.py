"""Long lists on a phone: what does not fit is folded, to be opened by a tap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from markupsafe import Markup

from bot.texts import Texts

COLUMNS = 40  # characters of a line
FOLDED = 3  # lines that Telegram shows of a folded quotation


def height(text: Markup | None) -> int:
    """Return how many lines a text takes on a narrow screen."""
    if not text:
        return 0
    plain = (Markup(line).striptags() for line in text.split("\n"))  # noqa: S704 - was Markup
    return sum(max(len(wrap(line, COLUMNS)), 1) for line in plain)


def fold(lines: Sequence[Markup], room: int, texts: Texts) -> Markup:
    """Return the lines, those that do not fit into `room` lines of a phone folded."""
    heights = [height(line) for line in lines]
    if sum(heights) <= room:
        return _joined(lines)
    shown, left = 0, max(room - FOLDED, 0)
    while heights[shown] <= left:
        left -= heights[shown]
        shown += 1
    folded = texts("format.folded", text=_joined(lines[shown:]))
    return _joined([*lines[:shown], folded])


def _joined(lines: Iterable[Markup]) -> Markup:
    return Markup("\n").join(lines)
