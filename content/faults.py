"""What is wrong with a content pack, as one line a coach can act on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

_LONGEST = 60  # characters of what was typed that are repeated in a fault
_LONGEST_SENTENCE = 265  # what a line of a terminal or a chat can take in


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: the file inside its pack, the line counted from 1, and a plain sentence."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{_one_line(self.path)}:{self.line}: {_short(_one_line(self.text))}"


class PackError(Exception):
    """A pack that cannot be used; `faults` holds everything wrong with it, by file and line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = list(faults)


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def _short(text: str) -> str:
    if len(text) <= _LONGEST_SENTENCE:
        return text
    half = _LONGEST_SENTENCE // 2
    return f"{text[:half]}…{text[-half + 1 :]}"


def quoted(word: object) -> str:
    """Return what was typed in quotes, shortened where it is long."""
    text = str(word)
    return f"'{text}'" if len(text) <= _LONGEST else f"'{text[:_LONGEST]}…'"


def meant(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the nearest known word, or nothing where none is near."""
    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""


def clock(seconds: float) -> str:
    """Return a length of time as minutes and seconds: 90 gives "1:30"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
