"""Hundreds of broken packs, each from its seed: refused in words a coach can use, never a crash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from content import reading, sources
from content.loader import faults, over_packaged, packaged
from content.schema import build
from tests.content.broken_packs import BREAKERS, broken
from tests.content.draft import Draft
from tests.content.own_pack import FILES

SEEDS = range(300)

LINE = re.compile(r"(?P<path>\S[^:\n]*):(?P<number>[1-9][0-9]*): (?P<sentence>\S.{9,})")
# What only a programmer would understand.
FOREIGN = re.compile(
    r"Traceback|Exception|Error\b|pydantic|<class|object at 0x|\bNone\b|\bTrue\b|\bFalse\b"
    r"|\bdict\b|\btuple\b|\bstr\b|\bint\b|\bfloat\b|dataclass|[A-Z]\w+\(|\{'|\['|\\x|\\u|\bb'"
)
QUOTED = re.compile(r"'[^']*'")  # what was typed
CLASSES = re.compile(r"\b(?:Exercise|Practice|Routine|Item|Dose|Need|Thing|Note|Sign|Mapping)\b")


@pytest.fixture(scope="module", autouse=True)
def packaged_once() -> Iterator[None]:
    """Read and build each file of the packaged pack once: hundreds of packs lie over it."""
    read, built = {}, {}

    def read_once(file: Path, path: str) -> tuple[reading.Document | None, list[sources.Fault]]:
        if packaged() not in file.parents:
            return reading.read(file, path)
        if path not in read:
            read[path] = reading.read(file, path)
        return read[path]

    def build_once(document: reading.Document, kind: str) -> tuple[object, list[sources.Fault]]:
        if document.path not in read:
            return build(document, kind)
        if document.path not in built:
            built[document.path] = build(document, kind)
        return built[document.path]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "read", read_once)
        patch.setattr(sources, "build", build_once)
        yield


def test_whole_pack(tmp_path: Path) -> None:
    """The pack that the seeds break has no fault before."""
    Draft().write(tmp_path)
    assert faults(*over_packaged(tmp_path)) == []
    assert {path.partition("/")[0] for path in FILES} >= {"exercises", "knowledge", "media"}


@pytest.mark.parametrize("seed", SEEDS)
def test_broken_pack(tmp_path: Path, seed: int, capfd: pytest.CaptureFixture[str]) -> None:
    """A broken pack is refused by a line that names the file, its line and what is wrong."""
    how, path = broken(seed, tmp_path / "mine")
    told = [str(fault) for fault in faults(*over_packaged(tmp_path / "mine"))]
    assert [line for line in told if line.startswith(f"{path}:")], (how, path, told[:5])
    for line in told:
        found = LINE.fullmatch(line)
        assert found, (how, line)
        assert len(line) - len(found["path"]) < 300
        assert line.isprintable()
        assert not FOREIGN.search(line), (how, line)
        assert not CLASSES.search(QUOTED.sub("", found["sentence"])), (how, line)
        assert int(found["number"]) <= _lines(tmp_path / "mine" / found["path"])
    assert capfd.readouterr() == ("", "")


def test_every_breaker_has_its_seeds() -> None:
    """There are at least two hundred broken packs, and several of each kind."""
    assert len(SEEDS) >= 200
    assert len(SEEDS) // len(BREAKERS) >= 10


def test_same_seed_same_pack(tmp_path: Path) -> None:
    """A seed that fails can be tried again."""
    for seed in range(0, len(SEEDS), 7):
        first, again = tmp_path / f"{seed}-a" / "mine", tmp_path / f"{seed}-b" / "mine"
        assert broken(seed, first) == broken(seed, again)
        assert _files(first) == _files(again)


def _files(folder: Path) -> dict[str, bytes | str]:
    return {
        str(file.relative_to(folder)): str(file.readlink())
        if file.is_symlink()
        else file.read_bytes()
        for file in folder.rglob("*")
        if file.is_symlink() or file.is_file()
    }


def _lines(file: Path) -> int:
    """Return how many lines a file has, for what is no text file one."""
    if not file.is_file() or file.stat().st_size > 10_000_000:
        return 1
    return max(file.read_bytes().count(b"\n") + 1, 1)
