"""How steps arrive: the choice, and a session whose time is stopped."""

from __future__ import annotations

from bot.callbacks import (
    AudioSession,
    Continue,
    OpenPage,
    SetPace,
    StepHow,
    StepHurts,
    StepLast,
    StepLess,
    StepPace,
    StepSkip,
    StepStop,
    UndoAnswer,
)
from bot.domain.catalogue import Catalogue
from bot.domain.pace import Pace
from bot.domain.player import SessionKind
from bot.domain.session import Playing
from bot.reply import Picture, Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, keyboard, to_settings
from bot.views.lines import amount, paragraphs
from bot.views.pictures import clip
from bot.views.steps import pulse_key


def page(pace: Pace, texts: Texts, *, chosen: bool = False) -> Reply:
    """Say how steps arrive, and offer the other ways."""
    rows: list[list[Key]] = [
        [(texts(f"button.pace.{one.value}"), SetPace(one))] for one in Pace if one is not pace
    ]
    if chosen and pace is Pace.SPREAD:
        rows.insert(0, [(texts("button.pace.times"), OpenPage("schedule"))])
    return Reply(
        paragraphs(
            texts("pace.chosen" if chosen else "pace.now", pace=texts(f"pace.name.{pace.value}")),
            texts(f"pace.about.{pace.value}"),
        ),
        keyboard=keyboard(*rows, [to_settings(texts)]),
    )


def paused(
    playing: Playing, catalogue: Catalogue, texts: Texts, place: Place = Place.HERE
) -> Reply:
    """Show a step whose time stands still, and what is left of it."""
    now, entry = playing.step, playing.entry
    at = (playing.session, playing.position)
    picture = None
    if entry is not None and (found := clip(now, entry, playing.breathing, catalogue.media)):
        picture = Picture(found.name, found.meanwhile) if found.meanwhile else found
    title = texts(
        "pace.paused",
        number=playing.number,
        total=playing.total,
        name=entry.name if entry else now.entry,
    )
    left = amount(now, entry, texts)
    return Reply(
        paragraphs(title, texts("pace.left", amount=left) if left else None),
        picture=picture,
        keyboard=keyboard(
            [(texts("button.go_on"), Continue(playing.session)), _skip(playing, texts)],
            [
                (texts("button.how"), StepHow(*at)),
                (texts("button.hurts"), StepHurts(*at)),
                (texts("button.stop"), StepStop(*at)),
            ],
            pulse_key(playing, texts),
        ),
        place=place,
    )


def asked(playing: Playing, texts: Texts, place: Place = Place.HERE) -> Reply:
    """Ask once whether anybody is there; the place is kept either way."""
    text = texts(
        "pace.asked",
        name=texts("format.plain", text=playing.title.name),
        number=playing.number,
        total=playing.total,
    )
    stop = StepStop(playing.session, playing.position)
    return Reply(
        text,
        keyboard=keyboard(
            [
                (texts("button.go_on"), Continue(playing.session)),
                (texts("button.stop"), stop),
            ]
        ),
        place=place,
    )


def more(playing: Playing, texts: Texts) -> Reply:
    """Return the buttons for what else can be done at a step."""
    at = (playing.session, playing.position)
    audible = playing.wanted.kind is SessionKind.ROUTINE
    other = Pace.BUTTON if playing.pace is Pace.HANDS_FREE else Pace.HANDS_FREE
    rows: list[list[Key]] = [
        [(texts("button.last"), StepLast(*at))] if playing.can_finish else [],
        [(texts(f"button.pace.{other.value}"), StepPace(*at, other))],
        [(texts("button.audio"), AudioSession(playing.wanted.code))] if audible else [],
        [(texts("button.undo"), UndoAnswer(playing.session))] if playing.undoable else [],
        [(texts("button.go_back"), StepLess(*at))],
    ]
    return Reply(keyboard=keyboard(*rows), place=Place.KEYS)


def _skip(playing: Playing, texts: Texts) -> Key:
    return texts("button.skip"), StepSkip(playing.session, playing.position)
