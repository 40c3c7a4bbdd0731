"""Every way in which a pack can be wrong is told as one sentence with its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from content.faults import PackError
from content.loader import faults, load
from tests.content.tiny_pack import FILES, TinyPack

NOD = "exercises/nod.yaml"
SHORT = "routines/short.yaml"

LONG = "thirty-two-letters-and-no-more-x"
A_KEY = "a key is small letters, digits and single dashes"

TABLE = Path(__file__).with_name("changes.txt")


def changes() -> Iterator[object]:
    """Yield the cases of the table: file, what was, what is, and the faults."""
    for block in TABLE.read_text().split("\n## ")[1:]:
        name, path, *lines = block.strip().split("\n")
        texts = [line[2:].encode().decode("unicode_escape") for line in lines[:2]]
        yield pytest.param(path, *texts, [line[2:] for line in lines[2:]], id=name)


WRITES = [
    pytest.param(
        NOD,
        b"key: nod\nname: N\xe9\n",
        ["exercises/nod.yaml:2: this is not UTF-8 text: save the file as UTF-8"],
        id="not UTF-8",
    ),
    pytest.param(NOD, "", ["exercises/nod.yaml:1: the file is empty"], id="empty file"),
    pytest.param(
        NOD, "# nothing\n", ["exercises/nod.yaml:1: the file is empty"], id="only a comment"
    ),
    pytest.param(
        NOD,
        "- a\n",
        ["exercises/nod.yaml:1: the file needs lines of `key: value`"],
        id="list instead of keys",
    ),
    pytest.param(
        NOD,
        "[" * 600,
        ["exercises/nod.yaml:1: too many brackets: write lists as lines beginning with '- '"],
        id="nesting without end",
    ),
    pytest.param(
        NOD, "- " * 600, ["exercises/nod.yaml:1: too many dashes in a row"], id="dashes without end"
    ),
    pytest.param(
        NOD,
        "a: " + "x" * 130_000,
        ["exercises/nod.yaml:1: the file is too large: split it"],
        id="file too large",
    ),
    pytest.param(
        "exercises/b.yml", "a", ["exercises/b.yml:1: rename this to 'b.yaml'"], id="other suffix"
    ),
    pytest.param(
        "exercises/b.txt",
        "a",
        ["exercises/b.txt:1: only files ending in '.yaml' are read here"],
        id="other file",
    ),
    pytest.param(
        "exercices/b.yaml",
        "a",
        ["exercices:1: a pack has no folder 'exercices'; did you mean 'exercises'?"],
        id="misspelt folder",
    ),
    pytest.param(
        "paack.yaml",
        "a: b",
        ["paack.yaml:1: a pack has no file 'paack.yaml'; did you mean 'pack.yaml'?"],
        id="misspelt file",
    ),
    pytest.param(
        "exercises/Nod_2.yaml",
        FILES[NOD].replace("nod", "Nod_2").replace("Nod\n", "N\n").replace("yes move", "yy"),
        [
            "exercises/Nod_2.yaml:1: 'Nod_2': "
            "a key is small letters, digits and single dashes, 32 at most"
        ],
        id="key with a capital",
    ),
    pytest.param(
        f"routines/{LONG}.yaml",
        FILES["routines/soft.yaml"].replace("soft", LONG).replace("Soft", "Long"),
        [],
        id="key of 32 letters",
    ),
    pytest.param(
        f"routines/{LONG}x.yaml",
        FILES["routines/soft.yaml"].replace("soft", f"{LONG}x").replace("Soft", "Long"),
        [f"routines/{LONG}x.yaml:1: '{LONG}x': {A_KEY}, 32 at most"],
        id="key of 33 letters",
    ),
    pytest.param(
        f"safety/gates/{LONG[:17]}.yaml",
        FILES["safety/gates/release.yaml"].replace("release", LONG[:17]),
        [f"safety/gates/{LONG[:17]}.yaml:1: '{LONG[:17]}': {A_KEY}, 16 at most"],
        id="gate of 17 letters",
    ),
    pytest.param(
        "exercises/more/wave.yaml",
        "a: b",
        ["exercises/more:1: a pack has no folder 'exercises/more'; did you mean 'exercises'?"],
        id="folder in a folder",
    ),
    pytest.param("media", "", ["media:1: this must be a folder"], id="file in place of a folder"),
    pytest.param(
        "media/clip.gif",
        b"GIF89a",
        ["media/clip.gif:1: a picture ends in .jpg or a clip in .mp4"],
        id="picture of another kind",
    ),
]


@pytest.mark.parametrize(("path", "old", "new", "expected"), list(changes()))
def test_one_change(pack: TinyPack, path: str, old: str, new: str, expected: list[str]) -> None:
    """A change that breaks a rule is told where it was made, in words of its own."""
    pack.change(path, old, new)
    assert pack.faults() == expected


@pytest.mark.parametrize(("path", "content", "expected"), WRITES)
def test_one_file(pack: TinyPack, path: str, content: str | bytes, expected: list[str]) -> None:
    """A file that cannot be read as what it should be is told by its line."""
    pack.write(path, content)
    assert pack.faults() == expected


def test_card_too_long(pack: TinyPack) -> None:
    """A card that no caption can hold is told before Telegram refuses it."""
    pack.change(NOD, "Look up.", "Look up. " * 110)
    says = "name, summary, setup and steps have 1039 characters, 900 at most: shorten them"
    assert pack.faults() == [f"{NOD}:15: {says}"]


def test_too_long_for_a_glance(pack: TinyPack) -> None:
    """What a step shows is short enough for somebody who lies on the floor."""
    pack.change(NOD, "Sit tall.", "Sit tall. " * 17)
    pack.change(NOD, "Head up.", "Up. " * 16)
    pack.change("exercises/press.yaml", "Rest the palm.", "Rest. " * 40)
    pack.change(SHORT, "    breathing: sigh", "    note: " + "Slow. " * 15)
    assert pack.faults() == [
        f"{NOD}:11: setup: 160 characters at most",
        f"{NOD}:13: cues: 60 characters a line at most",
        "exercises/press.yaml:17: text: 220 characters at most",
        f"{SHORT}:11: note: 80 characters at most",
    ]


def test_tiny_pack_is_whole(pack: TinyPack) -> None:
    """The pack that the tables break has no fault before."""
    assert pack.faults() == []
    assert load(pack.folder).daily == "short"


def test_breathing_is_as_open_as_what_it_goes_with(pack: TinyPack) -> None:
    """A breath done meanwhile brings no gate and nothing ungentle in by the back door."""
    held = FILES["practices/sigh.yaml"].replace("sigh", "held").replace("Sigh", "Held")
    pack.write("practices/held.yaml", held.replace("gentle: yes", "gate: release"))
    pack.change(SHORT, "breathing: sigh", "breathing: held")
    pack.change("routines/soft.yaml", "- entry: nod", "- entry: nod\n    breathing: held")
    assert pack.faults() == [
        f"{SHORT}:11: breathing: 'held' has a gate that 'nod' has not",
        "routines/soft.yaml:8: a gentle routine cannot hold 'held': it is not marked gentle",
    ]


def test_stand_in_that_fits_no_slot(pack: TinyPack) -> None:
    """Somebody must fill the slot for whom a thing is missing, at a dose of its own."""
    pack.change("exercises/hang.yaml", "hold: 20", "hold: 240")
    pack.change(NOD, "    sets: 2\n    hold: 10\n    rest: 0:05", "    reps: 7\n    tempo: 2-2")
    pack.change("routines/days.yaml", "    seconds: 0:50\n    note", "    seconds: 5:00\n    note")
    pack.change(
        "routines/days.yaml", "seconds: 0:50\n        dose:\n          hold: 30", "seconds: 5:00"
    )
    assert pack.faults() == [
        "routines/days.yaml:9: nothing fits a slot of 5:00 for people without the things of "
        "'hang': name it there under instead"
    ]


def test_what_is_always_there_needs_no_stand_in(pack: TinyPack) -> None:
    """A substitute that everybody has makes another exercise needless."""
    pack.change("exercises/hang.yaml", "instead:\n  - nod\n", "")
    pack.change("exercises/hang.yaml", "chair: back of a chair, arms long", "palm: palms on a wall")
    assert pack.faults() == []


@pytest.mark.parametrize(
    "path",
    [
        "pack.yaml",
        "equipment.yaml",
        "safety/rules.yaml",
        "safety/screening.yaml",
        "safety/signs.yaml",
    ],
)
def test_missing_file(pack: TinyPack, path: str) -> None:
    """Five files belong to every pack that lies over no other."""
    (pack.folder / path).unlink()
    assert pack.faults() == [f"{path}:1: the file is missing"]


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that does not exist is one fault, not a traceback."""
    assert [str(fault) for fault in faults(tmp_path / "none")] == [".:1: there is no such folder"]


