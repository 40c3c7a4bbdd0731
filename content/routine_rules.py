"""What must hold of routines: every item known, allowed, and fitting its slot."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.catalogue import Dose, Exercise, Item, Level, Practice, Routine, Sides
from content.entry_rules import LONGEST_NOTE, dose_fault
from content.faults import Fault, clock, meant
from content.reading import Document, Place
from content.schema import Source
from content.sources import Sources

LONGEST_CHANGE = 90  # seconds of a slot that may go into changing over and doing nothing


def routine_faults(sources: Sources) -> Iterator[Fault]:
    """Yield what is wrong with the routines of a pack."""
    for source in sources.routines.values():
        yield from _Routine(source, sources).faults()


class _Routine:
    def __init__(self, source: Source[Routine], sources: Sources) -> None:
        self.document: Document = source.document
        self.routine = source.value
        self.sources = sources

    def faults(self) -> Iterator[Fault]:
        yield from self.total(self.routine.items, self.routine.seconds, ("seconds",))
        for index, item in enumerate(self.routine.items):
            yield from self.item(item, ("items", index))

    def total(self, items: tuple[Item, ...], seconds: int, place: Place) -> Iterator[Fault]:
        total = sum(item.seconds for item in items)
        if total != seconds:
            text = f"the items add up to {clock(total)}, not {clock(seconds)}"
            yield self.document.fault(text, *place)

    def item(self, item: Item, place: Place) -> Iterator[Fault]:
        if item.entry not in self.sources.entries:
            near = meant(item.entry, self.sources.entries)
            text = f"there is no exercise or practice '{item.entry}'{near}"
            yield self.document.fault(text, *place, "entry")
        practices = self.sources.names["practice"]
        if item.breathing and item.breathing not in practices:
            text = f"there is no practice '{item.breathing}'{meant(item.breathing, practices)}"
            yield self.document.fault(text, *place, "breathing")
        if exercise := self.sources.exercises.get(item.entry):
            yield from self.exercise(item, exercise.value, place)
        if practice := self.sources.practices.get(item.entry):
            yield from self.practice(item, practice.value, place)
        if item.note and len(item.note) > LONGEST_NOTE:
            text = f"note: {LONGEST_NOTE} characters at most"
            yield self.document.fault(text, *place, "note")
        yield from self.otherwise(item, place)

    def exercise(self, item: Item, exercise: Exercise, place: Place) -> Iterator[Fault]:
        if not exercise.scheduled:
            text = f"'{exercise.key}' says scheduled: no, so it belongs into no routine"
            yield self.document.fault(text, *place, "entry")
        yield from self.allowed(item, exercise, place)
        if exercise.stages:
            yield from self.stages(item, exercise, place)
            return
        dose = item.dose or exercise.doses.get(Level.BEGINNER) or Dose()
        if text := dose_fault(dose):
            if item.dose:  # else it is told where the exercise says it
                yield self.document.fault(text, *place, "dose")
            return
        yield from self.fits(dose.seconds(exercise.sides), item, place)

    def stages(self, item: Item, exercise: Exercise, place: Place) -> Iterator[Fault]:
        if item.dose:
            text = f"'{exercise.key}' goes by its stages: take the dose out"
            yield self.document.fault(text, *place, "dose")
        turns = 1 if exercise.sides is Sides.NONE else 2
        yield from self.fits(turns * sum(s.seconds for s in exercise.stages), item, place)

    def practice(self, item: Item, practice: Practice, place: Place) -> Iterator[Fault]:
        yield from self.allowed(item, practice, place)
        if item.dose:
            text = "a practice fills its slot by itself: take the dose out"
            yield self.document.fault(text, *place, "dose")
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

    def otherwise(self, item: Item, place: Place) -> Iterator[Fault]:
        if not item.otherwise:
            return
        yield from self.total(item.otherwise, item.seconds, (*place, "otherwise"))
        for index, other in enumerate(item.otherwise):
            yield from self.item(other, (*place, "otherwise", index))
