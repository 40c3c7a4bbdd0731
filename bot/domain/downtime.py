"""What becomes of reminders that fell due while the bot was down: at most one late message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.local_time import DAY_END, day_end_at, local_day
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule, next_fire

# A reminder that goes out longer than this after it was due says that it is late.
LATE_AFTER = timedelta(minutes=5)

# A breath is for now: its reminder is of no use later than this after it was due.
PRACTICE_USEFUL = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Missed:
    """One due moment that nobody was told about yet; of no use from `expires_at` on."""

    reminder_id: int
    due_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with the missed due moments of one person.

    `punctual` go out as if nothing had happened, `late` goes out marked late, and `down` are
    recorded as "bot was down" without a message.
    """

    punctual: tuple[Missed, ...] = ()
    late: Missed | None = None
    down: tuple[Missed, ...] = ()


def is_late(due_at: datetime, now: datetime) -> bool:
    """Return whether what was due at `due_at` is late at `now`."""
    return now - due_at > LATE_AFTER


def decide(missed: Iterable[Missed], now: datetime) -> Decision:
    """Decide about everything that one person missed until `now`.

    What is not late yet goes out as usual. Of what is late only the latest due moment that is
    still useful goes out, and none of a reminder that has a newer, punctual moment.
    """
    ordered = sorted(missed, key=lambda one: (one.due_at, one.reminder_id))
    useful = [one for one in ordered if now < one.expires_at]
    punctual = tuple(one for one in useful if not is_late(one.due_at, now))
    told = {one.reminder_id for one in punctual}
    late = [one for one in useful if is_late(one.due_at, now) and one.reminder_id not in told]
    chosen = late[-1] if late else None
    down = tuple(one for one in ordered if one not in punctual and one is not chosen)
    return Decision(punctual, chosen, down)


def expires_at(
    rule: Rule, due_at: datetime, kind: ReminderKind, zone: ZoneInfo, day_end: time = DAY_END
) -> datetime:
    """Return the UTC moment from which a reminder due at `due_at` is of no use any more.

    A routine's is the end of its practice day; a practice's is its next firing, or two hours
    later where that is earlier.
    """
    if kind is ReminderKind.ROUTINE:
        return day_end_at(local_day(due_at, zone, day_end), zone, day_end)
    soon = due_at + PRACTICE_USEFUL
    return min(soon, next_fire(rule, due_at, zone) or soon)
