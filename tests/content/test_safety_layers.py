"""A pack over another adds to what keeps people safe, and can take nothing of it away."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.catalogue import Catalogue
from content.faults import PackError
from content.loader import load
from tests.content.tiny_pack import FILES, TinyPack

PRESS = "exercises/press.yaml"


def test_screening_is_added_to(pack: TinyPack, mine: TinyPack) -> None:
    """More conditions and more words come after those that are there; the rest stays."""
    mine.write("safety/screening.yaml", "note: Ask your coach.\nconditions:\n  - A stiff neck\n")
    below, found = load(pack.folder).safety.screening, load(*mine.folders).safety.screening
    assert found.note == "Stop when it hurts.\n\nAsk your coach."
    assert found.conditions == ("Blood thinners", "A stiff neck")
    assert (found.question, found.advice, found.refusal, found.routine) == (
        *(below.question, below.advice, below.refusal),
        below.routine,
    )


def test_other_gentle_routine(mine: TinyPack) -> None:
    """Another routine may be the one for people to whom a condition applies, if it is gentle."""
    mine.write("safety/screening.yaml", "routine: short\n")
    assert mine.faults() == ["safety/screening.yaml:1: 'short' is not marked gentle"]
    mine.write("safety/screening.yaml", "routine: softer\n")
    mine.write(
        "routines/softer.yaml",
        FILES["routines/soft.yaml"].replace("soft", "softer").replace("Soft", "Softer"),
    )
    assert load(*mine.folders).safety.screening.routine == "softer"


def test_gate_is_added_to(pack: TinyPack, mine: TinyPack) -> None:
    """More questions and alternatives come after those that are there."""
    mine.write(
        "safety/gates/release.yaml",
        "key: release\nquestions:\n  - A new scar?\nalternatives:\n  - nod\n",
    )
    below, found = load(pack.folder).safety.gates, load(*mine.folders).safety.gates
    assert found["release"].questions == ("A hernia?", "A new scar?")
    assert found["release"].alternatives == ("sigh", "nod")
    assert found["release"].days == below["release"].days


def test_own_gate(mine: TinyPack) -> None:
    """A gate of another key is a pack's own, and needs all that a gate has."""
    gate = FILES["safety/gates/release.yaml"].replace("release", "heights")
    mine.write("safety/gates/heights.yaml", gate)
    assert set(load(*mine.folders).safety.gates) == {"release", "heights"}
    mine.write("safety/gates/heights.yaml", gate.replace("days: 30\n", ""))
    assert mine.faults() == ["safety/gates/heights.yaml:1: 'days' is missing"]


def test_signs_are_added_to(pack: TinyPack, mine: TinyPack) -> None:
    """A pack hears more, and may say more: after the lower words, never instead of them."""
    mine.write(
        "safety/signs.yaml",
        "scripts:\n  today: Or ring us.\n  fall: Sit down.\n"
        "signs:\n  - tier: stop\n    script: fall\n    phrases:\n      - fell off the bar\n",
    )
    below, found = load(pack.folder).safety, load(*mine.folders).safety
    assert found.scripts["today"] == "See someone today.\n\nOr ring us."
    assert found.scripts["emergency"] == below.scripts["emergency"]
    assert found.scripts["fall"] == "Sit down."
    assert found.signs[: len(below.signs)] == below.signs
    assert found.signs[-1].phrases == ("fell off the bar",)


def test_rules_are_added_to(mine: TinyPack) -> None:
    """More reasons to stop and not to begin come after those that are there."""
    mine.write("safety/rules.yaml", "stop:\n  - The bar creaks\nnot_today:\n  - It is wet\n")
    found = load(*mine.folders).safety.rules
    assert found.stop == ("It hurts", "The bar creaks")
    assert found.not_today == ("You feel ill", "It is wet")
    assert (found.effort, found.after) == ("Easy.", "Rest a day.")


FIXED = [
    ("safety/screening.yaml", "question", "Anything?"),
    ("safety/screening.yaml", "advice", "Go on."),
    ("safety/screening.yaml", "refusal", "No."),
    ("safety/rules.yaml", "effort", "Hard."),
    ("safety/rules.yaml", "after", "Go on."),
    ("safety/gates/release.yaml", "days", "3000"),
    ("safety/gates/release.yaml", "refused", "Go on."),
]


@pytest.mark.parametrize(("path", "name", "words"), FIXED)
def test_words_that_stay(mine: TinyPack, path: str, name: str, words: str) -> None:
    """What a pack can neither replace nor add to is told, not passed over."""
    mine.write(
        path, f"key: release\n{name}: {words}\n" if "gates" in path else f"{name}: {words}\n"
    )
    line = 2 if "gates" in path else 1
    said = f"{name}: this stays as it is in the pack below, take it out"
    assert mine.faults() == [f"{path}:{line}: {said}"]


def test_copy_of_the_lower_pack(pack: TinyPack, mine: TinyPack) -> None:
    """A whole copy is no fault: whoever copied a pack to change it has a pack over it."""
    shutil.copytree(pack.folder, mine.folder, dirs_exist_ok=True)
    below, found = load(pack.folder), load(*mine.folders)
    assert found.exercises == below.exercises
    assert found.safety.screening == below.safety.screening
    assert found.safety.gates == below.safety.gates
    assert found.safety.scripts == below.safety.scripts


