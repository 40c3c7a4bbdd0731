"""How typed text becomes words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.text import plain, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Child's POSE", "childs pose", id="case and apostrophe"),
        pytest.param("child’s", "childs", id="curly apostrophe"),
        pytest.param("cat-cow", "cat cow", id="hyphen"),
        pytest.param("90/90 4-7-8 5.5", "90 90 4 7 8 5 5", id="numbers come apart"),
        pytest.param("reps/sets", "reps or sets", id="slash"),
        pytest.param("w/o a ball w/ you", "without a ball with you", id="w/o"),
        pytest.param("you & me", "you and me", id="and"),
        pytest.param("cannot, can not, can't", "cant cant cant", id="cannot"),
        pytest.param("do not", "dont", id="do not"),
        pytest.param("I'm", "i am", id="I'm"),
        pytest.param("sooooo", "soo", id="letters held down"),
        pytest.param("café", "cafe", id="accent"),
        pytest.param("pain\u200bful", "painful", id="invisible letter"),
        pytest.param("🙂", "", id="emoji"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    """Words are told in one spelling."""
    assert " ".join(plain(text)) == expected


def test_clauses_and_questions() -> None:
    """Words know their clause and sentence, and a sentence whether it is asked."""
    text = read("Hi, you. All well? Yes")
    assert [(word.clause, word.sentence) for word in text.words] == [
        (0, 0),
        (1, 0),
        (2, 1),
        (2, 1),
        (3, 2),
    ]
    assert text.asked == {1}


@given(st.text())
def test_words_are_plain(text: str) -> None:
    """No word holds a blank or is empty, whatever was typed."""
    assert all(word and not word.isspace() and " " not in word for word in plain(text))
