"""How a person is doing: the streak of planned days."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from bot.domain.reminder import OccurrenceState

LOOK_BACK = timedelta(days=400)  # a streak longer than this is shown as this long

# A planned day that ended like this breaks the streak; "bot was down" is our fault and never does.
_BROKEN = frozenset({OccurrenceState.SENT, OccurrenceState.MISSED, OccurrenceState.STARTED})


def streak(
    done: Collection[date], planned: Mapping[date, Collection[OccurrenceState]], today: date
) -> int:
    """Return how many planned days in a row were kept, up to today.

    Unplanned days and days the person declared off neither add nor break; a day that is done
    always adds; today breaks nothing before it is over.
    """
    finished = frozenset(done)
    length = 0
    for ago in range(LOOK_BACK.days):
        day = today - timedelta(days=ago)
        if day in finished:
            length += 1
        elif ago and _BROKEN.intersection(planned.get(day, ())):
            break
    return length
