"""What must hold of equipment: every thing known, every substitute doable, no circle of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.domain.catalogue import Exercise
from bot.domain.equipment import Thing
from bot.domain.own import LONGEST_NAME
from content import layers
from content.faults import Fault, meant
from content.kinds import Things
from content.naming import spelling
from content.schema import Source
from content.sources import Sources, bad_key

LONGEST = 60  # characters of a thing, as a step tells it


def equipment_faults(sources: Sources) -> Iterator[Fault]:
    """Yield what is wrong with the things of a pack and with what exercises need of them."""
    found = layers.things(sources.files["equipment"]).things
    things = {thing.key: thing for thing in found}
    owners: dict[str, str] = {}
    for layer in sources.files["equipment"].sources:
        yield from _things(layer)
        yield from _names(layer, things, owners)
    for source in sources.exercises.values():
        yield from _needs(source, things)
        yield from _instead(source, sources)
        yield from _circle(source, sources.exercises)


def _things(source: Source[Things]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, thing in enumerate(source.value.things):
        if thing.key in seen:
            yield source.document.fault(f"'{thing.key}' is written twice", "things", index, "key")
        elif text := bad_key(thing.key):
            yield source.document.fault(text, "things", index, "key")
        if len(thing.name) > LONGEST_NAME:
            text = f"name: {LONGEST_NAME} characters at most, for a button"
            yield source.document.fault(text, "things", index, "name")
        seen.add(thing.key)


def _names(
    source: Source[Things], things: Mapping[str, Thing], owners: dict[str, str]
) -> Iterator[Fault]:
    """Yield a fault where what people type could be two things."""
    # What a higher pack says anew is looked at there.
    here = [(n, one) for n, one in enumerate(source.value.things) if things[one.key] is one]
    keys = [(one.key, one.key, ("things", n, "key")) for n, one in here]
    named = [(one.key, one.name, ("things", n, "name")) for n, one in here]
    also = [
        (one.key, alias, ("things", n, "aliases", index))
        for n, one in here
        for index, alias in enumerate(one.aliases)
    ]
    for key, name, place in (*keys, *named, *also):
        owner = owners.setdefault(spelling(name), key)
        if owner != key:
            yield source.document.fault(f"'{name}' is taken by the thing '{owner}'", *place)


def _needs(source: Source[Exercise], things: Mapping[str, Thing]) -> Iterator[Fault]:
    for index, need in enumerate(source.value.equipment):
        for place, key in (("thing", need.thing), *(("household", k) for k in need.household)):
            if key not in things:
                text = f"there is no thing '{key}' in equipment.yaml{meant(key, things)}"
                within = ("household", key) if place == "household" else ("thing",)
                yield source.document.fault(text, "equipment", index, *within)
        for text in (need.text, need.without, *need.household.values()):
            if len(text) > LONGEST:
                says = f"'{text[:20]}…': {LONGEST} characters at most"
                yield source.document.fault(says, "equipment", index)
        if need.without and not need.optional:
            text = "without: say optional: yes, or it is never used"
            yield source.document.fault(text, "equipment", index, "without")


def _instead(source: Source[Exercise], sources: Sources) -> Iterator[Fault]:
    exercise = source.value
    for index, key in enumerate(exercise.instead):
        place = ("instead", index)
        other = sources.exercises.get(key)
        if key not in sources.names["exercise"]:
            near = sources.near(key, sources.names["exercise"])
            yield source.document.fault(f"instead: there is no exercise '{key}'{near}", *place)
        elif other and (other.value.gate or not other.value.scheduled):
            text = f"'{key}' has a gate or says scheduled: no, name one open to everyone"
            yield source.document.fault(f"instead: {text}", *place)
        elif other and other.value.purpose is not exercise.purpose:
            text = f"'{key}' is for {other.value.purpose}, this is for {exercise.purpose}"
            yield source.document.fault(f"instead: {text}", *place)


def _circle(source: Source[Exercise], exercises: Mapping[str, Source[Exercise]]) -> Iterator[Fault]:
    """Yield a fault where an exercise, by way of others, stands in for itself."""
    first = source.value.key
    reached, path = list(source.value.instead), set[str]()
    while reached:
        key = reached.pop()
        if key == first:
            text = f"instead leads in a circle back to '{first}'"
            yield source.document.fault(text, "instead")
            return
        if key in exercises and key not in path:
            path.add(key)
            reached += exercises[key].value.instead
