"""The schedule: what is set, and how to change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from markupsafe import Markup, escape

from bot.callbacks import (
    AddReminder,
    ChangeReminder,
    Compose,
    OpenMove,
    OpenReminder,
    RemoveReminder,
    RestReminder,
    ShowSchedule,
    UndoChange,
    WizardPage,
)
from bot.domain.agenda import Asked, Line, Notice, NotUndone, One, Plan
from bot.domain.catalogue import Catalogue
from bot.domain.draft import Draft
from bot.domain.firings import Firing, by_day
from bot.domain.person import Someone
from bot.domain.reminder import ReminderKind
from bot.domain.typed_text import NotUnderstood
from bot.reply import Reply
from bot.texts import Texts
from bot.views.folding import FOLDED, fold, height
from bot.views.keyboard import Key, keyboard, to_settings
from bot.views.lines import paragraphs, place, reason, rule_words
from bot.views.reminders import next_line, pause_line

ROOM = 20  # lines of a phone
MOST_GONE = 3  # reminders that are named when they are no more
FEW_DAYS = 5  # that one reminder alone is told ahead
TITLES = {
    Notice.SAVED: "schedule.changed",
    Notice.REMOVED: "schedule.changed",
    Notice.RESTS: "schedule.rests",
    Notice.WAKES: "schedule.wakes",
    Notice.SAME: "schedule.same",
    Notice.FULL: "schedule.full",
    Notice.UNDONE: "schedule.undone",
}
ASKS = {
    ReminderKind.ROUTINE: "schedule.ask_time",
    ReminderKind.PRACTICE: "schedule.ask_practice",
    ReminderKind.MOVEMENT: "schedule.ask_movement",
}
NOT_UNDONE = {
    NotUndone.NOTHING: "undo.nothing",
    NotUndone.OLDER: "undo.older",
    NotUndone.TOO_LATE: "undo.too_late",
}


def plan(found: Plan, catalogue: Catalogue, texts: Texts) -> Reply:
    """Show all reminders and what comes next, with buttons to change, remove and more."""
    title = _title(found, texts)
    zone_line = texts(
        "schedule.zone",
        zone=_zone(found.person),
        clock=texts.clock(found.now, found.person.zone),
    )
    coming = _coming(found, texts)
    lines = [
        _line(number, line, catalogue, texts) for number, line in enumerate(found.lines, start=1)
    ]
    room = ROOM - height(title) - bool(title) - height(zone_line) - 1
    if not lines:
        return _page(found, (title, texts("schedule.empty"), zone_line), texts)
    least = height(coming[0]) + min(len(coming) - 1, FOLDED) + 1
    shown = fold(lines, room - least, texts)
    left = room - 1 - min(sum(map(height, lines)), room - least) - height(coming[0])
    days = [fold(coming[1:], left, texts)] if coming[1:] else []
    soon = Markup("\n").join([coming[0], *days])
    return _page(found, (title, shown, soon, zone_line), texts)


def _page(found: Plan, parts: Iterable[Markup | None], texts: Texts) -> Reply:
    return Reply(paragraphs(*parts), keyboard=keyboard(*_plan_rows(found, texts)))


def _plan_rows(found: Plan, texts: Texts) -> list[list[Key]]:
    rows: list[list[Key]] = [
        [
            (texts("button.change", number=number), ChangeReminder(line.id)),
            (texts("button.remove", number=number), RemoveReminder(line.id)),
            (texts("button.more_of", number=number), OpenReminder(line.id)),
        ]
        for number, line in enumerate(found.lines, start=1)
    ]
    rows.append([(texts("button.add_reminder"), AddReminder())])
    if found.changed and found.undo is not None:
        rows[-1].append((texts("button.undo"), UndoChange(found.undo)))
    rows.append([to_settings(texts)])
    return rows


def _title(found: Plan, texts: Texts) -> Markup | None:
    """Say what was done, and which reminders are no more for it."""
    if found.notice is None:
        return None
    if not found.gone or found.notice not in (Notice.SAVED, Notice.REMOVED):
        return texts(TITLES[found.notice])
    removed = found.notice is Notice.REMOVED
    named = [
        texts("format.bullet", text=rule_words(line.rule, texts, short=True))
        for line in found.gone[:MOST_GONE]
    ]
    if len(found.gone) > MOST_GONE:
        named.append(texts("schedule.gone_more", n=len(found.gone) - MOST_GONE))
    title = texts("schedule.removed" if removed else "schedule.replaced")
    return Markup("\n").join([title, fold(named, FOLDED, texts)])


def _line(number: int, line: Line, catalogue: Catalogue, texts: Texts) -> Markup:
    return texts(
        _line_key(line),
        number=number,
        name=name_of(line.kind, line.entry, catalogue, texts),
        rule=rule_words(line.rule, texts, short=True),
    )


def _line_key(line: Line) -> str:
    if line.aside:
        return f"schedule.line_aside.{line.kind.value}"
    return "schedule.line_rests" if line.rests else "schedule.line"


def _coming(found: Plan, texts: Texts) -> list[Markup]:
    """Say what comes next, or why nothing does, and then a line a day."""
    if not found.firings:
        return [next_line(found.next_at, found.person, found.now, texts)]
    title = texts("schedule.next")
    if found.person.paused(found.now):
        title = Markup("\n").join([pause_line(found.person, texts), title])
    return [title, *day_lines(found.firings, found.person, found.now, texts)]


def day_lines(
    found: Sequence[Firing], person: Someone, now: datetime, texts: Texts
) -> list[Markup]:
    """Return a line a day: "today 07:30, 21:00"."""
    today = now.astimezone(person.zone).date()
    return [
        texts(
            "schedule.day",
            day=_day(day, today, texts),
            times=Markup(", ").join(_clock(one, person, texts) for one in each),
        )
        for day, each in by_day(found, person.zone)
    ]


def _day(day: date, today: date, texts: Texts) -> str:
    if day == today:
        return texts("day.today")
    return texts("day.tomorrow") if day == today + timedelta(days=1) else texts.day(day)


def _clock(one: Firing, person: Someone, texts: Texts) -> Markup:
    clock = escape(texts.clock(one.at, person.zone))
    if one.breathing:
        clock = texts("schedule.breathing", clock=clock)
    return texts("schedule.moved", clock=clock) if one.moved else clock


def one(found: One, catalogue: Catalogue, texts: Texts) -> Reply:
    """Show one reminder alone, with what else can be done with it."""
    line, number = found.line, found.number
    name = name_of(line.kind, line.entry, catalogue, texts)
    coming = day_lines(found.firings[:FEW_DAYS], found.person, found.now, texts)
    rests = "button.resume_one" if line.rests else "button.pause_one"
    return Reply(
        paragraphs(
            texts(_line_key(line), number=number, name=name, rule=rule_words(line.rule, texts)),
            Markup("\n").join([texts("schedule.next"), *coming]) if coming else None,
        ),
        keyboard=keyboard(
            [(texts("button.move"), OpenMove(line.id))] if coming else [],
            [(texts(rests), RestReminder(line.id, not line.rests))],
            [
                (texts("button.change", number=number), ChangeReminder(line.id)),
                (texts("button.remove", number=number), RemoveReminder(line.id)),
            ],
            [(texts("button.go_back"), ShowSchedule())],
        ),
    )


def ask_time(texts: Texts) -> Reply:
    """Ask for a time in the person's own words, or by buttons."""
    begin = Compose(WizardPage.KIND, None, Draft().code)
    return _asked(texts("schedule.ask_time"), begin, texts)


