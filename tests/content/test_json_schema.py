"""The schemas for editors say what the loader says of a file on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from content import entry_rules, equipment_rules, note_rules
from content.entry_rules import entry_faults
from content.equipment_rules import equipment_faults
from content.json_schema import FOLDER, schema, text
from content.kinds import KINDS
from content.loader import packaged
from content.note_rules import note_faults
from content.routine_rules import routine_faults
from content.sources import gather
from content.strays import FILES as KINDS_OF_FILES
from content.strays import FOLDERS
from tests.content import tiny_pack
from tests.content.editor import typed
from tests.content.test_skeletons import uncommented
from tests.content.yaml_changes import KEYS, VALUES, Change, Place, change, parsed, places

ADDED = "_addition"
VALIDATORS = {kind: Draft202012Validator(schema(kind)) for kind in KINDS}


@dataclass(frozen=True)
class File:
    """A file of a pack: its kind, its place, what it holds."""

    kind: str
    path: str
    text: str


def kind_of(path: str) -> str:
    """Return the kind of the file at a place in a pack."""
    return KINDS_OF_FILES.get(path) or FOLDERS[path.rpartition("/")[0]]


def files(folder: Path) -> Iterator[File]:
    """Yield the files of a pack on disk."""
    for file in sorted(folder.rglob("*.yaml")):
        path = file.relative_to(folder).as_posix()
        if not path.startswith("skeletons/"):
            yield File(kind_of(path), path, file.read_text())


SHIPPED = list(files(packaged()))
TINY = [File(kind_of(path), path, text) for path, text in tiny_pack.FILES.items()]
# Skeletons with every key in use, and the kinds that have none.
FULL = [
    *(File(kind, f"{place}/any.yaml", uncommented(kind, "any")) for place, kind in FOLDERS.items()),
    File("gate_addition", "safety/gates/release.yaml", uncommented("gate_addition", "release")),
    File("pack_addition", "pack.yaml", uncommented("pack_addition", "any")),
    File(
        "screening_addition",
        "safety/screening.yaml",
        "note: More.\nconditions:\n  - Gout\nroutine: soft\n",
    ),
    File("rules_addition", "safety/rules.yaml", "stop:\n  - A cramp\nnot_today:\n  - No sleep\n"),
    File("pack", "pack.yaml", "name: A\ndaily: short\nlanguages: [en, de]\nhide: [nod]\n"),
]
ALL = [*SHIPPED, *TINY, *FULL]

# Rules across keys and files are the loader's alone; how long a text may be is also the schemas'.
ACROSS = re.compile(r"hide: there is no entry|the key is .* but the file is called")
LIMIT = re.compile(r".*: \d+ characters (a line )?at most|cues: \d or \d lines|see: \d at most")


def loader_takes(file: File, folder: Path) -> bool:
    """Tell whether the loader finds nothing wrong with a file on its own."""
    lower, pack = folder / "lower", folder / "pack"
    write(lower, "safety/gates/release.yaml", tiny_pack.FILES["safety/gates/release.yaml"])
    written = write(pack, file.path, file.text)
    sources = gather(*([lower] if file.kind.endswith(ADDED) else []), pack)
    written.unlink()
    found = [fault for fault in sources.faults if not ACROSS.match(fault.text)]
    for rules in (entry_faults, equipment_faults, routine_faults, note_faults):
        found += [fault for fault in rules(sources) if LIMIT.match(fault.text)]
    return not any(fault.path == file.path for fault in found)


def schema_takes(file: File) -> bool:
    """Tell whether an editor finds nothing wrong with a file."""
    return VALIDATORS[file.kind].is_valid(typed(file.text))


def write(folder: Path, path: str, content: str) -> Path:
    """Write a file into a pack and return where it is."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)
    return file


@pytest.mark.parametrize("kind", KINDS)
def test_committed_schema_is_fresh(kind: str) -> None:
    """The files are what the rules of today give: `python -m content.json_schema` writes them."""
    assert (FOLDER / f"{kind}.json").read_text() == text(kind)


def test_no_schema_is_left_over() -> None:
    """Every schema belongs to a kind, and all files together have every kind."""
    assert {file.stem for file in FOLDER.iterdir()} == set(KINDS)
    assert {file.kind for file in ALL} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_a_schema(kind: str) -> None:
    """Each is valid by the draft that it names."""
    Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize("file", ALL, ids=lambda file: f"{file.kind} {file.path}")
def test_good_files_are_good_to_both(file: File, tmp_path: Path) -> None:
    """Shipped files, the tiny pack's and skeletons with every key: no faults, no marks."""
    assert [error.message for error in VALIDATORS[file.kind].iter_errors(typed(file.text))] == []
    assert loader_takes(file, tmp_path)


# --- changed files ----------------------------------------------------------------------------


def changed(file: File, changes: list[Change]) -> File:
    """Return a file with changes made to it one after the other."""
    root = parsed(file.text)
    for place, what, word in changes:
        change(root, place, what, word)
    content = yaml.serialize(root, Dumper=yaml.BaseDumper, width=1000, allow_unicode=True)
    folder, _, name = file.path.rpartition("/")
    key = next((value.value for word, value in root.value if word.value == "key"), None)
    # A key must be the file's name; here only what it looks like matters.
    if folder in FOLDERS and isinstance(key, str) and key.strip() and file.kind != "gate_addition":
        name = f"{key.strip()}.yaml"
    return File(file.kind, f"{folder}/{name}" if folder else name, content)


