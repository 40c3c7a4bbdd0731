"""Moving one moment of a reminder: when shall it come instead, and what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.callbacks import MoveMoment, OpenReminder, ShowSchedule, UndoChange
from bot.domain.agenda import Coming, Moment, Moved, NotMoved
from bot.domain.local_time import DAY, instant
from bot.domain.person import Someone
from bot.reply import Reply
from bot.texts import Texts
from bot.views.keyboard import Key, keyboard
from bot.views.lines import when

SOONER = (30, 60, 120)  # minutes
MINUTE = timedelta(minutes=1)
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

NOT_MOVED = {
    NotMoved.NOTHING: "move.nothing",
    NotMoved.DAY: "move.day",
    NotMoved.PAST: "move.past",
    NotMoved.SAME: "move.same",
}


def ask(found: Coming, moment: Moment, texts: Texts) -> Reply:
    """Ask when the next moment of a reminder shall come instead."""
    person = found.person
    keys: list[Key] = []
    for minutes in SOONER:
        to = moment.at + minutes * MINUTE
        label = "move.hours" if minutes % 60 == 0 else "move.minutes"
        n = minutes // 60 if minutes % 60 == 0 else minutes
        clock = texts.clock(to, person.zone)
        keys.append((texts(label, n=n, clock=clock), _to(moment, to)))
    local = moment.at.astimezone(person.zone)
    later = instant(local.date() + DAY, local.time(), person.zone)
    label = texts("move.next_day", when=_when(later, person, found.now, texts))
    return Reply(
        texts("move.ask", when=_when(moment.at, person, found.now, texts)),
        keyboard=keyboard(
            keys,
            [(label, _to(moment, later))],
            [
                (texts("button.go_back"), OpenReminder(moment.reminder)),
                (texts("button.cancel"), ShowSchedule()),
            ],
        ),
    )


def moved(found: Moved, texts: Texts) -> Reply:
    """Say which moment comes when instead, with a way to take it back."""
    was = _when(found.moment.at, found.person, found.now, texts)
    now = _when(found.at, found.person, found.now, texts)
    row: list[Key] = [(texts("button.reminders"), ShowSchedule())]
    if found.undo is not None:
        row.insert(0, (texts("button.undo"), UndoChange(found.undo)))
    return Reply(texts("move.done", was=was, now=now), keyboard=keyboard(row))


def not_moved(why: NotMoved, texts: Texts) -> Reply:
    """Say why nothing was moved."""
    return Reply(texts(NOT_MOVED[why]))


def minutes_of(moment: datetime) -> int:
    """Return a moment as a button holds it; those of the rule are whole minutes."""
    return (moment - EPOCH) // MINUTE


def moment_of(minutes: int) -> datetime | None:
    """Return the moment that a button holds; None where that is beyond the calendar."""
    try:
        return EPOCH + minutes * MINUTE
    except OverflowError:
        return None


def _to(moment: Moment, to: datetime) -> MoveMoment:
    return MoveMoment(moment.reminder, minutes_of(moment.due), minutes_of(to))


def _when(moment: datetime, person: Someone, now: datetime, texts: Texts) -> str:
    today = now.astimezone(person.zone).date()
    return when(moment, person.zone, today, texts)
