"""Refuses a dependency that is not pinned, has no hash, or is under a licence not on the list."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from tools.licences import ALLOWED, LOOKED_AT, licences_of

ROOT = Path(__file__).parents[1]
LOCKS = "requirements*.lock"
PACKAGES = "package.json"  # of npm, for what the benchmarks compare with

PINNED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([A-Za-z0-9][A-Za-z0-9.+!]*)(?:\s*;.*)?")
HASHED = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
EXACT = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?")

Metadata = Callable[[str], Message | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One requirement of a lock: what is asked for, and whether hashes hold it to that."""

    line: str
    hashed: bool

    @property
    def name(self) -> str | None:
        """Return the package's name where its version is pinned."""
        found = PINNED.fullmatch(self.line)
        return found[1].lower().replace("_", "-") if found else None


def read(lock: str) -> Iterator[Wanted]:
    """Yield the requirements of a lock, in its order."""
    text = re.sub(r"^\s*#.*$", "", lock, flags=re.MULTILINE)
    for entry in re.sub(r"\\\n", " ", text).splitlines():
        if entry.strip():
            line = re.split(r"\s--hash=", entry, maxsplit=1)[0].strip()
            yield Wanted(line, HASHED.search(entry) is not None)


def wrong_with(lock: str, told: Metadata) -> Iterator[str]:
    """Yield what is wrong with a lock; `told` returns what a package says of itself."""
    for wanted in read(lock):
        if wanted.name is None:
            yield f"{wanted.line}: is not pinned to one version"
            continue
        if not wanted.hashed:
            yield f"{wanted.name}: has no sha256 hash"
        yield from _wrong_licence(wanted.name, told(wanted.name))


def wrong_with_npm(package: str, lock: str | None) -> Iterator[str]:
    """Yield what is wrong with a package.json and the package-lock.json beside it."""
    wanted = json.loads(package)
    for kind in ("dependencies", "devDependencies", "optionalDependencies"):
        for name, version in wanted.get(kind, {}).items():
            if not EXACT.fullmatch(version):
                yield f"{name}: is not pinned to one version"
    if lock is None:
        yield "there is no package-lock.json beside it: nothing has a hash"
        return
    for path, found in json.loads(lock).get("packages", {}).items():
        name = path.rpartition("node_modules/")[2]
        if path and not found.get("integrity"):
            yield f"{name}: has no hash"
        if path and found.get("license") not in ALLOWED:
            yield f"{name}: is under {found.get('license')}, which is not on the list"


def _wrong_licence(name: str, told: Message | None) -> Iterator[str]:
    found = LOOKED_AT.get(name) or (licences_of(told) if told is not None else None)
    if not found:
        yield f"{name}: says no licence; look at it and note it in tools/licences.py"
        return
    for licence in sorted(found - ALLOWED.keys()):
        yield f"{name}: is under {licence}, which is not on the list of tools/licences.py"


def installed(name: str) -> Message | None:
    """Return what an installed package says of itself."""
    try:
        return metadata(name)  # type: ignore[return-value]
    except PackageNotFoundError:
        return None


def faults(root: Path, told: Metadata = installed) -> Iterator[str]:
    """Yield every fault of the locks below a folder, each with its file."""
    if not list(root.glob(LOCKS)):
        yield f"{root}: there is no {LOCKS}"
    for path in (*sorted(root.glob(LOCKS)), *_of_benchmarks(root, LOCKS)):
        where = path.relative_to(root)
        yield from (f"{where}: {fault}" for fault in wrong_with(path.read_text(), told))
    for path in _of_benchmarks(root, PACKAGES):
        beside = path.with_name("package-lock.json")
        lock = beside.read_text() if beside.exists() else None
        where = path.relative_to(root)
        yield from (f"{where}: {fault}" for fault in wrong_with_npm(path.read_text(), lock))


def _of_benchmarks(root: Path, names: str) -> list[Path]:
    found = (root / "bench").rglob(names)
    return sorted(path for path in found if "node_modules" not in path.parts)


if __name__ == "__main__":
    found = list(faults(ROOT))
    print(
        "\n".join(found) or "All dependencies are pinned, hashed and under a licence on the list."
    )
    sys.exit(bool(found))
