"""Finds the chat whose order an update keeps, in its raw form and without trusting that form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NOBODY = 0
KINDS = ("message", "callback_query", "inline_query", "my_chat_member")  # that are told apart
LARGEST = 2**63 - 1  # what the database can store


def chat_of(raw: Mapping[str, Any]) -> int:
    """Return the chat id of a raw update, else the id of who caused it, else 0.

    A private chat has the id of its person, so what people do outside any chat (an inline query)
    keeps the order of their private chat.
    """
    bodies = [value for key, value in raw.items() if key != "update_id" and isinstance(value, dict)]
    for body in bodies:
        for place in (body, body.get("message")):
            if (found := _id(place, "chat")) is not None:
                return found
        for sender in ("from", "user", "actor_chat", "voter_chat"):
            if (found := _id(body, sender)) is not None:
                return found
    return NOBODY


def _id(place: object, name: str) -> int | None:
    """Return `place[name]["id"]` where it is an id."""
    inner = place.get(name) if isinstance(place, dict) else None
    value = inner.get("id") if isinstance(inner, dict) else None
    return value if is_id(value) else None


def is_id(value: object) -> bool:
    """Return whether a value can be stored as an id."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST


def kind_of(raw: Mapping[str, Any]) -> str:
    """Return what kind of update this is, among those that are told apart."""
    return next((kind for kind in KINDS if kind in raw), "other")


def is_update(value: object) -> bool:
    """Return whether something that came in can be kept: it has an id."""
    return isinstance(value, dict) and is_id(value.get("update_id"))
