"""Whole questions against the content that comes with Limber."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Answers, to_json
from bot.domain.catalogue import Catalogue
from content.loader import load, packaged
from tests.answers.tables import Line, own, sample, spoken

_KINDS = ("exercise", "practice", "routine", "knowledge", "safety", "unknown")
_WORDS = "no not my chest pain bird dog how many numb legs the couch stretch pregnant , . ? 4 🙂 a"


@pytest.mark.parametrize("line", [*own()], ids=lambda line: f"{line.slice}: {line.question}")
def test_own_question(line: Line, answers: Answers) -> None:
    """A question of the tables gets an answer that its line accepts."""
    assert line.accepts(answers.ask(line.question))


# A name that the content does not know as one; it is honest not to know it.
_NOT_YET = {"out breath longer than in"}


@pytest.mark.parametrize(
    "line", [*sample(load(packaged()))], ids=lambda line: f"{line.slice}: {line.question}"
)
def test_sample_question(line: Line, answers: Answers) -> None:
    """A question of the interface's sample is answered as it says, or honestly unknown."""
    accepted = line.accepted | ({"unknown"} if line.question in _NOT_YET else set())
    assert spoken(answers.ask(line.question)) in accepted


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_WORDS.split())).map(" ".join)))
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered(answers: Answers, catalogue: Catalogue, question: str) -> None:
    """Whatever is typed, the answer has the form of the interface."""
    answer = answers.ask(question)
    told = to_json(question, answer)
    entries = {**catalogue.entries, **catalogue.routines, **catalogue.notes}
    assert list(told) == ["question", "kind", "key", "facet", "tier", "suggestions"]
    assert answer.kind in _KINDS
    assert (answer.tier is not None) == (answer.kind == "safety") == (answer.script is not None)
    assert (answer.key is None) == (answer.kind in ("safety", "unknown")) == (answer.facet is None)
    assert answer.key is None or answer.key in entries
    assert len(answer.suggestions) <= 3
    assert set(answer.suggestions) <= set(entries)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("how long?", "glute-bridge dose", id="how long"),
        pytest.param("which leg first?", "glute-bridge how", id="which leg"),
        pytest.param("again please", "glute-bridge how", id="again"),
        pytest.param("is there an easier one?", "glute-bridge easier", id="easier"),
        pytest.param("where should I feel this", "glute-bridge feel", id="feel"),
        pytest.param("am i doing it right", "glute-bridge mistakes", id="mistakes"),
        pytest.param("breathe in or out", "glute-bridge breathing", id="breathing"),
        pytest.param("and the cat cow?", "segmented-cat-cow how", id="another entry by name"),
        pytest.param("thanks, that was great", "unknown", id="small talk"),
        pytest.param("ok done", "unknown", id="no question"),
        pytest.param("side plank?", "unknown", id="another exercise"),
        pytest.param("how do I build a bridge out of wood", "unknown", id="something else"),
        pytest.param("will it rain", "unknown", id="weather"),
        pytest.param("chest pain", "emergency", id="safety first"),
        pytest.param("", "unknown", id="nothing said"),
        pytest.param("🙂", "unknown", id="no words"),
    ],
)
def test_during_a_step(answers: Answers, question: str, expected: str) -> None:
    """A question that names nothing is about the step being done."""
    assert spoken(answers.ask(question, current="glute-bridge")) == expected


def test_practice_as_step(answers: Answers) -> None:
    """A question during a breathing practice is answered as a practice."""
    answer = answers.ask("how long?", current="breath-diaphragmatic-360")
    assert (answer.kind, answer.facet) == ("practice", "dose")


def test_step_that_content_lost(answers: Answers) -> None:
    """A step whose entry the content no longer has is not answered for."""
    assert answers.ask("how long?", current="gone").kind == "unknown"


@pytest.mark.parametrize("question", ["qwertyuiop", "what's the weather", "🤔", "wie geht es dir"])
def test_nothing_near_is_offered_nothing(answers: Answers, question: str) -> None:
    """Where nothing comes near, nothing is offered."""
    assert answers.ask(question).suggestions == ()


def test_shared_word_offers_its_entries(answers: Answers) -> None:
    """A word that two names share answers neither, and offers both."""
    answer = answers.ask("march")
    assert answer.kind == "unknown"
    assert {"supine-psoas-march", "seated-hip-march"} <= set(answer.suggestions)
