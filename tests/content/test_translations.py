"""What is told of a pack's sentences and of screens that Telegram would refuse."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.packs import read_content
from bot.rendering import too_long
from bot.texts import BrokenCatalogue, load_texts
from bot.translations import translation_faults
from content.faults import PackError
from content.loader import load, packaged
from tests.content.tiny_pack import TinyPack

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def told(folder: Path) -> list[str]:
    """Return what is said of the pack, one line a fault."""
    try:
        read_content(folder)
    except PackError as error:
        return str(error).split("\n")
    return []


def test_the_shipped_pack_is_within_limits() -> None:
    """Every screen of what comes with Limber fits, and its own catalogue is whole."""
    catalogue, languages = load(packaged()), load_texts(packaged() / "texts")
    assert list(too_long(catalogue, languages["en"])) == []
    assert translation_faults(packaged(), ("en",)) == []


@pytest.mark.parametrize(
    ("message", "says"),
    [
        pytest.param(
            'msgid "button.dome"\nmsgstr "Fertig"',
            "texts/de.po:4: there is no sentence 'button.dome'; did you mean 'button.done'?",
            id="unknown key",
        ),
        pytest.param(
            'msgid "step.note"\nmsgstr "{txt}"',
            "texts/de.po:4: 'step.note' has no {txt}; it has {n}, {text}",
            id="unknown value",
        ),
        pytest.param(
            'msgid "step.note"\nmsgstr "{text"',
            "texts/de.po:4: 'step.note': write {{ and }} for braces that are meant",
            id="open brace",
        ),
        pytest.param(
            'msgid "button.done"\nmsgstr "<blink>Fertig</blink>"',
            "texts/de.po:4: 'button.done': Telegram knows no '<blink>'; write &lt; for <",
            id="unknown tag",
        ),
        pytest.param(
            'msgid "onboarding.all_set"\nmsgstr "<b>Alles da."',
            "texts/de.po:4: 'onboarding.all_set': Telegram knows no '<b>' without its end; "
            "write &lt; for <",
            id="tag without its end",
        ),
    ],
)
def test_sentence_that_does_not_fit(tmp_path: Path, message: str, says: str) -> None:
    """A catalogue's fault is told at its line, before anybody is shown it."""
    TinyPack(tmp_path).write("texts/de.po", f"{HEAD}{message}\n")
    assert told(tmp_path) == [says]


def test_a_language_may_be_unfinished(tmp_path: Path) -> None:
    """What a language lacks is said in English, unless the pack promises the language."""
    pack = TinyPack(tmp_path)
    pack.write("texts/de.po", f'{HEAD}msgid "button.done"\nmsgstr "Fertig"\n')
    assert told(tmp_path) == []
    pack.write("pack.yaml", "languages:\n  - de\n")
    lines = told(tmp_path)
    assert "texts/de.po:1: 'button.skip' has no translation" in lines
    assert not [line for line in lines if "button.done" in line]


def test_promised_language_without_a_file(tmp_path: Path) -> None:
    """A promise without a catalogue is one fault, not hundreds."""
    TinyPack(tmp_path).write("pack.yaml", "languages:\n  - fr\n")
    assert told(tmp_path) == ["pack.yaml:1: languages: there is no texts/fr.po"]


def test_screen_too_long(tmp_path: Path) -> None:
    """What only grows too long once it is shown is told at the line it comes from."""
    text = (packaged() / "exercises" / "glute-bridge.yaml").read_text()
    lines = "".join(f"  - Mistake {number} {'x' * 80}\n" for number in range(14))
    before, _, after = text.partition("mistakes:\n")
    after = after[after.index("easier:") :]
    TinyPack(tmp_path).write("exercises/glute-bridge.yaml", f"{before}mistakes:\n{lines}{after}")
    (line,) = told(tmp_path)
    assert line.startswith("exercises/glute-bridge.yaml:")
    assert "mistakes: shown, this has" in line
    assert "Telegram takes 1024: shorten it" in line


def test_script_too_long(tmp_path: Path) -> None:
    """Words that a coach adds to a script count with those that are there."""
    TinyPack(tmp_path).write("safety/signs.yaml", f"scripts:\n  emergency: {'Call 112. ' * 500}\n")
    (line,) = told(tmp_path)
    assert line.startswith("safety/signs.yaml:2: scripts: shown, this has")


def test_texts_that_are_no_texts(tmp_path: Path) -> None:
    """Links out of the pack, pipes and names that are no language are told, never opened."""
    pack = TinyPack(tmp_path / "pack")
    pack.write("texts/de.po", HEAD)
    (tmp_path / "secret.po").write_text("secret")
    (tmp_path / "pack" / "texts" / "fr.po").symlink_to(tmp_path / "secret.po")
    os.mkfifo(tmp_path / "pack" / "texts" / "it.po")
    pack.write(f"texts/{'x' * 60}.po", HEAD)
    lines = told(tmp_path / "pack")
    assert "texts/fr.po:1: this is a link that leads out of the pack" in lines
    assert "texts/it.po:1: this is no file with sentences" in lines
    assert any("must be a language code" in line for line in lines)


def test_a_format_is_no_value(tmp_path: Path) -> None:
    """What would only fail when it is shown is told before."""
    message = 'msgid "step.note"\nmsgstr "{text:d}"\n'
    TinyPack(tmp_path).write("texts/de.po", f"{HEAD}{message}")
    assert told(tmp_path) == [
        "texts/de.po:4: 'step.note': write {{ and }} for braces that are meant"
    ]


def test_a_day_of_fifty_lines_folds(tmp_path: Path) -> None:
    """A programme's day that holds more than a phone shows is folded, and so no fault."""
    item = "      - entry: childs-pose\n        seconds: 1:00\n        dose:\n          hold: 50\n"
    days = (
        f"  - name: A\n    seconds: 1:00\n    items:\n{item}"
        f"  - name: B\n    seconds: 50:00\n    items:\n{item * 50}"
    )
    text = f"key: long-one\nname: Long one\nsummary: Long.\ndays:\n{days}"
    TinyPack(tmp_path).write("routines/long-one.yaml", text)
    assert told(tmp_path) == []


def test_quote_that_is_not_closed(tmp_path: Path) -> None:
    """A sentence that would lose its last letter is told at its line."""
    message = 'msgid "button.done"\nmsgstr "Fertig\n'
    TinyPack(tmp_path).write("texts/de.po", f"{HEAD}{message}")
    says = "this is no line of a catalogue: a text stands between two double quotes"
    assert told(tmp_path) == [f"texts/de.po:5: {says}"]


def test_plural_forms_that_mean_nothing(tmp_path: Path) -> None:
    """A header that gettext cannot read is one clear line, not a traceback."""
    head = HEAD.replace("UTF-8\\n", "UTF-8\\nPlural-Forms: nplurals=x; plural=n;\\n")
    TinyPack(tmp_path).write("texts/de.po", f'{head}msgid "button.done"\nmsgstr "Fertig"\n')
    with pytest.raises(BrokenCatalogue, match=r"de\.po"):
        read_content(tmp_path)
