"""What follows from pain: the bands of the facts, easier steps, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.catalogue import Exercise, Practice
from bot.domain.dose import Level
from bot.domain.hurting import BANDS, Relief, eased, easy, is_pain, left_out, relief
from bot.domain.lengths import cut
from bot.domain.plan import Known, Means, plan, seconds
from bot.domain.player import expand, expand_entry
from bot.domain.step import Length, Side, Step, without
from content.loader import load, packaged

PACK = load(packaged())
KNOWN = Known(entries=PACK.entries, things=PACK.things)
KNEELING = PACK.exercises["kneeling-hip-flexor-stretch"]
RELEASE = PACK.exercises["psoas-self-release"]
DAILY = PACK.routines["daily-psoas-12"]
ARTICLE = PACK.routines["full-article-25"]

HARD = [
    pytest.param(entry, level, id=f"{entry.key} {level}")
    for entry in PACK.entries.values()
    if getattr(entry, "scheduled", True)
    for level in (entry.rounds if isinstance(entry, Practice) else entry.doses)
]


@pytest.mark.parametrize(
    ("pain", "then"),
    [
        *((pain, Relief.LESS) for pain in range(4)),
        *((pain, Relief.EASE) for pain in range(4, 7)),
        *((pain, Relief.DROP) for pain in range(7, 11)),
    ],
)
def test_bands(pain: int, then: Relief) -> None:
    """Up to 3 a little less, from 4 on the easier variant, from 7 on nothing of it today."""
    step = expand_entry(KNEELING, Level.STANDARD)[0]
    assert relief(pain, step, KNEELING) is then


@pytest.mark.parametrize("pain", range(11))
def test_nothing_easier_is_left(pain: int) -> None:
    """Where it is the easier one already, or none is known, leaving it out is offered from 4 on."""
    step = expand_entry(KNEELING, Level.STANDARD)[0]
    bare = replace(KNEELING, easier=())
    wanted = Relief.LESS if pain < 4 else Relief.DROP if pain >= 7 else Relief.OFFER
    assert relief(pain, replace(step, eased=True), KNEELING) is wanted
    assert relief(pain, step, bare) is wanted
    assert relief(pain, step, None) is wanted


def test_numbers_to_choose_from() -> None:
    """The buttons are 0 to 10, once each, and nothing else is a pain."""
    assert [number for band in BANDS for number in band] == list(range(11))
    assert [number for number in range(-3, 15) if is_pain(number)] == list(range(11))


@pytest.mark.parametrize(("entry", "level"), HARD)
def test_easier_is_never_more(entry: Exercise | Practice, level: Level) -> None:
    """An easier step is no longer and no more often than it was, nor than a beginner's."""
    beginner = expand_entry(entry, Level.BEGINNER)
    for step in expand_entry(entry, level):
        lighter = easy(step, entry)
        assert lighter.eased
        assert lighter.lasts <= step.lasts
        assert (lighter.reps or 0) <= (step.reps or 0)
        assert (lighter.entry, lighter.side, lighter.set) == (step.entry, step.side, step.set)
        if isinstance(entry, Exercise) and entry.stages:
            continue  # a stage that a beginner leaves out stays; Hurts drops it, or Skip
        assert (lighter.seconds or 0) <= max((one.seconds or 0 for one in beginner), default=999)


def test_only_the_rest_of_it_is_easier() -> None:
    """What is done stays as it was, other exercises stay, and an extra set is given up."""
    items = plan(DAILY.items, KNOWN, Means(stiffer={KNEELING.key: Side.LEFT}), Level.STANDARD)
    steps = expand(items)
    about = [at for at, step in enumerate(steps) if step.entry == KNEELING.key]
    assert [steps[at].extra for at in about] == [False] * 4 + [True]
    found = eased(steps, about[1], KNEELING)
    assert [steps[at].entry for at, step in enumerate(found) if step.eased] == [KNEELING.key] * 4
    assert found[about[0]] == steps[about[0]]
    assert [found[at].seconds for at in about] == [30, 20, 20, 20, 30]
    assert [found[at].given_up for at in about] == [False] * 4 + [True]
    assert not any(step.closed for step in found)
    assert all(found[at] == steps[at] for at in range(len(steps)) if at not in about)


def test_the_extra_set_itself_hurts() -> None:
    """Pain in the extra set makes that one easier; it is the one in hand."""
    steps = expand_entry(KNEELING, Level.STANDARD, stiffer={KNEELING.key: Side.RIGHT})
    last = len(steps) - 1
    found = eased(steps, last, KNEELING)
    assert found[last].eased
    assert not found[last].given_up


@pytest.mark.parametrize("length", Length)
def test_given_up_in_every_length(length: Length) -> None:
    """Another length of the routine does not bring a set back that was given up."""
    items = plan(DAILY.items, KNOWN, Means(stiffer={KNEELING.key: Side.LEFT}), Level.STANDARD)
    found = eased(expand(items), 0, KNEELING)
    assert not [step for step in cut(found, length) if step.extra and step.is_open]


def test_without_is_all_of_it() -> None:
    """Every step of what hurt is closed, and nothing else."""
    steps = expand(plan(DAILY.items, KNOWN, Means()))
    found = without(steps, {KNEELING.key})
    assert [step.closed for step in found] == [step.entry == KNEELING.key for step in steps]


def test_what_presses_goes_with_it() -> None:
    """Where pressing hurt, nothing else behind that gate presses on the same day."""
    assert left_out({KNEELING.key}, PACK.entries) == {KNEELING.key}
    assert left_out({"gone"}, PACK.entries) == {"gone"}
    gated = {key for key, entry in PACK.entries.items() if entry.gate}
    assert left_out({RELEASE.key}, PACK.entries) == gated
    assert len(gated) > 2


def test_stored_and_read_back() -> None:
    """The easier variant and the extra set survive a restart; a plain step stores neither."""
    plain = Step(entry="bridge")
    for step in (plain, replace(plain, eased=True), replace(plain, extra=True)):
        assert Step.from_dict(step.to_dict()) == step
    assert plain.to_dict().keys() == {"entry", "set", "sets"}


def test_left_out_of_a_routine() -> None:
    """On the day it hurt, a routine does without it, and is shorter by just that."""
    whole = plan(DAILY.items, KNOWN, Means())
    less = plan(DAILY.items, KNOWN, Means(hurt={KNEELING.key}))
    assert [one for one in whole if one.entry is not KNEELING] == list(less)
    assert seconds(whole) - seconds(less) == 165


def test_a_gentle_alternative_stays() -> None:
    """Of what a routine names in place of something, only what is gentle stands in for pain."""
    passed = set(PACK.safety.gates)
    means = Means(passed=passed, has=PACK.things, hurt={RELEASE.key})
    keys = [one.entry.key for one in plan(ARTICLE.items, KNOWN, means)]
    assert RELEASE.key not in keys
    assert "constructive-rest" in keys
    assert "thomas-stretch-bed" not in keys


def test_what_stands_in_hurt() -> None:
    """Where the stand-in for a missing thing hurt, nothing stands in for it that day."""
    without = plan(ARTICLE.items, KNOWN, Means())
    stand_in = next(one for one in without if one.swaps and one.entry.key != "dead-bug-band")
    less = plan(ARTICLE.items, KNOWN, Means(hurt={stand_in.entry.key}))
    assert stand_in.entry.key not in [one.entry.key for one in less]
    assert len(less) < len(without)
