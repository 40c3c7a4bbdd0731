"""Warning signs: heard in plain and mistyped words, not where they are denied or sound alike."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Answers
from bot.answers.alarms import Alarms
from bot.answers.lexicon import lexicon
from bot.answers.text import words
from bot.domain.safety import Sign

SIGNS = (
    Sign(tier="condition", phrases=("pregnan*", "hip replacement")),
    Sign(tier="stop", phrases=("sharp pain", "numb*", "dizz*")),
    Sign(tier="stop", phrases=("pulse .. ball",), script="pulse"),
    Sign(tier="today", phrases=("fever .. back pain|back hurts",)),
    Sign(tier="emergency", phrases=("chest pain|pain in my chest",), pauses=True),
    Sign(tier="emergency", phrases=("cant feel .. leg*",)),
)


@pytest.fixture(scope="module")
def alarms() -> Alarms:
    """Return alarms of a handful of signs."""
    return Alarms(SIGNS, lexicon(), ["bird", "dog"])


def _tier(alarms: Alarms, text: str) -> str | None:
    signs = alarms.find(words(text))
    return signs[0].tier if signs else None


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        pytest.param("sharp pain and chest pain", "emergency", id="the most urgent wins"),
        pytest.param("CHÉST PAIN!!!", "emergency", id="case and accents"),
        pytest.param("chest painnnn", "emergency", id="letters held down"),
        pytest.param("ches pain", "emergency", id="a letter short"),
        pytest.param("chestpain", "emergency", id="glued"),
        pytest.param("I cannot really feel both of my legs", "emergency", id="gap"),
        pytest.param("I can't feel the legs", "emergency", id="can't as cannot"),
        pytest.param("she can't feel her legs", "emergency", id="someone else"),
        pytest.param("I have a fever. My back hurts", "today", id="across sentences where urgent"),
        pytest.param("my chest pain is not getting better", "emergency", id="not, after the sign"),
        pytest.param("it's not only numbness", "stop", id="not only"),
        pytest.param("not just a cold but chest pain", "emergency", id="but ends a denial"),
        pytest.param("no, chest pain", "emergency", id="no as an answer"),
        pytest.param("no relief from chest pain", "emergency", id="no relief"),
        pytest.param("can't walk without chest pain", "emergency", id="never without"),
        pytest.param("isn't chest pain bad?", "emergency", id="isn't as a question"),
        pytest.param("no fever, just chest pain", "emergency", id="only one is denied"),
        pytest.param("pregnent", "condition", id="stem mistyped"),
        pytest.param("numness", "stop", id="symptom mistyped"),
        pytest.param("no chest pain", None, id="no"),
        pytest.param("I do not have any chest pain", None, id="do not have any"),
        pytest.param("without numbness", None, id="without"),
        pytest.param("no sharp pain, numbness or dizziness", None, id="a list is denied"),
        pytest.param("I'm not pregnant", None, id="not"),
        pytest.param("never had a hip replacement", None, id="never had"),
        pytest.param("chest pain free", None, id="free"),
        pytest.param("what number of sets", None, id="number is not numb"),
        pytest.param("fever dream of a movie, back soon", None, id="no sign"),
        pytest.param("who should avoid it, pregnant women?", None, id="who should avoid"),
        pytest.param("my chest is wide, no pain in my chest", None, id="second mention denied"),
        pytest.param("no chest pain yesterday but chest pain now", "emergency", id="then and now"),
    ],
)
def test_alarm(alarms: Alarms, text: str, tier: str | None) -> None:
    """A sign is heard unless it is denied, and the most urgent one counts."""
    assert _tier(alarms, text) == tier


def test_own_script_comes_first(alarms: Alarms) -> None:
    """Of signs as urgent as each other, one with words of its own is answered."""
    assert alarms.find(words("numb, and a pulse under the ball"))[0].script == "pulse"


def test_pause_is_told(answers: Answers) -> None:
    """An emergency names its script and stops the reminders."""
    answer = answers.ask("numb between my legs")
    assert (answer.tier, answer.script, answer.pauses) == ("emergency", "emergency", True)


@given(st.lists(st.sampled_from(["no", "not", "chest", "pain", "fever", "back"])))
@settings(max_examples=200, deadline=None)
def test_negation_never_hides_a_later_sign(alarms: Alarms, before: list[str]) -> None:
    """Whatever was said before, a sentence that tells of chest pain is an emergency."""
    assert _tier(alarms, " ".join(before) + ". I have chest pain") == "emergency"


@pytest.mark.parametrize(
    "junk",
    [
        pytest.param("numb " * 800, id="one word again and again"),
        pytest.param("fever a b " * 400, id="beginnings of a phrase"),
        pytest.param("no " * 1300 + "pain", id="denials"),
        pytest.param("x" * 4096, id="one endless word"),
        pytest.param("".join(map(chr, range(0x4E00, 0x4E00 + 4096))), id="another script"),
        pytest.param("pa1n. " * 680, id="slips"),
    ],
)
def test_long_junk_is_fast(answers: Answers, junk: str) -> None:
    """The longest message takes no more than in proportion to a tenth of it, whatever it holds."""
    short, long = (_seconds(answers, text) for text in (junk[: len(junk) // 10], junk))
    assert long < 60 * max(short, 0.002)


def _seconds(answers: Answers, text: str) -> float:
    """Return the least processor time of three tries."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        answers.ask(text)
        taken.append(time.process_time() - begun)
    return min(taken)
