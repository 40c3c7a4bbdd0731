"""What a question gets: a card, a safety script, or an honest "I don't know"."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from bot.callbacks import (
    OpenCard,
    OpenNote,
    OpenPage,
    OpenRoutine,
    PassOn,
    Resume,
    StepHurts,
    StepStop,
)
from bot.domain.catalogue import Catalogue, Entry
from bot.domain.session import Playing
from bot.reply import Reply
from bot.texts import Texts
from bot.views import library
from bot.views.cards import card
from bot.views.keyboard import Key, keyboard
from bot.views.lines import amount, paragraphs
from bot.views.player import way_back


def entry(
    key: str,
    facet: str | None,
    catalogue: Catalogue,
    texts: Texts,
    playing: Playing | None,
    *,
    group: bool = False,
) -> Reply:
    """Show the card of what was asked about, opened at the facet."""
    found = catalogue.entry(key)
    if found is None:
        return unknown((), catalogue, texts, playing)
    facet = facet or "how"
    lead = _this_step(found, playing, texts) if facet == "dose" else None
    return card(
        found, facet, catalogue.media, texts, playing=playing, own_buttons=not group, lead=lead
    )


def _this_step(found: Entry, playing: Playing | None, texts: Texts) -> Markup | None:
    """Return how much is to do of the step somebody is in the middle of, where that is asked."""
    if playing is None or playing.step.entry != found.key:
        return None
    words = amount(playing.step, playing.entry, texts)
    return texts("answer.this_step", amount=words) if words else None


def note(
    key: str, catalogue: Catalogue, texts: Texts, playing: Playing | None, *, group: bool = False
) -> Reply:
    """Answer a why-question; in the middle of a session it offers the way back."""
    found = library.note(catalogue.notes[key], catalogue, texts, alone=False)
    if group:
        return replace(found, keyboard=None)
    if playing is not None:
        return replace(found, keyboard=keyboard([way_back(playing, texts)]))
    return found


def safety(
    script: str,
    texts: Texts,
    playing: Playing | None = None,
    *,
    paused: bool,
    screen: bool,
    lessened: bool = False,
) -> Reply:
    """Say a safety script and nothing else; no exercise stands beside it.

    `screen` offers the screening question again, to whom a condition may be news. In the middle
    of a session, `playing`, the step can be left out or the session stopped; `lessened` says that
    what presses is left out of it.
    """
    pause = texts("safety.paused") if paused else None
    less = texts("safety.lessened") if lessened else None
    keys: list[Key] = [(texts("button.resume_cleared"), Resume())] if paused else []
    if screen:
        keys.append((texts("button.screen_again"), OpenPage("screening")))
    text = paragraphs(texts("format.plain", text=script), less, pause)
    rows = [keys]
    if playing is not None:
        at = (playing.session, playing.position)
        rows += [
            [(texts("button.hurts"), StepHurts(*at)), (texts("button.stop"), StepStop(*at))],
            [way_back(playing, texts)],
        ]
    return Reply(text, keyboard=keyboard(*rows))


def unknown(
    suggestions: tuple[str, ...],
    catalogue: Catalogue,
    texts: Texts,
    playing: Playing | None,
    *,
    group: bool = False,
    offers: bool = False,
) -> Reply:
    """Say honestly that this is not known, with the nearest things that are.

    `offers` lets the person pass on what gets no answer.
    """
    near = [_near(key, catalogue, texts, group=group) for key in suggestions]
    rows: list[list[Key]] = [[key] for key in near if key is not None]
    sentence = "answer.unknown_near" if rows else "answer.unknown"
    if offers and playing is None:
        decline = texts("button.pass_on.decline")
        rows.append([(texts("button.pass_on.on"), PassOn(True)), (decline, PassOn(False))])
    if playing is not None and not group:
        rows.append([way_back(playing, texts)])
    return Reply(texts(sentence), keyboard=keyboard(*rows))


def which(catalogue: Catalogue, texts: Texts, playing: Playing | None = None) -> Reply:
    """Ask which exercise is meant, where a question names none."""
    first = catalogue.items(catalogue.routines[catalogue.daily])[0].entry
    keys = [way_back(playing, texts)] if playing is not None else []
    return Reply(texts("answer.which", name=catalogue.name_of(first)), keyboard=keyboard(keys))


def _near(key: str, catalogue: Catalogue, texts: Texts, *, group: bool) -> Key | None:
    """Return the button of something worth offering; a group's buttons only open cards."""
    entry, routine = catalogue.entry(key), catalogue.routines.get(key)
    if entry is not None:
        return entry.name, OpenCard(key, "how")
    if routine is not None and not group:
        return routine.name, OpenRoutine(key, None)
    if note := catalogue.notes.get(key):
        return note.name, OpenNote(key)
    return None
