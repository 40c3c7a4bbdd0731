"""A person's calendar as a picture, and the same facts as text."""

from __future__ import annotations

from datetime import date, timedelta

from markupsafe import Markup

from bot.domain.calendar import Mark
from bot.domain.drawing import Calendar
from bot.domain.progress import Progress
from bot.reply import Picture, Place, Reply
from bot.texts import Texts
from bot.views.lines import paragraphs

# What the picture explains, in the order of its legend.
LEGEND = (Mark.DONE, Mark.SHORT, Mark.SKIPPED, Mark.MISSED, Mark.REST, Mark.DOWN, Mark.UNPLANNED)
_KEPT = (Mark.DONE, Mark.SHORT)
_MONDAY = date(2024, 1, 1)


def progress(found: Progress, texts: Texts) -> Reply:
    """Show twelve weeks; whoever cannot see the picture reads the same below it."""
    kept, planned = found.count(*_KEPT), found.count(*_KEPT, Mark.SKIPPED, Mark.MISSED)
    lines = [texts("progress.kept", n=kept, planned=planned)]
    if short := found.count(Mark.SHORT):
        lines.append(texts("progress.short", n=short))
    lines.append(texts("progress.streak", n=found.streak))
    if found.score.value:
        lines.append(_score(found, texts))
    if found.sessions:
        minutes = round(found.seconds / 60)
        lines.append(texts("progress.sessions", n=found.sessions, minutes=minutes))
    return Reply(
        paragraphs(texts("progress.title"), Markup("\n").join(lines)),
        picture=Picture("progress", _calendar(found, texts), personal=True),
        place=Place.BELOW,
    )


def _score(found: Progress, texts: Texts) -> Markup:
    """Say the score in one line: what today added, or what one miss would cost."""
    percent, cost = round(found.score.value * 100), round(found.score.at_stake * 100)
    if found.score.added:
        added = max(round(found.score.added * 100), 1)
        return texts("progress.score.added", percent=percent, added=added, cost=cost)
    return texts("progress.score", percent=percent, cost=cost)


def _calendar(found: Progress, texts: Texts) -> Calendar:
    weeks = tuple(tuple(mark.value for _, mark in week) for week in found.weeks)
    firsts = [week[0][0] for week in found.weeks]
    months = tuple(
        (column, texts.month(day))
        for column, day in enumerate(firsts)
        if column == 0 or day.month != firsts[column - 1].month
    )
    days = tuple(texts.weekday_letter(_MONDAY + timedelta(days=ahead)) for ahead in range(7))
    legend = tuple((mark.value, str(texts(f"progress.mark.{mark.value}"))) for mark in LEGEND)
    return Calendar(weeks, months, days, legend)
