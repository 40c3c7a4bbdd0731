"""Lays one pack over another: entries are added or replaced, safety is only ever added to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from bot.domain.catalogue import Entry
from bot.domain.safety import Gate, Rules, Screening
from content.faults import Fault
from content.kinds import (
    GateAddition,
    Pack,
    PackAddition,
    RulesAddition,
    ScreeningAddition,
    Signs,
    Things,
)
from content.schema import Source

T = TypeVar("T")

# What a higher pack can neither replace nor add to.
_FIXED = (
    *("question", "advice", "refusal"),
    *("days", "intro", "passed", "refused"),
    *("effort", "breath", "warm_up", "after"),
)


@dataclass(frozen=True, slots=True)
class Layers:
    """The files of one kind that every pack has, the lowest first."""

    sources: tuple[Source[Any], ...] = ()

    def and_then(self, source: Source[Any]) -> Layers:
        """Return the same with one more on top."""
        return Layers((*self.sources, source))


def pack(layers: Layers) -> Pack:
    """Return pack.yaml as it stands: the topmost word on each thing, everything hidden."""
    first, *above = (source.value for source in layers.sources)
    assert isinstance(first, Pack)
    for one in above:
        assert isinstance(one, PackAddition)
        first = Pack(
            name=one.name or first.name,
            daily=one.daily or first.daily,
            languages=more(first.languages, one.languages),
            hide=more(first.hide, one.hide),
        )
    return first


def screening(layers: Layers) -> Screening:
    """Return the screening with what higher packs add to it."""
    return _laid(layers, _add_to_screening)


def rules(layers: Layers) -> Rules:
    """Return the rules for everything with what higher packs add to them."""
    return _laid(layers, _add_to_rules)


def signs(layers: Layers) -> Signs:
    """Return all signs; a higher pack's words follow those of a script, never replace them."""
    found = Signs()
    for source in layers.sources:
        scripts = dict(found.scripts)
        for name, text in source.value.scripts.items():
            scripts[name] = _followed(scripts.get(name, ""), text)
        found = Signs(scripts=scripts, signs=(*found.signs, *source.value.signs))
    return found


def things(layers: Layers) -> Things:
    """Return everything people may have; a higher pack may put a thing in other words."""
    found = {thing.key: thing for source in layers.sources for thing in source.value.things}
    return Things(things=tuple(found.values()))


def gates(
    gates: Mapping[str, Source[Gate]], additions: Iterable[Source[GateAddition]]
) -> dict[str, Source[Gate]]:
    """Return the gates with the questions that higher packs add to them."""
    found = dict(gates)
    for addition in additions:
        key = addition.value.key
        if key in found:
            found[key] = replace(found[key], value=_add_to_gate(found[key].value, addition.value))
    return found


def replaced(layers: Layers) -> Iterator[Fault]:
    """Yield a fault where a higher pack says something else than the words it lies over."""
    if not layers.sources:
        return
    lowest, *above = layers.sources
    for source in above:
        yield from _other_words(source, lowest.value)


def gates_replaced(
    gates: Mapping[str, Source[Gate]], additions: Iterable[Source[GateAddition]]
) -> Iterator[Fault]:
    """Yield a fault where a higher pack says something else of a gate than the lower one."""
    for addition in additions:
        if addition.value.key in gates:
            yield from _other_words(addition, gates[addition.value.key].value)


def loosened(known: Source[Any] | None, source: Source[Any]) -> Iterator[Fault]:
    """Yield a fault where what replaces an entry is open to people for whom that one was not."""
    if known is None or not (isinstance(known.value, Entry) and isinstance(source.value, Entry)):
        return
    key, gate = known.value.key, known.value.gate
    if gate and source.value.gate != gate:
        text = f"gate: what replaces '{key}' keeps its gate: write gate: {gate}"
        yield source.document.fault(text, "gate")
    if not getattr(known.value, "scheduled", True) and getattr(source.value, "scheduled", True):
        text = f"scheduled: what replaces '{key}' stays out of routines: write scheduled: no"
        yield source.document.fault(text, "scheduled")


def more(known: tuple[str, ...], added: tuple[str, ...]) -> tuple[str, ...]:
    """Return `known` and what of `added` is not among it."""
    return tuple(dict.fromkeys((*known, *added)))


def _followed(known: str, added: str) -> str:
    """Return `known` and then what is added, unless that begins with it already."""
    if not added or added == known:
        return known
    return added if added.startswith(known) else f"{known}\n\n{added}"


def _other_words(source: Source[Any], lower: Any) -> Iterator[Fault]:
    for name in _FIXED:
        said = getattr(source.value, name, None)
        if said and said != getattr(lower, name):
            text = f"{name}: this stays as it is in the pack below, take it out"
            yield source.document.fault(text, name)


def _laid(layers: Layers, add: Callable[[T, Any], T]) -> T:
    first, *above = (source.value for source in layers.sources)
    for one in above:
        first = add(first, one)
    return first  # type: ignore[no-any-return]


def _add_to_screening(known: Screening, added: ScreeningAddition) -> Screening:
    return replace(
        known,
        note=_followed(known.note, added.note),
        conditions=more(known.conditions, added.conditions),
        routine=added.routine or known.routine,
    )


def _add_to_rules(known: Rules, added: RulesAddition) -> Rules:
    return replace(
        known,
        stop=more(known.stop, added.stop),
        not_today=more(known.not_today, added.not_today),
    )


def _add_to_gate(known: Gate, added: GateAddition) -> Gate:
    return replace(
        known,
        questions=more(known.questions, added.questions),
        alternatives=more(known.alternatives, added.alternatives),
    )
