"""The pack that comes with Limber says what the facts say, in sentences that fit a phone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from bot.domain.catalogue import Entry, Practice
from bot.domain.dose import Dose, Level
from content.loader import faults, load, packaged
from tests.content.facts import (
    ARTICLE,
    EQUIPMENT,
    EXERCISES,
    GATED,
    GENTLE,
    NOTES,
    OVERCLAIMS,
    PRACTICES,
    ROUTINES,
    STAGES,
    TEMPOS,
    TOTALS,
    WEEK,
)
from tests.content.seen_texts import texts

PACK = load(packaged())
ENTRIES: list[Entry] = [*PACK.exercises.values(), *PACK.practices.values()]


def test_no_faults() -> None:
    """The shipped pack passes its own check."""
    assert faults(packaged()) == []


def test_loads_quickly() -> None:
    """Reading the whole pack takes a few times as long as reading its YAML alone would."""
    ours, bare = [], []
    for _ in range(5):
        ours.append(taken(lambda: load(packaged())))
        bare.append(taken(lambda: [*map(parsed, packaged().rglob("*.yaml"))]))
    assert min(ours) < 6 * min(bare)


def taken(work: Callable[[], object]) -> float:
    """Return the seconds of this process's own that something takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def parsed(path: Path) -> object:
    """Return what is in a file of YAML, by the fastest that the library has."""
    return yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)


def table(text: str) -> Iterator[list[str]]:
    """Yield the words of each line of a table."""
    yield from (line.split() for line in text.strip().splitlines())


# --- exercises --------------------------------------------------------------------------------


@pytest.mark.parametrize("row", [*table(EXERCISES)], ids=lambda row: row[0])
def test_doses(row: list[str]) -> None:
    """The doses of an exercise at every level, and its sides, are those of the facts."""
    key, sides, *expected = row
    exercise = PACK.exercises[key]
    assert exercise.sides == sides
    assert [said(exercise.doses.get(level)) for level in Level] == expected


def said(dose: Dose | None) -> str:
    """Write a dose as the tables do."""
    if dose is None:
        return "-"
    return f"{dose.sets}x{dose.hold}s" if dose.hold else f"{dose.sets}x{dose.reps}"


def test_every_exercise_is_in_the_table() -> None:
    """All of the facts is there, and no exercise is left out of the table."""
    assert {row[0] for row in table(EXERCISES)} == set(PACK.exercises)
    assert len(PACK.exercises) == 22


@pytest.mark.parametrize("key", TEMPOS)
def test_tempos(key: str) -> None:
    """A repetition takes the time of the facts at its standard dose."""
    assert PACK.exercises[key].doses[Level.STANDARD].tempo == TEMPOS[key]


@pytest.mark.parametrize("row", [*table(EQUIPMENT)], ids=lambda row: row[0])
def test_equipment(row: list[str]) -> None:
    """An exercise names what it is done with and every household substitute."""
    key, *expected = row
    needs = PACK.exercises[key].equipment
    given = [
        "|".join((need.thing, *need.household)) + ("?" if need.optional else "") for need in needs
    ]
    assert given == expected


def test_nothing_else_is_needed() -> None:
    """Every exercise that cannot be done with bare hands is in the table of equipment."""
    needing = {
        key
        for key, exercise in PACK.exercises.items()
        if any(not need.optional for need in exercise.equipment)
    }
    assert needing <= {row[0] for row in table(EQUIPMENT)}


def test_release_stages() -> None:
    """The stages of a side come in the order of the article and take what the dose says."""
    release = PACK.exercises["psoas-self-release"]
    assert [stage.name for stage in release.stages] == STAGES
    for level in Level:
        took = sum(stage.seconds.get(level, 0) for stage in release.stages)
        assert 0 <= (release.doses[level].hold or 0) - took <= 15
    palm = [stage.name for stage in release.stages if Level.BEGINNER in stage.seconds]
    assert palm == ["Root", "Find the spot", "Breathe, palm only", "Hug"]


def test_broomstick_is_only_explained() -> None:
    """The author's own habit is in no routine and behind the gate, with no dose but one."""
    assert not PACK.exercises["psoas-broomstick-release"].scheduled
    unscheduled = {key for key, one in PACK.exercises.items() if not one.scheduled}
    assert unscheduled == {"psoas-broomstick-release"}


def test_everything_has_its_sources() -> None:
    """Every entry and every note says where it is from."""
    entries = [*ENTRIES, *PACK.notes.values()]
    assert [entry.key for entry in entries if not entry.sources] == []


# --- breathing --------------------------------------------------------------------------------


@pytest.mark.parametrize("row", [*table(PRACTICES)], ids=lambda row: row[0])
def test_practices(row: list[str]) -> None:
    """The phases and rounds of a practice are those of the facts."""
    key, phases, *rounds = row
    practice = PACK.practices[key]
    given = ",".join(f"{phase.breath}{phase.seconds:g}" for phase in practice.phases)
    assert given == phases
    assert [str(practice.rounds[level]) for level in Level] == rounds


