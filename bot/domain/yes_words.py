"""Yes and no as people type them."""

from __future__ import annotations

import re

from bot.domain.english import ENGLISH
from bot.domain.vocabulary import Vocabulary


def parse_yes(text: str, words: Vocabulary = ENGLISH) -> bool | None:
    """Return whether a text says yes or no; None where it says something else."""
    said = " ".join(re.findall(r"\w+", text.casefold()))
    if said in words.yes:
        return True
    return False if said in words.no else None
