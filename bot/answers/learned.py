"""What is learned from a pack's questions, kept in a file so that it is learned only once."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.answers.examples import Example
from bot.answers.features import FEATURES, counted, rarity
from bot.answers.linear import Linear, learn
from bot.answers.text import Text, read
from bot.domain.questions import NOT_ANSWERED, SIGNS
from bot.settings import cache_folder

FORM = 4  # of what is learned; another one is learned anew
SIGN, CALM = "sign", "calm"
_KEPT = 4  # files, the newest
_MODELS = ("entry", "facet", "sign")
_WORDS = ("known", "frequent", "named")
_recent: dict[str, Learned] = {}  # packs are read anew far more often than changed
_FREQUENT = 15  # questions of a word that a slip may stand for


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


def learned(examples: Sequence[Example]) -> Learned:
    """Return what the examples teach: from its file in the cache, or learned and put there.

    Learning takes seconds of processor time. A folder that cannot be used is done without.
    """
    name = _fingerprint(examples)
    found = _recent.get(name)
    if found is None:
        folder = cache_folder()
        file = folder / f"answers-{name}.npz" if folder else None
        found = _read(file) if file else None
        if found is None:
            found = _learn(examples)
            if file is not None:
                with suppress(OSError):
                    _write(file, found)
        _recent.clear()
        _recent[name] = found
    return found


def _learn(examples: Sequence[Example]) -> Learned:
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


def _fingerprint(examples: Sequence[Example]) -> str:
    digest = hashlib.sha256(str(FORM).encode())
    for example in examples:
        digest.update(repr(example).encode())
    return digest.hexdigest()[:16]


def _read(file: Path) -> Learned | None:
    """Return what a file holds; None where there is none, or it is not whole."""
    try:
        with np.load(file) as stored:
            entry, facet, sign = (_model(stored, name) for name in _MODELS)
            known, frequent, named = (frozenset(stored[name].tolist()) for name in _WORDS)
    except (OSError, ValueError, TypeError, KeyError, EOFError, BadZipFile):
        return None
    with suppress(OSError):  # a folder may be there to read only
        os.utime(file)
    return Learned(entry, facet, sign, known, frequent, named)


def _model(stored: Any, name: str) -> Linear:
    labels = tuple(stored[f"{name}-labels"].tolist())
    weights, rare = stored[f"{name}-weights"], stored[f"{name}-rare"]
    if weights.shape != (FEATURES, len(labels)) or rare.shape != (FEATURES,):
        raise ValueError("these are no weights of these labels")
    return Linear(labels, weights, rare)


def _write(file: Path, made: Learned) -> None:
    """Put what was learned in its file, in one move, and leave out what is long not used."""
    arrays: dict[str, Any] = {name: np.array(sorted(getattr(made, name))) for name in _WORDS}
    for name in _MODELS:
        model: Linear = getattr(made, name)
        arrays[f"{name}-labels"] = np.array(model.labels)
        arrays[f"{name}-weights"], arrays[f"{name}-rare"] = model.weights, model.rare
    file.parent.mkdir(parents=True, exist_ok=True)
    begun = file.with_suffix(f".{os.getpid()}")
    try:
        with begun.open("wb") as opened:
            np.savez(opened, **arrays)
            opened.flush()
            os.fsync(opened.fileno())
        begun.replace(file)
    finally:
        begun.unlink(missing_ok=True)
    old = sorted(file.parent.glob("answers-*"), key=lambda one: one.stat().st_mtime)
    for one in old[:-_KEPT]:
        one.unlink(missing_ok=True)
