"""Entries as they are stored: what a session began with outlives any change of the pack."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.domain.catalogue import Exercise, Practice, Routine

_KINDS: dict[str, TypeAdapter[Any]] = {
    kind.__name__.lower(): TypeAdapter(kind) for kind in (Exercise, Practice, Routine)
}


def digest(entry: Exercise | Practice | Routine) -> str:
    """Return a hash of all that an entry says; another one where a single letter changed."""
    text = json.dumps(stored(entry), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def stored(entry: Exercise | Practice | Routine) -> dict[str, Any]:
    """Return an entry as JSON can hold it."""
    kind = type(entry).__name__.lower()
    return {kind: _KINDS[kind].dump_python(entry, mode="json", exclude_defaults=True)}


def restored(values: dict[str, Any]) -> Exercise | Practice | Routine | None:
    """Return the entry that was stored; None where this version of Limber cannot read it."""
    for kind, entry in values.items():
        if kind in _KINDS:
            try:
                found: Exercise | Practice | Routine = _KINDS[kind].validate_python(entry)
            except ValidationError:
                return None
            return found
    return None
