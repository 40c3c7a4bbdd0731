"""Cards: how one exercise or practice goes, facet by facet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from bot.callbacks import DoNow, ForYou, OpenCard, OpenPage
from bot.domain.catalogue import Entry, Exercise, Media, Practice
from bot.domain.dose import Dose, Level
from bot.domain.equipment import Need
from bot.domain.session import Playing
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views import pictures
from bot.views.keyboard import Key, grid, keyboard
from bot.views.lines import bullets, dose_words, instructions, paragraphs
from bot.views.player import way_back

FRONT = "how"
SAFETY = "who-not"
STEPS = "steps"  # the card's own page, no facet of a question
BUTTONS = (STEPS, "feel", "mistakes", "easier", "harder", SAFETY, "dose", "equipment", "why")


def card(
    entry: Entry,
    facet: str,
    media: Mapping[str, Media],
    texts: Texts,
    *,
    playing: Playing | None = None,
    own_buttons: bool = True,
    place: Place = Place.HERE,
    lead: Markup | None = None,
) -> Reply:
    """Show an entry opened at a facet; in a session it offers the way back to the step.

    `lead` is said before what the facet says.
    """
    section = FACETS.get(facet, _front)(entry, texts) or texts(f"card.no.{facet}")
    rows: list[list[Key]] = []
    if own_buttons:
        rows = grid(_facet_keys(entry, facet, texts), 3)
    if own_buttons and facet == SAFETY:
        rows.append([(texts("button.rules"), OpenPage("rules"))])
    if playing is not None:
        rows.append([way_back(playing, texts)])
    elif own_buttons and getattr(entry, "scheduled", True):
        rows.append([(texts("button.do_now"), DoNow(entry.key)), *_own(entry, texts)])
    return Reply(
        paragraphs(_title(entry, facet, texts), lead, section),
        picture=pictures.card(entry, media),
        keyboard=keyboard(*rows),
        place=place,
    )


def _own(entry: Entry, texts: Texts) -> list[Key]:
    """Return the button that leads to how much of an exercise somebody does."""
    return [(texts("button.for_you"), ForYou(entry.key))] if isinstance(entry, Exercise) else []


def _title(entry: Entry, facet: str, texts: Texts) -> Markup:
    """Return the head of a page: what it is stands on the first one alone."""
    if facet in FACETS and facet != FRONT:
        return texts("card.name", name=entry.name)
    return texts("card.title", name=entry.name, summary=entry.summary)


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
    parts = [dose_words(dose, entry.sides, texts)]
    if dose.tempo:
        parts.append(texts("dose.tempo", tempo=dose.tempo))
    if dose.rest:
        parts.append(texts("dose.rest", time=texts.seconds(dose.rest)))
    words = Markup(", ").join(parts)
    return words + Markup(" ") + texts("dose.note", text=dose.note) if dose.note else words


def _listed(title: str, items: tuple[str, ...], texts: Texts) -> Markup:
    if not items:
        return Markup("")
    return Markup("\n").join((texts(title), bullets(items, texts)))


def _equipment(entry: Entry, texts: Texts) -> Markup:
    if isinstance(entry, Practice):
        return Markup("")
    if not entry.equipment:
        return texts("card.no_equipment")
    needed = [need for need in entry.equipment if not need.optional]
    nicer = [need for need in entry.equipment if need.optional]
    return paragraphs(
        _needs("card.equipment", needed, texts), _needs("card.equipment_nicer", nicer, texts)
    )


def _needs(title: str, needs: Sequence[Need], texts: Texts) -> Markup | None:
    if not needs:
        return None
    lines = [
        texts("card.need_or", text=need.text, others=", ".join(need.household.values()))
        if need.household
        else texts("format.bullet", text=need.text)
        for need in needs
    ]
    return Markup("\n").join((texts(title), *lines))


def _feel(entry: Entry, texts: Texts) -> Markup:
    muscles = texts("card.muscles", text=entry.muscles) if isinstance(entry, Exercise) else None
    return paragraphs(texts("card.feel", text=entry.feel), muscles)


def _why(entry: Entry, texts: Texts) -> Markup:
    sources = texts("note.sources", text="; ".join(entry.sources)) if entry.sources else None
    return paragraphs(texts("card.why", text=entry.why), sources)


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
    SAFETY: _safety,
}
