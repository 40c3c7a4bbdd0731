"""Learns from questions; as a process, from those on standard input into the file it is given."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.answers.examples import Example
from bot.answers.features import counted, rarity
from bot.answers.linear import Linear, learn
from bot.answers.text import Text, read
from bot.domain.questions import NOT_ANSWERED, SIGNS

SIGN, CALM = "sign", "calm"
_FREQUENT = 15  # questions of a word that a slip may stand for
_KINDNESS = 4  # how much it stands back: beside four busy ones on two cores it gets a sixth


@dataclass(frozen=True, slots=True)
class Learned:
    """Three models: what is asked about, what about it, and whether it tells of a warning sign.

    `known` are the words of all questions, `frequent` those of many, and `named` those of
    questions about entries.
    """

    entry: Linear
    facet: Linear
    sign: Linear
    known: frozenset[str]
    frequent: frozenset[str]
    named: frozenset[str]


def learn_all(examples: Sequence[Example]) -> Learned:
    """Return what the examples teach."""
    texts = [read(example.question) for example in examples]
    labels = [example.label for example in examples]
    questions = [counted(text) for text in texts]
    rare = rarity(questions)
    faceted = [at for at, example in enumerate(examples) if example.facet is not None]
    facets = [examples[at].facet or "" for at in faceted]
    entry = learn(questions, labels, rare)
    facet = learn([questions[at] for at in faceted], facets, rare)
    questions = [counted(text, denials=True) for text in texts]
    signs = [SIGN if label.startswith(SIGNS) else CALM for label in labels]
    counts = Counter(word for text in texts for word in _spelt(text))
    answered = (t for t, label in zip(texts, labels, strict=True) if label not in NOT_ANSWERED)
    return Learned(
        entry,
        facet,
        learn(questions, signs, rarity(questions)),
        known=frozenset(counts),
        frequent=frozenset(word for word, number in counts.items() if number >= _FREQUENT),
        named=frozenset(word for text in answered for word in _spelt(text)),
    )


def _spelt(text: Text) -> Iterable[str]:
    return {word.text for word in text.words if word.text.isalpha()}


def main(file: Path) -> None:
    """Learn from the questions on standard input, and write what was learned."""
    from bot.answers.learned import write  # which knows this module

    os.nice(_KINDNESS)
    write(file, learn_all([Example(*told) for told in json.load(sys.stdin)]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
