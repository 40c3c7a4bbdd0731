"""Why not today, the gentle question after quiet days, and pauses with a date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from markupsafe import Markup

from bot.callbacks import (
    AnswerGently,
    Because,
    ChooseRoutine,
    NoPause,
    NotToday,
    OfferPause,
    OpenPage,
    PauseUntil,
    Start,
    StartNow,
    StartOccurrence,
    TypePause,
    UndoChange,
)
from bot.domain.catalogue import Catalogue, Entry, Practice, Routine
from bot.domain.dose import Level
from bot.domain.manners import PAUSES, Wish
from bot.domain.person import Someone
from bot.domain.player import SessionKind
from bot.domain.reminder import SkipReason
from bot.domain.session import Wanted
from bot.reply import Reply
from bot.texts import Texts
from bot.views.keyboard import Key, grid, keyboard
from bot.views.lines import paragraphs
from bot.views.reminders import next_line

WHY = {
    SkipReason.NO_TIME: "button.because.no_time",
    SkipReason.PAIN: "button.because.pain",
    SkipReason.ILL: "button.because.ill",
    SkipReason.TRAVELLING: "button.because.travelling",
}

WEEK = 7


def left_out(
    occurrence: int, next_at: datetime | None, person: Someone, now: datetime, texts: Texts
) -> Reply:
    """Accept "not today" without a word of blame, and ask why, which needs no answer."""
    keys: list[Key] = [(texts(label), Because(occurrence, why)) for why, label in WHY.items()]
    return Reply(
        paragraphs(
            texts("reminder.not_today", next=next_line(next_at, person, now, texts)),
            texts("why.ask"),
        ),
        keyboard=keyboard(*grid(keys, 2), [(texts("button.start_anyway"), StartNow())]),
    )


def no_time(next_words: Markup, short: Routine | None, one: Entry | None, texts: Texts) -> Reply:
    """Say that it happens, and offer what takes less time, where there is something."""
    rows: list[list[Key]] = []
    if short is not None:
        wanted = Wanted(SessionKind.ROUTINE, short.key)
        rows.append([(_timed("button.short", short.name, short.seconds, texts), _start(wanted))])
    if one is not None:
        kind = SessionKind.PRACTICE if isinstance(one, Practice) else SessionKind.EXERCISE
        rows.append([(texts("button.one_thing", name=one.name), _start(Wanted(kind, one.key)))])
    offer = texts("why.no_time_offer") if rows else None
    return Reply(paragraphs(texts("why.no_time", next=next_words), offer), keyboard=keyboard(*rows))


def _start(wanted: Wanted) -> Start:
    return Start(wanted.code)


def _timed(key: str, name: str, seconds: float, texts: Texts) -> Markup:
    return texts(key, name=name, minutes=max(round(seconds / 60), 1))


def pain(catalogue: Catalogue, texts: Texts) -> Reply:
    """Say what to do about pain and whom to see; nothing here leads on with the practice."""
    script = texts("format.plain", text=catalogue.safety.scripts["stop"])
    return Reply(
        paragraphs(script, texts("why.pain")),
        keyboard=keyboard(
            [(texts("button.pause"), OfferPause())], [(texts("button.rules"), OpenPage("rules"))]
        ),
    )


def ill(today: date, texts: Texts) -> Reply:
    """Wish them well and offer that everything rests."""
    return Reply(texts("why.ill"), keyboard=keyboard(*_pauses(today, texts)))


def travelling(today: date, texts: Texts) -> Reply:
    """Offer that everything rests, or that reminders follow."""
    zone: Key = (texts("button.settings.zone"), OpenPage("zone"))
    return Reply(texts("why.travelling"), keyboard=keyboard(*_pauses(today, texts), [zone]))


def offer_pause(today: date, texts: Texts) -> Reply:
    """Ask how long everything shall rest."""
    return Reply(texts("pause.offer"), keyboard=keyboard(*_pauses(today, texts)))


def _pauses(today: date, texts: Texts) -> list[list[Key]]:
    rows: list[list[Key]] = []
    for days in PAUSES:
        until = today + timedelta(days=days)
        weeks = days // WEEK
        key = "pause.for_days" if days % WEEK else "pause.for_weeks"
        label = texts(key, n=days if days % WEEK else weeks, day=texts.day(until))
        rows.append([(label, PauseUntil(f"{until:%Y%m%d}"))])
    return [
        *rows,
        [(texts("button.pause_date"), TypePause()), (texts("button.no_pause"), NoPause())],
    ]


def ask_date(texts: Texts) -> Reply:
    """Ask until when everything shall rest."""
    return Reply(texts("pause.ask"), keyboard=keyboard([(texts("button.no_pause"), NoPause())]))


def no_pause(next_at: datetime | None, person: Someone, now: datetime, texts: Texts) -> Reply:
    """Say that all stays as it is."""
    return Reply(texts("pause.none", next=next_line(next_at, person, now, texts)))


def question(occurrence: int, texts: Texts, *, can_be_shorter: bool) -> Reply:
    """Ask, after days without an answer, what shall change; in place of a reminder."""

    def key(label: str, wish: Wish) -> Key:
        return texts(label), AnswerGently(occurrence, wish)

    changes = [key("button.other_time", Wish.OTHER_TIME)]
    if can_be_shorter:
        changes.append(key("button.shorter", Wish.SHORTER))
    return Reply(
        texts("gentle.ask"),
        keyboard=keyboard(
            [(texts("button.start"), StartOccurrence(occurrence))],
            changes,
            [key("button.pause", Wish.PAUSE), key("button.stop_reminders", Wish.STOP)],
            [(texts("button.not_today"), NotToday(occurrence))],
        ),
    )


def shorter(found: Iterable[Routine], lighter: tuple[Routine, float] | None, texts: Texts) -> Reply:
    """Offer shorter routines from now on, and today's at the lightest level with its seconds."""
    rows: list[list[Key]] = [
        [(_timed("button.short_daily", one.name, one.seconds, texts), ChooseRoutine(one.key))]
        for one in found
    ]
    if lighter is not None:
        routine, seconds = lighter
        wanted = Wanted(SessionKind.ROUTINE, routine.key, Level.BEGINNER)
        rows.append([(_timed("button.lighter", routine.name, seconds, texts), _start(wanted))])
    return Reply(texts("gentle.shorter"), keyboard=keyboard(*rows))


def stopped(undo: int | None, texts: Texts) -> Reply:
    """Say that no reminder comes any more, and how they come back."""
    keys: list[Key] = [(texts("button.undo"), UndoChange(undo))] if undo is not None else []
    return Reply(texts("gentle.stopped"), keyboard=keyboard(keys))
