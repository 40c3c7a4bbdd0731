"""The shipped phrases hear warning signs and conditions, and not what only sounds like them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.answers import Answers
from content.loader import load, packaged

TOLD: dict[str, list[str]] = yaml.load(
    Path(__file__).with_name("told.yaml").read_text(), Loader=yaml.BaseLoader
)
CASES = [(told, tier) for tier, messages in TOLD.items() for told in messages]


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Return answers from the shipped pack."""
    return Answers(load(packaged()))


@pytest.mark.parametrize(("told", "tier"), CASES, ids=[told for told, _ in CASES])
def test_told(answers: Answers, told: str, tier: str) -> None:
    """A message is answered by the tier of what it tells, or by none."""
    answer = answers.ask(told)
    assert answer.tier == (None if tier == "nothing" else tier)
    assert (answer.kind == "safety") == (tier != "nothing")


@pytest.mark.parametrize(
    ("told", "script"),
    [
        ("there is a pulse under the ball", "pulse"),
        ("I have the flu", "ill"),
        ("I'm pregnant", "pregnancy"),
        ("hip replacement last year", "hip"),
        ("high blood pressure", "pressure"),
        ("I have osteoporosis", "bones"),
        ("I am 16 years old", "young"),
    ],
)
def test_script(answers: Answers, told: str, script: str) -> None:
    """What needs its own words gets them."""
    assert answers.ask(told).script == script
