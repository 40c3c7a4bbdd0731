"""The page for a person's physio: twelve weeks of practice in words, a calendar and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.domain.calendar import Mark
from bot.domain.overview import Overview, Trained
from bot.domain.paper import Paper, Table
from bot.domain.progress import Progress, Tightness
from bot.domain.reminder import SkipReason
from bot.texts import Texts
from bot.views.progress import KEPT, calendar

MOST = 22  # exercises that a page has room for
NOTHING = "–"
COLUMNS = ("exercise", "done", "skipped", "hurt", "worst", "level", "stiffer")
SAID = (
    *(SkipReason.NO_TIME, SkipReason.PAIN, SkipReason.ILL, SkipReason.TRAVELLING),
    SkipReason.NOT_TODAY,
)


def paper(found: Overview, texts: Texts) -> Paper:
    """Return the page as a value; somebody without a session gets an honest short one."""
    days = [day for week in found.progress.weeks for day, _ in week]
    return Paper(
        title=_plain("physio.title", texts),
        period=_plain(
            "physio.period", texts, first=texts.full_day(days[0]), last=texts.full_day(days[-1])
        ),
        blank=_plain("physio.name", texts),
        calendar=replace(calendar(found.progress, texts), trend=None),  # a table has its numbers
        facts=(*_facts(found.progress, texts), *_reasons(found, texts)),
        tables=tuple(_tables(found, texts)),
        notes=(_plain("physio.legend", texts),) if found.trained else (),
        small=_plain("physio.small", texts),
    )


def _facts(found: Progress, texts: Texts) -> Iterator[str]:
    """Yield what stands beside the calendar, a line each."""
    if not found.sessions:
        yield _plain("physio.nothing", texts)
    kept, planned = found.count(*KEPT), found.count(*KEPT, Mark.SKIPPED, Mark.MISSED)
    if planned:
        yield _plain("progress.kept", texts, n=kept, planned=planned)
    if short := found.count(Mark.SHORT):
        yield _plain("progress.short", texts, n=short)
    if found.streak:
        yield _plain("progress.streak", texts, n=found.streak)
    if found.sessions:
        minutes = round(found.seconds / 60)
        yield _plain("progress.sessions", texts, n=found.sessions, minutes=minutes)


def _tables(found: Overview, texts: Texts) -> Iterator[Table]:
    if found.trained:
        hidden = len(found.trained) - MOST
        yield Table(
            title=_plain("physio.exercises", texts),
            head=tuple(_plain(f"physio.column.{name}", texts) for name in COLUMNS),
            lines=tuple(_line(one, found.names, texts) for one in found.trained[:MOST]),
            more=_plain("physio.more", texts, n=hidden) if hidden > 0 else "",
        )
    if any(one != Tightness() for one in found.progress.tight):
        yield _tightness(found.progress, texts)


def _tightness(found: Progress, texts: Texts) -> Table:
    return Table(
        title=_plain("physio.tight", texts),
        head=("", *(texts.short_day(week[0][0]) for week in found.weeks)),
        lines=(
            (_plain("physio.before", texts), *(_mean(one.before, texts) for one in found.tight)),
            (_plain("physio.after", texts), *(_mean(one.after, texts) for one in found.tight)),
        ),
    )


def _line(one: Trained, names: Mapping[str, str], texts: Texts) -> tuple[str, ...]:
    level = f"{one.notch:+d}" if one.notch else NOTHING
    return (
        names.get(one.entry, one.entry),
        *(str(count or NOTHING) for count in (one.done, one.skipped, one.hurt)),
        NOTHING if one.worst is None else _plain("physio.of_ten", texts, pain=one.worst),
        _plain("physio.left_out", texts) if one.left_out else level,
        _plain(f"physio.side.{one.stiffer.value}", texts) if one.stiffer else NOTHING,
    )


def _reasons(found: Overview, texts: Texts) -> Iterator[str]:
    """Yield why it was not today, where that was said."""
    told = [
        _plain(f"physio.reason.{why.value}", texts, days=found.reasons[why])
        for why in SAID
        if why in found.reasons
    ]
    if told:
        yield _plain("physio.reasons", texts, reasons=", ".join(told))


def _mean(value: float | None, texts: Texts) -> str:
    return NOTHING if value is None else texts.number(value)


def _plain(key: str, texts: Texts, *, n: int | None = None, **values: object) -> str:
    return str(texts(key, n=n, **values).unescape())