def test_gate_stays_before_what_it_guards(mine: TinyPack) -> None:
    """What replaces a gated entry is gated too, even where the old one is hidden first."""
    said = "gate: what replaces 'press' keeps its gate: write gate: release"
    mine.write(PRESS, FILES[PRESS].replace("gate: release\n", ""))
    assert f"{PRESS}:1: {said}" in mine.faults()
    mine.write("pack.yaml", "hide:\n  - press\n")
    assert f"{PRESS}:1: {said}" in mine.faults()


def test_what_is_never_scheduled_stays_so(pack: TinyPack, mine: TinyPack) -> None:
    """An exercise that is only explained cannot be put into routines by replacing it."""
    hang = FILES["exercises/hang.yaml"].replace("hang", "swing").replace("Hang", "Swing")
    pack.write("exercises/swing.yaml", hang.replace("level: beg", "scheduled: no\nlevel: beg"))
    mine.write("exercises/swing.yaml", hang)
    said = "scheduled: what replaces 'swing' stays out of routines: write scheduled: no"
    assert mine.faults() == [f"exercises/swing.yaml:1: {said}"]


# --- the property -----------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *("A hernia?", "Blood thinners", "It hurts", "You feel ill", "Stop when it hurts."),
        *("Call now.", "Call now. Or not.", "Call", "No", "x"),
    ]
)
LISTS = st.lists(WORDS, min_size=1, max_size=3)
PHRASES = st.lists(
    st.sampled_from(["chest pain", "chest pain|ache", "pain", "fine"]), min_size=1, unique=True
)
ROUTINES = st.sampled_from(["soft", "short"])
HIDDEN = st.sampled_from(["days", "why-nod", "press", "soft", "release"])
ALTERNATIVES = st.lists(st.sampled_from(["nod", "sigh", "hang"]), min_size=1, max_size=2)
TIERS = st.sampled_from(["emergency", "today", "soon", "stop", "condition", "pulse", "own"])


def some(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return documents with some of these keys."""
    return st.fixed_dictionaries({}, optional=keys)


def mostly(words: str) -> st.SearchStrategy[str]:
    """Return what the pack below says, and now and then something else."""
    return st.sampled_from([*(words for _ in range(9)), "No"])


SIGN = st.fixed_dictionaries({"tier": st.sampled_from(["stop", "soon"]), "phrases": PHRASES})
SAFETY = st.fixed_dictionaries(
    {},
    optional={
        "pack.yaml": some(name=WORDS, daily=ROUTINES, hide=st.lists(HIDDEN, max_size=2)),
        "safety/screening.yaml": some(
            note=WORDS,
            conditions=LISTS,
            routine=ROUTINES,
            question=mostly("Does any of this apply?"),
            refusal=mostly("Not open to you."),
        ),
        "safety/gates/release.yaml": st.fixed_dictionaries(
            {"key": st.just("release")},
            optional={
                "questions": LISTS,
                "alternatives": ALTERNATIVES,
                "days": mostly("30"),
                "refused": mostly("Skip it."),
            },
        ),
        "safety/rules.yaml": some(stop=LISTS, not_today=LISTS, effort=mostly("Easy.")),
        "safety/signs.yaml": some(
            scripts=st.dictionaries(TIERS, WORDS, min_size=1),
            signs=st.lists(SIGN, min_size=1, max_size=1),
        ),
        PRESS: st.sampled_from([FILES[PRESS], FILES[PRESS].replace("gate: release\n", "")]),
    },
)


def kept(below: Catalogue, found: Catalogue) -> None:
    """Check that everything in `below` that keeps people safe is in `found`."""
    before, after = below.safety, found.safety
    assert after.screening.note.startswith(before.screening.note)
    assert set(after.screening.conditions) >= set(before.screening.conditions)
    assert found.routines[after.screening.routine].gentle
    for gate in before.gates.values():
        now = after.gates[gate.key]
        assert now.questions[: len(gate.questions)] == gate.questions
        assert now.days == gate.days
    assert after.signs[: len(before.signs)] == before.signs
    for name, script in before.scripts.items():
        assert after.scripts[name].startswith(script)
    for name, rule in asdict(before.rules).items():
        now_said = getattr(after.rules, name)
        assert now_said == rule or now_said[: len(rule)] == rule
    for key, entry in found.entries.items():
        lower = below.entry(key)
        assert lower is None or entry.gate == lower.gate


@given(files=SAFETY)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_safety_is_never_removed(pack: TinyPack, tmp_path: Path, files: dict[str, Any]) -> None:
    """Whatever a pack writes, it is refused, or every question, sign and rule is still there."""
    mine = TinyPack(tmp_path / "mine", below=(pack.folder,))
    shutil.rmtree(mine.folder, ignore_errors=True)
    mine.folder.mkdir()
    for path, document in files.items():
        if document:
            text = document if isinstance(document, str) else json.dumps(document)
            mine.write(path, text)
    try:
        found = load(*mine.folders)
    except PackError:
        return
    kept(load(pack.folder), found)
