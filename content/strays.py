"""What belongs into a pack's folder, and what stands there that would be passed over in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from content.faults import Fault, meant

# Folder -> what its files hold; the file's name is the key.
FOLDERS = {
    "exercises": "exercise",
    "practices": "practice",
    "routines": "routine",
    "knowledge": "note",
    "questions": "question",
    "safety/gates": "gate",
}
# Files that a pack which lies over no other has.
FILES = {
    "pack.yaml": "pack",
    "equipment.yaml": "equipment",
    "safety/screening.yaml": "screening",
    "safety/rules.yaml": "rules",
    "safety/signs.yaml": "signs",
}
SUFFIX = ".yaml"
MEDIA = "media"  # the folder of a pack's own pictures and clips

LEADS_OUT = "this is a link that leads out of the pack"

# These belong to a pack, but are not read here.
_BESIDE = {"texts", "schemas", "skeletons", MEDIA, "__pycache__"}


def strays(folder: Path, name: Callable[[str], str]) -> Iterator[Fault]:
    """Yield a fault for every file or folder whose place is not in a pack; `name` says paths."""
    for place in ("", "safety", *FOLDERS):
        inside = folder / place
        for item in sorted(inside.iterdir()) if inside.is_dir() else ():
            path = f"{place}/{item.name}" if place else item.name
            if text := _stray(item, path, place, folder):
                yield Fault(name(path), 1, text)


def leads_out(file: Path, folder: Path) -> bool:
    """Tell whether a file is a link, itself or through a folder, to what is not in the pack."""
    try:
        return not file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return True


def _stray(item: Path, path: str, place: str, folder: Path) -> str:
    if item.name.startswith(".") or item.suffix in {".py", ".md"}:
        return ""
    known = {"safety", *FOLDERS}
    named = path in known or path in _BESIDE
    if (named or item.is_dir()) and leads_out(item, folder):
        return LEADS_OUT
    if named:
        return "" if item.is_dir() else "this must be a folder"
    if item.is_dir():
        return f"a pack has no folder '{path}'{meant(path, known)}"
    if item.suffix == ".yml":
        return f"rename this to '{item.stem}{SUFFIX}'"
    if item.suffix != SUFFIX:
        return f"only files ending in '{SUFFIX}' are read here" if place else ""
    if place in FOLDERS or path in FILES:
        return ""
    return f"a pack has no file '{path}'{meant(path, FILES)}"
