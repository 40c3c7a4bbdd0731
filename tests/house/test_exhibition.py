"""`limber render`: a coach gets the pictures of the pack, or of one entry, as files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import skia
from click.testing import CliRunner

from bot import exhibition
from bot.cli import limber
from bot.domain.drawing import suffix
from bot.pictures.draw import draw
from bot.views import pictures
from content.loader import load, packaged

DOCS = Path(__file__).parent.parent.parent / "docs"
ALIKE = 2.0  # of 255, on average: processors smooth edges a little differently


def render(out: Path, *arguments: str) -> tuple[int, str]:
    """Run the command; return its exit status and what it said."""
    found = CliRunner().invoke(limber, ["render", *arguments, "--out", str(out)])
    return found.exit_code, found.output


def test_fonts_of_the_machine_are_not_asked_for(tmp_path: Path) -> None:
    """Where they are set up badly, or not at all, nothing is said of it: we bring our own."""
    found = subprocess.run(
        [sys.executable, "-m", "bot", "render", "side-lying-quad-stretch", "--out", tmp_path],
        env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "not-there")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "fontconfig" not in found.stderr.lower()


def test_one_entry(tmp_path: Path) -> None:
    """The card, the step, its other side, and the bare movement."""
    status, _ = render(tmp_path, "side-lying-quad-stretch")
    assert status == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "side-lying-quad-stretch-left.mp4",
        "side-lying-quad-stretch-loop.mp4",
        "side-lying-quad-stretch.mp4",
        "side-lying-quad-stretch.png",
    ]
    assert (tmp_path / "side-lying-quad-stretch.mp4").read_bytes()[4:8] == b"ftyp"


def test_one_routine(tmp_path: Path) -> None:
    """A routine is its poster."""
    assert render(tmp_path, "desk-reset-5")[0] == 0
    assert [file.name for file in tmp_path.iterdir()] == ["desk-reset-5.png"]


def test_everything_has_its_files() -> None:
    """Every entry has a card and a clip by its plain name, and no two files have one name."""
    catalogue = load(packaged())
    names = []
    for key in (*catalogue.entries, *catalogue.routines):
        found = [f"{name}{suffix(drawing)}" for name, drawing in
                 exhibition.exhibits(catalogue, key)]  # fmt: skip
        assert f"{key}.png" in found
        assert key in catalogue.routines or f"{key}.mp4" in found
        names += found
    assert len(names) == len(set(names))


def test_an_unknown_name(tmp_path: Path) -> None:
    """A slip is told, with the name that was meant, and nothing is written."""
    status, said = render(tmp_path / "new", "bird-dog-lumber")
    assert status == 1
    assert "did you mean 'bird-dog-lumbar'?" in said
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """One plain line, no traceback."""
    taken = tmp_path / "file"
    taken.write_text("")
    status, said = render(taken, "bird-dog-lumbar")
    assert status == 1
    assert "cannot be written" in said


def test_the_contact_sheet_of_the_docs_is_today_s() -> None:
    """docs/figures.png shows the figures as they are; `python docs/draw.py` draws it anew."""
    drawn = draw(pictures.sheet(load(packaged()).exercises.values()).drawing)
    today, kept = (
        skia.Image.MakeFromEncoded(skia.Data(content)).toarray().astype(int)
        for content in (drawn, (DOCS / "figures.png").read_bytes())
    )
    assert today.shape == kept.shape
    assert abs(today - kept).mean() < ALIKE


@pytest.mark.parametrize("key", ["nothing", "../../etc/passwd"])
def test_names_are_no_paths(tmp_path: Path, key: str) -> None:
    """Only what the pack knows is rendered."""
    assert render(tmp_path, key)[0] == 1
    assert list(tmp_path.iterdir()) == []
