"""Reads a pack as the bot will use it: its content, its sentences, every screen within limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.answers import Answers
from bot.domain.catalogue import Catalogue
from bot.rendering import Overlong, too_long
from bot.shelf import Content
from bot.texts import Texts, load_texts
from bot.translations import text_faults, translation_faults
from content.faults import Fault, PackError
from content.loader import load, over_packaged
from content.reading import Document
from content.schema import Source
from content.sources import Sources, gather


def read_content(folder: Path, *, measured: bool = False) -> Content:
    """Read the pack in `folder` over the packaged one; takes a second or so of processor time.

    `measured` looks at every screen even where nothing lies over the packaged pack.
    Raises PackError and BrokenCatalogue, and then nothing has changed.
    """
    packs = over_packaged(folder)
    catalogue = load(*packs)
    if wrong := text_faults(packs[-1]):
        raise PackError(wrong)
    languages = load_texts(*(pack / "texts" for pack in packs))
    if measured or len(packs) > 1:  # what comes with Limber is measured by its tests
        check_screens(packs, catalogue, languages)
    return Content(catalogue, Answers(catalogue), languages)


def check_screens(
    packs: Sequence[Path], catalogue: Catalogue, languages: Mapping[str, Texts]
) -> None:
    """Raise PackError where a sentence or a whole screen is not as Telegram takes it."""
    if wrong := translation_faults(packs[-1], catalogue.languages):
        raise PackError(wrong)  # a sentence that cannot be filled in cannot be measured either
    screens = (one for texts in languages.values() for one in too_long(catalogue, texts))
    if wrong := _located(packs, screens):
        raise PackError(sorted(set(wrong)))


def _located(packs: Iterable[Path], found: Iterable[Overlong]) -> list[Fault]:
    """Return the faults of screens by the file and line that they come from."""
    screens = list(found)
    if not screens:
        return []
    sources = gather(*packs)
    return [_document(sources, screen.key).fault(screen.text, *screen.place) for screen in screens]


def _document(sources: Sources, key: str) -> Document:
    groups: tuple[Mapping[str, Source[Any]], ...] = (
        *(sources.exercises, sources.practices, sources.routines, sources.notes, sources.gates),
    )
    found = next((group[key] for group in groups if key in group), None)
    return (found or sources.files[key].sources[-1]).document
