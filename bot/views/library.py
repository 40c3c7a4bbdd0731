"""The library: what there is for each purpose, what one can do with one's things, the notes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from markupsafe import Markup

from bot.callbacks import DoNow, OpenCard, OpenLibrary, OpenNote, OpenNotes, OpenRoutine, OpenThings
from bot.domain.catalogue import Catalogue, Entry, Note, Purpose
from bot.domain.typed_text import NotUnderstood
from bot.reply import Reply
from bot.texts import Texts
from bot.views.keyboard import Key, grid, keyboard
from bot.views.lines import paragraphs, reason

NOTES_A_PAGE = 8


def front(catalogue: Catalogue, texts: Texts, *, mine: bool, private: bool = True) -> Reply:
    """Show the purposes, each with its entries a tap away; `mine` is offered in private only."""
    keys = [
        (_purpose(purpose, len(found), texts), OpenLibrary(purpose, mine))
        for purpose in Purpose
        if (found := list(entries(catalogue, purpose)))
    ]
    rows = grid(keys, 2)
    rows.append([(texts("button.notes", count=len(catalogue.notes)), OpenNotes(0))])
    if private:
        rows.append(_things(None, mine, texts))
    return Reply(texts("library.front"), keyboard=keyboard(*rows))


def for_purpose(
    purpose: Purpose,
    catalogue: Catalogue,
    undoable: Collection[str],
    texts: Texts,
    *,
    mine: bool,
    private: bool = True,
) -> Reply:
    """List what there is for a purpose; what lacks a thing is marked, or left out where `mine`."""
    found = [e for e in entries(catalogue, purpose) if not (mine and e.key in undoable)]
    rows: list[list[Key]] = [[_card(entry, undoable, texts)] for entry in found]
    if private:
        rows.append(_things(purpose, mine, texts))
    rows.append([(texts("button.library"), OpenLibrary(None, mine))])
    marked = any(entry.key in undoable for entry in found)
    return Reply(
        paragraphs(
            texts("library.shelf", purpose=texts(f"purpose.{purpose.value}"), n=len(found)),
            texts("library.mine") if mine else None,
            texts("library.marked") if marked else None,
        ),
        keyboard=keyboard(*rows),
    )


def notes(catalogue: Catalogue, texts: Texts, first: int = 0) -> Reply:
    """List some of the knowledge notes, each by the question it answers, from one of them on."""
    everything = list(catalogue.notes.values())
    first = first if 0 <= first < len(everything) else 0
    shown = everything[first : first + NOTES_A_PAGE]
    rows: list[list[Key]] = [[(note.name, OpenNote(note.key))] for note in shown]
    turn: list[Key] = []
    if first:
        turn.append((texts("button.earlier"), OpenNotes(max(first - NOTES_A_PAGE, 0))))
    if first + NOTES_A_PAGE < len(everything):
        turn.append((texts("button.more"), OpenNotes(first + NOTES_A_PAGE)))
    rows.append(turn)
    rows.append([(texts("button.library"), OpenLibrary(None, False))])
    return Reply(texts("library.notes"), keyboard=keyboard(*rows))


def note(found: Note, catalogue: Catalogue, texts: Texts, *, alone: bool = True) -> Reply:
    """Show a note with what is worth a look beside it; not `alone` leaves out the way back."""
    rows: list[list[Key]] = [[key] for key in _seen(found.see, catalogue)]
    if alone:
        rows.append([(texts("button.notes", count=len(catalogue.notes)), OpenNotes(0))])
    return Reply(
        paragraphs(
            texts("note.title", name=found.name),
            texts("format.plain", text=found.text),
            texts("note.sources", text="; ".join(found.sources)) if found.sources else None,
        ),
        keyboard=keyboard(*rows),
    )


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


def entries(catalogue: Catalogue, purpose: Purpose) -> Iterable[Entry]:
    """Return the exercises, then the practices, for a purpose."""
    return (entry for entry in catalogue.entries.values() if entry.purpose is purpose)


def _purpose(purpose: Purpose, count: int, texts: Texts) -> Markup:
    return texts("button.purpose", purpose=texts(f"purpose.{purpose.value}"), count=count)


def _card(entry: Entry, undoable: Collection[str], texts: Texts) -> Key:
    key = "button.lacking" if entry.key in undoable else "button.entry"
    return texts(key, name=entry.name), OpenCard(entry.key, "how")


def _things(purpose: Purpose | None, mine: bool, texts: Texts) -> list[Key]:
    label = "button.show_all" if mine else "button.show_mine"
    return [
        (texts(label), OpenLibrary(purpose, not mine)),
        (texts("button.things"), OpenThings(household=False)),
    ]


def _seen(keys: Iterable[str], catalogue: Catalogue) -> Iterable[Key]:
    for key in keys:
        if entry := catalogue.entry(key):
            yield entry.name, OpenCard(key, "how")
        elif key in catalogue.routines:
            yield catalogue.routines[key].name, OpenRoutine(key, None)
        elif key in catalogue.notes:
            yield catalogue.notes[key].name, OpenNote(key)
