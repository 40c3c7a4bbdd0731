"""Reads what people type about their things: "mat and a roller", "no sofa", "nothing"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.domain.equipment import Own, Thing
from bot.domain.typed_text import NotUnderstood, Reason

_NONE = {"nothing", "none", "no", "nope", "no equipment", "no gear", "nothing at all", "zero"}
_DENIED = re.compile(r"^(?:no|not|without|but no|i have no|i dont have|i do not have)\s+(?:an? )?")
_PARTS = re.compile(r"[,;.\n+&]|\band\b|\bor\b|\bbut\b")
_FILLERS = re.compile(r"\b(?:i|have|got|a|an|the|my|some|only|just|own|also|both)\b")


def parse_things(text: str, things: Mapping[str, Thing]) -> dict[str, bool]:
    """Return what a text says of things: key -> whether it is there.

    A list of gear is the whole of it: gear that is not named is not there. Of what is at home
    only what is named changes. Raises NotUnderstood with the part that is no thing.
    """
    text = re.sub(r"['’]", "", text.casefold()).strip()
    if not text:
        raise NotUnderstood(Reason.EMPTY, text)
    named = {} if text.strip(" .!") in _NONE else dict(_named(text, things))
    gear = [key for key, thing in things.items() if thing.own is Own.GEAR]
    lists_gear = not named or any(named.get(key) for key in gear)
    return (dict.fromkeys(gear, False) if lists_gear else {}) | named


def _named(text: str, things: Mapping[str, Thing]) -> Iterator[tuple[str, bool]]:
    known = {_plain(name): thing.key for thing in things.values() for name in _names(thing)}
    for part in filter(None, map(str.strip, _PARTS.split(text))):
        words = _DENIED.sub("", part)
        meant = _plain(_FILLERS.sub(" ", words))
        key = known.get(meant) or known.get(meant.removesuffix("s"))
        if key is None:
            raise NotUnderstood(Reason.THING, part)
        yield key, words == part


def _names(thing: Thing) -> Iterable[str]:
    return (thing.key, thing.name, *thing.aliases)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))