def test_every_practice_is_in_the_table() -> None:
    """All eight practices are there, and none is left out of the table."""
    assert {row[0] for row in table(PRACTICES)} == set(PACK.practices)


@pytest.mark.parametrize("practice", PACK.practices.values(), ids=lambda one: one.key)
def test_practices_are_cautious(practice: Practice) -> None:
    """Whoever breathes along is told where not to, and what to do when it does not feel well."""
    told = " ".join((practice.setup, *practice.cautions)).lower()
    assert re.search("never in water|only lying down", told)
    assert re.search(
        "(dizzy|dizziness|breathless|short of air).*(stop|pause|breathe normally)", told
    )
    if any(phase.breath == "hold" for phase in practice.phases):
        assert re.search("pregnant.*blood pressure.*(heart|lung)", told)


# --- routines ---------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ROUTINES)
def test_routines(key: str) -> None:
    """A routine has the order, the slots and the doses of the facts."""
    for item, (seconds, entry, dose) in zip(
        PACK.routines[key].items, table(ROUTINES[key]), strict=True
    ):
        assert (item.entry, item.seconds) == (entry, int(seconds))
        assert (item.level or said(item.dose)) == dose


def test_totals() -> None:
    """Every routine takes exactly what the facts say, to the second."""
    assert {*TOTALS, "beginner-week"} == set(PACK.routines)
    for key, total in TOTALS.items():
        routine = PACK.routines[key]
        assert routine.seconds == sum(item.seconds for item in routine.items) == total


def test_week() -> None:
    """The first week has the days of the facts, each with its minutes and slots, and no ball."""
    days = PACK.routines["beginner-week"].days
    for day, (minutes, expected) in zip(days, WEEK, strict=True):
        assert day.seconds == 60 * minutes
        if isinstance(expected, str):
            assert day.routine == expected
        else:
            assert [f"{item.seconds} {item.entry}" for item in day.items] == expected
    assert GATED.isdisjoint(item.entry for day in days for item in day.items)


def test_last_day_is_the_daily_routine() -> None:
    """The week ends with the daily routine, at beginner doses."""
    last, daily = PACK.routines["beginner-week"].days[-1], PACK.routines["daily-psoas-12"]
    assert [item.entry for item in last.items] == [item.entry for item in daily.items]


def test_order_of_the_article() -> None:
    """The full routine has the seven exercises in the order of the article, the crusher within."""
    entries = [item.entry for item in PACK.routines["full-article-25"].items]
    assert [key for key in entries if key in ARTICLE] == ARTICLE


def test_release_has_a_way_round() -> None:
    """Whoever does not pass the gate rests for 3:00 and stretches off the bed for 4:00."""
    release = PACK.routines["full-article-25"].items[3]
    other = [(item.entry, item.seconds) for item in release.otherwise]
    assert other == [("constructive-rest", 180), ("thomas-stretch-bed", 240)]


# --- who may do what --------------------------------------------------------------------------


def test_gentle_set() -> None:
    """Exactly the gentle set of the facts is gentle, and nothing in it holds the breath."""
    assert {entry.key for entry in ENTRIES if entry.gentle} == GENTLE
    phases = [
        phase.breath for key in GENTLE & set(PACK.practices) for phase in PACK.practices[key].phases
    ]
    assert "hold" not in phases


def test_gentle_routine() -> None:
    """The gentle routine has the march, and offers to prop up the back."""
    routine = PACK.routines[PACK.safety.screening.routine]
    assert {item.entry for item in routine.items} <= GENTLE
    assert "seated-hip-march" in {item.entry for item in routine.items}
    assert "rop up" in " ".join(item.note or "" for item in routine.items)


def test_gated() -> None:
    """What presses on the belly is behind the gate of nine questions, asked every 30 days."""
    assert {entry.key for entry in ENTRIES if entry.gate == "release"} == GATED
    gate = PACK.safety.gates["release"]
    assert (len(gate.questions), gate.days) == (9, 30)
    assert set(gate.alternatives) == {
        *("constructive-rest", "breath-diaphragmatic-360"),
        *("kneeling-hip-flexor-stretch", "thomas-stretch-bed"),
    }


# --- notes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", NOTES)
def test_notes_are_careful(key: str) -> None:
    """A note says what the sources say, in words that the facts do not go without."""
    text = re.sub(r"[^\w%]+", " ", PACK.notes[key].text).lower()
    missing = [word for word in NOTES[key].split() if word.replace("-", " ").lower() not in text]
    assert missing == []


def test_every_note_is_in_the_table() -> None:
    """All 23 notes are there, and none is left out of the table."""
    assert set(NOTES) == set(PACK.notes)
    assert len(NOTES) == 23


def test_no_claim_of_the_article_stands_alone() -> None:
    """What no source bears out is said nowhere, in no entry and in no note."""
    told = [text for text in texts(PACK) if re.search(OVERCLAIMS, text, re.IGNORECASE)]
    assert told == []
