"""A person's sessions as a table for a spreadsheet: RFC 4180, a line for each session."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from io import StringIO
from zoneinfo import ZoneInfo

from bot.domain.overview import Walked
from bot.domain.progress import Tightness
from bot.texts import Texts

COLUMNS = (
    *("day", "started", "started_utc", "what", "length", "pace", "minutes"),
    *("done", "skipped", "hurt", "worst", "felt", "before", "after"),
)
MARK = "\ufeff"  # by which spreadsheets know UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would work out, or run
_UNTOLD = Tightness()


def sessions_file(
    walked: Sequence[Walked],
    felt: Mapping[date, Tightness],
    names: Mapping[str, str],
    zone: ZoneInfo,
    texts: Texts,
) -> bytes:
    """Return the sessions, oldest first; how tight the day felt stands beside each of that day."""
    written = StringIO()
    table = csv.writer(written)
    plain = cache(lambda key: str(texts(key).unescape()))  # the same few in every line
    table.writerow([plain(f"csv.{column}") for column in COLUMNS])
    for one in walked:
        table.writerow(_line(one, felt.get(one.practice_day, _UNTOLD), names, zone, plain))
    return (MARK + written.getvalue()).encode()


def _line(
    one: Walked,
    felt: Tightness,
    names: Mapping[str, str],
    zone: ZoneInfo,
    plain: Callable[[str], str],
) -> Sequence[object]:
    return (
        one.practice_day.isoformat(),
        one.started_at.astimezone(zone).isoformat(" ", "seconds"),
        one.started_at.isoformat(" ", "seconds"),
        _harmless(names.get(one.entry, one.entry)),
        plain(f"csv.length.{one.length.value}"),
        plain(f"pace.name.{one.pace.value}"),
        f"{one.seconds / 60:.1f}",
        one.done,
        one.skipped,
        one.hurt,
        one.worst,
        plain(f"button.felt.{one.feedback.value}") if one.feedback else None,
        felt.before,
        felt.after,
    )


def _harmless(text: str) -> str:
    """Return a text that a person chose as nothing but a text."""
    return f"'{text}" if text.startswith(_FORMULA) else text
