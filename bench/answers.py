"""How well questions are answered beside peers, on questions nobody tuned to, and how fast.

The peers read the same pack: plain BM25 (Robertson and Zaragoza, 2009; k1 1.2, b 0.75) over the
words of each entry, fuzzy names (RapidFuzz's token_set_ratio), and both together. Their thresholds
are the best for the set that is measured, which flatters them.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from math import log

from rapidfuzz import fuzz, process

from bot.answers import Answer, Answers
from bot.answers.examples import entries, names
from bot.answers.text import plain
from bot.domain.catalogue import Catalogue
from content.loader import load, packaged
from tests.answers.tables import Line, figures, questions, verdict

K1, B = 1.2, 0.75
THRESHOLDS = 40
Ranked = tuple[str, float]
Peer = Callable[[str], Ranked]


class Bm25:
    """The entry whose words fit a question best."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._texts = {entry.key: Counter(plain(_text(entry))) for entry in entries(catalogue)}
        self._mean = sum(map(Counter.total, self._texts.values())) / len(self._texts)
        self._found = Counter(word for words in self._texts.values() for word in words)

    def __call__(self, question: str) -> Ranked:
        """Return the best entry and its score."""
        words = plain(question)
        scores = {key: self._score(words, text) for key, text in self._texts.items()}
        return max(scores.items(), key=lambda one: one[1])

    def _score(self, words: Sequence[str], text: Counter[str]) -> float:
        length = K1 * (1 - B + B * text.total() / self._mean)
        return sum(
            self._rarity(word) * text[word] * (K1 + 1) / (text[word] + length)
            for word in words
            if word in text
        )

    def _rarity(self, word: str) -> float:
        found = self._found[word]
        return log(1 + (len(self._texts) - found + 0.5) / (found + 0.5))


class Fuzzy:
    """The entry whose name is most like a part of the question."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._keys = {name: entry.key for entry in entries(catalogue) for name in names(entry)}

    def __call__(self, question: str) -> Ranked:
        """Return the best entry and its score, 0 to 100."""
        found = process.extractOne(
            question, [*self._keys], scorer=fuzz.token_set_ratio, processor=str.lower
        )
        return (self._keys[found[0]], found[1]) if found else ("", 0.0)


async def measure() -> list[str]:
    """Return the figures of Limber and of each peer as lines."""
    catalogue = load(packaged())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answers = Answers(catalogue)
    answers.ask("warm")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = questions("measuring")
    bm25, fuzzy = Bm25(catalogue), Fuzzy(catalogue)
    found = {"limber": [answers.ask(line.question) for line in lines]}
    for name, peer in (("bm25", bm25), ("fuzzy", fuzzy), ("both", _both(bm25, fuzzy))):
        found[name] = _best(lines, catalogue, peer)
    told = [_line(name, lines, given) for name, given in found.items()]
    each = [_seconds(lambda q: answers.ask(q), lines), _seconds(bm25, lines)]
    told.append(
        f"answers: {each[0] * 1e3:.2f} ms a question, {each[0] / each[1]:.1f} times BM25;"
        f" {(after - before) / 1024:.0f} MB for the models, learned before"
    )
    return told


def _line(name: str, lines: Sequence[Line], given: Sequence[Answer]) -> str:
    judged = [verdict(line, answer) for line, answer in zip(lines, given, strict=True)]
    share = figures(lines, judged)
    return (
        f"answers, {name}: entry {share.entry:.1%}, facet {share.facet:.1%},"
        f" wrong {share.wrong:.1%},"
        f" safety {share.safety:.1%} at {share.false:.1%} false, unknown {share.unknown:.1%}"
    )


def _both(one: Peer, other: Peer) -> Peer:
    """Return what asks the names first and the words where no name is near."""

    def ask(question: str) -> Ranked:
        key, score = other(question)
        return (key, score) if score >= 90 else one(question)

    return ask


def _best(lines: Sequence[Line], catalogue: Catalogue, peer: Peer) -> list[Answer]:
    """Return the peer's answers with the threshold that answers most lines right."""
    ranked = [peer(line.question) for line in lines]
    scores = sorted(score for _, score in ranked)
    choices = scores[:: max(len(scores) // THRESHOLDS, 1)]
    tried = [[_answer(catalogue, one, least) for one in ranked] for least in choices]

    def right(given: Sequence[Answer]) -> int:
        good = ("right", "facet")
        return sum(verdict(line, one) in good for line, one in zip(lines, given, strict=True))

    return max(tried, key=right)


def _answer(catalogue: Catalogue, ranked: Ranked, least: float) -> Answer:
    key, score = ranked
    if score < least or not key:
        return Answer("unknown")
    kind = "knowledge" if key in catalogue.notes else "exercise"
    return Answer(kind, key, "why" if kind == "knowledge" else "how")


def _seconds(ask: Callable[[str], object], lines: Sequence[Line]) -> float:
    begun = time.perf_counter()
    for line in lines:
        ask(line.question)
    return (time.perf_counter() - begun) / len(lines)


def _text(entry: object) -> str:
    """Return all words of an entry, its names and what it says."""
    return " ".join(_strings(entry))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in _strings(one)]
    if isinstance(value, tuple | list):
        return [text for one in value for text in _strings(one)]
    slots = getattr(type(value), "__slots__", ())
    return [text for name in slots for text in _strings(getattr(value, name))]


if __name__ == "__main__":
    import asyncio

    sys.stdout.write("\n".join(asyncio.run(measure())) + "\n")
