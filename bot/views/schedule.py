"""The schedule and the time zone: what is set, and how to change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import AddReminder, ChangeReminder, ChooseZone, OpenPage, RemoveReminder
from bot.domain.catalogue import Catalogue
from bot.domain.person import Someone
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.typed_text import NotUnderstood
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, grid, keyboard
from bot.views.lines import paragraphs, place, reason, rule_words
from bot.views.onboarding import zone_keys
from bot.views.reminders import next_line

Lines = Iterable[tuple[int, ReminderKind, str | None, Rule]]


def plan(
    lines: Lines,
    person: Someone,
    next_at: datetime | None,
    now: datetime,
    catalogue: Catalogue,
    texts: Texts,
    *,
    changed: bool = False,
    full: bool = False,
) -> Reply:
    """Show all reminders with buttons to change and remove each."""
    shown, rows = [], list[list[Key]]()
    for number, (reminder, kind, entry, rule) in enumerate(lines, start=1):
        name = _name(kind, entry, catalogue, texts)
        shown.append(texts("schedule.line", number=number, name=name, rule=rule_words(rule, texts)))
        rows.append(
            [
                (texts("button.change", number=number), ChangeReminder(reminder)),
                (texts("button.remove", number=number), RemoveReminder(reminder)),
            ]
        )
    rows.append([(texts("button.add_reminder"), AddReminder())])
    title = "schedule.full" if full else "schedule.changed" if changed else None
    return Reply(
        paragraphs(
            texts(title) if title else None,
            Markup("\n").join(shown) if shown else texts("schedule.empty"),
            next_line(next_at, person, now, texts) if shown else None,
            texts("schedule.zone", zone=_zone(person), clock=texts.clock(now, person.zone)),
        ),
        keyboard=keyboard(*rows),
    )


def ask_time(texts: Texts) -> Reply:
    """Ask for a time in the person's own words."""
    return Reply(texts("schedule.ask_time"))


def not_understood(misread: NotUnderstood, texts: Texts) -> Reply:
    """Say which part was not understood and how a schedule is typed; nothing was changed."""
    return Reply(paragraphs(reason(misread, texts), texts("schedule.examples")))


def time_not_understood(misread: NotUnderstood, texts: Texts) -> Reply:
    """Say which part was not understood and how a time is typed; the question stays open."""
    return Reply(paragraphs(reason(misread, texts), texts("schedule.time_examples")))


def zone(person: Someone, zones: Sequence[str], now: datetime, texts: Texts) -> Reply:
    """Show the person's zone and offer others."""
    return Reply(
        texts("zone.now", zone=_zone(person), clock=texts.clock(now, person.zone)),
        keyboard=keyboard(
            *grid(zone_keys(zones, now, texts, first=False), 2),
            [(texts("button.share_location"), OpenPage("location"))],
        ),
    )


def zone_set(
    person: Someone, next_at: datetime | None, now: datetime, texts: Texts, label: str = ""
) -> Reply:
    """Echo the new zone with the time it is there."""
    return Reply(
        texts(
            "zone.set",
            zone=label or _zone(person),
            clock=texts.clock(now, person.zone),
            next=next_line(next_at, person, now, texts),
        )
    )


def several_zones(places: Sequence[tuple[str, str]], texts: Texts, *, first: bool) -> Reply:
    """Ask which of several places was meant: (label, zone) each."""
    rows = [[(label, ChooseZone(name, first))] for label, name in places]
    return Reply(texts("zone.several"), keyboard=keyboard(*rows))


def no_zone(typed: str, texts: Texts) -> Reply:
    """Say that nothing was found, with examples."""
    return Reply(texts("zone.none", typed=typed[:60]))


def ask_location(texts: Texts) -> Reply:
    """Offer the button that shares a location."""
    return Reply(
        texts("zone.ask_location"),
        location_label=str(texts("button.my_location").unescape()),
        place=Place.BELOW,  # an edited message cannot bring a key below the text field
    )


def _name(kind: ReminderKind, entry: str | None, catalogue: Catalogue, texts: Texts) -> str:
    if kind is ReminderKind.ROUTINE or entry is None:
        return texts("schedule.routine")
    practice = catalogue.practices.get(entry)
    return practice.name if practice else entry


def _zone(person: Someone) -> str:
    return place(person.zone_name or "UTC")
