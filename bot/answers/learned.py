"""What is learned from a pack's questions, kept in a file so that it is learned only once."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.answers.examples import Example
from bot.answers.features import FEATURES
from bot.answers.learning import Learned, learn_all
from bot.answers.linear import Linear
from bot.settings import cache_folder

log = logging.getLogger(__name__)  # which says nothing where nobody asked for a log: in a command

FORM = 4  # of what is learned; another one is learned anew
_KEPT = 12  # files, the newest
_MODELS = ("entry", "facet", "sign")
_WORDS = ("known", "frequent", "named")
_recent: dict[str, Learned] = {}  # packs are read anew far more often than changed


def learned(examples: Sequence[Example]) -> Learned:
    """Return what the examples teach: from its file in the cache, or learned and put there.

    Learning takes seconds of processor time, in a process of its own where there is a cache.
    """
    name = _fingerprint(examples)
    found = _recent.get(name)
    if found is None:
        folder = cache_folder()
        found = _kept(folder / f"answers-{name}.npz", examples) if folder else None
        if found is None:
            found = learn_all(examples)
        _recent.clear()
        _recent[name] = found
    return found


def _kept(file: Path, examples: Sequence[Example]) -> Learned | None:
    """Return what a file holds, made first where it is not there; None where it cannot be made."""
    found = read(file)
    if found is None:
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(file.parent, os.W_OK):
            return None
        log.info("learning")  # which takes a while
        told = json.dumps([astuple(example) for example in examples])
        command = [sys.executable, "-m", "bot.answers.learning", str(file)]
        # A process of its own gives its memory back, and does not hold up the event loop.
        with suppress(OSError):
            subprocess.run(command, input=told.encode(), capture_output=True, check=False)  # noqa: S603 - it is our own
        found = read(file)
    return found


def _fingerprint(examples: Sequence[Example]) -> str:
    digest = hashlib.sha256(str(FORM).encode())
    for example in examples:
        digest.update(repr(example).encode())
    return digest.hexdigest()[:16]


def read(file: Path) -> Learned | None:
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


def write(file: Path, made: Learned) -> None:
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
