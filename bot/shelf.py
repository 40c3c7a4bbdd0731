"""The content in use: read as a whole, swapped as a whole, so that no update sees half of two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answers import Answers
from bot.domain.catalogue import Catalogue
from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class Content:
    """A pack that was read and checked, with what is made from it."""

    catalogue: Catalogue
    answers: Answers
    languages: Mapping[str, Texts]


@dataclass(slots=True)
class Shelf:
    """Holds the content in use; putting another one there is all that a reload does."""

    content: Content


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What came of reading the content anew: the catalogue now in use, and what was wrong."""

    catalogue: Catalogue
    wrong: tuple[str, ...] = ()