def test_all_faults_are_told_at_once(pack: TinyPack) -> None:
    """A coach sees everything at once, sorted by file and line."""
    pack.change(NOD, "sets: 2", "sets: two")
    pack.change(NOD, "level: beginner", "level: easy")
    pack.change(SHORT, "entry: press", "entry: prss")
    with pytest.raises(PackError) as caught:
        load(pack.folder)
    assert [(fault.path, fault.line) for fault in caught.value.faults] == [
        (NOD, 9),
        (NOD, 26),
        (SHORT, 12),
    ]


def test_faulty_file_is_no_unknown_exercise(pack: TinyPack) -> None:
    """What names a file that has faults itself is not blamed for it, as a routine or stand-in."""
    pack.change(NOD, "feel: A little.\n", "")
    assert pack.faults() == [f"{NOD}:1: 'feel' is missing"]


@pytest.mark.parametrize(
    "beside",
    [
        *("texts/en.po", "schemas/exercise.json", "README.md", "notes.md", "LICENSE"),
        *(".hidden", "exercises/.nod.yaml.swp", "exercises/._nod.yaml", "media/.DS_Store"),
        *("loader.py", "py.typed"),
    ],
)
def test_what_may_stand_beside(pack: TinyPack, beside: str) -> None:
    """Texts, notes and hidden files beside the entries are nobody's fault."""
    pack.write(beside, "anything: [")
    assert pack.faults() == []


