"""One notch is one named change: every ladder ends, and up then down leads back."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.adaptation import Change, Measure, Move, Rung, easier, goes_up, harder, shifted
from bot.domain.catalogue import Exercise, Routine
from bot.domain.dose import Dose, Level
from bot.domain.plan import Known, Means, plan, seconds
from bot.domain.player import Outcome, expand
from bot.domain.progression import (
    as_now,
    last_before_week_off,
    rises,
    to_lower,
    to_raise,
    was_off,
    wholly_done,
)
from bot.domain.step import Step
from content.loader import load, packaged

PACK = load(packaged())
KNOWN = Known(entries=PACK.entries, things=PACK.things)
KNEELING = PACK.exercises["kneeling-hip-flexor-stretch"]
BRIDGE = PACK.exercises["glute-bridge"]
TILT = PACK.exercises["pelvic-tilt-supine"]
REST = PACK.exercises["constructive-rest"]
PRESSED = PACK.exercises["psoas-crusher"]
GUIDED = PACK.exercises["psoas-self-release"]
NOW = datetime(2026, 3, 2, tzinfo=UTC)

UNSTAGED = [one for one in PACK.exercises.values() if not one.stages]
DOSES = st.one_of(
    st.builds(Dose, sets=st.integers(1, 4), hold=st.integers(5, 300)),
    st.builds(Dose, sets=st.integers(1, 4), reps=st.integers(1, 20), tempo=st.just("2-3-2")),
)


def walk(exercise: Exercise, dose: Dose, *, up: bool) -> list[Dose]:
    """Return the doses that come one after the other, as far as they go."""
    found, turn = [dose], harder if up else easier
    while (after := turn(exercise, found[-1])) is not None:
        found.append(after[0])
        assert len(found) < 300, "a ladder that never ends"
    return found


@pytest.mark.parametrize(
    ("exercise", "dose", "expected"),
    [
        pytest.param(
            KNEELING, Dose(sets=2, hold=20), [(2, 20), (2, 30), (2, 45)], id="a hold by 10, then 15"
        ),
        pytest.param(
            BRIDGE,
            Dose(reps=8),
            [(1, 8), (1, 10), (1, 12), (2, 12), (3, 12)],
            id="repetitions by 2, then sets",
        ),
        pytest.param(TILT, Dose(reps=11), [(1, 11), (1, 12)], id="never beyond the most"),
        pytest.param(
            KNEELING, Dose(sets=2, hold=50), [(2, 50)], id="written beyond the most: it stays"
        ),
        pytest.param(PRESSED, Dose(hold=45), [(1, 45)], id="never behind a gate"),
        pytest.param(GUIDED, Dose(hold=120), [(1, 120)], id="never a guided protocol"),
        pytest.param(
            PACK.exercises["crocodile-breathing"], Dose(hold=60), [(1, 60)], id="never breathing"
        ),
    ],
)
def test_up(exercise: Exercise, dose: Dose, expected: list[tuple[int, int]]) -> None:
    """First the hold or the repetitions grow, then the sets."""
    found = [(one.sets, one.hold or one.reps) for one in walk(exercise, dose, up=True)]
    assert found == expected


@pytest.mark.parametrize(
    ("exercise", "dose", "expected"),
    [
        pytest.param(
            KNEELING, Dose(sets=2, hold=45), [(2, 45), (2, 30), (2, 20), (1, 20)], id="to one set"
        ),
        pytest.param(
            BRIDGE,
            Dose(sets=3, reps=12),
            [(3, 12), (2, 12), (1, 12), (1, 10), (1, 8)],
            id="what grew last shrinks first",
        ),
        pytest.param(REST, Dose(hold=80), [(1, 80)], id="written below the beginner's: it stays"),
        pytest.param(PRESSED, Dose(hold=90), [(1, 90), (1, 75), (1, 60), (1, 45)], id="a gate"),
        pytest.param(GUIDED, Dose(hold=210), [(1, 210)], id="a guided protocol stays as it is"),
    ],
)
def test_down(exercise: Exercise, dose: Dose, expected: list[tuple[int, int]]) -> None:
    """Never below the beginner's dose, but for one set."""
    found = [(one.sets, one.hold or one.reps) for one in walk(exercise, dose, up=False)]
    assert found == expected


