"""What must hold of the safety files and of pack.yaml beyond their types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from bot.domain.catalogue import Gate, Screening, Tier
from content.faults import Fault, meant
from content.schema import Pack, Signs, Source
from content.sources import Sources

_WORD = r"[^\W_]+\*?"
_WORDS = rf"{_WORD}(?: {_WORD})*"
_CHOICES = rf"{_WORDS}(?:\|{_WORDS})*"
_PHRASE = re.compile(rf"{_CHOICES}(?: \.\. {_CHOICES})*")
_GROUP = re.compile(rf"\({_CHOICES}\)\??")  # (a|b) stands for one word, (a|b)? for one or none


def safety_faults(sources: Sources) -> Iterator[Fault]:
    """Yield what is wrong with screening, gates, signs and pack.yaml."""
    if sources.pack:
        yield from _pack(sources.pack, sources)
    if sources.screening:
        yield from _screening(sources.screening, sources)
    for gate in sources.gates.values():
        yield from _gate(gate, sources)
    if sources.signs:
        yield from _scripts(sources.signs)
        yield from _phrases(sources.signs)


def _pack(source: Source[Pack], sources: Sources) -> Iterator[Fault]:
    daily, known = source.value.daily, sources.names["routine"]
    if daily not in known:
        yield source.document.fault(f"there is no routine '{daily}'{meant(daily, known)}", "daily")


def _screening(source: Source[Screening], sources: Sources) -> Iterator[Fault]:
    name, known = source.value.routine, sources.names["routine"]
    if name not in known:
        yield source.document.fault(f"there is no routine '{name}'{meant(name, known)}", "routine")
    elif name in sources.routines and not sources.routines[name].value.gentle:
        yield source.document.fault(f"'{name}' is not marked gentle", "routine")


def _gate(source: Source[Gate], sources: Sources) -> Iterator[Fault]:
    for index, name in enumerate(source.value.alternatives):
        place = ("alternatives", index)
        entry = sources.exercises.get(name) or sources.practices.get(name)
        if name not in sources.entries:
            near = meant(name, sources.entries)
            yield source.document.fault(f"there is no exercise or practice '{name}'{near}", *place)
        elif entry and entry.value.gate:
            yield source.document.fault(f"'{name}' has a gate itself", *place)


def _scripts(source: Source[Signs]) -> Iterator[Fault]:
    scripts = source.value.scripts
    for tier in get_args(Tier):
        if tier not in scripts:
            yield source.document.fault(f"scripts: '{tier}' is missing", "scripts")
    for index, sign in enumerate(source.value.signs):
        if sign.script and sign.script not in scripts:
            text = f"there is no script '{sign.script}'{meant(sign.script, scripts)}"
            yield source.document.fault(text, "signs", index, "script")


def _phrases(source: Source[Signs]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for index, sign in enumerate(source.value.signs):
        for number, phrase in enumerate(sign.phrases):
            place = ("signs", index, "phrases", number)
            line = source.document.line(*place)
            if phrase in seen:
                text = f"the phrase '{phrase}' is on line {seen[phrase]} already"
                yield source.document.fault(text, *place)
            elif phrase != phrase.lower():
                yield source.document.fault("a phrase is written in small letters", *place)
            elif not _PHRASE.fullmatch(_GROUP.sub("x", phrase)):
                text = "a phrase is plain words with * | ( ) and ' .. ' between them"
                yield source.document.fault(text, *place)
            seen.setdefault(phrase, line)
