"""Where a person stands, settings, help, and what is said in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.callbacks import (
    AudioSession,
    ChooseLanguage,
    OpenPage,
    OpenThings,
    Resume,
    Start,
    StartNow,
)
from bot.domain.agenda import Plan
from bot.domain.catalogue import Catalogue
from bot.domain.lengths import offered_of
from bot.domain.person import PauseReason, Someone
from bot.domain.player import SessionKind
from bot.domain.session import Playing, Wanted
from bot.domain.step import Length
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, grid, keyboard, links, to_settings
from bot.views.lines import bullets, paragraphs, place, rule_words
from bot.views.player import way_back
from bot.views.reminders import next_line, pause_line

_MOST_TIMES = 2  # reminders that the settings tell
_MOST_FAULTS, _LONGEST_FAULT = 4, 150  # of a refused pack, as much as a phone shows


def standing(
    person: Someone,
    routine: str,
    next_at: datetime | None,
    streak: int,
    now: datetime,
    playing: Playing | None,
    catalogue: Catalogue,
    texts: Texts,
) -> Reply:
    """Say where the person stands: next reminder, streak, and Start now."""
    lines = [texts("home.routine", name=catalogue.routines[routine].name)]
    if not person.paused(now):
        lines.append(next_line(next_at, person, now, texts))
    if streak:
        lines.append(texts("home.streak", n=streak))
    if person.paused(now):
        lines.append(pause_line(person, texts))
    return Reply(
        paragraphs(texts("home.hello"), Markup("\n").join(lines)),
        keyboard=keyboard(*_next_keys(person, routine, now, playing, catalogue, texts)),
    )


def _next_keys(
    person: Someone,
    routine: str,
    now: datetime,
    playing: Playing | None,
    catalogue: Catalogue,
    texts: Texts,
) -> list[list[Key]]:
    """Return what the person may do next; after an emergency only what ends its pause."""
    if person.pause_reason is PauseReason.SAFETY:
        return [[(texts("button.resume_cleared"), Resume())]]
    wanted = Wanted(SessionKind.ROUTINE, routine)
    keys: list[Key] = [
        (texts("button.start_now"), StartNow()),
        (texts("button.audio"), AudioSession(wanted.code)),
    ]
    less: list[Key] = [
        (texts(f"button.start_length.{length.value}"), Start(replace(wanted, length=length).code))
        for length in offered_of(catalogue, catalogue.routines[routine])
        if length is not Length.FULL
    ]
    if playing is not None:
        keys, less = [way_back(playing, texts)], []
    return [keys, less, [(texts("button.resume"), Resume())] if person.paused(now) else []]


def settings(plan: Plan, routine: str, catalogue: Catalogue, texts: Texts) -> Reply:
    """Show what is set, each with the button that changes it."""
    person = plan.person
    return Reply(
        texts(
            "settings.page",
            routine=catalogue.routines[routine].name,
            zone=place(person.zone_name or "UTC"),
            clock=texts.clock(plan.now, person.zone),
            times=_times(plan, texts),
            language=texts.name,
            screening=texts(f"settings.screened.{person.screened.value}")
            if person.screened
            else texts("settings.screened.open"),
        ),
        keyboard=keyboard(
            [
                (texts("button.settings.schedule"), OpenPage("schedule")),
                (texts("button.settings.manners"), OpenPage("manners")),
            ],
            [
                (texts("button.settings.zone"), OpenPage("zone")),
                (texts("button.settings.routine"), OpenPage("routines")),
            ],
            [
                (texts("button.settings.pace"), OpenPage("pace")),
                (texts("button.settings.language"), OpenPage("language")),
                (texts("button.settings.screening"), OpenPage("screening")),
            ],
            [
                (texts("button.rules"), OpenPage("rules")),
                (texts("button.things"), OpenThings(household=False)),
            ],
            [
                (texts("button.settings.recap"), OpenPage("recap")),
                (texts("button.settings.privacy"), OpenPage("privacy")),
            ],
        ),
    )


def _times(plan: Plan, texts: Texts) -> Markup:
    """Say when reminders come, in a line or two."""
    lines = [rule_words(line.rule, texts, short=True) for line in plan.lines if not line.rests]
    if not lines:
        return texts("settings.no_times")
    if len(lines) > _MOST_TIMES:
        more = texts("schedule.gone_more", n=len(lines) - _MOST_TIMES + 1)
        lines = [*lines[: _MOST_TIMES - 1], more]
    return Markup("; ").join(lines)


def rules(catalogue: Catalogue, texts: Texts) -> Reply:
    """Say what holds for every exercise: how hard, when to stop, when not to begin."""
    found = catalogue.safety.rules
    return Reply(
        paragraphs(
            Markup("\n").join(
                (
                    texts("rules.title"),
                    texts("rules.stop"),
                    bullets(found.stop, texts),
                    texts("rules.not_today"),
                    bullets(found.not_today, texts),
                )
            ),
            texts(
                "rules.more",
                effort=found.effort,
                breath=found.breath,
                warm_up=found.warm_up,
                after=found.after,
            ),
        ),
        place=Place.BELOW,
    )


def languages(found: Iterable[Texts], texts: Texts) -> Reply:
    """Offer the languages that have a catalogue."""
    keys = [(language.name, ChooseLanguage(language.language)) for language in found]
    return Reply(texts("language.choose"), keyboard=keyboard(*grid(keys, 2), [to_settings(texts)]))


def language_set(texts: Texts) -> Reply:
    """Confirm a language in that language."""
    return Reply(texts("language.set", language=texts.name))


def help_page(commands: Sequence[str], texts: Texts, *, private: bool = True) -> Reply:
    """Say what the bot understands: every command of the menu and how times are typed."""
    lines = Markup("\n").join(
        texts("help.line", command=command, text=texts(f"command.{command}"))
        for command in commands
    )
    keys = keyboard([(texts("button.help.typing"), OpenPage("typing"))]) if private else None
    return Reply(texts("help.page", commands=lines), keyboard=keys)


def typing(texts: Texts) -> Reply:
    """Show how reminders are typed."""
    return Reply(texts("help.typing"), place=Place.BELOW)


def sentence(key: str, texts: Texts) -> Reply:
    """Show one sentence of the catalogue that needs no values."""
    return Reply(texts(key))


def reloaded(catalogue: Catalogue, wrong: Sequence[str], texts: Texts) -> Reply:
    """Tell an operator what came of reading the content anew; a long list is cut."""
    if not wrong:
        counts = {
            "exercises": len(catalogue.exercises),
            "practices": len(catalogue.practices),
            "routines": len(catalogue.routines),
            "notes": len(catalogue.notes),
        }
        return Reply(texts("reload.done", **counts))
    lines = [texts("format.bullet", text=line[:_LONGEST_FAULT]) for line in wrong[:_MOST_FAULTS]]
    if len(wrong) > _MOST_FAULTS:
        lines.append(texts("reload.more"))
    return Reply(paragraphs(texts("reload.refused", n=len(wrong)), Markup("\n").join(lines)))


def toast(key: str, texts: Texts) -> Reply:
    """Answer a tap with one sentence and change nothing."""
    return Reply(toast=str(texts(key).unescape()))


def private_only(link: str, texts: Texts) -> Reply:
    """Say that sessions are private, with the way there."""
    return Reply(texts("fallback.group"), keyboard=links((str(texts("button.open_chat")), link)))
