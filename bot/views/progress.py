"""A person's calendar as a picture, and the same facts as text."""

from __future__ import annotations

from datetime import date, timedelta

from markupsafe import Markup

from bot.callbacks import HideStreak, OpenPage, SetCheckIns, ShowWeek
from bot.domain.calendar import Mark
from bot.domain.check_in import When
from bot.domain.drawing import Calendar, Trend
from bot.domain.progress import Progress
from bot.reply import Picture, Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, keyboard
from bot.views.lines import paragraphs

# What the picture explains, in the order of its legend.
LEGEND = (Mark.DONE, Mark.SHORT, Mark.SKIPPED, Mark.MISSED, Mark.REST, Mark.DOWN, Mark.UNPLANNED)
_OTHERS = (Mark.SKIPPED, Mark.MISSED, Mark.REST, Mark.DOWN)
KEPT = (Mark.DONE, Mark.SHORT)
_MONDAY = date(2024, 1, 1)


def progress(found: Progress, texts: Texts) -> Reply:
    """Show twelve weeks; whoever cannot see the picture reads the same below it."""
    kept, planned = found.count(*KEPT), found.count(*KEPT, Mark.SKIPPED, Mark.MISSED)
    lines = [texts("progress.kept", n=kept, planned=planned)]
    if short := found.count(Mark.SHORT):
        lines.append(texts("progress.short", n=short))
    lines += _others(found, texts)
    if found.streak is not None:
        lines.append(texts("progress.streak", n=found.streak))
    if found.score.value:
        lines.append(_score(found, texts))
    if found.sessions:
        minutes = round(found.seconds / 60)
        lines.append(texts("progress.sessions", n=found.sessions, minutes=minutes))
    lines += _tight(found, texts)
    return Reply(
        paragraphs(texts("progress.title"), Markup("\n").join(lines)),
        picture=Picture("progress", calendar(found, texts), personal=True),
        keyboard=keyboard(*_keys(found, texts)),
        place=Place.BELOW,
    )


def _others(found: Progress, texts: Texts) -> list[Markup]:
    """Say in one line how many days of the other kinds there were."""
    counts = {mark: found.count(mark) for mark in _OTHERS}
    parts = [
        texts("progress.count", count=n, mark=texts(f"progress.mark.{mark.value}"))
        for mark, n in counts.items()
        if n
    ]
    return [texts("progress.others", counts=Markup(" · ").join(parts))] if parts else []


def _tight(found: Progress, texts: Texts) -> list[Markup]:
    """Say how tight it felt in the last week in which they told, and in the first."""
    told = [week for week in found.tight if week.before is not None]
    if not told:
        return []
    first, before = (texts.number(week.before or 0) for week in (told[0], told[-1]))
    key = "progress.tight.trend" if len(told) > 1 else "progress.tight"
    lines = [texts(key, first=first, before=before)]
    if told[-1].after is not None:
        lines.append(texts("progress.tight.after", after=texts.number(told[-1].after)))
    return [Markup(", ").join(lines)]


def _keys(found: Progress, texts: Texts) -> list[list[Key]]:
    hidden, asked = found.streak is None, found.checks_in
    streak = texts("button.streak.show" if hidden else "button.streak.hide")
    tight = texts("button.tight.off" if asked else "button.tight.again")
    return [
        [
            (texts("button.days"), OpenPage("days")),
            (texts("button.recap.week"), ShowWeek()),
        ],
        [(streak, HideStreak(not hidden)), (tight, SetCheckIns(not asked))],
    ]


def _score(found: Progress, texts: Texts) -> Markup:
    """Say the score in one line: what today added, or what one miss would cost."""
    percent, cost = round(found.score.value * 100), round(found.score.at_stake * 100)
    if found.score.added:
        added = max(round(found.score.added * 100), 1)
        return texts("progress.score.added", percent=percent, added=added, cost=cost)
    return texts("progress.score", percent=percent, cost=cost)


def calendar(found: Progress, texts: Texts) -> Calendar:
    """Return twelve weeks of days as they are drawn."""
    weeks = tuple(tuple(mark.value for _, mark in week) for week in found.weeks)
    firsts = [week[0][0] for week in found.weeks]
    months = tuple(
        (column, texts.month(day))
        for column, day in enumerate(firsts)
        if column == 0 or day.month != firsts[column - 1].month
    )
    days = tuple(texts.weekday_letter(_MONDAY + timedelta(days=ahead)) for ahead in range(7))
    legend = tuple((mark.value, str(texts(f"progress.mark.{mark.value}"))) for mark in LEGEND)
    return Calendar(weeks, months, days, legend, _trend(found, texts))


def _trend(found: Progress, texts: Texts) -> Trend | None:
    """Return how tight it felt week by week, where anything was told."""
    weeks = tuple((week.before, week.after) for week in found.tight)
    if not any(told is not None for week in weeks for told in week):
        return None
    names = (str(texts(f"progress.trend.{moment.value}")) for moment in When)
    return Trend(weeks, *names)
