"""Gathers the files of a pack and builds what each of them holds, faults beside values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.catalogue import Exercise, Gate, Practice, Routine, Screening
from content.faults import Fault, meant
from content.reading import read
from content.schema import Pack, Signs, Source, build

# Folder -> what its files hold; the file's name is the key.
FOLDERS = {
    "exercises": "exercise",
    "practices": "practice",
    "routines": "routine",
    "safety/gates": "gate",
}
# Files that every pack has.
FILES = {"pack.yaml": "pack", "safety/screening.yaml": "screening", "safety/signs.yaml": "signs"}

_BESIDE = {"texts", "__pycache__"}  # belongs to a pack, but is not read here
_SUFFIX = ".yaml"
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_KEY = 40  # a button carries a key in its 64 bytes


@dataclass(slots=True)
class Sources:
    """Everything read from a pack, by key; `names` also holds the keys of files with faults."""

    pack: Source[Pack] | None = None
    exercises: dict[str, Source[Exercise]] = field(default_factory=dict)
    practices: dict[str, Source[Practice]] = field(default_factory=dict)
    routines: dict[str, Source[Routine]] = field(default_factory=dict)
    gates: dict[str, Source[Gate]] = field(default_factory=dict)
    screening: Source[Screening] | None = None
    signs: Source[Signs] | None = None
    names: dict[str, set[str]] = field(default_factory=lambda: {k: set() for k in FOLDERS.values()})
    faults: list[Fault] = field(default_factory=list)
    digest: str = ""

    @property
    def entries(self) -> set[str]:
        """Return the keys of everything that a routine can name."""
        return self.names["exercise"] | self.names["practice"]

    def keep(self, kind: str, key: str, source: Source[Any]) -> None:
        """File a value under its kind."""
        if kind in FOLDERS.values():
            getattr(self, f"{kind}s")[key] = source
        else:
            setattr(self, kind, source)


def gather(folder: Path) -> Sources:
    """Read every file of the pack in `folder`; nothing is raised for what is wrong with it."""
    sources = Sources()
    if not folder.is_dir():
        sources.faults.append(Fault(".", 1, "there is no such folder"))
        return sources
    sources.faults += _strays(folder)
    digest = hashlib.sha256()
    for file, path, kind in _files(folder):
        if file.is_file():
            digest.update(path.encode() + b"\0" + file.read_bytes() + b"\0")
        _take(sources, file, path, kind)
    sources.digest = digest.hexdigest()[:12]
    return sources


def _files(folder: Path) -> Iterator[tuple[Path, str, str]]:
    for path, kind in FILES.items():
        yield folder / path, path, kind
    for place, kind in FOLDERS.items():
        for file in sorted((folder / place).glob(f"*{_SUFFIX}")):
            yield file, f"{place}/{file.name}", kind


def _take(sources: Sources, file: Path, path: str, kind: str) -> None:
    if kind in sources.names:
        sources.names[kind].add(file.stem)
    document, faults = read(file, path)
    sources.faults += faults
    if document is None:
        return
    value, wrong = build(document, kind)
    if kind in sources.names:
        wrong += _key_faults(document.tree.get("key"), file.stem, path, document.line("key"))
    told = {fault.line for fault in faults}  # a fault of reading explains what follows from it
    wrong = [fault for fault in wrong if fault.line not in told]
    sources.faults += wrong
    if value is not None and not faults and not wrong:
        sources.keep(kind, file.stem, Source(document, value))


def _key_faults(key: object, stem: str, path: str, line: int) -> Iterator[Fault]:
    if not isinstance(key, str) or not key:
        return
    if key != stem:
        yield Fault(path, line, f"the key is '{key}' but the file is called '{stem}{_SUFFIX}'")
    elif not _KEY.fullmatch(key) or len(key) > _LONGEST_KEY:
        text = f"a key is small letters, digits and single dashes, {_LONGEST_KEY} at most"
        yield Fault(path, line, f"'{key}': {text}")


def _strays(folder: Path) -> Iterator[Fault]:
    """Tell of files that would be passed over in silence."""
    places = {"": folder, "safety": folder / "safety"} | {name: folder / name for name in FOLDERS}
    for place, inside in places.items():
        for item in sorted(inside.iterdir()) if inside.is_dir() else ():
            path = f"{place}/{item.name}" if place else item.name
            if text := _stray(item, path, place):
                yield Fault(path, 1, text)


def _stray(item: Path, path: str, place: str) -> str:
    if item.name.startswith(".") or item.name in _BESIDE or item.suffix in {".py", ".md"}:
        return ""
    if item.is_dir():
        known = {"safety", *FOLDERS}
        nearest = meant(path, known)
        return "" if path in known else f"a pack has no folder '{path}'{nearest}"
    if item.suffix == ".yml":
        return f"rename this to '{item.stem}{_SUFFIX}'"
    if item.suffix != _SUFFIX:
        return f"only files ending in '{_SUFFIX}' are read here" if place else ""
    if place in FOLDERS or path in FILES:
        return ""
    return f"a pack has no file '{path}'{meant(path, FILES)}"
