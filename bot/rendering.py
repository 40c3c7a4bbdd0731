"""Renders everything a pack can show, as Telegram will get it, and tells what is too long."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.catalogue import Catalogue, Entry
from bot.domain.dose import Level
from bot.domain.plan import Known, Means, Page, plan, seconds
from bot.domain.player import SessionKind, expand_entry
from bot.domain.session import GateAsked, Playing, Titled, Wanted
from bot.reply import Reply
from bot.texts import Texts
from bot.views import answers, cards, home, library, onboarding, routines, starting
from bot.views import steps as step_views

# Bot API: sendMessage and sendPhoto, after entities parsing, in UTF-16 code units.
LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
_TAG = re.compile(r"<[^>]*>")
# The part of an entry that a page of its card shows.
_FIELDS = {"how": "cues", "dose": "doses", "who-not": "not_for", "breathing": "steps"}


@dataclass(frozen=True, slots=True)
class Overlong:
    """A screen that does not fit: the entry it shows, the place in its file, a sentence."""

    key: str
    place: tuple[str | int, ...]
    text: str


def too_long(catalogue: Catalogue, texts: Texts) -> Iterator[Overlong]:
    """Yield every screen of the pack that Telegram would refuse, in one language."""
    for key, place, reply in _screens(catalogue, texts):
        most = LONGEST_CAPTION if reply.picture else LONGEST_TEXT
        length = visible_length(str(reply.text))
        if length > most:
            name = place[0] if place else "it"
            text = f"{name}: shown, this has {length} characters, Telegram takes {most}: shorten it"
            yield Overlong(key, place, text)


def visible_length(text: str) -> int:
    """Return how long Telegram counts an HTML text: without tags, in UTF-16 code units."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


Shown = tuple[str, tuple[str | int, ...], Reply]


def _screens(catalogue: Catalogue, texts: Texts) -> Iterator[Shown]:
    for entry in catalogue.entries.values():
        for facet in (*cards.FACETS, *cards.BUTTONS):
            shown = cards.card(entry, facet, catalogue.media, texts)
            yield entry.key, (_FIELDS.get(facet, facet),), shown
        yield from _steps(entry, catalogue, texts)
    for key, note in catalogue.notes.items():
        yield key, ("text",), library.note(note, catalogue, texts)
    yield from _routines(catalogue, texts)
    yield from _safety(catalogue, texts)


def _steps(entry: Entry, catalogue: Catalogue, texts: Texts) -> Iterator[Shown]:
    kind = SessionKind.PRACTICE if entry.key in catalogue.practices else SessionKind.EXERCISE
    for level in Level:
        for number, step in enumerate(steps := expand_entry(entry, level)):
            following = steps[number + 1] if number + 1 < len(steps) else None
            playing = Playing(
                session=0,
                wanted=Wanted(kind, entry.key),
                title=Titled(entry.name),
                step=step,
                position=number,
                number=number + 1,
                total=len(steps),
                entry=entry,
                following=following,
                following_name=entry.name,
            )
            place = ("stages", step.stage - 1, "text") if step.stage else ("cues",)
            yield entry.key, place, step_views.step(playing, catalogue, texts)


def _routines(catalogue: Catalogue, texts: Texts) -> Iterator[Shown]:
    """Yield each routine, day by day, for whoever has everything and whoever has nothing."""
    known = Known(entries=catalogue.entries, things=catalogue.things)
    everything = Means(passed=catalogue.safety.gates, has=catalogue.things)
    for key, routine in catalogue.routines.items():
        place = "days" if routine.days else "items"
        for day in range(1, len(routine.days) + 1) or (None,):
            for means in (everything, Means()):
                items = plan(catalogue.items(routine, day), known, means)
                lengths: dict[Level | None, int] = {None: seconds(items)}
                page = Page(routine=routine, level=None, items=items, lengths=lengths, day=day)
                yield key, (place,), routines.page(page, texts)
    last = list(catalogue.routines)[-1]
    yield last, ("summary",), routines.listing(catalogue, catalogue.daily, texts)


def _safety(catalogue: Catalogue, texts: Texts) -> Iterator[Shown]:
    safety = catalogue.safety
    for name, script in safety.scripts.items():
        shown = answers.safety(script, texts, paused=True, screen=True)
        yield "signs", ("scripts", name), shown
    for key, gate in safety.gates.items():
        for number in range(1, len(gate.questions) + 1):
            wanted = Wanted(SessionKind.EXERCISE, key)
            asked = GateAsked(key, number, len(gate.questions), wanted)
            yield key, ("questions", number - 1), starting.gate(asked, catalogue, texts)
    yield "screening", ("note",), onboarding.safety(safety.screening, texts)
    yield "screening", ("conditions",), onboarding.screen(safety.screening, texts)
    yield "rules", ("stop",), home.rules(catalogue, texts)
