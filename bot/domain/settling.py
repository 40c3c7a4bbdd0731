"""What becomes of the moments that are due for one person: out, later, or silent, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.downtime import Missed, decide, is_late
from bot.domain.local_time import DAY, instant
from bot.domain.reminder import OF_ROUTINE, OccurrenceState, ReminderKind, SkipReason
from bot.domain.windows import holds

# After so many days of unanswered reminders one gentle question goes out in their place.
IGNORED_DAYS = 3

# A practice done so shortly before its reminder needs no reminder.
JUST_DONE = timedelta(minutes=30)

# An unanswered reminder comes again so often at most, and only where the person chose it.
MOST_REPEATS = 2


Practised = tuple[tuple[str, datetime], ...]  # which practice, and when it was finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of a person when something of theirs falls due."""

    zone: ZoneInfo
    done: frozenset[date] = frozenset()  # practice days with a finished routine
    begun: frozenset[date] = frozenset()  # practice days with a routine under way
    practised: Practised = ()  # practices finished lately
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


EASED = Settled(OccurrenceState.SKIPPED, reason=SkipReason.EASED)


def settle(missed: Sequence[Missed], person: Situation, now: datetime) -> dict[Missed, Settled]:
    """Decide about everything that is due for one person at `now`.

    A recap is told beside the reminders: neither puts the other off.
    """
    told = [one for one in missed if one.kind is ReminderKind.RECAP]
    return _reminded([one for one in missed if one not in told], person, now) | {
        one: _recap(one, told, person, now) for one in told
    }


def _recap(one: Missed, told: Sequence[Missed], person: Situation, now: datetime) -> Settled:
    """Let the newest recap go out while it is of use, and say no word about one that is not."""
    if now >= one.expires_at or any(each.due_at > one.due_at for each in told):
        return Settled(OccurrenceState.BOT_WAS_DOWN)
    over = quiet_until(now, person.quiet, person.zone)
    if over is not None and over >= one.expires_at:
        return Settled(OccurrenceState.SKIPPED, reason=SkipReason.QUIET)
    return Settled(OccurrenceState.DUE, over or now)


def _reminded(missed: Sequence[Missed], person: Situation, now: datetime) -> dict[Missed, Settled]:
    found = {one: Settled(state) for one in missed if (state := _silent(one, person, now))}
    rest = [one for one in missed if one not in found]
    decision = decide(rest, now)
    found |= {one: Settled(OccurrenceState.BOT_WAS_DOWN) for one in decision.down}
    timed = {one: _timed(one, person, now) for one in rest if one not in found}
    return found | _eased(timed, person)


def _silent(one: Missed, person: Situation, now: datetime) -> OccurrenceState | None:
    """Return the state of what needs no reminder: it is done, or they are at it."""
    if one.kind in OF_ROUTINE:
        if one.day in person.done:
            return OccurrenceState.DONE
        return OccurrenceState.STARTED if one.day in person.begun else None
    return OccurrenceState.DONE if just_done(one.entry, person.practised, now) else None


def just_done(entry: str | None, practised: Practised, now: datetime) -> bool:
    """Return whether this practice was finished so shortly ago that it needs no reminder."""
    return any(key == entry and now - finished < JUST_DONE for key, finished in practised)


def _timed(one: Missed, person: Situation, now: datetime) -> Settled:
    """Let a moment go out now, or when the quiet hours are over; a breath is not kept for later.

    What comes late goes out after them even where it has expired: as an honest word, no more.
    """
    over = quiet_until(now, person.quiet, person.zone)
    if over is None:
        return Settled(OccurrenceState.DUE, now)
    late, breath = is_late(one.due_at, now), one.kind is ReminderKind.PRACTICE
    if not breath and (late or over < one.expires_at):
        return Settled(OccurrenceState.DUE, over)
    if late:
        return Settled(OccurrenceState.BOT_WAS_DOWN)
    return Settled(OccurrenceState.SKIPPED, reason=SkipReason.QUIET)


def _eased(timed: Mapping[Missed, Settled], person: Situation) -> dict[Missed, Settled]:
    """Let fewer go out, or one of them ask, because reminders were ignored for days.

    The question takes the place of what goes out first on its day; from then on every second day
    is silent.
    """
    if person.eased_on is None and person.ignored < IGNORED_DAYS:
        return dict(timed)
    found = dict(timed)
    going = [one for one, settled in timed.items() if settled.send_at is not None]
    if person.eased_on is not None:
        away = [one for one in going if stays_away(one.day, person.eased_on)]
        return found | dict.fromkeys(away, EASED)
    # What is over by then says only that the bot was down.
    going = [one for one in going if (found[one].send_at or one.due_at) < one.expires_at]
    going.sort(key=lambda one: (one.kind not in OF_ROUTINE, one.due_at))
    for one in going[:1]:
        found[one] = replace(found[one], asks=True)
    return found | dict.fromkeys(going[1:], EASED)


def stays_away(day: date, eased_on: date) -> bool:
    """Return whether reminders are silent on a day since the gentle question: every second one."""
    days = (day - eased_on).days
    return days == 0 or days % 2 == 1


def quiet_hours(start: time | None, end: time | None) -> tuple[time, time] | None:
    """Return both ends of the quiet hours as they are stored; None where there are none."""
    return None if start is None or end is None else (start, end)


def quiet_until(now: datetime, quiet: tuple[time, time] | None, zone: ZoneInfo) -> datetime | None:
    """Return the UTC moment when the quiet hours that now lies in end; None outside of them."""
    if quiet is None or not holds(*quiet, now.astimezone(zone).time()):
        return None
    day = now.astimezone(zone).date()
    ends = (instant(day + ahead * DAY, quiet[1], zone) for ahead in (0, 1))
    return next((moment for moment in ends if moment > now), None)


def repeat_at(
    now: datetime,
    minutes: int | None,
    repeats: int,
    expires_at: datetime,
    quiet: tuple[time, time] | None,
    zone: ZoneInfo,
) -> datetime | None:
    """Return when a reminder that goes out now comes again where it is not answered; None: never.

    `minutes` is what the person chose, None where they chose no repeats; `repeats` is how often it
    came again already. A repeat never falls into the quiet hours, and none comes for what is over.
    """
    if minutes is None or repeats >= MOST_REPEATS:
        return None
    again = now + timedelta(minutes=minutes)
    if again >= expires_at or quiet_until(again, quiet, zone) is not None:
        return None
    return again
