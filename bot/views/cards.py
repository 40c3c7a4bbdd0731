"""Cards: how one exercise or practice goes, facet by facet; the library and the routines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from bot.callbacks import ChooseRoutine, Continue, DoNow, OpenCard
from bot.domain.catalogue import Catalogue, Dose, Exercise, Level, Practice, Sides
from bot.domain.session import Playing
from bot.domain.typed_text import NotUnderstood
from bot.reply import Picture, Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, grid, keyboard
from bot.views.lines import bullets, instructions, paragraphs, reason

Entry = Exercise | Practice
FRONT = "how"
STEPS = "steps"  # the card's own page, no facet of a question
BUTTONS = (STEPS, "feel", "mistakes", "easier", "harder", "who-not", "dose", "equipment", "why")


def card(
    entry: Entry,
    facet: str,
    texts: Texts,
    *,
    playing: Playing | None = None,
    own_buttons: bool = True,
    place: Place = Place.HERE,
) -> Reply:
    """Show an entry opened at a facet; in a session it offers the way back to the step."""
    section = FACETS.get(facet, _front)(entry, texts) or texts(f"card.no.{facet}")
    rows: list[list[Key]] = []
    if own_buttons:
        rows = grid(_facet_keys(entry, facet, texts), 3)
    if playing is not None:
        label = texts("button.back_to_step", number=playing.position + 1)
        rows.append([(label, Continue(playing.session))])
    elif own_buttons and getattr(entry, "scheduled", True):
        rows.append([(texts("button.do_now"), DoNow(entry.key))])
    return Reply(
        paragraphs(texts("card.title", name=entry.name, summary=entry.summary), section),
        picture=Picture(entry.key),
        keyboard=keyboard(*rows),
        place=place,
    )


def library(catalogue: Catalogue, texts: Texts) -> Reply:
    """List every exercise and practice with its card a tap away."""
    exercises = [(entry.name, OpenCard(key, "how")) for key, entry in catalogue.exercises.items()]
    practices = [(entry.name, OpenCard(key, "how")) for key, entry in catalogue.practices.items()]
    return Reply(
        texts("library.intro", n=len(exercises)),
        keyboard=keyboard(*grid([*exercises, *practices], 1)),
    )


def routines(catalogue: Catalogue, daily: str, texts: Texts, *, changed: bool = False) -> Reply:
    """List the routines; choosing one makes it the daily one."""
    lines = [
        texts(
            "routines.daily" if key == daily else "routines.line",
            name=routine.name,
            n=round(routine.seconds / 60),
            summary=routine.summary,
        )
        for key, routine in catalogue.routines.items()
    ]
    keys = [
        [(texts("button.routine", name=routine.name), ChooseRoutine(key))]
        for key, routine in catalogue.routines.items()
        if key != daily
    ]
    title = texts("routines.changed") if changed else texts("routines.intro")
    return Reply(paragraphs(title, *lines), keyboard=keyboard(*keys))


def practices(catalogue: Catalogue, texts: Texts) -> Reply:
    """Offer the breathing practices."""
    rows = [
        [(texts("button.practice", name=practice.name), DoNow(key))]
        for key, practice in catalogue.practices.items()
    ]
    return Reply(texts("breathe.choose"), keyboard=keyboard(*rows))


def breathing_not_understood(misread: NotUnderstood, texts: Texts) -> Reply:
    """Say which part was not understood and how breathing reminders are typed."""
    return Reply(paragraphs(reason(misread, texts), texts("breathe.examples")))


def _facet_keys(entry: Entry, facet: str, texts: Texts) -> list[Key]:
    pages = [name for name in (FRONT, *BUTTONS) if name != facet and FACETS[name](entry, texts)]
    return [(texts(f"button.facet.{name}"), OpenCard(entry.key, name)) for name in pages]


def _front(entry: Entry, texts: Texts) -> Markup:
    return paragraphs(texts("card.setup", text=entry.setup), bullets(entry.cues, texts))


def _steps(entry: Entry, texts: Texts) -> Markup:
    return instructions(entry.steps, texts)


def _dose(entry: Entry, texts: Texts) -> Markup:
    if isinstance(entry, Practice):
        lines = [
            texts(
                "card.rounds",
                level=texts(f"level.{level.value}"),
                n=rounds,
                time=texts.seconds(rounds * entry.seconds_a_round),
            )
            for level, rounds in entry.rounds.items()
        ]
    else:
        lines = [
            texts(
                "card.dose_line",
                level=texts(f"level.{level.value}"),
                dose=_dose_words(dose, entry, texts),
            )
            for level, dose in _by_level(entry.doses).items()
        ]
    return Markup("\n").join((texts("card.dose"), *lines))


def _by_level(doses: Mapping[Level, Dose]) -> dict[Level, Dose]:
    return {level: doses[level] for level in Level if level in doses}


def _dose_words(dose: Dose, entry: Exercise, texts: Texts) -> Markup:
    parts = []
    if dose.reps is not None:
        parts.append(texts("dose.reps", sets=dose.sets, n=dose.reps))
    if dose.hold is not None:
        key = "dose.hold" if dose.reps is None else "dose.held"
        parts.append(texts(key, sets=dose.sets, time=texts.seconds(dose.hold)))
    if entry.sides is not Sides.NONE:
        parts.append(texts("dose.each_side"))
    if dose.note:
        parts.append(texts("dose.note", text=dose.note))
    return Markup(" ").join(parts)


def _listed(title: str, items: tuple[str, ...], texts: Texts) -> Markup:
    if not items:
        return Markup("")
    return Markup("\n").join((texts(title), bullets(items, texts)))


def _equipment(entry: Entry, texts: Texts) -> Markup:
    if isinstance(entry, Practice):
        return Markup("")
    if not entry.equipment:
        return texts("card.no_equipment")
    return paragraphs(
        _listed("card.equipment", entry.equipment, texts),
        _listed("card.household", entry.household, texts),
    )


def _feel(entry: Entry, texts: Texts) -> Markup:
    return texts("card.feel", text=entry.feel)


def _why(entry: Entry, texts: Texts) -> Markup:
    return texts("card.why", text=entry.why)


def _safety(entry: Entry, texts: Texts) -> Markup:
    if isinstance(entry, Practice):
        return _listed("card.cautions", entry.cautions, texts)
    return paragraphs(
        _listed("card.stop_if", entry.stop_if, texts), _listed("card.not_for", entry.not_for, texts)
    )


FACETS: Mapping[str, Callable[[Entry, Texts], Markup]] = {
    FRONT: _front,
    STEPS: _steps,
    "dose": _dose,
    "equipment": _equipment,
    "feel": _feel,
    "mistakes": lambda entry, texts: _listed("card.mistakes", entry.mistakes, texts),
    "easier": lambda entry, texts: _listed("card.easier", entry.easier, texts),
    "harder": lambda entry, texts: _listed("card.harder", entry.harder, texts),
    "why": _why,
    "breathing": _steps,
    "who-not": _safety,
}
