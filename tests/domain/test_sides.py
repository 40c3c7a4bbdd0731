"""The stiffer side gets one set more, not more force, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import Exercise, Routine
from bot.domain.dose import Dose, Level, Sides
from bot.domain.plan import Known, Means, plan, seconds
from bot.domain.player import expand, expand_entry
from bot.domain.sides import Ease, Stiffer, asked_about, eases, extra_side, has_more, said
from bot.domain.step import Side, Step
from content.loader import load, packaged

PACK = load(packaged())
KNOWN = Known(entries=PACK.entries, things=PACK.things)
KNEELING = PACK.exercises["kneeling-hip-flexor-stretch"]

ONE_SIDED = {
    *("hip-cars-standing", "kneeling-hip-flexor-stretch", "psoas-box-stretch"),
    *("side-lying-quad-stretch", "standing-hip-flexor-stretch", "thomas-stretch-bed"),
}

STIFFER = st.dictionaries(
    st.sampled_from(sorted(PACK.exercises)), st.sampled_from([Side.LEFT, Side.RIGHT])
)
LEVELS = st.sampled_from([None, *Level])
ROUTINES = [one for one in PACK.routines.values() if one.items]


def length(steps: tuple[Step, ...]) -> int:
    """Return how long steps take as a phone shows them: getting ready, doing, resting."""
    return sum(step.ready + step.lasts + step.rest for step in steps)


def test_who_gets_more() -> None:
    """Only what is done one side at a time: no guided protocol, nothing behind a gate."""
    assert {key for key, entry in PACK.entries.items() if has_more(entry)} == ONE_SIDED
    for entry in PACK.entries.values():
        if has_more(entry):
            assert isinstance(entry, Exercise)
            assert entry.sides is Sides.EACH
            assert not entry.gate
            assert not entry.stages


def test_nothing_counted_nothing_more() -> None:
    """Without a hold or repetitions there is no set to do once more."""
    stiffer = {KNEELING.key: Side.LEFT}
    assert extra_side(KNEELING, Dose(), stiffer) is None
    assert extra_side(KNEELING, Dose(hold=20), stiffer) is Side.LEFT
    assert extra_side(KNEELING, Dose(reps=5), stiffer) is Side.LEFT
    assert extra_side(KNEELING, Dose(hold=20), {}) is None


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_one_set_more(side: Side) -> None:
    """Two sets a side become three of the stiffer one, at its end, at the same dose."""
    plain = expand_entry(KNEELING, Level.STANDARD)
    more = expand_entry(KNEELING, Level.STANDARD, stiffer={KNEELING.key: side})
    assert len(more) == len(plain) + 1
    counted = [(step.side, step.set, step.sets, step.extra) for step in more]
    left, right = (3, 2) if side is Side.LEFT else (2, 3)
    assert counted == [
        *((Side.LEFT, 1, left, False), (Side.RIGHT, 1, right, False)),
        *((Side.LEFT, 2, left, False), (Side.RIGHT, 2, right, False)),
        (side, 3, 3, True),
    ]
    assert {step.seconds for step in more} == {30}


@pytest.mark.parametrize("key", sorted(set(PACK.exercises) - ONE_SIDED))
def test_others_stay(key: str) -> None:
    """What has no sides, takes turns, is guided or gated is the same whatever was said of it."""
    entry = PACK.exercises[key]
    for level in entry.doses:
        plain = expand_entry(entry, level)
        assert expand_entry(entry, level, stiffer={key: Side.LEFT}) == plain


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.key)
@given(stiffer=STIFFER, level=LEVELS)
def test_length_is_honest(routine: Routine, stiffer: dict[str, Side], level: Level | None) -> None:
    """The plan tells the seconds of the extra sets too; steps add up to it, no more, no less."""
    items = plan(routine.items, KNOWN, Means(has=PACK.things, stiffer=stiffer), level)
    plain = plan(routine.items, KNOWN, Means(has=PACK.things), level)
    steps = expand(items)
    assert length(steps) == seconds(items)
    extra = [step for step in steps if step.extra]
    assert len(steps) - len(extra) == len(expand(plain))
    assert {step.entry for step in extra} == {
        one.entry.key for one in plain if one.entry.key in ONE_SIDED & stiffer.keys()
    }
    assert all(step.side is stiffer[step.entry] for step in extra)
    assert seconds(items) == seconds(plain) + sum(
        (one.dose.hold or 0) + (one.dose.reps or 0) * one.dose.seconds_a_rep + one.dose.rest
        for one in items
        if one.extra
    )


@pytest.mark.parametrize(
    ("stiffer", "left", "right"),
    [
        (Stiffer.LEFT, Ease.HARD, Ease.EASY),
        (Stiffer.RIGHT, Ease.EASY, Ease.HARD),
        (Stiffer.SAME, Ease.EASY, Ease.EASY),
    ],
)
def test_said_and_stored(stiffer: Stiffer, left: Ease, right: Ease) -> None:
    """What is said is stored as easy or hard per side, and read back as what was said."""
    assert eases(stiffer) == {Side.LEFT: left, Side.RIGHT: right}
    assert said(eases(stiffer)) is stiffer
    assert said({}) is None


def test_asked_about_the_longest() -> None:
    """Of what was done on both sides, the one with most time is asked about; else nothing is."""
    short, long = PACK.exercises["standing-hip-flexor-stretch"], KNEELING
    both = [
        Step(entry=one.key, side=side, seconds=held)
        for one, held in ((short, 20), (long, 30))
        for side in (Side.LEFT, Side.RIGHT)
    ]
    entries = [short, long]
    assert asked_about(both, entries) is long
    assert asked_about(both[:3], entries) is short
    assert asked_about(both[:1], entries) is None
    assert asked_about([], entries) is None
    release = PACK.exercises["psoas-self-release"]
    gated = [Step(entry=release.key, side=side, seconds=99) for side in (Side.LEFT, Side.RIGHT)]
    assert asked_about(gated, [release]) is None
