"""Cuts words down to what a name is compared by."""

from __future__ import annotations

from rapidfuzz.distance import OSA

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {key: (x + y / 2, y) for y, row in enumerate(_ROWS) for x, key in enumerate(row)}
_SHORT, _LONG = 4, 8  # letters up to which no edit is cheap, and from which two are allowed


def stem(word: str) -> str:
    """Return `word` without plural, "-ing", "-ed" and final e, so that forms of a word meet."""
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word.removesuffix("e") if len(word) >= 5 else word


def likeness(typed: str, meant: str) -> float:
    """Return how surely `typed` is a slip for `meant`, two stems: 1 the same, 0 another word."""
    if typed == meant:
        return 1.0
    if typed.isdigit() or meant.isdigit() or len(meant) < 3:
        return 0.0
    allowed = 2 if len(meant) >= _LONG else 1
    edits = OSA.distance(typed, meant, score_cutoff=allowed)
    if edits > allowed or (len(meant) == 3 and len(typed) < 3):
        return 0.0
    price = 0.3 if len(meant) <= _SHORT else 0.15
    return 1.0 - edits * price * (0.6 if _small(typed, meant) else 1.0)


def _small(typed: str, meant: str) -> bool:
    """Tell whether the slip is of the common kind: a neighbouring key, or letters swapped."""
    if len(typed) != len(meant):
        return False
    pairs = [(a, b) for a, b in zip(typed, meant, strict=True) if a != b]
    swapped = sorted(typed) == sorted(meant)
    return swapped or all(_neighbours(a, b) for a, b in pairs)


def _neighbours(one: str, other: str) -> bool:
    if one not in _PLACES or other not in _PLACES:
        return False
    (x, y), (u, v) = _PLACES[one], _PLACES[other]
    return abs(x - u) <= 1 and abs(y - v) <= 1
