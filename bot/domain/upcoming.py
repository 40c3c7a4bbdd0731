"""What comes next of a reminder: its next planned moment, and when that one is claimed."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.domain.schedule import Rule, fires_after, next_fire

# With "around this time" a reminder comes so much early or late at most.
AROUND = timedelta(minutes=2)


def upcoming(
    rule: Rule, zone: ZoneInfo, now: datetime, *floors: datetime | None
) -> datetime | None:
    """Return the next planned moment in UTC: after now, and after every one of the `floors`.

    A floor is up to where moments are settled, or until when everything rests.
    """
    return next_fire(rule, latest(now, *floors), zone)


def preview(
    rule: Rule, zone: ZoneInfo, count: int, now: datetime, *floors: datetime | None
) -> list[datetime]:
    """Return the next `count` planned moments in UTC, fewer where the rule ends."""
    return list(islice(fires_after(rule, latest(now, *floors), zone), count))


def claim_at(planned: datetime, person_id: int, *, around: bool) -> datetime:
    """Return when what is planned is claimed: then, or up to two minutes off `around` that time.

    Drawn from the person and the moment, so that reminders of one minute stay together.
    """
    if not around:
        return planned
    reach = AROUND // timedelta(seconds=1)
    drawn = crc32(f"{person_id}:{planned.isoformat()}".encode()) % (2 * reach + 1)
    return planned + timedelta(seconds=drawn - reach)


def latest(now: datetime, *floors: datetime | None) -> datetime:
    """Return the latest of now and those of the `floors` that are set."""
    return max([now, *(floor for floor in floors if floor)])
