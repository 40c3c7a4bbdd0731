"""SIGHUP to a running process: the content is read anew, and a bad pack changes nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sandbox.person import Person
from tests.process.conftest import Process

ROUTINE = (
    "key: mine-1\nname: {name}\nsummary: Mine.\nseconds: 1:00\ngentle: yes\nitems:\n"
    "  - entry: breath-extended-exhale-4-6\n    seconds: 1:00\n"
)


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack with one routine, in use by every process of the test."""
    folder = tmp_path / "coach"
    (folder / "routines").mkdir(parents=True)
    (folder / "routines" / "mine-1.yaml").write_text(ROUTINE.format(name="Mine one"))
    monkeypatch.setenv("CONTENT_DIR", str(folder))
    return folder


async def logged(process: Process, words: str) -> None:
    """Return once the log has a line with these words."""
    for _ in range(4500):
        if words in process.log.read_text():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"no {words!r} in\n{process.log.read_text()[-2000:]}")


async def test_hang_up_reads_anew(pack: Path, process: Process, ana: Person) -> None:
    """A changed pack is served after SIGHUP; a broken one is logged by line, and not taken."""
    await ana.send("/routines")
    await ana.sees("Mine one")
    (pack / "routines" / "mine-1.yaml").write_text(ROUTINE.format(name="Mine two"))
    process.hang_up()
    await logged(process, "content_loaded")
    await ana.send("/routines")
    await ana.sees("Mine two")
    (pack / "routines" / "mine-1.yaml").write_text(ROUTINE.format(name="Mine three") + "nme: x\n")
    process.hang_up()
    await logged(process, "routines/mine-1.yaml:9: unknown key 'nme'; did you mean 'name'?")
    await ana.send("/routines")
    await ana.sees("Mine two")
    assert await process.terminate() == 0
