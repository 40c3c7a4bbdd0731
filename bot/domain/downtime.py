"""What becomes of reminders that fell due while the bot was down: at most one late message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.local_time import DAY, DAY_END, day_end_at, local_day
from bot.domain.reminder import OF_ROUTINE, ReminderKind
from bot.domain.schedule import Rule, next_fire

# What is claimed longer than this after it was due was due while the bot was down.
LATE_AFTER = timedelta(minutes=5)

# A breath is for now: its reminder is of no use later than this after it was due.
PRACTICE_USEFUL = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Missed:
    """One due moment that nobody was told about yet; of no use from `expires_at` on."""

    reminder_id: int
    kind: ReminderKind
    due_at: datetime
    expires_at: datetime
    day: date  # the person's practice day it belongs to
    entry: str | None = None  # key of the practice


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with the missed due moments of one person.

    `punctual` go out as if nothing had happened. `late` goes out marked late; where it has expired
    it is one honest sentence and no more. `down` are recorded as "bot was down" without a message.
    """

    punctual: tuple[Missed, ...] = ()
    late: Missed | None = None
    down: tuple[Missed, ...] = ()


def is_late(due_at: datetime, now: datetime) -> bool:
    """Return whether what was due at `due_at` is late at `now`."""
    return now - due_at > LATE_AFTER


def decide(missed: Iterable[Missed], now: datetime) -> Decision:
    """Decide about everything that one person missed until `now`.

    What is not late yet goes out as usual. Of what is late one goes out: what is still of use
    before what has expired, the routine before a practice, then the newest; but nothing of a
    reminder that has a newer, punctual moment, and nothing expired beside a punctual one.
    """
    ordered = sorted(missed, key=lambda one: (one.due_at, one.reminder_id))
    punctual = tuple(
        one for one in ordered if not is_late(one.due_at, now) and now < one.expires_at
    )
    told = {one.reminder_id for one in punctual}
    rest = [one for one in ordered if one not in punctual]
    late = [one for one in rest if one.reminder_id not in told]
    if punctual:
        late = [one for one in late if now < one.expires_at]
    chosen = max(late, key=lambda one: _worth(one, now), default=None)
    return Decision(punctual, chosen, tuple(one for one in rest if one is not chosen))


def _worth(one: Missed, now: datetime) -> tuple[bool, bool, datetime]:
    return now < one.expires_at, one.kind in OF_ROUTINE, one.due_at


def expires_at(
    rule: Rule, due_at: datetime, kind: ReminderKind, zone: ZoneInfo, day_end: time = DAY_END
) -> datetime:
    """Return the UTC moment from which a reminder due at `due_at` is of no use any more.

    A routine's, and that of a movement of it, is the end of its practice day; a recap's the end of
    the day after; a practice's is its next firing, or two hours later where that is earlier.
    """
    if kind is ReminderKind.RECAP:
        return day_end_at(local_day(due_at, zone, day_end) + DAY, zone, day_end)
    if kind in OF_ROUTINE:
        return day_end_at(local_day(due_at, zone, day_end), zone, day_end)
    soon = due_at + PRACTICE_USEFUL
    return min(soon, next_fire(rule, due_at, zone) or soon)
