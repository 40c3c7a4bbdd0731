"""What a routine comes down to for one person: gates, equipment, doses and the time between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.adaptation import Rung
from bot.domain.catalogue import Entry, Exercise, Item, Practice, Routine
from bot.domain.dose import Dose, Level, fits, fitting
from bot.domain.equipment import Swap, Thing, missing, swaps
from bot.domain.programme import Again
from bot.domain.sides import extra_seconds, extra_side
from bot.domain.step import Length, Side

# A substitute keeps the slot of what it stands in for, so its usual dose is tried first.
_TRIED = (Level.STANDARD, Level.BEGINNER, Level.ADVANCED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What of a person decides what they do: gates passed, things there, gentle set, body.

    `notches` are how much more or less of an exercise they do than is written, never more than
    `most`, and a notch less of it where it `rested` for a week; `swapped` is what they do in its
    place for good, by entry.
    """

    passed: Collection[str] = ()
    has: Collection[str] = ()
    gentle: bool = False
    hurt: Collection[str] = ()  # entries left out for the day
    stiffer: Mapping[str, Side] = field(default_factory=dict)  # the stiffer side, by entry
    notches: Mapping[str, int] = field(default_factory=dict)
    most: int | None = None
    rested: Collection[str] = ()
    excluded: Collection[str] = ()  # left out for good
    swapped: Mapping[str, str] = field(default_factory=dict)

    def rung(self, exercise: Exercise, written: Dose) -> Rung:
        """Return where they stand with an exercise of which so much is written."""
        key = exercise.key
        return Rung(exercise, written, self.notches.get(key, 0), self.most, key in self.rested)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The part of a pack that plans are made from."""

    entries: Mapping[str, Entry]
    things: Mapping[str, Thing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One item as it is done: `seconds` is its slot, `ready` what of it is left to get ready.

    `swaps` tell what is used, or done, in place of what is not there; `extra` is the stiffer side,
    which gets one set more than the dose says. `rung` is where the person stands with an exercise.
    """

    entry: Entry
    dose: Dose
    rung: Rung | None = None
    level: Level
    seconds: int
    ready: int
    breathing: str | None = None
    note: str | None = None
    swaps: tuple[Swap, ...] = ()
    extra: Side | None = None
    keep: Length | None = None

    @property
    def rounds(self) -> int:
        """Return how many breaths of a practice fit its slot."""
        assert isinstance(self.entry, Practice)
        return max(int(self.seconds // self.entry.seconds_a_round), 1)


@dataclass(frozen=True, slots=True)
class Page:
    """A routine as it is for one person, to be looked at before it is started.

    `lengths` are seconds by level, None standing for the doses as they are written; `daily`
    where it is the one they are reminded of; `hurt` names what is left out because it hurt, and
    `gone` what is in the pack no more.
    """

    routine: Routine
    level: Level | None
    items: tuple[Planned, ...]
    lengths: Mapping[Level | None, int]
    day: int | None
    again: Again | None = None  # why that day of a programme is no new one
    daily: bool = False
    hurt: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()  # names of what is left out for good
    gone: tuple[str, ...] = ()


def plan(
    items: Iterable[Item], known: Known, person: Means, level: Level | None = None
) -> tuple[Planned, ...]:
    """Return what a person does of `items`, in order, at the doses written or those of a level.

    What cannot be done with what they have is replaced by an exercise of the same purpose that
    fits the slot, and left out where there is none. What hurt today is left out too, but for a
    gentle alternative that the routine itself names; a stiffer side gets one set more. What the
    person swapped for good is swapped, and what they left out for good is not there.
    """
    found = (
        _planned(replace(open_item, keep=item.keep), known, person, level)
        for item in items
        for open_item in _open(_swapped(item, known, person), known, person)
        if open_item.entry not in person.excluded
    )
    return tuple(with_extra(one, person.stiffer) for one in found if one is not None)


def with_extra(planned: Planned, stiffer: Mapping[str, Side]) -> Planned:
    """Return what is planned with one set more on the stiffer side, where it may have one."""
    side = extra_side(planned.entry, planned.dose, stiffer)
    if side is None:
        return planned
    return replace(planned, extra=side, seconds=planned.seconds + extra_seconds(planned.dose))


def seconds(planned: Iterable[Planned]) -> int:
    """Return how long all of it takes, in seconds."""
    return sum(one.seconds for one in planned)


def dose_of(item: Item, exercise: Exercise) -> Dose | None:
    """Return the dose that an item says: its own, that of its level, or the beginner's."""
    return item.dose or exercise.doses.get(item.level or Level.BEGINNER)


def stand_ins(exercise: Exercise, known: Known, person: Means) -> Iterator[Exercise]:
    """Yield what somebody may do in place of an exercise for good, nearest first.

    Of the same purpose, open to them, with what they have.
    """
    of_purpose = [key for key, one in known.entries.items() if one.purpose is exercise.purpose]
    for key in dict.fromkeys((*exercise.instead, *of_purpose)):
        other = known.entries.get(key)
        if isinstance(other, Exercise) and key != exercise.key and _stands_in(other, person):
            yield other


def _stands_in(other: Exercise, person: Means) -> bool:
    """Return whether an exercise may be put into a routine in place of another."""
    fine = other.scheduled and not other.gate and not other.stages
    doable = missing(other.equipment, person.has) is None
    wanted = other.key not in person.excluded
    return fine and doable and wanted and (other.gentle or not person.gentle)


def substitutes(
    exercise: Exercise, item: Item, known: Known, person: Means
) -> Iterator[tuple[Exercise, Dose]]:
    """Yield what a person may do in place of an exercise, nearest first, with a dose that fits."""
    reached, seen = list(exercise.instead), {exercise.key}
    while reached:
        key = reached.pop(0)
        other = known.entries.get(key)
        if key in seen or not isinstance(other, Exercise):
            continue
        seen.add(key)
        reached += other.instead
        doses = (dose for dose in _doses(other, item.dose) if dose is not None)
        dose = fitting(doses, other.sides, item.seconds)
        unwanted = key in person.excluded or key in person.swapped
        doable = not missing(other.equipment, person.has) and not unwanted
        if dose and doable and (other.gentle or not person.gentle):
            yield other, dose


def _doses(other: Exercise, written: Dose | None) -> Iterator[Dose | None]:
    """Yield the doses a substitute may have: a hold is a hold, but a count is its own."""
    held = [dose for dose in other.doses.values() if dose.hold]
    if written and written.hold and held:
        yield replace(written, note=None)
    yield from (other.doses.get(level) for level in _TRIED)


def _swapped(item: Item, known: Known, person: Means) -> Item:
    """Return an item with what the person does in its place, as far as that can be done now.

    It fills the slot where one of its doses does, else it takes the time of its own dose.
    """
    exercise = known.entries.get(item.entry)
    other = known.entries.get(person.swapped.get(item.entry, ""))
    if not isinstance(exercise, Exercise) or not isinstance(other, Exercise):
        return item
    if other.key in person.excluded:  # neither of them
        return replace(item, entry=other.key)
    if other.purpose is not exercise.purpose or not _stands_in(other, person):
        return item
    doses = [dose for dose in _doses(other, item.dose) if dose is not None]
    own = other.doses.get(item.level or Level.BEGINNER, next(iter(other.doses.values()), Dose()))
    dose = fitting(doses, other.sides, item.seconds) or own
    return replace(item, entry=other.key, dose=dose, note=None, otherwise=())


def _open(item: Item, known: Known, person: Means) -> tuple[Item, ...]:
    entry = known.entries.get(item.entry)
    others = (_swapped(other, known, person) for other in item.otherwise)
    if item.entry in person.hurt:
        return tuple(other for other in others if _spares(other, known, person))
    if entry is None or (entry.gate and entry.gate not in person.passed):
        return tuple(other for other in others if other.entry not in person.hurt)
    return (item,)


def _spares(item: Item, known: Known, person: Means) -> bool:
    """Return whether an item is fine on a day when what it stands in for hurt."""
    entry = known.entries.get(item.entry)
    return entry is not None and entry.gentle and item.entry not in person.hurt


def _planned(item: Item, known: Known, person: Means, level: Level | None) -> Planned | None:
    entry = known.entries[item.entry]
    if isinstance(entry, Practice):
        return _breathing(entry, item)
    lacking = missing(entry.equipment, person.has)
    if lacking is None:
        dose = dose_of(item, entry) or Dose()
        told = swaps(entry.equipment, person.has, known.things)
        return _exercise(entry, dose, item, level, told, person, keeps_note=person.gentle)
    for other, dose in substitutes(entry, item, known, person):
        if other.key in person.hurt:
            return None
        told = (Swap(known.things[lacking.thing].name, other.name),)
        return _exercise(other, dose, replace(item, note=None), level, told, person)
    return None


def _breathing(practice: Practice, item: Item) -> Planned:
    found = Planned(
        entry=practice,
        dose=Dose(),
        level=item.level or Level.BEGINNER,
        seconds=item.seconds,
        ready=0,
        note=item.note,
        keep=item.keep,
    )
    left = item.seconds - round(found.rounds * practice.seconds_a_round)
    return replace(found, ready=max(left, 0))


def _exercise(
    exercise: Exercise,
    dose: Dose,
    item: Item,
    level: Level | None,
    told: tuple[Swap, ...],
    person: Means,
    *,
    keeps_note: bool = False,
) -> Planned:
    # In a gentle routine the item's note is about safety; elsewhere a level's own words count.
    written = item.level or Level.BEGINNER
    needed = exercise.seconds(dose, written)
    ready = item.seconds - needed if fits(needed, item.seconds) else 0
    if level is not None:  # the time to get ready stays, the slot grows or shrinks with the dose
        written, dose = level, exercise.doses.get(level, dose)
    rung = person.rung(exercise, dose)
    now = rung.dose
    return Planned(
        entry=exercise,
        dose=now,
        rung=rung,
        level=written,
        seconds=exercise.seconds(now, written) + ready,
        ready=ready,
        breathing=item.breathing,
        note=item.note if keeps_note or level is None else dose.note or item.note,
        swaps=told,
        keep=item.keep,
    )