@pytest.mark.parametrize("exercise", UNSTAGED, ids=lambda one: one.key)
@given(dose=DOSES, notches=st.integers(-12, 12))
def test_ladders(exercise: Exercise, dose: Dose, notches: int) -> None:
    """Wherever somebody stands: each notch changes one thing, and one back leads back."""
    rung = Rung(exercise, dose, notches)
    assert rung.dose == shifted(exercise, dose, rung.reached)
    for move, back in ((rung.up(), Rung.down), (rung.down(), Rung.up)):
        if move is None:
            continue
        there = Rung(exercise, dose, notches + move.notches)
        changed = [
            one.name
            for one in fields(Dose)
            if getattr(there.dose, one.name) != getattr(rung.dose, one.name)
        ]
        assert changed == [move.change.what.value]
        assert getattr(rung.dose, move.change.what.value) == move.change.before
        assert getattr(there.dose, move.change.what.value) == move.change.after
        returned = back(there)
        assert returned is not None
        assert Rung(exercise, dose, there.notches + returned.notches).dose == rung.dose


@pytest.mark.parametrize("exercise", UNSTAGED, ids=lambda one: one.key)
@given(dose=DOSES, notches=st.integers(-300, 300))
def test_within_its_own_doses(exercise: Exercise, dose: Dose, notches: int) -> None:
    """No notch leads beyond the exercise's own doses, unless it was written there."""
    found = shifted(exercise, dose, notches)
    walk(exercise, dose, up=notches > 0)
    least = exercise.doses.get(Level.BEGINNER)
    for measure in Measure:
        own = [getattr(one, measure.value) or 0 for one in exercise.doses.values()]
        was, now = getattr(dose, measure.value), getattr(found, measure.value)
        if was is None:
            assert now is None
        elif now > was:
            assert now <= max(own)
            assert goes_up(exercise)
        elif now < was:
            floor = getattr(least, measure.value) if least else None
            assert now >= (1 if measure is Measure.SETS else floor)


@pytest.mark.parametrize(
    "routine", [one for one in PACK.routines.values() if one.items], ids=lambda one: one.key
)
@given(
    notches=st.dictionaries(st.sampled_from(sorted(PACK.exercises)), st.integers(-4, 4)),
    level=st.sampled_from([None, *Level]),
)
def test_time_is_reckoned_anew(
    routine: Routine, notches: dict[str, int], level: Level | None
) -> None:
    """What a routine takes is what its steps take, whatever notches somebody has."""
    person = Means(passed=PACK.safety.gates, has=PACK.things, notches=notches)
    planned = plan(routine.items, KNOWN, person, level)
    steps = expand(planned)
    assert seconds(planned) == sum(step.ready + step.lasts + step.rest for step in steps)
    plain = plan(routine.items, KNOWN, replace(person, notches={}), level)
    for one, was in zip(planned, plain, strict=True):
        assert one.ready == was.ready
        if isinstance(one.entry, Exercise) and not one.entry.stages:
            sides = one.entry.sides
            assert one.seconds - was.seconds == one.dose.seconds(sides) - was.dose.seconds(sides)


def test_stored_and_read_back() -> None:
    """A change is stored by its name."""
    change = Change(Measure.HOLD, 20, 30)
    assert change.to_dict() == {"what": "hold", "before": 20, "after": 30}
    assert Change.from_dict(change.to_dict()) == change


HOLD = Rung(KNEELING, Dose(sets=2, hold=20))
REPS = Rung(BRIDGE, Dose(reps=8))
LAID = Rung(REST, Dose(hold=130))


@pytest.mark.parametrize(
    ("rungs", "changed", "expected"),
    [
        pytest.param([HOLD, REPS], {}, KNEELING.key, id="the order of the routine"),
        pytest.param([LAID, REPS], {}, BRIDGE.key, id="more rest is not harder"),
        pytest.param([replace(HOLD, notches=1), REPS], {}, BRIDGE.key, id="the lowest notch first"),
        pytest.param(
            [HOLD, REPS],
            {KNEELING.key: NOW, BRIDGE.key: NOW - timedelta(days=1)},
            BRIDGE.key,
            id="the one longest not changed",
        ),
        pytest.param([HOLD, REPS], {KNEELING.key: NOW}, BRIDGE.key, id="one never changed"),
        pytest.param([replace(HOLD, notches=9)], {}, None, id="at its top"),
        pytest.param([replace(HOLD, notches=-9)], {}, None, id="lower than this routine goes"),
        pytest.param([Rung(PRESSED, Dose(hold=45))], {}, None, id="behind a gate"),
        pytest.param([], {}, None, id="nothing done twice"),
    ],
)
def test_to_raise(rungs: list[Rung], changed: dict[str, datetime], expected: str | None) -> None:
    """Exactly one exercise goes up."""
    move = to_raise(rungs, changed)
    assert (move.entry if move else None) == expected


