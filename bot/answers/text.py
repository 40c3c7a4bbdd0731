"""Turns what a person typed into plain words that know their clause and their sentence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\s?[.,:/-]\s?(?=\d)")
_WITHOUT = re.compile(r"\bw\s?/\s?o\b")
_WITH = re.compile(r"\bw\s?/")
_JOINED = re.compile(r"(?<=\w)-(?=\w)")
_AND = re.compile(r"\s*[&+]\s*")
_OR = re.compile(r"(?<=[^\W\d])\s?/\s?(?=[^\W\d])")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_PIECE = re.compile(r"[^\W_]+|[.!?;\n…]+|[^\w\s]")
_SENTENCE_END = frozenset(".!?;\n…")
_AUXILIARIES = frozenset(
    [
        "can",
        "could",
        "do",
        "does",
        "did",
        "is",
        "are",
        "was",
        "were",
        "have",
        "has",
        "had",
        "will",
        "would",
        "should",
        "must",
    ]
)
_OPENED = {"im": "i am", "ive": "i have", "whats": "what is", "wheres": "where is"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word in lower case without accents; clauses and sentences count from 0."""

    text: str
    clause: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Text:
    """A message as words, and the sentences of it that are asked."""

    words: list[Word]
    asked: frozenset[int]


def words(text: str) -> list[Word]:
    """Return the words of `text` in order; any text is fine, even one without words."""
    return read(text).words


def read(text: str) -> Text:
    """Return the words of `text` and which of its sentences end with a question mark."""
    found: list[Word] = []
    asked: set[int] = set()
    clause = sentence = 0
    for piece in _PIECE.findall(_flatten(text)):
        if piece[0].isalnum():
            _append(found, piece, clause, sentence)
            continue
        clause += 1
        if "?" in piece:
            asked.add(sentence)
        sentence += piece[0] in _SENTENCE_END
    return Text(found, frozenset(asked))


def plain(text: str) -> list[str]:
    """Return only the texts of `words`, for names and other text of the content pack."""
    return [word.text for word in words(text)]


def _flatten(text: str) -> str:
    """Lower the case, drop accents and open what is joined by a slash, a hyphen or a plus."""
    text = unicodedata.normalize("NFKD", text).casefold()
    kept = (letter for letter in text if unicodedata.category(letter) not in ("Mn", "Cf"))
    text = _APOSTROPHES.sub("", "".join(kept))
    text = _WITH.sub(" with ", _WITHOUT.sub(" without ", text))
    text = _OR.sub(" or ", _AND.sub(" and ", _BETWEEN_DIGITS.sub(" ", text)))
    return _STRETCHED.sub(r"\1\1", _JOINED.sub(" ", text))


def _append(found: list[Word], piece: str, clause: int, sentence: int) -> None:
    """Add `piece`, joining "can not" to "cant" and opening "im" to "i am"."""
    last = found[-1] if found else None
    if piece == "cannot":
        piece = "cant"
    if piece == "not" and last and last.clause == clause and last.text in _AUXILIARIES:
        found[-1] = Word(last.text + ("t" if last.text == "can" else "nt"), clause, sentence)
        return
    for opened in _OPENED.get(piece, piece).split():
        found.append(Word(opened, clause, sentence))
