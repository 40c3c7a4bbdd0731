"""Whole questions against the content that comes with Limber."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Answer, Answers, to_json
from bot.answers.examples import examples
from bot.domain.catalogue import Catalogue
from content.naming import spelling
from tests.answers.tables import Figures, Line, figures, questions, verdict

_KINDS = ("exercise", "practice", "routine", "knowledge", "safety", "unknown")
_WORDS = "no not my chest pain bird dog how many numb legs the couch stretch pregnant , . ? 4 🙂 a"

# Honest to know no programme, and yet "programme" is what people call a routine.
_NOT_YET = {"bench press programme"}


@pytest.mark.parametrize(
    "line", questions("sample"), ids=lambda line: f"{line.slice}: {line.question}"
)
def test_sample_question(line: Line, answers: Answers) -> None:
    """A question of the interface's sample is answered as it says."""
    accepted = {"right", "wrong"} if line.question in _NOT_YET else {"right"}
    assert verdict(line, answers.ask(line.question)) in accepted


@pytest.fixture(scope="module")
def measured(answers: Answers) -> Figures:
    """Return the figures of the set of which nobody looks at single answers."""
    lines = questions("measuring")
    return figures(lines, [verdict(line, answers.ask(line.question)) for line in lines])


@pytest.mark.parametrize(
    ("figure", "least"),
    [
        ("entry", 0.95),
        ("described", 0.85),
        ("knowledge", 0.90),
        ("misspelt", 0.97),
        ("facet", 0.95),
        ("safety", 0.99),
        ("emergency", 1.0),
        ("unknown", 0.95),
    ],
)
def test_figure(measured: Figures, figure: str, least: float) -> None:
    """What is asked in words that were not learned is answered right this often."""
    assert getattr(measured, figure) >= least


@pytest.mark.parametrize(("figure", "most"), [("wrong", 0.02), ("false", 0.01)])
def test_figure_of_errors(measured: Figures, figure: str, most: float) -> None:
    """A wrong answer, and an alarm where there is nothing, are this rare."""
    assert getattr(measured, figure) <= most


def _spelt(question: str) -> str:
    """Return a question without the differences that nobody means; emoji alone as they are."""
    return spelling(question) or question


def test_sets_are_apart(catalogue: Catalogue) -> None:
    """More than 600 questions are measured, and none is one that was learned from."""
    learned = {_spelt(example.question) for example in examples(catalogue)}
    asked = {name: [line.question for line in questions(name)] for name in ("tuning", "measuring")}
    assert len(asked["measuring"]) > 600
    every = [_spelt(question) for one in asked.values() for question in one]
    assert len(every) == len(set(every))
    assert not learned & set(every)


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
    assert _spoken(answers.ask(question, current="glute-bridge")) == expected


def _spoken(answer: Answer) -> str:
    """Return an answer as "key facet", a tier, or "unknown"."""
    if answer.kind == "safety":
        return str(answer.tier)
    return "unknown" if answer.kind == "unknown" else f"{answer.key} {answer.facet}"


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
