"""The last days, each to be corrected, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from bot.callbacks import OpenDay, OpenPage, SayDay, UndoDay
from bot.domain.calendar import SAYABLE, Corrected, Mark
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, grid, keyboard
from bot.views.lines import paragraphs


def week(days: Sequence[tuple[date, Mark]], texts: Texts) -> Reply:
    """Offer the days that may be corrected, today first, each with what became of it."""
    today = days[0][0]
    rows: list[list[Key]] = [
        [
            (
                texts("button.day", day=_named(day, today, texts), mark=_mark(mark, texts)),
                OpenDay(day),
            )
        ]
        for day, mark in days
    ]
    return Reply(texts("correct.which"), keyboard=keyboard(*rows), place=Place.BELOW)


def day(found: Corrected, texts: Texts) -> Reply:
    """Show one day, what may be said of it, and what follows from what was said."""
    name, mark = _named(found.day, found.today, texts), _mark(found.mark, texts)
    line = texts("correct.said" if found.said else "correct.recorded", day=name, mark=mark)
    keys: list[Key] = [
        (texts(f"button.said.{one.value}"), SayDay(found.day, one))
        for one in SAYABLE
        if one is not found.said
    ]
    rows = grid(keys, 2)
    if found.said:
        rows.append([(texts("button.said.recorded"), SayDay(found.day, None))])
    last: list[Key] = [(texts("button.days"), OpenPage("days"))]
    if found.undoable:
        last.insert(0, (texts("button.undo"), UndoDay(found.day)))
    follows = _follows(found, texts) if found.said else None
    return Reply(paragraphs(line, follows, texts("correct.ask")), keyboard=keyboard(*rows, last))


def _follows(found: Corrected, texts: Texts) -> Markup:
    lines = [texts("progress.streak", n=found.streak)] if found.streak else []
    lines.append(texts("correct.habit", percent=round(found.score * 100)))
    return Markup("\n").join(lines)


def _named(day: date, today: date, texts: Texts) -> Markup:
    if day == today:
        return texts("correct.today")
    if day == today - timedelta(days=1):
        return texts("correct.yesterday")
    return texts("format.plain", text=texts.day(day))


def _mark(mark: Mark, texts: Texts) -> Markup:
    return texts(f"progress.mark.{mark.value}")
