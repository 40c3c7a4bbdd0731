"""What `limber new` writes can be used as it is, and shows all that may be written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from click.testing import CliRunner, Result

from bot.cli import limber
from bot.domain.catalogue import Instruction, Phase
from content.json_schema import FOLDER as SCHEMAS
from content.kinds import KINDS
from content.loader import faults, load, over_packaged, packaged
from content.skeletons import FOLDER, Refused, filled, write

FORMS = sorted(file.stem for file in FOLDER.iterdir())
# Form -> the kind asked for, the key, and the file that it becomes.
WRITTEN = {
    "exercise": ("exercise", "heel-slide", "exercises/heel-slide.yaml"),
    "practice": ("practice", "three-five", "practices/three-five.yaml"),
    "routine": ("routine", "short-one", "routines/short-one.yaml"),
    "note": ("note", "kn-heels", "knowledge/kn-heels.yaml"),
    "question": ("question", "glute-bridge", "questions/glute-bridge.yaml"),
    "gate": ("gate", "knees", "safety/gates/knees.yaml"),
    "gate_addition": ("gate", "release", "safety/gates/release.yaml"),
    "pack_addition": ("pack", "my-studio", "pack.yaml"),
}
# What a pack over another leaves as it is.
FIXED = {
    "gate_addition": {"days", "intro", "passed", "refused"},
    "question": {"said"},  # what no entry answers is no entry's
}
each_form = pytest.mark.parametrize("form", FORMS)


def uncommented(form: str, key: str) -> str:
    """Return a skeleton with everything in use that it shows as left out."""
    kind, _, added = form.partition("_")
    return re.sub(r"^#(?! \S| ?$)", "", filled(kind, key, bool(added)), flags=re.MULTILINE)


def test_every_form_is_written() -> None:
    """The table of this test has every skeleton there is."""
    assert sorted(WRITTEN) == FORMS


@each_form
def test_skeleton_loads(form: str, tmp_path: Path) -> None:
    """As it is written, laid over the packaged pack, a skeleton has no faults."""
    kind, key, path = WRITTEN[form]
    assert write(kind, key, tmp_path) == tmp_path / path
    assert faults(*over_packaged(tmp_path)) == []


def test_all_skeletons_load_together(tmp_path: Path) -> None:
    """Skeletons of all kinds, and two of one kind, make a pack; the checked values are there."""
    for kind, key, _ in WRITTEN.values():
        write(kind, key, tmp_path / "new")
    write("exercise", "toe-slide", tmp_path / "new")
    catalogue = load(*over_packaged(tmp_path / "new"))
    assert catalogue.exercises["toe-slide"].name == "Toe slide"
    assert catalogue.name == "My studio"
    assert len(catalogue.safety.gates["release"].questions) == 10


def keys(shape: Any) -> Iterator[str]:
    """Yield the keys of a kind and of the groups inside it; pairs are written without theirs."""
    for item in fields(shape):
        yield item.name
        hint = get_type_hints(shape)[item.name]
        for inner in (hint, *get_args(hint)):
            if is_dataclass(inner) and inner not in (shape, Instruction, Phase):
                yield from keys(inner)


@each_form
def test_skeleton_shows_every_key(form: str) -> None:
    """Every key of a kind and of its groups is there, in use or shown as left out."""
    text = (FOLDER / f"{form}.yaml").read_text()
    shown = set(re.findall(r"^#?(?: *(?:- )?)([a-z_]+):", text, re.MULTILINE))
    assert set(keys(KINDS[form])) - shown == FIXED.get(form, set())


@each_form
def test_skeleton_names_its_schema(form: str, tmp_path: Path) -> None:
    """The first line leads editors to the schema, which is put where it leads."""
    kind, key, path = WRITTEN[form]
    file = write(kind, key, tmp_path)
    (named,) = re.findall(r"\A# yaml-language-server: \$schema=(\S+)\n", file.read_text())
    schema = (tmp_path / path).parent / named
    assert schema.resolve() == (tmp_path / "schemas" / f"{form}.json").resolve()
    assert schema.read_bytes() == (SCHEMAS / f"{form}.json").read_bytes()


# --- what is below ----------------------------------------------------------------------------


def test_key_from_below_is_copied(tmp_path: Path) -> None:
    """With the key of a packaged entry its file is copied: it fits, and can then be changed."""
    file = write("exercise", "glute-bridge", tmp_path)
    below = (packaged() / "exercises" / "glute-bridge.yaml").read_text()
    assert file.read_text().endswith(below)
    assert "A copy of what comes with Limber" in file.read_text()
    assert faults(*over_packaged(tmp_path)) == []


# --- what is refused --------------------------------------------------------------------------

REFUSED = [
    ("exercice", "a", "there is no kind 'exercice': one of exercise, practice, routine, note"
     ", question, gate, pack; did you mean 'exercise'?"),
    ("exercise", "Heel slide", "'Heel slide': a key is small letters, digits and single dashes, 32"
     " at most"),
    ("exercise", "../heel", "'../heel': a key is small letters, digits and single dashes, 32 at"
     " most"),
    ("note", "", "'': a key is small letters, digits and single dashes, 32 at most"),
    ("gate", "a" * 17, f"'{'a' * 17}': a key is small letters, digits and single dashes, 16 at"
     " most"),
    ("exercise", "dead-bug", "'dead-bug' already leads to 'dead-bug-band': choose another key"),
    ("routine", "glute-bridge", "'glute-bridge' already leads to 'glute-bridge': choose another"
     " key"),
]  # fmt: skip


def new(*arguments: object, **settings: object) -> Result:
    """Run `limber new`."""
    environ = {"CONTENT_DIR": None} | {name: str(value) for name, value in settings.items()}
    return CliRunner().invoke(limber, ["new", *map(str, arguments)], env=environ)


@pytest.mark.parametrize(("kind", "key", "says"), REFUSED)
def test_refused_in_one_sentence(kind: str, key: str, says: str, tmp_path: Path) -> None:
    """An unknown kind, a bad key and a taken one are told in a line, and nothing is written."""
    result = new(kind, key, "--dir", tmp_path)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{says}\n")
    assert list(tmp_path.iterdir()) == []


@each_form
def test_nothing_is_overwritten(form: str, tmp_path: Path) -> None:
    """A file that is there stays as it is, and the command says so."""
    kind, key, path = WRITTEN[form]
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("mine")
    result = new(kind, key, "--dir", tmp_path)
    says = f"{file} is there already: choose another key, or change that file\n"
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", says)
    assert file.read_text() == "mine"


def test_link_to_nowhere_is_not_followed(tmp_path: Path) -> None:
    """A link where the file would be counts as a file, wherever it leads."""
    (tmp_path / "pack.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(Refused, match="is there already"):
        write("pack", "mine", tmp_path)
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_folder_that_cannot_be_one(tmp_path: Path) -> None:
    """A file in place of the folder is told in a line as well."""
    (tmp_path / "file").write_text("")
    result = new("note", "a", "--dir", tmp_path / "file")
    assert result.exit_code == 1
    assert re.fullmatch(r"\S+ cannot be written: \w[\w ]+\n", result.stderr)


# --- where it goes ----------------------------------------------------------------------------


def test_written_into_the_pack_of_the_settings(tmp_path: Path) -> None:
    """Without --dir the skeleton goes to CONTENT_DIR, and the command says where it is."""
    result = new("knowledge", "kn-heels", CONTENT_DIR=tmp_path)
    file = tmp_path / "knowledge" / "kn-heels.yaml"
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{file} is written; limber check looks at it\n"
    assert file.exists()


@pytest.mark.parametrize("settings", [{}, {"CONTENT_DIR": packaged()}], ids=["none", "packaged"])
def test_packaged_pack_is_left_alone(
    settings: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no other pack is set, the command asks for a folder."""
    monkeypatch.chdir(tmp_path)  # away from anybody's .env
    result = new("exercise", "heel-slide", **settings)
    says = "say with --dir in which folder your pack is, or set CONTENT_DIR to it\n"
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", says)
    assert not (packaged() / "exercises" / "heel-slide.yaml").exists()


def test_pack_makes_its_folder(tmp_path: Path) -> None:
    """A new pack may be in a folder that is not there yet."""
    folder = tmp_path / "new" / "pack"
    assert new("pack", "my-studio", "--dir", folder).exit_code == 0
    assert (folder / "pack.yaml").exists()
    assert faults(*over_packaged(folder)) == []
