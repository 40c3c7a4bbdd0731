"""What `limber check` prints of a pack that lies over the packaged one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import checking
from content.loader import over_packaged, packaged
from tests.content.tiny_pack import TinyPack


def test_check_prints_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check prints one line a fault, with the path as a terminal can open it."""
    TinyPack(tmp_path).write("pack.yaml", "dialy: desk-reset-5\n")
    assert checking.run(tmp_path) == 1
    expected = f"{tmp_path}/pack.yaml:1: unknown key 'dialy'; did you mean 'daily'?\n"
    assert capsys.readouterr().out == expected


def test_check_prints_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pack without faults is told in one line of counts, what it lies over included."""
    TinyPack(tmp_path).write("pack.yaml", "daily: desk-reset-5\n")
    assert checking.run(tmp_path) == 0
    counts = len(list((packaged() / "exercises").iterdir()))
    told = capsys.readouterr().out
    assert told.startswith(f"{tmp_path}: {counts} exercises, ")
    assert told.endswith(", no faults\n")


def test_packaged_pack_lies_over_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The packaged pack is no pack over itself, whichever way its folder is written."""
    monkeypatch.chdir(packaged().parent)
    assert over_packaged(Path("content")) == (packaged(),)
