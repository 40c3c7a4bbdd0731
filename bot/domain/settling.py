"""What becomes of the moments that are due for one person: out, later, or silent, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.downtime import Missed, decide
from bot.domain.local_time import DAY, instant
from bot.domain.reminder import OccurrenceState, ReminderKind, SkipReason
from bot.domain.windows import holds

# After so many days of unanswered reminders one gentle question goes out in their place.
IGNORED_DAYS = 3

# A practice done so shortly before its reminder needs no reminder.
JUST_DONE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of a person when something of theirs falls due."""

    zone: ZoneInfo
    done: frozenset[date] = frozenset()  # practice days with a finished routine
    begun: frozenset[date] = frozenset()  # practice days with a routine under way
    practised: tuple[tuple[str, datetime], ...] = ()  # practices finished lately
    quiet: tuple[time, time] | None = None
    ignored: int = 0  # practice days before this one, in a row, with unanswered reminders
    eased_on: date | None = None  # when the gentle question went out that is still open


@dataclass(frozen=True, slots=True)
class Settled:
    """One moment's fate: `send_at` where it goes out, `reason` where it was skipped."""

    state: OccurrenceState
    send_at: datetime | None = None
    reason: SkipReason | None = None
    asks: bool = False  # goes out as the gentle question


def settle(missed: Sequence[Missed], person: Situation, now: datetime) -> dict[Missed, Settled]:
    """Decide about everything that is due for one person at `now`."""
    found = {one: Settled(state) for one in missed if (state := _silent(one, person, now))}
    rest = [one for one in missed if one not in found]
    decision = decide(rest, now)
    found |= {one: Settled(OccurrenceState.BOT_WAS_DOWN) for one in decision.down}
    wanted = [one for one in rest if one not in found]
    gentle = _eased(wanted, person)
    return found | {one: gentle.get(one) or _timed(one, person, now) for one in wanted}


def _silent(one: Missed, person: Situation, now: datetime) -> OccurrenceState | None:
    """Return the state of what needs no reminder: it is done, or they are at it."""
    if one.kind is ReminderKind.ROUTINE:
        if one.day in person.done:
            return OccurrenceState.DONE
        return OccurrenceState.STARTED if one.day in person.begun else None
    lately = any(
        entry == one.entry and now - finished < JUST_DONE for entry, finished in person.practised
    )
    return OccurrenceState.DONE if lately else None


def _eased(wanted: Iterable[Missed], person: Situation) -> dict[Missed, Settled]:
    """Return what stays away, or asks, because reminders were ignored for days.

    The question replaces the first reminder of its day; from then on every second day is silent.
    """
    skipped = Settled(OccurrenceState.SKIPPED, reason=SkipReason.EASED)
    if person.eased_on is not None:
        eased_on = person.eased_on
        return {
            one: skipped for one in wanted if one.day == eased_on or (one.day - eased_on).days % 2
        }
    if person.ignored < IGNORED_DAYS:
        return {}
    ordered = sorted(wanted, key=lambda one: (one.kind is not ReminderKind.ROUTINE, one.due_at))
    return dict.fromkeys(ordered[1:], skipped)


def _stays_away(days: int) -> bool:
    """Return whether reminders are silent so many days after the gentle question."""
    return days == 0 or days % 2 == 1


def _timed(one: Missed, person: Situation, now: datetime) -> Settled:
    """Let a moment go out now, or when the quiet hours are over; a breath is not kept for later."""
    asks = person.ignored >= IGNORED_DAYS and person.eased_on is None
    over = quiet_until(now, person.quiet, person.zone)
    if over is None:
        return Settled(OccurrenceState.DUE, now, asks=asks)
    if one.kind is ReminderKind.PRACTICE or over >= one.expires_at:
        return Settled(OccurrenceState.SKIPPED, reason=SkipReason.QUIET)
    return Settled(OccurrenceState.DUE, over, asks=asks)


def quiet_until(now: datetime, quiet: tuple[time, time] | None, zone: ZoneInfo) -> datetime | None:
    """Return the UTC moment when the quiet hours that now lies in end; None outside of them."""
    if quiet is None or not holds(*quiet, now.astimezone(zone).time()):
        return None
    day = now.astimezone(zone).date()
    ends = (instant(day + ahead * DAY, quiet[1], zone) for ahead in (0, 1))
    return next((moment for moment in ends if moment > now), None)