@pytest.mark.parametrize(
    ("rungs", "raised", "skipped", "expected"),
    [
        pytest.param([REPS, HOLD], BRIDGE.key, set(), KNEELING.key, id="raised, but at its least"),
        pytest.param(
            [replace(REPS, notches=1), HOLD], BRIDGE.key, {KNEELING.key}, BRIDGE.key, id="raised"
        ),
        pytest.param([REPS, HOLD], None, set(), KNEELING.key, id="what takes the longest"),
        pytest.param(
            [Rung(BRIDGE, Dose(reps=10)), HOLD], None, {BRIDGE.key}, BRIDGE.key, id="skipped"
        ),
        pytest.param(
            [LAID, Rung(BRIDGE, Dose(reps=10))], None, set(), BRIDGE.key, id="rest comes last"
        ),
        pytest.param([REPS], None, set(), None, id="at its least already"),
    ],
)
def test_to_lower(
    rungs: list[Rung], raised: str | None, skipped: set[str], expected: str | None
) -> None:
    """What was raised last goes down, else what was skipped, else what takes the longest."""
    move = to_lower(rungs, raised, skipped)
    assert (move.entry if move else None) == expected


def test_wholly_done() -> None:
    """Only what was done as it is, every set and side, counts as done."""
    steps = [
        Step(entry="a", seconds=20, sets=2, set=1),
        Step(entry="a", seconds=20, sets=2, set=2),
        Step(entry="b", reps=8),
        Step(entry="c", reps=8, eased=True),
        Step(entry="d", reps=8),
        Step(entry="e", reps=8, cut=True),
    ]
    outcomes = dict.fromkeys(range(5), Outcome.DONE) | {2: Outcome.SKIPPED}
    assert wholly_done(steps, outcomes, {4: 4}) == {"a": Dose(sets=2, hold=20)}
    done = wholly_done(steps, outcomes, {4: 3})
    assert done == {"a": Dose(sets=2, hold=20), "d": Dose(reps=8)}


def test_as_now() -> None:
    """What was done counts for the dose it was done at, not for another."""
    done = {KNEELING.key: Dose(sets=2, hold=20)}
    assert as_now(HOLD, done)
    assert not as_now(replace(HOLD, notches=1), done)
    assert not as_now(REPS, done)


def test_held_back() -> None:
    """What is held back of the ledger is not done, and what is told is what is done."""
    held = Rung(BRIDGE, Dose(reps=10), 2, most=0)
    assert held.dose.reps == 10
    assert held.up() is None
    assert held.down() == Move(BRIDGE.key, -3, Change(Measure.REPS, 10, 8))
    rested = Rung(BRIDGE, Dose(reps=10), 1, rested=True)
    assert rested.dose.reps == 10
    assert rested.down() == Move(BRIDGE.key, -2, Change(Measure.REPS, 10, 8))
    assert rested.up() == Move(BRIDGE.key, 0, Change(Measure.REPS, 10, 12))


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        pytest.param([], None, id="never"),
        pytest.param([12, 6], None, id="six days"),
        pytest.param([12, 7], 7, id="until today"),
        pytest.param([30, 20, 12, 1], 12, id="the newest, though there was a day since"),
    ],
)
def test_last_before_week_off(ago: list[int], expected: int | None) -> None:
    """The newest week off counts, also once it is over."""
    days = [NOW.date() - timedelta(days=count) for count in (*ago, 0)]
    before = last_before_week_off(days)
    assert before == (None if expected is None else NOW.date() - timedelta(days=expected))


def test_rises() -> None:
    """Nothing rises by itself behind a gate, in a protocol, of breathing or of rest."""
    kept = {key for key, entry in PACK.entries.items() if not rises(entry)}
    assert {PRESSED.key, GUIDED.key, REST.key, "childs-pose", "crocodile-breathing"} <= kept
    assert set(PACK.practices) <= kept
    assert {KNEELING.key, BRIDGE.key}.isdisjoint(kept)


@pytest.mark.parametrize(("days", "expected"), [(6, False), (7, True), (30, True)])
def test_was_off(days: int, expected: bool) -> None:
    """A week off is seven days after the last one."""
    assert was_off(NOW.date(), NOW.date() + timedelta(days=days)) is expected
