"""The first minutes: safety note, screening, zone, time, summary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.callbacks import (
    ChooseTime,
    ChooseZone,
    ConfirmZone,
    Later,
    OpenPage,
    Screen,
    StartNow,
    Understood,
)
from bot.domain.catalogue import Catalogue
from bot.domain.equipment import owned
from bot.domain.local_time import local_day
from bot.domain.person import Question, Screened, Someone
from bot.domain.player import daily_key
from bot.domain.safety import Screening
from bot.reply import Reply
from bot.texts import Texts
from bot.views import equipment
from bot.views.keyboard import grid, keyboard, to_settings
from bot.views.lines import place, when
from bot.views.reminders import pause_line

TIMES = (time(6, 30), time(7), time(7, 30), time(8), time(12, 30), time(17, 30), time(20), time(21))


def question(
    person: Someone,
    now: datetime,
    next_at: datetime | None,
    catalogue: Catalogue,
    zones: Sequence[str],
    texts: Texts,
) -> Reply:
    """Show the question that is open, or the summary when all are answered."""
    screening = catalogue.safety.screening
    match person.onboarding:
        case Question.SAFETY:
            return safety(screening, texts)
        case Question.SCREENING:
            return screen(screening, texts)
        case Question.ZONE:
            return zone(zones, now, texts)
        case Question.ZONE_CHECK:
            return zone_check(person, now, texts)
        case Question.TIME:
            return time_of_day(texts)
        case Question.EQUIPMENT:
            has = owned(catalogue.things, person.things)
            return equipment.page(catalogue, has, texts, asked=True)
        case Question.DONE:
            return summary(person, now, next_at, catalogue, texts)


def safety(screening: Screening, texts: Texts) -> Reply:
    """Welcome the person and show the safety note."""
    return Reply(
        texts("onboarding.welcome", note=screening.note),
        keyboard=keyboard([(texts("button.understood"), Understood())]),
    )


def screen(screening: Screening, texts: Texts, *, again: bool = False) -> Reply:
    """Ask the one screening question; `again` from the settings, with the way back."""
    conditions = Markup("\n").join(
        texts("format.bullet", text=condition) for condition in screening.conditions
    )
    return Reply(
        texts("onboarding.screening", question=screening.question, conditions=conditions),
        keyboard=keyboard(
            [(texts("button.none_of_these"), Screen(Screened.NONE))],
            [(texts("button.something_applies"), Screen(Screened.APPLIES))],
            [to_settings(texts)] if again else [],
        ),
    )


def zone(zones: Sequence[str], now: datetime, texts: Texts) -> Reply:
    """Ask where the person's clock is."""
    return Reply(
        texts("onboarding.zone"),
        keyboard=keyboard(
            *grid(zone_keys(zones, now, texts, first=True), 2),
            [(texts("button.share_location"), OpenPage("location"))],
            [(texts("button.later"), Later(Question.ZONE))],
        ),
    )


def zone_keys(
    zones: Sequence[str], now: datetime, texts: Texts, *, first: bool
) -> list[tuple[str, ChooseZone]]:
    """Return a button a zone, with the time it is there."""
    return [
        (
            texts("button.zone", place=place(name), clock=texts.clock(now, ZoneInfo(name))),
            ChooseZone(name, first),
        )
        for name in zones
    ]


def zone_check(person: Someone, now: datetime, texts: Texts, label: str = "") -> Reply:
    """Echo the person's clock, by the place they named, so that a wrong zone is noticed."""
    return Reply(
        texts(
            "onboarding.zone_check",
            zone=label or place(person.zone_name or "UTC"),
            clock=texts.clock(now, person.zone),
        ),
        keyboard=keyboard(
            [
                (texts("button.yes_right"), ConfirmZone(True, person.zone_name or "UTC")),
                (texts("button.no_other_zone"), ConfirmZone(False, person.zone_name or "UTC")),
            ]
        ),
    )


def time_of_day(texts: Texts) -> Reply:
    """Ask when to remind."""
    keys = [(texts.clock(at), ChooseTime(at.strftime("%H%M"))) for at in TIMES]
    return Reply(
        texts("onboarding.time"),
        keyboard=keyboard(*grid(keys, 4), [(texts("button.later"), Later(Question.TIME))]),
    )


def summary(
    person: Someone,
    now: datetime,
    next_at: datetime | None,
    catalogue: Catalogue,
    texts: Texts,
) -> Reply:
    """Say what was set and offer the first session."""
    gentle = person.screened is Screened.APPLIES
    daily = catalogue.routines[daily_key(catalogue, person)]
    lines = [
        texts("onboarding.all_set"),
        texts("onboarding.summary_routine", routine=daily.name),
        _zone_line(person, now, texts),
        _reminder_line(person, next_at, now, texts),
    ]
    if gentle:
        lines.append(texts("onboarding.summary_gentle", advice=catalogue.safety.screening.advice))
    lines.append(texts("onboarding.summary_more"))
    return Reply(
        Markup("\n").join(lines),
        keyboard=keyboard([(texts("button.start_now"), StartNow())]),
    )


def _zone_line(person: Someone, now: datetime, texts: Texts) -> Markup:
    if person.zone_name is None:
        return texts("onboarding.summary_no_zone")
    clock = texts.clock(now, person.zone)
    return texts("onboarding.summary_zone", zone=place(person.zone_name), clock=clock)


def _reminder_line(
    person: Someone, next_at: datetime | None, now: datetime, texts: Texts
) -> Markup:
    if next_at is None and person.paused(now):
        return pause_line(person, texts)
    if next_at is None:
        return texts("onboarding.summary_no_reminder")
    today = local_day(now, person.zone, time())
    return texts("onboarding.summary_reminder", when=when(next_at, person.zone, today, texts))
