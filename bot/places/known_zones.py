"""The time zones there are, by the names and offsets that people type."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.typed_text import tidy
from bot.places.folding import fold

# No zones: one says that none was chosen, the other what the machine is set to.
NOT_ZONES = {"Factory", "localtime"}

# Beyond these offsets there is no Etc zone and no place on Earth.
WESTERNMOST, EASTERNMOST = timedelta(hours=-12), timedelta(hours=14)

MONTH = timedelta(days=30)

_OFFSET = re.compile(
    r"(?: (?P<utc> utc | gmt | z ) [ ]? )? (?P<sign> [+-] )? [ ]?"
    r"(?P<hours> \d{1,2} ) (?: :? (?P<minutes> \d\d ) | [.,] (?P<half> 50? ) )?",
    re.VERBOSE,
)


@cache
def zone_names() -> frozenset[str]:
    """Return the names of all zones."""
    return frozenset(available_timezones() - NOT_ZONES)


def zone_called(text: str) -> str | None:
    """Return the zone with this IANA name, in any case, with spaces for its other signs."""
    return _by_key().get(_key(text))


def zones_ending(folded: str) -> list[str]:
    """Return the zones whose last part, folded, is this: "lord howe", "troll"."""
    return _by_ending().get(folded, [])


def offset_said(text: str) -> timedelta | None:
    """Return the offset from UTC that `text` says, as in +2, UTC+5:30, GMT-3, utc; or None.

    An offset that no place on Earth has is returned too.
    """
    plain = tidy(text).lower()
    if plain in ("utc", "gmt", "z"):
        return timedelta()
    match = _OFFSET.fullmatch(plain)
    if match is None or not (match["utc"] or match["sign"]):
        return None
    minutes = 30 if match["half"] else int(match["minutes"] or 0)
    offset = timedelta(hours=int(match["hours"]), minutes=minutes)
    return -offset if match["sign"] == "-" else offset


def is_on_earth(offset: timedelta) -> bool:
    """Return whether a zone may have this offset."""
    return WESTERNMOST <= offset <= EASTERNMOST


def fixed_zone(offset: timedelta) -> str | None:
    """Return the zone that always has this offset; None unless it is whole hours on Earth."""
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or not is_on_earth(offset):
        return None
    # The names count westwards.
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/UTC"


def in_zone(now: datetime, zone: str) -> datetime:
    """Return `now` on the clock of a zone."""
    return now.astimezone(_zone(zone))


def year_of(zone: str, now: datetime) -> tuple[timedelta | None, ...]:
    """Return the zone's offsets in the year from `now`; zones that agree in it share a clock."""
    return tuple(in_zone(now + months * MONTH, zone).utcoffset() for months in range(13))


# Python itself keeps only a handful of zones; a look at all of them takes a tenth of a second.
_zone = cache(ZoneInfo)


@cache
def _by_key() -> dict[str, str]:
    return {_key(name): name for name in sorted(zone_names())}


@cache
def _by_ending() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(zone_names()):
        ending = fold(name.rsplit("/", 1)[-1])
        if "/" in name and not name.startswith("Etc/"):
            found.setdefault(ending, []).append(name)
    return found


def _key(text: str) -> str:
    key = re.sub(r"[\s/_]+", "_", text.strip().lower())
    # In Etc/GMT-3 the hyphen is a sign.
    return key if any(sign.isdigit() for sign in key) else key.replace("-", "_")
