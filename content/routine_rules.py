"""What must hold of routines: every item known, allowed, and fitting its slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.catalogue import Day, Exercise, Item, Practice, Routine
from bot.domain.dose import LONGEST_CHANGE, Level
from bot.domain.equipment import Need, Own
from bot.domain.own import LONGEST_NAME
from bot.domain.plan import Known, Means, dose_of, substitutes
from content import layers
from content.entry_rules import LONGEST_NOTE, dose_fault
from content.faults import Fault, clock
from content.reading import Document, Place
from content.schema import Source
from content.sources import Sources


def routine_faults(sources: Sources) -> Iterator[Fault]:
    """Yield what is wrong with the routines of a pack."""
    things = _known(sources)
    for source in sources.routines.values():
        items = _Items(source.document, source.value, sources, things)
        yield from _whole(source, items)
        for index, day in enumerate(source.value.days):
            yield from _day(source, day, index, items, sources)


def _known(sources: Sources) -> Known:
    found: Mapping[str, Source[Exercise] | Source[Practice]] = {
        **sources.exercises,
        **sources.practices,
    }
    things = layers.things(sources.files["equipment"]).things
    return Known(
        entries={key: source.value for key, source in found.items()},
        things={thing.key: thing for thing in things},
    )


def _whole(source: Source[Routine], items: _Items) -> Iterator[Fault]:
    routine, document = source.value, source.document
    if len(routine.name) > LONGEST_NAME:
        yield document.fault(f"name: {LONGEST_NAME} characters at most, for a button", "name")
    if bool(routine.items) == bool(routine.days):
        yield document.fault("a routine has either items or days")
    elif routine.items:
        yield from items.all(routine.items, routine.seconds, (), "seconds")
    elif routine.seconds:
        yield document.fault("seconds: each day says its own, take this out", "seconds")


def _day(
    source: Source[Routine], day: Day, index: int, items: _Items, sources: Sources
) -> Iterator[Fault]:
    place: Place = ("days", index)
    if len(day.name) > LONGEST_NAME:
        yield source.document.fault(f"name: {LONGEST_NAME} characters at most", *place, "name")
    if bool(day.items) == bool(day.routine):
        yield source.document.fault("a day has either items or a routine", *place)
    elif day.items:
        yield from items.all(day.items, day.seconds, place, "seconds")
    if day.routine:
        yield from _link(source, day, place, sources)
    if day.note and len(day.note) > LONGEST_NOTE:
        text = f"note: {LONGEST_NOTE} characters at most"
        yield source.document.fault(text, *place, "note")


def _link(source: Source[Routine], day: Day, place: Place, sources: Sources) -> Iterator[Fault]:
    known, key = sources.names["routine"], day.routine or ""
    linked = sources.routines.get(key)
    if key not in known:
        text = f"there is no routine '{key}'{sources.near(key, known)}"
        yield source.document.fault(text, *place, "routine")
    elif linked and linked.value.days:
        text = f"'{key}' has days itself: a day cannot lead to a programme, or round in a circle"
        yield source.document.fault(text, *place, "routine")
    elif linked and linked.value.seconds != day.seconds:
        text = f"'{key}' takes {clock(linked.value.seconds)}, not {clock(day.seconds)}"
        yield source.document.fault(text, *place, "seconds")
    if linked and source.value.gentle and not linked.value.gentle:
        text = f"a gentle routine cannot hold '{key}': it is not marked gentle"
        yield source.document.fault(text, *place, "routine")


@dataclass(frozen=True, slots=True)
class _Items:
    """Looks at the items of one routine, wherever in it they stand."""

    document: Document
    routine: Routine
    sources: Sources
    known: Known

    def all(
        self, items: tuple[Item, ...], seconds: int, place: Place, name: str
    ) -> Iterator[Fault]:
        yield from self.total(items, seconds, (*place, name))
        for index, item in enumerate(items):
            yield from self.item(item, (*place, "items", index))

    def total(self, items: tuple[Item, ...], seconds: int, place: Place) -> Iterator[Fault]:
        total = sum(item.seconds for item in items)
        if not seconds:
            text = f"'seconds' is missing: write seconds: {clock(total)}"
            yield self.document.fault(text, *place)
        elif total != seconds:
            text = f"the items add up to {clock(total)}, not {clock(seconds)}"
            yield self.document.fault(text, *place)

    def item(self, item: Item, place: Place) -> Iterator[Fault]:
        if item.entry not in self.sources.entries:
            near = self.sources.near(item.entry, self.sources.entries)
            text = f"there is no exercise or practice '{item.entry}'{near}"
            yield self.document.fault(text, *place, "entry")
        yield from self.beside(item, place)
        if exercise := self.sources.exercises.get(item.entry):
            yield from self.exercise(item, exercise.value, place)
        if practice := self.sources.practices.get(item.entry):
            yield from self.practice(item, practice.value, place)
        if item.note and len(item.note) > LONGEST_NOTE:
            text = f"note: {LONGEST_NOTE} characters at most"
            yield self.document.fault(text, *place, "note")
        yield from self.otherwise(item, place)

    def beside(self, item: Item, place: Place) -> Iterator[Fault]:
        """Look at the practice done at the same time: it must be as open as what it goes with."""
        known, key = self.sources.names["practice"], item.breathing
        if not key:
            return
        practice = self.sources.practices.get(key)
        entry = self.known.entries.get(item.entry)
        text = ""
        if key not in known:
            text = f"there is no practice '{key}'{self.sources.near(key, known)}"
        elif practice and self.routine.gentle and not practice.value.gentle:
            text = f"a gentle routine cannot hold '{key}': it is not marked gentle"
        elif practice and entry and practice.value.gate not in (None, entry.gate):
            text = f"breathing: '{key}' has a gate that '{item.entry}' has not"
        if text:
            yield self.document.fault(text, *place, "breathing")

    def exercise(self, item: Item, exercise: Exercise, place: Place) -> Iterator[Fault]:
        if not exercise.scheduled:
            text = f"'{exercise.key}' says scheduled: no, so it belongs into no routine"
            yield self.document.fault(text, *place, "entry")
        if item.dose and item.level:
            text = "say either a dose or a level, not both"
            yield self.document.fault(text, *place, "level")
        yield from self.allowed(item, exercise, place)
        if exercise.stages and item.dose:
            text = f"'{exercise.key}' goes by its stages: take the dose out"
            yield self.document.fault(text, *place, "dose")
            return
        dose = dose_of(item, exercise)
        if not exercise.stages and (dose is None or dose_fault(dose)):
            if item.dose:  # else it is told where the exercise says it
                yield self.document.fault(dose_fault(item.dose), *place, "dose")
            return
        if dose is not None:
            needed = exercise.seconds(dose, item.level or Level.BEGINNER)
            yield from self.fits(needed, item, place)
        yield from self.replaced(item, exercise, place)

    def practice(self, item: Item, practice: Practice, place: Place) -> Iterator[Fault]:
        yield from self.allowed(item, practice, place)
        if said := "dose" if item.dose else "level" if item.level else "":
            text = f"a practice fills its slot by itself: take the {said} out"
            yield self.document.fault(text, *place, said)
        if practice.seconds_a_round > item.seconds:
            one = f"{practice.seconds_a_round:g} s"
            text = f"one breath of '{practice.key}' takes {one}: make the slot longer"
            yield self.document.fault(text, *place, "seconds")

    def allowed(self, item: Item, entry: Exercise | Practice, place: Place) -> Iterator[Fault]:
        if self.routine.gentle and not entry.gentle:
            text = f"a gentle routine cannot hold '{entry.key}': it is not marked gentle"
            yield self.document.fault(text, *place, "entry")
        nested = "otherwise" in place
        if entry.gate and nested:
            text = f"'{entry.key}' has a gate itself: name something open to everyone"
            yield self.document.fault(text, *place, "entry")
        elif entry.gate and not item.otherwise:
            text = f"'{entry.key}' has a gate: say under otherwise what is done instead"
            yield self.document.fault(text, *place, "entry")
        elif item.otherwise and not entry.gate:
            text = f"'{entry.key}' has no gate, so otherwise is never used: take it out"
            yield self.document.fault(text, *place, "otherwise")

    def fits(self, needed: int, item: Item, place: Place) -> Iterator[Fault]:
        spare = item.seconds - needed
        if spare < 0:
            text = f"the dose takes {clock(needed)}, more than its slot of {clock(item.seconds)}"
            yield self.document.fault(text, *place, "seconds")
        elif spare > LONGEST_CHANGE:
            slot, most = clock(item.seconds), clock(LONGEST_CHANGE)
            text = f"the dose takes {clock(needed)} of {slot}: at most {most} may be left"
            yield self.document.fault(text, *place, "seconds")

    def replaced(self, item: Item, exercise: Exercise, place: Place) -> Iterator[Fault]:
        """Make sure that for whom a thing is missing something else fills the slot."""
        if all(need.optional or self.always_there(need) for need in exercise.equipment):
            return
        if self.unread(exercise):
            return
        everything = Means(has=self.known.things, gentle=self.routine.gentle)
        if not any(True for _ in substitutes(exercise, item, self.known, everything)):
            text = (
                f"nothing fits a slot of {clock(item.seconds)} for people without the things of "
                f"'{exercise.key}': name it there under instead"
            )
            yield self.document.fault(text, *place, "entry")

    def unread(self, exercise: Exercise) -> bool:
        """Tell whether a substitute has faults of its own, which are told in its own file."""
        reached, seen = list(exercise.instead), set[str]()
        while reached:
            key = reached.pop()
            if key not in self.sources.exercises:
                return True
            if key not in seen:
                seen.add(key)
                reached += self.sources.exercises[key].value.instead
        return False

    def always_there(self, need: Need) -> bool:
        keys = (need.thing, *need.household)
        things = self.known.things
        return any(things[key].own is Own.BODY for key in keys if key in things)

    def otherwise(self, item: Item, place: Place) -> Iterator[Fault]:
        if not item.otherwise:
            return
        yield from self.total(item.otherwise, item.seconds, (*place, "otherwise"))
        for index, other in enumerate(item.otherwise):
            yield from self.item(other, (*place, "otherwise", index))