def differs(file: File, place: Place, word: str) -> bool:
    """Tell whether a value is read in two ways on purpose.

    The loader refuses a number below 1 as what a day, a pose or a script says.
    """
    if place == ("key",) and file.kind == "gate_addition":
        return True  # another key would be another kind of file
    free = place[0] in ("poses", "scripts") or (place[0] == "days" and "seconds" not in place)
    return free and word.strip("'") in ("0", "-3", "0.5", "0:00")


@st.composite
def changed_files(draw: st.DrawFn) -> File:
    """Return a file with one to three things changed, however deep inside."""
    file = draw(st.sampled_from([*TINY, *FULL]))
    changes: list[Change] = []
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3]))):
        found = [place for place, _, _ in places(parsed(changed(file, changes).text))]
        assume(found)
        place = draw(st.sampled_from(found))
        what = draw(st.sampled_from(["drop", "replace", "replace", "rename", "add"]))
        word = draw(st.sampled_from(VALUES if what == "replace" else KEYS))
        assume(not differs(file, place, word))
        changes.append((place, what, word))
    result = changed(file, changes)
    # To an editor a key without quotes may be a number: it marks that, the loader does not.
    assume(not isinstance(typed(result.text).get("key"), int | float))
    return result


@given(file=changed_files())
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_schema_and_loader_agree(file: File, tmp_path: Path) -> None:
    """Keys dropped, added and renamed, values of other types, at any depth: both say the same."""
    assert schema_takes(file) == loader_takes(file, tmp_path)


# --- limits -----------------------------------------------------------------------------------

LIMITS = [
    ("exercise", ("name",), entry_rules.LONGEST_NAME),
    ("exercise", ("setup",), entry_rules.LONGEST_SETUP),
    ("exercise", ("cues", 1), entry_rules.LONGEST_CUE),
    ("exercise", ("stages", 0, "text"), entry_rules.LONGEST_STAGE),
    ("exercise", ("equipment", 0, "text"), equipment_rules.LONGEST),
    ("exercise", ("equipment", 0, "without"), equipment_rules.LONGEST),
    ("exercise", ("equipment", 0, "household", "towel"), equipment_rules.LONGEST),
    ("practice", ("name",), entry_rules.LONGEST_NAME),
    ("practice", ("setup",), entry_rules.LONGEST_SETUP),
    ("practice", ("cues", 0), entry_rules.LONGEST_CUE),
    ("routine", ("items", 1, "note"), entry_rules.LONGEST_NOTE),
    ("routine", ("items", 1, "otherwise", 0, "note"), entry_rules.LONGEST_NOTE),
    ("routine", ("days", 0, "note"), entry_rules.LONGEST_NOTE),
    ("routine", ("days", 0, "items", 0, "note"), entry_rules.LONGEST_NOTE),
    ("note", ("name",), entry_rules.LONGEST_NAME),
    ("note", ("text",), note_rules.LONGEST_TEXT),
    ("exercise", ("key",), 32),
    ("gate", ("key",), 16),
]


@pytest.mark.parametrize(("kind", "place", "most"), LIMITS)
def test_limits_of_texts_agree(kind: str, place: Place, most: int, tmp_path: Path) -> None:
    """A text of just the length is good to both, a longer one to neither."""
    file = next(file for file in FULL if file.kind == kind)
    clear: list[Change] = []
    if place[0] == "items":  # looked at only where there are no days
        clear.append((("days",), "drop", ""))
    if place[-1] == "note":
        clear.append(((*place[:-1], "seconds"), "add", "note"))  # where it is not there yet
    good = changed(file, [*clear, (place, "replace", "a" * most)])
    # In an editor a text may have one more: that is the line break after a text behind >.
    bad = changed(file, [*clear, (place, "replace", "a" * (most + 2))])
    assert (schema_takes(good), loader_takes(good, tmp_path)) == (True, True)
    assert (schema_takes(bad), loader_takes(bad, tmp_path)) == (False, False)


@pytest.mark.parametrize("count", range(1, 6))
@pytest.mark.parametrize("name", ["cues", "see"])
def test_limits_of_lists_agree(name: str, count: int, tmp_path: Path) -> None:
    """Too few lines or too many are marked by an editor as well."""
    kind = "note" if name == "see" else "practice"
    file = next(file for file in FULL if file.kind == kind)
    lines = changed(file, [((name,), "replace", f"[{', '.join('abcde'[:count])}]")])
    assert schema_takes(lines) == loader_takes(lines, tmp_path)


def test_folded_text_may_have_the_full_length(tmp_path: Path) -> None:
    """The line break that > leaves at the end of a text costs nobody a character."""
    file = next(file for file in TINY if file.path == "exercises/nod.yaml")
    setup = "a" * entry_rules.LONGEST_SETUP
    folded = File(file.kind, file.path, file.text.replace("Sit tall.", f">\n  {setup}", 1))
    assert typed(folded.text)["setup"] == f"{setup}\n"
    assert schema_takes(folded)
    assert loader_takes(folded, tmp_path)


# --- what an editor shows ---------------------------------------------------------------------


def test_schema_explains_and_points() -> None:
    """Remarks and docstrings of the values come along, and a mistake has its place."""
    found = schema("exercise")
    assert found["description"].startswith("One exercise")
    assert found["properties"]["gentle"]["description"] == "member of the gentle set"
    broken = typed(tiny_pack.FILES["exercises/nod.yaml"].replace("sets: 2", "sets: two"))
    (error,) = VALIDATORS["exercise"].iter_errors(broken)
    assert list(error.absolute_path) == ["doses", "advanced", "sets"]
