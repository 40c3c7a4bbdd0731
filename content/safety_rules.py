"""What must hold of the safety files and of pack.yaml beyond their types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.safety import PULSE, TIERS, Gate
from content import layers
from content.faults import Fault, meant
from content.kinds import GateAddition, Signs
from content.schema import Source
from content.sources import Sources

_WORD = r"[^\W_]+\*?"
_WORDS = rf"{_WORD}(?: {_WORD})*"
_CHOICES = rf"{_WORDS}(?:\|{_WORDS})*"
_PHRASE = re.compile(rf"{_CHOICES}(?: \.\. {_CHOICES})*")
_GROUP = re.compile(rf"\({_CHOICES}\)\??")  # (a|b) stands for one word, (a|b)? for one or none


def safety_faults(sources: Sources) -> Iterator[Fault]:
    """Yield what is wrong with screening, gates, signs and pack.yaml."""
    yield from _pack(sources)
    yield from _screening(sources)
    for gate in sources.gates.values():
        yield from _gate(gate, sources)
    for addition in sources.gate_additions:
        yield from _gate(addition, sources)
    for kind in ("screening", "rules"):
        yield from layers.replaced(sources.files[kind])
    yield from layers.gates_replaced(sources.gates, sources.gate_additions)
    yield from _scripts(sources)
    for signs in sources.files["signs"].sources:
        yield from _phrases(signs)


def _pack(sources: Sources) -> Iterator[Fault]:
    known = sources.names["routine"]
    for layer in sources.files["pack"].sources:
        daily = layer.value.daily
        if daily and daily not in known:
            text = f"there is no routine '{daily}'{sources.near(daily, known)}"
            yield layer.document.fault(text, "daily")


def _screening(sources: Sources) -> Iterator[Fault]:
    known = sources.names["routine"]
    for layer in sources.files["screening"].sources:
        name = layer.value.routine
        if name and name not in known:
            text = f"there is no routine '{name}'{sources.near(name, known)}"
            yield layer.document.fault(text, "routine")
        elif name in sources.routines and not sources.routines[name].value.gentle:
            yield layer.document.fault(f"'{name}' is not marked gentle", "routine")


def _gate(source: Source[Gate] | Source[GateAddition], sources: Sources) -> Iterator[Fault]:
    for index, name in enumerate(source.value.alternatives):
        place = ("alternatives", index)
        entry = sources.exercises.get(name) or sources.practices.get(name)
        if name not in sources.entries:
            near = sources.near(name, sources.entries)
            yield source.document.fault(f"there is no exercise or practice '{name}'{near}", *place)
        elif entry and entry.value.gate:
            yield source.document.fault(f"'{name}' has a gate itself", *place)


def _scripts(sources: Sources) -> Iterator[Fault]:
    scripts = layers.signs(sources.files["signs"]).scripts
    lowest = sources.files["signs"].sources[0]
    for tier in (*TIERS, PULSE):
        if tier not in scripts:
            yield lowest.document.fault(f"scripts: '{tier}' is missing", "scripts")
    for source in sources.files["signs"].sources:
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
