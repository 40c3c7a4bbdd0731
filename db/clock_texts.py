"""Moments as texts, in UTC and by the clock of a zone, for tens of thousands of them at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_UTC = "+00:00"
_HOUR = timedelta(hours=1)
_TO_THE_HOUR = len("2026-11-27T08")
_Hour = tuple[str, str]  # the same hour by the zone's clock, and how far that is from UTC


class ClockTexts:
    """Writes moments with the offset of each clock, as ISO 8601 has it.

    A clock is whole hours away from UTC in most zones, and nearly always the same in all of an
    hour: then only the hour is another, and it is reckoned once.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._hours: dict[str, _Hour | None] = {}

    def write(self, moment: datetime) -> tuple[str, str]:
        """Return a moment of UTC, whether or not it says so, in UTC and by the zone's clock."""
        text = moment.isoformat().removesuffix(_UTC)
        hour = text[:_TO_THE_HOUR]
        if hour not in self._hours:
            self._hours[hour] = self._reckon(moment)
        found = self._hours[hour]
        if found is None:
            local = moment.replace(tzinfo=UTC).astimezone(self._zone).isoformat()
        else:
            local = f"{found[0]}{text[_TO_THE_HOUR:]}{found[1]}"
        return text + _UTC, local

    def _reckon(self, moment: datetime) -> _Hour | None:
        """Return the hour of a moment by the zone's clock; None where that says too little."""
        began = moment.replace(minute=0, second=0, microsecond=0, tzinfo=UTC)
        first = began.astimezone(self._zone)
        last = (began + _HOUR - timedelta.resolution).astimezone(self._zone)
        offset = first.utcoffset()
        if offset is None or offset % _HOUR or offset != last.utcoffset():
            return None
        text = first.isoformat()
        return text[:_TO_THE_HOUR], text[len("2026-11-27T08:00:00") :]
