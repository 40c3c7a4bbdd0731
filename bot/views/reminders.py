"""Reminders as they arrive, and what a tap on one says."""

from __future__ import annotations

from datetime import date, datetime, time

from markupsafe import Markup

from bot.callbacks import NotToday, Resume, Snooze, StartNow, StartOccurrence
from bot.domain.catalogue import Catalogue
from bot.domain.local_time import local_day
from bot.domain.person import PauseReason, Someone
from bot.domain.reminder import ReminderKind
from bot.domain.typed_text import NotUnderstood
from bot.reply import Reply
from bot.texts import Texts
from bot.views.keyboard import keyboard
from bot.views.lines import paragraphs, reason, when

SNOOZES = SHORT, LONG = 10, 60  # minutes


def nudge(
    occurrence: int,
    kind: ReminderKind,
    key: str,
    catalogue: Catalogue,
    texts: Texts,
    planned: str | None = None,
) -> Reply:
    """Remind of a routine or a practice; `planned` tells the time of one that comes late."""
    if kind is ReminderKind.ROUTINE:
        routine = catalogue.routines[key]
        body = (
            texts("nudge.programme", name=routine.name)
            if routine.days
            else texts("nudge.routine", name=routine.name, n=round(routine.seconds / 60))
        )
    else:
        practice = catalogue.practices.get(key)
        body = texts("nudge.practice", name=practice.name if practice else key)
    late = texts("nudge.late", clock=planned) if planned else None
    return Reply(
        paragraphs(late, body),
        keyboard=keyboard(
            [(texts("button.start"), StartOccurrence(occurrence))],
            [
                (texts("button.snooze_short"), Snooze(occurrence, SHORT)),
                (texts("button.snooze_long"), Snooze(occurrence, LONG)),
            ],
            [(texts("button.not_today"), NotToday(occurrence))],
        ),
    )


def over(planned: str, texts: Texts) -> Reply:
    """Say that the bot was down when a reminder was due whose day is over."""
    return Reply(
        texts("nudge.over", planned=planned),
        keyboard=keyboard([(texts("button.start_now"), StartNow())]),
    )


def snoozed(until: datetime, person: Someone, texts: Texts) -> Reply:
    """Confirm a snooze."""
    return Reply(texts("reminder.snoozed", clock=texts.clock(until, person.zone)))


def left_out(next_at: datetime | None, person: Someone, now: datetime, texts: Texts) -> Reply:
    """Accept "not today" without a word of blame."""
    return Reply(
        texts("reminder.not_today", next=next_line(next_at, person, now, texts)),
        keyboard=keyboard([(texts("button.start_anyway"), StartNow())]),
    )


def paused(
    person: Someone, next_at: datetime | None, now: datetime, texts: Texts, *, returns: date | None
) -> Reply:
    """Confirm a pause; on the date `returns` reminders come again."""
    if person.pause_reason is PauseReason.SAFETY:
        return not_cleared(texts)
    if returns is None:
        text = texts("pause.open")
    else:
        text = texts(
            "pause.until", day=texts.day(returns), next=next_line(next_at, person, now, texts)
        )
    return Reply(text, keyboard=keyboard([(texts("button.resume"), Resume())]))


def not_cleared(texts: Texts) -> Reply:
    """Say that everything rests after an emergency, with the button that ends it."""
    keys = keyboard([(texts("button.resume_cleared"), Resume())])
    return Reply(texts("home.paused_safety"), keyboard=keys)


def resumed(
    person: Someone, next_at: datetime | None, now: datetime, texts: Texts, *, changed: bool
) -> Reply:
    """Confirm that reminders come again."""
    key = "pause.resumed" if changed else "pause.was_not"
    return Reply(texts(key, next=next_line(next_at, person, now, texts)))


def pause_not_understood(misread: NotUnderstood, texts: Texts) -> Reply:
    """Say which part was not understood and how a pause is typed."""
    return Reply(paragraphs(reason(misread, texts), texts("pause.examples")))


def next_line(next_at: datetime | None, person: Someone, now: datetime, texts: Texts) -> Markup:
    """Say when the next reminder comes, or why there is none."""
    if next_at is None:
        return pause_line(person, texts) if person.paused(now) else texts("next.none")
    today = local_day(now, person.zone, time())
    return texts("next.at", when=when(next_at, person.zone, today, texts))


def pause_line(person: Someone, texts: Texts) -> Markup:
    """Say that reminders are paused, until when or because of what."""
    if person.pause_reason is PauseReason.SAFETY:
        return texts("home.paused_safety")
    if person.paused_until is None:
        return texts("home.paused")
    return texts("home.paused_until", day=texts.day(person.paused_until.astimezone(person.zone)))
