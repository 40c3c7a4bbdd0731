"""The grammar of phrases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.phrases import Phrases, vocabulary
from bot.answers.text import plain


@pytest.mark.parametrize(
    ("phrase", "text", "spans"),
    [
        pytest.param("chest pain", "my chest pain", [(1, 3)], id="words in a row"),
        pytest.param("chest pain", "pain chest", [], id="order matters"),
        pytest.param("numb*", "numb numbness dumb", [(0, 1), (1, 2)], id="any ending"),
        pytest.param("a b|c", "c a b", [(0, 1), (1, 3)], id="alternatives of several words"),
        pytest.param("a .. z", "a b c d e z", [(0, 6)], id="four words between"),
        pytest.param("a .. z", "a b c d e f z", [], id="five words between"),
        pytest.param("a .. z", "a z", [(0, 2)], id="nothing between"),
        pytest.param("so (a|b c) z", "so b c z", [(0, 4)], id="parentheses"),
        pytest.param("so (a)? z", "so z so a z", [(0, 2), (2, 5)], id="may be left out"),
        pytest.param("(so)?", "so what", [(0, 1)], id="nothing is no match"),
        pytest.param("can't go", "I cannot go", [(1, 3)], id="contractions meet"),
        pytest.param("i'm ill", "I am ill", [(0, 3)], id="I'm is I am"),
    ],
)
def test_find(phrase: str, text: str, spans: list[tuple[int, int]]) -> None:
    """A phrase is found where the grammar says."""
    assert list(Phrases([phrase]).find(plain(text))) == spans


def test_unlike() -> None:
    """An open ending does not reach a word that is listed as another."""
    assert list(Phrases(["numb*"], ["number"]).find(["number", "numbs"])) == [(1, 2)]


@pytest.mark.parametrize("phrase", ["", "()", "a .. () .. b", "a .. | .. b"])
def test_empty_phrase(phrase: str) -> None:
    """A phrase that would match everything is refused."""
    with pytest.raises(ValueError, match="no words"):
        Phrases([phrase])


def test_vocabulary() -> None:
    """The words of a phrase are told with their stars."""
    assert vocabulary(["numb* .. (my)? leg|can't go"]) == {"numb*", "my", "leg", "cant", "go"}


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=400))
def test_spans_lie_within(words: list[str]) -> None:
    """Spans are never empty and never leave the words."""
    for start, end in Phrases(["a .. b .. c|a", "(b)? c"]).find(words):
        assert 0 <= start < end <= len(words)
