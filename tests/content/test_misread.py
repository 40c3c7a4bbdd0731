"""`limber check` tells which of a pack's own questions are answered otherwise than it says."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from bot.cli import limber
from content.loader import packaged


def check(folder: Path) -> tuple[int, list[str]]:
    """Return the exit status of `limber check` and its lines."""
    result = CliRunner().invoke(limber, ["check", str(folder)])
    return result.exit_code, result.stdout.splitlines()


def test_told_by_line_and_no_fault(tmp_path: Path) -> None:
    """A question that says one thing and is filed under another is told; the pack is good."""
    file = tmp_path / "questions" / "glute-bridge.yaml"
    file.parent.mkdir()
    file.write_text(
        "key: glute-bridge\nhow:\n"
        "  - lift the bum off the floor like a drawbridge, slowly\n"
        "  - how many rounds of the four seven eight breath, doctor Weil's\n"
    )
    status, lines = check(tmp_path)
    assert status == 0
    (told,) = [line for line in lines if "is answered with" in line]
    assert told.startswith(f"{file}:4: 'how many rounds of")
    assert told.endswith("is answered with breath-478, dose")


def test_packaged_questions_are_read_as_they_are_filed() -> None:
    """Of those that come with Limber hardly one in a thousand is misread."""
    status, lines = check(packaged())
    told = [line for line in lines if "is answered with" in line]
    assert status == 0
    assert len(told) < 30