def ask_change(reminder: int, asked: Asked, texts: Texts) -> Reply:
    """Ask for another time of a reminder, in the person's own words or by buttons."""
    rule = rule_words(asked.rule, texts, short=True)
    text = paragraphs(texts(ASKS[asked.draft.kind]), texts("schedule.rule_now", rule=rule))
    return _asked(text, Compose(WizardPage.FORM, reminder, asked.draft.code), texts)


def _asked(text: Markup, begin: Compose, texts: Texts) -> Reply:
    return Reply(
        text,
        keyboard=keyboard(
            [(texts("button.by_buttons"), begin)],
            [(texts("button.cancel"), ShowSchedule())],
        ),
    )


def no_such(number: int, texts: Texts) -> Reply:
    """Say that the list has no reminder of that number."""
    return Reply(texts("schedule.no_such", number=number))


def not_undone(why: NotUndone, texts: Texts) -> Reply:
    """Say why nothing was taken back."""
    return Reply(texts(NOT_UNDONE[why]))


def not_understood(misread: NotUnderstood, texts: Texts) -> Reply:
    """Say which part was not understood and how a schedule is typed; nothing was changed."""
    return Reply(paragraphs(reason(misread, texts), texts("schedule.examples")))


def time_not_understood(misread: NotUnderstood, texts: Texts) -> Reply:
    """Say which part was not understood and how a time is typed; the question stays open."""
    return Reply(paragraphs(reason(misread, texts), texts("schedule.time_examples")))


def name_of(kind: ReminderKind, entry: str | None, catalogue: Catalogue, texts: Texts) -> str:
    """Return what a reminder is of."""
    if kind is ReminderKind.MOVEMENT:
        return texts("schedule.movement")
    if kind is ReminderKind.ROUTINE or entry is None:
        return texts("schedule.routine")
    practice = catalogue.practices.get(entry)
    return practice.name if practice else entry


def _zone(person: Someone) -> str:
    return place(person.zone_name or "UTC")
