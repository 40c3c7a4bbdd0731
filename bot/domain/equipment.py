"""What people have, what exercises need, and what stands in for a thing that is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Own(StrEnum):
    """Whether a thing is taken as there before anybody said so."""

    GEAR = "gear"  # bought for exercise: not there until the person says so
    HOUSEHOLD = "household"  # in most homes: there until the person says otherwise
    BODY = "body"  # always there, and so never asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something an exercise may need; `aliases` are what people type for it."""

    key: str
    name: str
    own: Own
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing an exercise is done with, and what else does, best first.

    `household` says for each substitute how the card puts it; `optional` things are only nicer
    to have, and `without` says what is done when none of them is there.
    """

    thing: str
    text: str = ""
    household: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False
    without: str = ""


@dataclass(frozen=True, slots=True)
class Swap:
    """A substitution as it is told: the thing that is not there, and what is used instead.

    An empty `thing` where `using` says by itself how it is done without; `short` is for lists.
    """

    thing: str
    using: str
    short: str = field(default="", compare=False)


def owned(things: Mapping[str, Thing], said: Mapping[str, bool]) -> frozenset[str]:
    """Return the keys of what a person has: what they `said`, else what most people have."""
    return frozenset(
        key
        for key, thing in things.items()
        if thing.own is Own.BODY or said.get(key, thing.own is Own.HOUSEHOLD)
    )


def missing(needs: Iterable[Need], has: Collection[str]) -> Need | None:
    """Return the first need that neither a thing nor a substitute fills, or None."""
    return next((need for need in needs if not need.optional and not _filled(need, has)), None)


def swaps(
    needs: Iterable[Need], has: Collection[str], things: Mapping[str, Thing]
) -> tuple[Swap, ...]:
    """Return what is used in place of what is not there, as far as it must be said.

    Comforts (optional, without a word on doing without) are passed over.
    """
    found = (_swap(need, has, things) for need in needs if need.thing not in has)
    return tuple(swap for swap in found if swap.using)


def _filled(need: Need, has: Collection[str]) -> bool:
    return need.thing in has or any(key in has for key in need.household)


def _swap(need: Need, has: Collection[str], things: Mapping[str, Thing]) -> Swap:
    if need.optional and not need.without:
        return Swap("", "")
    found = next((key for key in need.household if key in has), None)
    if found is None:
        return Swap("", need.without)
    return Swap(things[need.thing].name, need.household[found], things[found].name)
