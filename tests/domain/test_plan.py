"""Whatever somebody has and may do, a routine keeps its time and asks for nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import Exercise, Item, Practice, Routine
from bot.domain.dose import LONGEST_CHANGE, Level
from bot.domain.equipment import Need, Swap, missing, owned
from bot.domain.plan import Known, Means, Planned, plan, seconds
from bot.domain.player import expand
from bot.domain.step import Step
from content.loader import load, packaged

PACK = load(packaged())
KNOWN = Known(entries=PACK.entries, things=PACK.things)

SAID = st.dictionaries(st.sampled_from(sorted(PACK.things)), st.booleans())
PASSED = st.sets(st.sampled_from(sorted(PACK.safety.gates)))


def walks() -> Iterator[object]:
    """Yield every list of items that the shipped routines walk through, with its length."""
    for routine in PACK.routines.values():
        if routine.items:
            yield pytest.param(routine, routine.items, routine.seconds, id=routine.key)
        for day in routine.days:
            items = day.items or PACK.routines[day.routine or ""].items
            yield pytest.param(routine, items, day.seconds, id=f"{routine.key} {day.name}")


each_walk = pytest.mark.parametrize(("routine", "items", "total"), list(walks()))


def length(steps: tuple[Step, ...]) -> int:
    """Return how long steps take as a phone shows them: getting ready, doing, resting."""
    return sum(step.ready + step.lasts + step.rest for step in steps)


def somebody(routine: Routine, said: dict[str, bool], passed: set[str]) -> Means:
    """Return somebody who said this of their things and passed these gates."""
    return Means(passed=passed, has=owned(PACK.things, said), gentle=routine.gentle)


@each_walk
@given(said=SAID, passed=PASSED)
def test_time_is_kept(
    routine: Routine,
    items: tuple[Item, ...],
    total: int,
    said: dict[str, bool],
    passed: set[str],
) -> None:
    """As written, every item fills its slot to the second, whatever stands in for it."""
    person = somebody(routine, said, passed)
    for item in items:
        planned = plan([item], KNOWN, person)
        assert seconds(planned) == length(expand(planned)) == item.seconds
        assert all(0 <= one.ready <= LONGEST_CHANGE for one in planned)
    planned = plan(items, KNOWN, person)
    assert seconds(planned) == length(expand(planned)) == total


@each_walk
@given(said=SAID, passed=PASSED, level=st.sampled_from([None, *Level]))
def test_everything_can_be_done(
    routine: Routine,
    items: tuple[Item, ...],
    total: int,
    said: dict[str, bool],
    passed: set[str],
    level: Level | None,
) -> None:
    """Nobody is shown a step whose thing is missing, whose gate is shut, or that is not gentle."""
    person = somebody(routine, said, passed)
    planned = plan(items, KNOWN, person, level)
    assert planned
    for step in expand(planned):
        entry = PACK.entries[step.entry]
        assert entry.gate is None or entry.gate in passed
        assert entry.gentle or not routine.gentle
        if isinstance(entry, Exercise):
            assert entry.scheduled
            assert missing(entry.equipment, person.has) is None
        if step.breathing:
            beside = PACK.practices[step.breathing]
            assert beside.gate is None or beside.gate in passed


@each_walk
@given(said=SAID, passed=PASSED)
def test_every_substitution_is_told(
    routine: Routine,
    items: tuple[Item, ...],
    total: int,
    said: dict[str, bool],
    passed: set[str],
) -> None:
    """What is used or done instead is said once, on the first step of its item, and is true."""
    person = somebody(routine, said, passed)
    written = [
        one for item in items for one in (item.otherwise if is_shut(item, person) else (item,))
    ]
    planned = plan(items, KNOWN, person)
    for item, one in zip(written, planned, strict=True):
        first, *others = expand([one])
        assert first.swaps == one.swaps == told(item, one, person)
        assert not any(step.swaps for step in others)


def is_shut(item: Item, person: Means) -> bool:
    """Tell whether the gate of an item is shut for somebody."""
    gate = PACK.entries[item.entry].gate
    return gate is not None and gate not in person.passed


def told(item: Item, planned: Planned, person: Means) -> tuple[Swap, ...]:
    """Return what must be told of an item that became `planned`."""
    entry = PACK.entries[item.entry]
    if isinstance(entry, Practice):
        return ()
    if planned.entry is not entry:
        lacking = missing(entry.equipment, person.has)
        assert lacking is not None, "replaced without need"
        return (Swap(PACK.things[lacking.thing].name, planned.entry.name),)
    return tuple(
        used(need, person)
        for need in entry.equipment
        if need.thing not in person.has and (need.without or not need.optional)
    )


def used(need: Need, person: Means) -> Swap:
    """Return what is told of a thing that is not there: what is used, or how it goes without."""
    for key, text in need.household.items():
        if key in person.has:
            return Swap(PACK.things[need.thing].name, text)
    return Swap("", need.without)


@each_walk
@given(said=SAID, passed=PASSED, level=st.sampled_from(Level))
def test_length_at_a_level(
    routine: Routine,
    items: tuple[Item, ...],
    total: int,
    said: dict[str, bool],
    passed: set[str],
    level: Level,
) -> None:
    """At a level the doses are that level's, and the length shown is what the steps take."""
    planned = plan(items, KNOWN, somebody(routine, said, passed), level)
    assert seconds(planned) == length(expand(planned))
    for one in planned:
        assert 0 <= one.ready <= LONGEST_CHANGE
        if isinstance(one.entry, Exercise):
            assert (one.level, one.dose) == (level, one.entry.doses[level])
            assert one.seconds == one.entry.seconds(one.dose, level) + one.ready
