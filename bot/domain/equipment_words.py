"""Reads what people type about their things: "mat and a roller", "no sofa", "nothing"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.domain.equipment import Own, Thing
from bot.domain.typed_text import NotUnderstood, Reason

_NONE = {"nothing", "none", "no", "nope", "no equipment", "no gear", "nothing at all", "zero"}
_DENIED = re.compile(r"^(?:no|not|without|neither|i have no|i dont have|i do not have)\s+(?:an? )?")
# A denial holds for what follows it, until somebody says "but" or begins anew.
_PARTS = re.compile(r"[,;+&]|\band\b|\bor\b|\bnor\b|\bbut\b|[.\n]")
_ANEW = {"but", ".", "\n"}
_HAVE = re.compile(r"^(?:i )?(?:have|got|own)\b")
_ONLY = re.compile(r"\b(?:only|just)\b")
_FILLERS = re.compile(r"\b(?:i|have|got|a|an|the|my|some|only|just|own|also|both)\b")


def parse_things(text: str, things: Mapping[str, Thing]) -> dict[str, bool]:
    """Return what a text says of things: key -> whether it is there.

    Only what is named changes, but "nothing" says that no gear is there, and "only a mat" that
    no other is. Raises NotUnderstood with the part that is no thing.
    """
    text = re.sub(r"['’]", "", text.casefold()).strip()
    if not text:
        raise NotUnderstood(Reason.EMPTY, text)
    named = {} if text.strip(" .!") in _NONE else dict(_named(text, things))
    gear = [key for key, thing in things.items() if thing.own is Own.GEAR]
    whole = not named or _ONLY.search(text)
    return (dict.fromkeys(gear, False) if whole else {}) | named


def _named(text: str, things: Mapping[str, Thing]) -> Iterator[tuple[str, bool]]:
    known = {_plain(name): thing.key for thing in things.values() for name in _names(thing)}
    denied = False
    for part, divider in _parts(text):
        words = _DENIED.sub("", part)
        denied = words != part or (denied and not _HAVE.match(part))
        meant = _plain(_FILLERS.sub(" ", words))
        key = known.get(meant) or known.get(meant.removesuffix("s"))
        if key is None:
            raise NotUnderstood(Reason.THING, part)
        yield key, not denied
        denied = denied and divider not in _ANEW


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands between dividers, each with the divider after it."""
    start = 0
    for found in (*_PARTS.finditer(text), None):
        part = text[start : found.start() if found else None].strip()
        if part:
            yield part, found[0] if found else ""
        start = found.end() if found else start


def _names(thing: Thing) -> Iterable[str]:
    return (thing.key, thing.name, *thing.aliases)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))
