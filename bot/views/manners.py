"""How reminders behave: quiet hours, repeats, around the time, the end of the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from markupsafe import Markup

from bot.button import Button
from bot.callbacks import (
    OpenPage,
    SetAround,
    SetDayEnd,
    SetQuiet,
    SetRepeat,
)
from bot.domain.manners import DAY_ENDS, QUIET_HOURS, REPEATS, pack_hours
from bot.domain.person import Someone
from bot.domain.typed_text import NotUnderstood
from bot.reply import Reply
from bot.texts import Texts
from bot.views.keyboard import Key, keyboard, to_settings
from bot.views.lines import paragraphs, reason


def page(person: Someone, texts: Texts, *, changed: bool = False) -> Reply:
    """Show how reminders behave, each with the button that changes it."""
    shown = texts(
        "manners.page",
        quiet=_hours(person.quiet, texts),
        repeat=_repeat(person.repeat_minutes, texts),
        around=texts("manners.around_on" if person.around else "manners.around_off"),
        day_end=texts.clock(person.day_end),
        news=texts("manners.news_on" if person.hears else "manners.news_off"),
    )
    return Reply(
        paragraphs(texts("schedule.changed") if changed else None, shown),
        keyboard=keyboard(
            [(texts("button.manners.quiet"), OpenPage("quiet"))],
            [(texts("button.manners.repeat"), OpenPage("repeat"))],
            [(texts("button.manners.around"), OpenPage("around"))],
            [(texts("button.manners.day_end"), OpenPage("day_end"))],
            [(texts("button.manners.news"), OpenPage("news"))],
            [to_settings(texts)],
        ),
    )


def quiet(person: Someone, texts: Texts) -> Reply:
    """Ask for the hours in which nothing comes."""
    offered = [None, *QUIET_HOURS]
    if person.quiet not in offered:
        offered.append(person.quiet)
    keys = [
        _choice(_hours(each, texts), each == person.quiet, SetQuiet(pack_hours(each)), texts)
        for each in offered
    ]
    return _asked("manners.ask_quiet", keys, texts)


def repeat(person: Someone, texts: Texts) -> Reply:
    """Ask whether what is not answered comes again."""
    keys = [
        _choice(_repeat(each, texts), each == person.repeat_minutes, SetRepeat(each or 0), texts)
        for each in (None, *REPEATS)
    ]
    return _asked("manners.ask_repeat", keys, texts)


def around(person: Someone, texts: Texts) -> Reply:
    """Ask whether reminders may come a little early or late."""
    keys = [
        _choice(
            texts("manners.around_on" if on else "manners.around_off"),
            on is person.around,
            SetAround(on),
            texts,
        )
        for on in (False, True)
    ]
    return _asked("manners.ask_around", keys, texts)


def day_end(person: Someone, texts: Texts) -> Reply:
    """Ask until when a late evening counts for its day."""
    keys = [
        _choice(texts.clock(at), at == person.day_end, SetDayEnd(f"{at:%H%M}"), texts)
        for at in DAY_ENDS
    ]
    return _asked("manners.ask_day_end", keys, texts)


def quiet_not_understood(misread: NotUnderstood, texts: Texts) -> Reply:
    """Say which part was not understood and how quiet hours are typed."""
    return Reply(paragraphs(reason(misread, texts), texts("manners.quiet_examples")))


def _asked(text: str, keys: Sequence[Key], texts: Texts) -> Reply:
    back: Key = (texts("button.go_back"), OpenPage("manners"))
    return Reply(texts(text), keyboard=keyboard(*([key] for key in keys), [back]))


def _choice(words: Markup | str, chosen: bool, button: Button, texts: Texts) -> Key:
    return texts("manners.chosen", choice=words) if chosen else words, button


def _hours(hours: tuple[time, time] | None, texts: Texts) -> Markup:
    if hours is None:
        return texts("manners.quiet_off")
    return texts("manners.hours", start=texts.clock(hours[0]), end=texts.clock(hours[1]))


def _repeat(minutes: int | None, texts: Texts) -> Markup:
    if minutes is None:
        return texts("manners.repeat_off")
    if minutes % 60 == 0:
        return texts("manners.repeat_hours", n=minutes // 60)
    return texts("manners.repeat_minutes", n=minutes)