def test_scalars_stay_what_was_typed(pack: TinyPack) -> None:
    """Clock times, yes and no, and dashes are not read as YAML's own numbers and truths."""
    pack.change(NOD, "  - yes move", "  - 7:30\n  - no\n  - 4-7-8\n  - 1e3\n  - 010")
    assert load(pack.folder).exercises["nod"].aliases == ("7:30", "no", "4-7-8", "1e3", "010")


def test_version_follows_content(pack: TinyPack) -> None:
    """The version changes when any file does, and only then."""
    before = load(pack.folder).version
    assert load(pack.folder).version == before
    pack.change(NOD, "Sit tall.", "Sit taller.")
    assert load(pack.folder).version != before


def test_key_of_two_kinds(pack: TinyPack) -> None:
    """An exercise and a practice of one key could not be told apart."""
    sigh = FILES["practices/sigh.yaml"]
    pack.write("practices/hang.yaml", sigh.replace("sigh", "hang").replace("Sigh", "Ah"))
    assert "practices/hang.yaml:1: key: 'hang' is taken by exercise 'hang'" in pack.faults()


def test_fault_is_one_short_line(pack: TinyPack) -> None:
    """Whatever was typed, a fault is one line that a terminal or a chat can show."""
    pack.change(SHORT, "entry: press", f'entry: "{"x" * 900}\\n\\e[31m"')
    (line,) = pack.faults()
    assert line.startswith(f"{SHORT}:12: there is no exercise or practice 'xxx")
    assert len(line) < 300
    assert line.isprintable()
