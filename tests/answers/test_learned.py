"""What is learned from questions, and the file that it is kept in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers import Answers, learned
from bot.answers.examples import Example, examples
from bot.answers.learning import Learned
from bot.answers.names import Names
from bot.domain.catalogue import Catalogue
from content.loader import load
from tests.content.tiny_pack import FILES

FEW = [
    Example("the one where you say yes", "nod", "how"),
    Example("how many times do I say yes", "nod", "dose"),
    Example("hang from a bar", "hang", "how"),
    Example("how long do I hang", "hang", "dose"),
    Example("will it rain", "unknown-other"),
    Example("my chest hurts", "safety-emergency"),
]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty cache folder in place of the user's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(learned, "_recent", {})
    return tmp_path / "limber"


@pytest.fixture
def tiny(tmp_path: Path) -> Catalogue:
    """Return a catalogue of a handful of entries."""
    for name, text in FILES.items():
        file = tmp_path / "pack" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return load(tmp_path / "pack")


def labels(found: Learned, question: str) -> str:
    """Return the likeliest label."""
    from bot.answers.features import counted
    from bot.answers.text import read

    scores = found.entry.scores(counted(read(question)))
    return found.entry.labels[int(scores.argmax())]


def test_learns_what_it_is_told() -> None:
    """Each question has the label that it came with."""
    found = learned.learned(FEW)
    for example in FEW:
        assert labels(found, example.question) == example.label


def test_learned_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time it comes from the file, and scores the same."""
    first = learned.learned(FEW)
    monkeypatch.setattr(learned, "_recent", {})
    monkeypatch.setattr(learned, "learn_all", None)  # it could not learn
    monkeypatch.setattr(learned.subprocess, "run", None)
    second = learned.learned(FEW)
    assert second.entry.labels == first.entry.labels
    assert (second.entry.weights == first.entry.weights).all()
    assert second.known == first.known
    assert len([*cache.glob("*.npz")]) == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x93NUMPY", b"x" * 1000])
def test_broken_file_is_learned_anew(
    cache: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    """A file that is not whole is replaced."""
    learned.learned(FEW)
    (file,) = cache.glob("*.npz")
    file.write_bytes(content)
    monkeypatch.setattr(learned, "_recent", {})
    assert labels(learned.learned(FEW), "will it rain") == "unknown-other"
    assert file.stat().st_size > 1000


def test_truncated_file_is_learned_anew(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one of which the end is missing."""
    learned.learned(FEW)
    (file,) = cache.glob("*.npz")
    file.write_bytes(file.read_bytes()[:-2000])
    monkeypatch.setattr(learned, "_recent", {})
    assert labels(learned.learned(FEW), "will it rain") == "unknown-other"


def test_folder_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the cache is a file, it is learned each time and nothing is said."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert labels(learned.learned(FEW), "will it rain") == "unknown-other"


def test_old_files_go(cache: Path) -> None:
    """Only what was used last is kept."""
    for number in range(14):
        learned.learned([*FEW, Example(f"number {number}", "hang", "how")])
    assert len([*cache.glob("*.npz")]) == 12


def test_few_questions_are_made_of_names(tiny: Catalogue) -> None:
    """An entry with hardly any questions is asked about by its name, in the usual ways."""
    asked = {example.question for example in examples(tiny)}
    assert {"the one where you say yes", "how many Nod", "easier Nod"} <= asked


def test_tiny_pack_answers(tiny: Catalogue) -> None:
    """A pack with a handful of questions answers by name, and knows the facet."""
    answers = Answers(tiny)
    assert answers.ask("nod").key == "nod"
    assert answers.ask("how many nod").facet == "dose"
    assert answers.ask("will it rain").kind == "unknown"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Bird Dog", "bird-dog"),
        ("bird dog lumbr", "bird-dog"),
        ("box breathing 4", "box"),
        ("box breathing 5", None),
        ("bird", None),
        ("a bird dog is what I do on Sundays with my nephew and his friends", None),
        ("", None),
    ],
)
def test_names(typed: str, key: str | None) -> None:
    """A name is found with a slip in it, never with another number."""
    names = Names([("bird dog", "bird-dog"), ("Bird dog lumbar", "bird-dog")])
    numbers = Names([("box breathing 4", "box"), ("bird dog", "bird-dog")])
    found = names.find(typed) or numbers.find(typed)
    assert found == key


def test_shared_words() -> None:
    """A word of several names leads to all of them; more than two words are no name's."""
    names = Names([("psoas march", "lying"), ("seated march", "seated"), ("bird dog", "dog")])
    assert names.shared(["march"]) == ["lying", "seated"]
    assert names.shared(["march", "for", "me"]) == []
    assert names.shared(["arch"]) == []


def test_learned_apart(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process learns; this one only reads what it wrote."""
    monkeypatch.setattr(learned, "learn_all", None)
    assert labels(learned.learned(FEW), "will it rain") == "unknown-other"


def test_process_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no other process can be had, it is learned here."""
    monkeypatch.setattr(learned.sys, "executable", "/nowhere/python")
    assert labels(learned.learned(FEW), "will it rain") == "unknown-other"
