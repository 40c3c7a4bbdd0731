"""The wizard: a reminder put together by buttons, one question a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from markupsafe import Markup

from bot.button import Button
from bot.callbacks import (
    AddReminder,
    ChangeReminder,
    Compose,
    PickMinute,
    SetDraft,
    ShowSchedule,
    WizardPage,
)
from bot.domain.catalogue import Catalogue
from bot.domain.draft import MOST_TIMES, Draft, Form, mark, starting
from bot.domain.firings import Firing
from bot.domain.pace import Pace
from bot.domain.person import Someone
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import EVERY_DAY
from bot.domain.upcoming import preview
from bot.domain.windows import since_midnight, time_of
from bot.reply import Reply
from bot.texts import Texts
from bot.views.keyboard import Key, grid, keyboard
from bot.views.lines import paragraphs, rule_words
from bot.views.schedule import day_lines

COMMON = tuple(time(hour) for hour in range(6, 23))
INTERVALS = (30, 45, 60, 90, 120, 180, 240)  # minutes
COUNTS = (1, 2, 3, 4, 5, 6, 8)
HOUR = timedelta(hours=1)
WEEKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
SHOWN = 3  # firings that a screen shows ahead


@dataclass(frozen=True, slots=True)
class Wizard:
    """The draft in hand, and the reminder it changes, if any."""

    draft: Draft
    reminder: int | None
    person: Someone
    now: datetime

    def to(self, page: WizardPage, draft: Draft | None = None) -> Compose:
        """Return the button that goes on with the draft, or with another one."""
        return Compose(page, self.reminder, (draft or self.draft).code)


def kind(wizard: Wizard, texts: Texts) -> Reply:
    """Ask what to remind of."""
    spread = wizard.person.pace is Pace.SPREAD
    of_routine = ReminderKind.MOVEMENT if spread else ReminderKind.ROUTINE
    routine = replace(wizard.draft, kind=of_routine, practice="")
    practice = replace(wizard.draft, kind=ReminderKind.PRACTICE)
    rows: list[list[Key]] = [
        [(texts("wizard.routine"), wizard.to(WizardPage.FORM, routine))],
        [(texts("wizard.breathing"), wizard.to(WizardPage.PRACTICE, practice))],
    ]
    return _screen(texts("wizard.kind"), rows, AddReminder(), texts)


def practice(wizard: Wizard, catalogue: Catalogue, texts: Texts) -> Reply:
    """Ask which practice to remind of."""
    rows: list[list[Key]] = []
    for key, found in catalogue.practices.items():
        draft = replace(wizard.draft, practice=mark(key))
        rows.append(
            [(texts("button.practice", name=found.name), wizard.to(WizardPage.FORM, draft))]
        )
    return _screen(texts("wizard.practice"), rows, wizard.to(WizardPage.KIND), texts)


def form(wizard: Wizard, texts: Texts) -> Reply:
    """Ask whether at set times, every so often, or at random moments."""
    pages = {Form.TIMES: WizardPage.TIMES, Form.EVERY: WizardPage.WINDOW}
    labels = {
        Form.TIMES: texts("wizard.times"),
        Form.EVERY: texts("wizard.every"),
        Form.RANDOM: texts("wizard.random"),
    }
    rows: list[list[Key]] = [
        [(label, wizard.to(pages.get(each, WizardPage.WINDOW), wizard.draft.in_form(each)))]
        for each, label in labels.items()
    ]
    back: Button = wizard.to(WizardPage.PRACTICE if wizard.draft.practice else WizardPage.KIND)
    if wizard.reminder is not None:
        back = ChangeReminder(wizard.reminder)
    return _screen(texts("wizard.form"), rows, back, texts)


def times(wizard: Wizard, texts: Texts) -> Reply:
    """Toggle the common times; another one leads to the hours."""
    chosen = wizard.draft.times
    full = len(chosen) >= MOST_TIMES
    offered = chosen if full else chosen | {*COMMON}
    keys = [
        (_marked(texts.clock(at), at in chosen, texts), _toggle(wizard, at))
        for at in sorted(offered)
    ]
    rows = grid(keys, 4)
    if not full:
        rows.append([(texts("wizard.other_time"), wizard.to(WizardPage.HOUR))])
    rows.append([(texts("wizard.to_days"), wizard.to(WizardPage.DAYS))])
    picked = texts.listing([texts.clock(at) for at in sorted(chosen)])
    said = texts("wizard.picked", times=picked) if chosen else None
    hint = None if wizard.draft.practice else texts("wizard.type_times")
    text = paragraphs(texts("wizard.ask_times"), said, hint)
    return _screen(text, rows, wizard.to(WizardPage.FORM), texts)


def hour(wizard: Wizard, texts: Texts) -> Reply:
    """Ask for the hour of another time."""
    keys: list[Key] = [
        (
            texts("wizard.hour_key", hour=f"{number:02}"),
            PickMinute(number, wizard.reminder, wizard.draft.code),
        )
        for number in range(24)
    ]
    return _screen(texts("wizard.hour"), grid(keys, 6), wizard.to(WizardPage.TIMES), texts)


def minute(wizard: Wizard, number: int, texts: Texts) -> Reply:
    """Ask for the minute of another time at an hour."""
    keys: list[Key] = []
    for at in (time(number, five) for five in range(0, 60, 5)):
        draft = replace(wizard.draft, times=wizard.draft.times | {at})
        keys.append((texts.clock(at), wizard.to(WizardPage.TIMES, draft)))
    return _screen(texts("wizard.minute"), grid(keys, 4), wizard.to(WizardPage.HOUR), texts)


def window(wizard: Wizard, texts: Texts) -> Reply:
    """Ask how often, from when and until when."""
    draft = wizard.draft
    every = draft.form is Form.EVERY
    amounts = INTERVALS if every else COUNTS
    keys: list[Key] = []
    for amount in amounts:
        other = replace(draft, every=amount) if every else replace(draft, count=amount)
        label = _every(amount, texts) if every else texts("wizard.count", n=amount)
        keys.append((_marked(label, other == draft, texts), _stay(wizard, other)))
    rows = grid(keys, 4)
    rows.append(_steps(wizard, "start", texts))
    rows.append(_steps(wizard, "end", texts))
    rows.append([(texts("wizard.to_days"), wizard.to(WizardPage.DAYS))])
    title = texts("wizard.ask_every" if every else "wizard.ask_random")
    return _screen(
        paragraphs(title, _so_far(wizard, texts)), rows, wizard.to(WizardPage.FORM), texts
    )


def days(wizard: Wizard, texts: Texts) -> Reply:
    """Ask on which days, and set it."""
    draft, plain = wizard.draft, wizard.draft.every_days == 1
    groups = [
        ("wizard.every_day", draft.on(EVERY_DAY)),
        ("wizard.weekdays", draft.on(WEEKDAYS)),
        ("wizard.weekend", draft.on(WEEKEND)),
    ]
    singles: list[Key] = []
    for day in range(7):
        held = plain and day in draft.weekdays
        other = draft.on(draft.weekdays ^ {day} if plain else {day})
        label = _marked(texts.weekdays(frozenset({day})), held, texts)
        singles.append((label, wizard.to(WizardPage.DAYS, other)))
    rows: list[list[Key]] = [
        [_day_key(wizard, texts(key), other, texts) for key, other in groups],
        *grid(singles, 4),
        [
            _day_key(wizard, texts("wizard.every_days", n=n), draft.on(EVERY_DAY, n), texts)
            for n in (2, 3)
        ],
        [(texts("wizard.set"), SetDraft(wizard.reminder, draft.code))],
    ]
    form_page = WizardPage.TIMES if draft.form is Form.TIMES else WizardPage.WINDOW
    text = paragraphs(texts("wizard.ask_days"), _so_far(wizard, texts))
    return _screen(text, rows, wizard.to(form_page), texts)


def _screen(text: Markup, rows: Sequence[Sequence[Key]], back: Button, texts: Texts) -> Reply:
    last: list[Key] = [(texts("button.go_back"), back), (texts("button.cancel"), ShowSchedule())]
    return Reply(text, keyboard=keyboard(*rows, last))


def _so_far(wizard: Wizard, texts: Texts) -> Markup:
    """Say the draft back with what would come next."""
    rule = starting(wizard.draft, wizard.person.zone, wizard.now)
    drawn = rule.scatter is not None  # its moments are drawn when it is set
    moments = [] if drawn else preview(rule, wizard.person.zone, SHOWN, wizard.now)
    lines = day_lines(list(map(Firing, moments)), wizard.person, wizard.now, texts)
    return paragraphs(
        texts("wizard.so_far", rule=rule_words(rule, texts)),
        Markup("\n").join([texts("schedule.next"), *lines]) if lines else None,
    )


def _toggle(wizard: Wizard, at: time) -> Compose:
    return wizard.to(WizardPage.TIMES, wizard.draft.toggled(at))


def _stay(wizard: Wizard, draft: Draft) -> Compose:
    return wizard.to(WizardPage.WINDOW, draft)


def _steps(wizard: Wizard, end: str, texts: Texts) -> list[Key]:
    """Return the buttons that move one end of the window by an hour, each named by where to."""
    draft, starts = wizard.draft, end == "start"
    at = since_midnight(draft.start if starts else draft.end)
    keys: list[Key] = []
    for to in (time_of(at - HOUR), time_of(at + HOUR)):
        other = replace(draft, start=to) if starts else replace(draft, end=to)
        label = texts("wizard.from" if starts else "wizard.until", clock=texts.clock(to))
        keys.append((label, _stay(wizard, other)))
    return keys


def _day_key(wizard: Wizard, label: str, other: Draft, texts: Texts) -> Key:
    return _marked(label, other == wizard.draft, texts), wizard.to(WizardPage.DAYS, other)


def _every(minutes: int, texts: Texts) -> Markup:
    if minutes % 60:
        return texts("wizard.minutes", n=minutes)
    return texts("wizard.hours", n=minutes // 60)


def _marked(label: str, chosen: bool, texts: Texts) -> str:
    return texts("wizard.chosen", name=label) if chosen else label
