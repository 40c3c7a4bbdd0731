"""Reminders as they arrive, and what a tap on one says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from markupsafe import Markup

from bot.callbacks import (
    MovementDone,
    MovementSkip,
    NotToday,
    Resume,
    Snooze,
    StartLength,
    StartNow,
    StartOccurrence,
)
from bot.domain.catalogue import Catalogue
from bot.domain.lengths import offered_of
from bot.domain.local_time import local_day
from bot.domain.person import PauseReason, Someone
from bot.domain.reminder import OF_ROUTINE, ReminderKind
from bot.domain.spreading import Handed
from bot.domain.typed_text import NotUnderstood
from bot.reply import Reply
from bot.texts import Texts
from bot.views import handed
from bot.views.keyboard import Key, keyboard
from bot.views.lines import paragraphs, reason, when

SNOOZES = SHORT, LONG = 10, 60  # minutes
MOST_OTHERS = 8  # named beside the first in one message


@dataclass(frozen=True, slots=True)
class Reminded:
    """An occurrence in a message, and the key of the routine or the practice it reminds of.

    `handed` is what a movement of the routine asks for.
    """

    occurrence: int
    kind: ReminderKind
    key: str
    handed: Handed | None = None


def nudge(
    reminded: Sequence[Reminded],
    catalogue: Catalogue,
    texts: Texts,
    *,
    turn: int = 0,
    planned: str = "",
    was_down: bool = False,
) -> Reply:
    """Remind of the first in words of its own, and of the others in a line and a button each.

    `turn` chooses the words. `planned` tells the time of one that comes late, and `was_down` that
    this was our fault.
    """
    head, others = reminded[0], _others(reminded)
    late = texts("nudge.late" if was_down else "nudge.planned", clock=planned) if planned else None
    lines = [texts("nudge.also", name=_name(one, catalogue)) for one in others]
    movements = [one.handed for one in reminded if one.handed]
    first, last = _first_and_last(head, texts)
    return Reply(
        paragraphs(
            late,
            _words(head, catalogue, texts, turn),
            handed.lines(movements, catalogue, texts),
            Markup("\n").join(lines),
        ),
        keyboard=keyboard(
            first,
            _lengths(head, catalogue, texts),
            *(
                [(texts("button.start_other", name=_name(one, catalogue)), _start(one))]
                for one in others
            ),
            [
                (texts("button.snooze_short"), Snooze(head.occurrence, SHORT)),
                (texts("button.snooze_long"), Snooze(head.occurrence, LONG)),
            ],
            last,
        ),
    )


def _first_and_last(head: Reminded, texts: Texts) -> tuple[list[Key], list[Key]]:
    """Return the buttons to do it and to leave it; a movement can be done without a session."""
    first: list[Key] = [(texts("button.start"), _start(head))]
    last: list[Key] = [(texts("button.not_today"), NotToday(head.occurrence))]
    if head.handed is not None:
        first.insert(0, (texts("button.done"), MovementDone(head.occurrence)))
        last.insert(0, (texts("button.skip"), MovementSkip(head.occurrence)))
    return first, last


def _lengths(head: Reminded, catalogue: Catalogue, texts: Texts) -> list[Key]:
    """Return how else than in full the routine may be started."""
    if head.kind is not ReminderKind.ROUTINE:
        return []
    _, *less = offered_of(catalogue, catalogue.routines[head.key])
    return [
        (texts(f"button.start_length.{length.value}"), StartLength(head.occurrence, length))
        for length in less
    ]


def _others(reminded: Sequence[Reminded]) -> list[Reminded]:
    """Return what else a message reminds of, each thing once."""
    things = {(one.kind, one.key): one for one in reversed(reminded)}
    del things[reminded[0].kind, reminded[0].key]
    return list(things.values())[::-1][:MOST_OTHERS]


def _words(head: Reminded, catalogue: Catalogue, texts: Texts, turn: int) -> Markup:
    name = _name(head, catalogue)
    if head.handed is not None:
        number, total = head.handed.number, head.handed.total
        return texts.varied("nudge.movement", turn, number=number, total=total)
    if head.kind is ReminderKind.PRACTICE:
        return texts.varied("nudge.practice", turn, name=name)
    routine = catalogue.routines[head.key]
    if routine.days:
        return texts.varied("nudge.programme", turn, name=name)
    return texts.varied("nudge.routine", turn, name=name, n=round(routine.seconds / 60))


def _name(one: Reminded, catalogue: Catalogue) -> str:
    if one.kind in OF_ROUTINE:
        return catalogue.routines[one.key].name
    practice = catalogue.practices.get(one.key)
    return practice.name if practice else one.key


def _start(one: Reminded) -> StartOccurrence:
    return StartOccurrence(one.occurrence)


def over(planned: str, texts: Texts) -> Reply:
    """Say that the bot was down when a reminder was due whose day is over."""
    return Reply(
        texts("nudge.over", planned=planned),
        keyboard=keyboard([(texts("button.start_now"), StartNow())]),
    )


def snoozed(until: datetime, person: Someone, texts: Texts) -> Reply:
    """Confirm a snooze."""
    return Reply(texts("reminder.snoozed", clock=texts.clock(until, person.zone)))


def paused(
    person: Someone, next_at: datetime | None, now: datetime, texts: Texts, *, returns: date | None
) -> Reply:
    """Confirm a pause; on the date `returns` reminders come again."""
    if person.pause_reason is PauseReason.SAFETY:
        return not_cleared(texts)
    if returns is None:
        text = texts("pause.open")
    else:
        # The date is said once: where nothing comes even then, that is all there is to say.
        following = next_line(next_at, person, now, texts) if next_at else texts("next.none")
        text = texts("pause.until", day=texts.day(returns), next=following)
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
