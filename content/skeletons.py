"""Writes commented skeletons of content files into a coach's pack: the core of `limber new`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from content import sources
from content.faults import meant
from content.json_schema import FOLDER as SCHEMAS
from content.loader import over_packaged, packaged
from content.naming import Named, spelling
from content.strays import FOLDERS, SUFFIX

FOLDER = Path(__file__).with_name("skeletons")

PACK, GATE, QUESTION = "pack", "gate", "question"
KINDS = {kind: place for place, kind in FOLDERS.items()} | {PACK: ""}  # kind -> where it goes
_ALSO = {"knowledge": "note"}
_COPY = """\
# yaml-language-server: $schema=../schemas/{kind}.json
# A copy of what comes with Limber. Yours takes its place: change what you like.
"""


class Refused(Exception):  # noqa: N818 - says what happened
    """What was asked for is not written; the text says why in one sentence."""


def own_pack(folder: Path) -> Path:
    """Return the coach's own pack; raise Refused where it is the one that comes with Limber."""
    if folder.resolve() == packaged().resolve():
        raise Refused("say with --dir in which folder your pack is, or set CONTENT_DIR to it")
    return folder


def write(kind: str, key: str, folder: Path) -> Path:
    """Write the skeleton of a file called `key` into the pack in `folder`; return where it is.

    Nothing is ever overwritten but the schemas for editors beside it. Raises Refused.
    """
    kind = _kind(_ALSO.get(kind, kind))
    _look_at_key(kind, key)
    place = f"{PACK if kind == PACK else f'{KINDS[kind]}/{key}'}{SUFFIX}"
    try:
        return _write(kind, key, folder, place)
    except OSError as error:
        reason = f"{error.filename or place} cannot be written: {error.strerror}"
        raise Refused(reason) from None


def _write(kind: str, key: str, folder: Path, place: str) -> Path:
    file, below = folder / place, packaged() / place
    if file.exists() or file.is_symlink():
        raise Refused(f"{file} is there already: choose another key, or change that file")
    replaces = kind not in (PACK, QUESTION) and below.exists()
    added = kind == PACK or (kind == GATE and replaces)
    if kind not in (PACK, GATE, QUESTION) and not replaces:
        _look_for_others(key, folder)
    text = _copy(kind, below) if replaces and not added else filled(kind, key, added)
    file.parent.mkdir(parents=True, exist_ok=True)
    _beside(f"{kind}_addition" if added else kind, folder)
    with file.open("x", encoding="utf-8") as opened:
        opened.write(text)
    return file


def filled(kind: str, key: str, added: bool = False) -> str:
    """Return a skeleton for a key; `added` where it only adds to what every pack has."""
    form = f"{kind}_addition" if added else kind
    text = (FOLDER / f"{form}{SUFFIX}").read_text(encoding="utf-8")
    return text.replace("{key}", key).replace("{name}", key.replace("-", " ").capitalize())


def _copy(kind: str, file: Path) -> str:
    return _COPY.replace("{kind}", kind) + file.read_text(encoding="utf-8")


def _kind(kind: str) -> str:
    if kind not in KINDS:
        known = ", ".join(KINDS)
        raise Refused(f"there is no kind '{kind}': one of {known}{meant(kind, KINDS)}")
    return kind


def _look_at_key(kind: str, key: str) -> None:
    longest = sources.LONGEST_GATE if kind == GATE else sources.LONGEST_KEY
    if text := sources.bad_key(key, longest):
        raise Refused(text)


def _look_for_others(key: str, folder: Path) -> None:
    """Refuse a key that leads to another entry: people could not tell them apart."""
    for entry in _named(over_packaged(folder) if folder.is_dir() else (packaged(),)):
        words = (entry.value.key, entry.value.name, *entry.value.aliases)
        if spelling(key) in map(spelling, words):
            raise Refused(f"'{key}' already leads to '{entry.value.key}': choose another key")


def _named(packs: tuple[Path, ...]) -> Iterator[Named]:
    found = sources.gather(*packs)
    yield from found.exercises.values()
    yield from found.practices.values()
    yield from found.routines.values()
    yield from found.notes.values()


def _beside(kind: str, folder: Path) -> None:
    """Put the schema that the skeleton names into the pack, where editors look for it."""
    schema = SCHEMAS / f"{kind}.json"
    copy = folder / SCHEMAS.name / schema.name
    copy.parent.mkdir(exist_ok=True)
    if copy.resolve() != schema.resolve():
        copy.write_bytes(schema.read_bytes())
