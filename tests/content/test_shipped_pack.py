"""The pack that comes with Limber says what the facts say, in sentences that fit a phone."""

from __future__ import annotations

import re
import textwrap
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from bot.domain.catalogue import Exercise, Level, Practice, Sides
from content.loader import faults, load, packaged

PACK = load(packaged())
ENTRIES: list[Exercise | Practice] = [*PACK.exercises.values(), *PACK.practices.values()]
GENTLE = {
    "constructive-rest",
    "pelvic-tilt-supine",
    "glute-bridge",
    "segmented-cat-cow",
    "seated-hip-march",
    "breath-extended-exhale-4-6",
    "breath-diaphragmatic-360",
}
FORBIDDEN = re.compile(
    r"\b(cure[sd]?|heals?|guarantee\w*|miracle|no pain,? no gain|push through|must push"
    r"|pain[- ]free|relieves?|diagnos\w*|toxins?|dangerous"
    r"|you have (a|an|osteo\w*|hernia|sciatica))\b",
    re.IGNORECASE,
)
# What is no sentence to a reader, or is theirs and not ours.
UNREAD = {"key", "aliases", "poses", "sources", "phrases", "version", "tempo"}


def texts(value: object) -> Iterator[str]:
    """Yield every sentence of a value that a person can see."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif hasattr(value, "values"):
        for item in value.values():
            yield from texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in UNREAD:
                yield from texts(getattr(value, field.name))


def shown(dose: str) -> tuple[int, int | None, int | None]:
    """Read "2x30s" as two holds of 30 s and "3x6" as three sets of six."""
    sets, much = dose.split("x")
    hold = int(much[:-1]) if much.endswith("s") else None
    return int(sets), None if hold else int(much), hold


def test_no_faults() -> None:
    """The shipped pack passes its own check."""
    assert faults(packaged()) == []


def test_loads_quickly() -> None:
    """Reading the whole pack leaves room in a start-up of one second."""
    took = []
    for _ in range(5):
        start = time.perf_counter()
        load(packaged())
        took.append(time.perf_counter() - start)
    assert min(took) < 0.15


DOSES = [
    ("psoas-box-stretch", "2x20s", "2x30s", "2x60s"),
    ("kneeling-hip-flexor-stretch", "2x20s", "2x30s", "2x45s"),
    ("psoas-crusher", "1x45s", "1x90s", "1x120s"),
    ("dead-bug-hold-foam-roller", "3x10s", "3x20s", "3x30s"),
    ("bird-dog-lumbar", "1x5", "1x6", "3x6"),
    ("dead-bug-band", "1x5", "2x6", "3x10"),
    ("segmented-cat-cow", "1x4", "1x6", "1x8"),
    ("psoas-self-release", "1x120s", "1x210s", "1x300s"),
    ("constructive-rest", "1x120s", "1x300s", "1x600s"),
    ("pelvic-tilt-supine", "1x5", "1x10", "1x12"),
    ("glute-bridge", "1x8", "2x10", "3x12"),
    ("supine-psoas-march", "1x6", "1x10", "3x10"),
    ("thomas-stretch-bed", "2x20s", "2x30s", "3x60s"),
    ("childs-pose", "1x20s", "1x60s", "1x120s"),
    ("seated-hip-march", "1x5", "1x10", "2x10"),
]


@pytest.mark.parametrize(("key", "beginner", "standard", "advanced"), DOSES)
def test_doses(key: str, beginner: str, standard: str, advanced: str) -> None:
    """The doses of an exercise are those of the facts."""
    doses = PACK.exercises[key].doses
    given = [(doses[level].sets, doses[level].reps, doses[level].hold) for level in Level]
    assert given == [shown(beginner), shown(standard), shown(advanced)]


def test_every_exercise_has_its_dose_checked() -> None:
    """No exercise is left out of the table of doses."""
    assert {row[0] for row in DOSES} == set(PACK.exercises)


ROUTINES = {
    "daily-psoas-12": """
        90 constructive-rest 1x80s
        60 pelvic-tilt-supine 1x6
        105 segmented-cat-cow 1x6
        165 kneeling-hip-flexor-stretch 2x30s
        120 supine-psoas-march 1x10
        75 glute-bridge 1x8
        60 childs-pose 1x50s
        45 breath-extended-exhale-4-6 -
    """,
    "full-article-25": """
        60 breath-diaphragmatic-360 -
        180 psoas-box-stretch 2x30s
        180 kneeling-hip-flexor-stretch 2x30s
        420 psoas-self-release -
        135 dead-bug-hold-foam-roller 3x20s
        180 bird-dog-lumbar 1x6
        180 dead-bug-band 2x6
        120 segmented-cat-cow 1x6
        45 breath-extended-exhale-4-6 -
    """,
}


@pytest.mark.parametrize("key", ROUTINES)
def test_routines(key: str) -> None:
    """A routine has the order, the slots and the doses of the facts."""
    expected = [line.split() for line in ROUTINES[key].strip().splitlines()]
    for item, (seconds, entry, dose) in zip(PACK.routines[key].items, expected, strict=True):
        assert (item.entry, item.seconds) == (entry, int(seconds))
        if dose == "-":
            assert item.dose is None
        else:
            assert item.dose is not None
            assert (item.dose.sets, item.dose.reps, item.dose.hold) == shown(dose)


def test_release_has_a_way_round() -> None:
    """Whoever does not pass the gate rests for 3:00 and stretches off the bed for 4:00."""
    release = PACK.routines["full-article-25"].items[3]
    other = [(item.entry, item.seconds) for item in release.otherwise]
    assert other == [("constructive-rest", 180), ("thomas-stretch-bed", 240)]


def test_release_stages() -> None:
    """The seven stages of a side come in the order of the article and fit 3:30."""
    stages = PACK.exercises["psoas-self-release"].stages
    names = [stage.name for stage in stages]
    assert names[:3] == ["Root", "Find the spot", "Load"]
    assert names[3:] == ["Breathe", "Sideways", "Bend and lengthen", "Hug"]
    assert sum(stage.seconds for stage in stages) <= 210


def test_gentle_set() -> None:
    """Exactly the gentle set of the facts is gentle, and nothing in it holds the breath."""
    assert {entry.key for entry in ENTRIES if entry.gentle} == GENTLE
    phases = [
        phase.breath for key in GENTLE & set(PACK.practices) for phase in PACK.practices[key].phases
    ]
    assert "hold" not in phases


def test_gentle_routine() -> None:
    """The gentle routine takes eight minutes, has the march, and offers to prop up the back."""
    routine = PACK.routines[PACK.safety.screening.routine]
    assert routine.seconds == sum(item.seconds for item in routine.items) == 480
    assert {item.entry for item in routine.items} <= GENTLE
    assert "seated-hip-march" in {item.entry for item in routine.items}
    assert "rop up" in routine.summary


def test_gated() -> None:
    """What presses on the belly is behind the gate of nine questions, asked every 30 days."""
    gated = {entry.key for entry in ENTRIES if entry.gate == "release"}
    assert gated == {"psoas-crusher", "psoas-self-release"}
    gate = PACK.safety.gates["release"]
    assert (len(gate.questions), gate.days) == (9, 30)


def test_sides() -> None:
    """Sides are counted as the facts count them."""
    each = {e.key for e in PACK.exercises.values() if e.sides is Sides.EACH}
    taking_turns = {e.key for e in PACK.exercises.values() if e.sides is Sides.ALTERNATING}
    assert each == {
        "psoas-box-stretch",
        "kneeling-hip-flexor-stretch",
        "psoas-crusher",
        "psoas-self-release",
        "thomas-stretch-bed",
    }
    assert taking_turns == {
        "bird-dog-lumbar",
        "dead-bug-band",
        "supine-psoas-march",
        "seated-hip-march",
    }


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_card_fits_a_phone(entry: Exercise | Practice) -> None:
    """A card fits a caption and about one screen, and no instruction is long."""
    assert all(len(step.text) <= 90 for step in entry.steps)
    card = [entry.name, entry.summary, entry.setup, *(step.text for step in entry.steps)]
    assert len("\n".join(card)) <= 900
    assert sum(len(textwrap.wrap(text, 46)) for text in card) <= 21


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_cues_hold_on_both_sides(entry: Exercise | Practice) -> None:
    """Cues name no side, since the player shows them on the left and on the right."""
    assert not re.search(r"\b(left|right)\b", " ".join(entry.cues), re.IGNORECASE)
    assert "reath" in " ".join(entry.cues) or isinstance(entry, Practice)


@pytest.mark.parametrize("key", ["psoas-crusher", "psoas-self-release"])
def test_pressing_keeps_its_safety_point(key: str) -> None:
    """Whoever presses on the belly reads of the hand, the ache and the beat at every step."""
    cues = " ".join(PACK.exercises[key].cues)
    assert "hand stays on" in cues
    assert "4 out of 10 at most" in cues
    assert "A beat under it? Take it off" in cues


@pytest.mark.parametrize("key", ["constructive-rest", "pelvic-tilt-supine", "glute-bridge"])
def test_gentle_lying_has_a_way_in_pregnancy(key: str) -> None:
    """What is open to everyone says how to do it where lying flat does not suit."""
    assert any("pregnant? Prop up your back" in way for way in PACK.exercises[key].easier)


def test_safety_note_is_read_at_a_glance() -> None:
    """The first thing a new person reads is four short paragraphs that keep every fact."""
    note = PACK.safety.screening.note
    assert len(note) <= 420
    assert note.count("\n") == 3
    for fact in (
        *("general education", "not medical advice", "cannot examine you", "3 to 5 out of 10"),
        *("never to pain", "keep breathing", "sharp or pinching pain", "numbness", "tingling"),
        *("dizziness", "chest pain", "breathlessness", "gives way", "New injury", "fever"),
        *("recent surgery", "feeling ill", "not today", "doctor's or physio's word comes first"),
    ):
        assert fact in note


def test_tone() -> None:
    """No sentence promises, frightens, diagnoses or tells anyone to go through pain."""
    said = set(texts(PACK))
    assert len(said) > 400
    assert [text for text in said if FORBIDDEN.search(text)] == []


def test_emergency_script() -> None:
    """The emergency script names help and no exercise, and gives no verdict."""
    script = PACK.safety.scripts["emergency"]
    assert "local emergency number" in script
    assert "I cannot assess this" in script
    names = [entry.name for entry in ENTRIES]
    assert not [name for name in names if name.lower() in script.lower()]


def test_emergencies_pause_reminders() -> None:
    """Reminders stop after an emergency of the body, and after nothing else."""
    emergencies = [sign for sign in PACK.safety.signs if sign.tier == "emergency"]
    assert {sign.tier for sign in PACK.safety.signs if sign.pauses} == {"emergency"}
    assert {sign.script for sign in emergencies if not sign.pauses} == {"despair"}


def test_every_tier_is_heard() -> None:
    """There are phrases for every tier."""
    heard = {sign.tier for sign in PACK.safety.signs}
    assert heard == {"emergency", "today", "soon", "stop", "condition"}


def test_screening_covers_the_facts() -> None:
    """The screening asks for all ten conditions of the facts."""
    asked = " ".join(PACK.safety.screening.conditions).lower()
    for word in (
        *("hip or knee replacement", "spine", "osteoporosis", "pregnant", "heart or lung"),
        *("blood thinners", "cancer", "balance", "back pain", "under 18"),
    ):
        assert word in asked
