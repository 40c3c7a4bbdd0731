"""One spelling for names that people write in many ways; the tables hold names in it."""

from __future__ import annotations

import unicodedata

# Letters that no decomposition takes apart.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def fold(name: str) -> str:
    """Return `name` without case, accents, apostrophes and full stops; other signs are one space.

    Folding twice changes nothing more.
    """
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    plain = unicodedata.normalize("NFC", letters.translate(_LETTERS))
    kept = "".join(_kept(sign) for sign in plain)
    return " ".join(kept.split())


def _kept(sign: str) -> str:
    if sign in "'’‘`´ʼʻ.":
        return ""
    return sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else " "
