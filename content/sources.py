"""Gathers the files of a pack and builds what each of them holds, faults beside values."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.domain.catalogue import Exercise, Media, Note, Practice, Routine
from bot.domain.questions import Questions
from bot.domain.safety import Gate
from content.faults import Fault, meant
from content.kinds import GateAddition
from content.layers import Layers, loosened
from content.media import media
from content.reading import LARGEST, read
from content.schema import Source, build
from content.strays import FILES, FOLDERS, LEADS_OUT, SUFFIX, leads_out, strays

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# A button carries the key of an entry, and on the way to it that of a gate, in its 64 bytes.
LONGEST_KEY = 32
LONGEST_GATE = 16


@dataclass(slots=True)
class Sources:
    """Everything read from packs that lie over each other, by key.

    `names` also holds the keys of files with faults; `files` the kinds that every pack has;
    `hidden` what a higher pack leaves out of a lower one.
    """

    exercises: dict[str, Source[Exercise]] = field(default_factory=dict)
    practices: dict[str, Source[Practice]] = field(default_factory=dict)
    routines: dict[str, Source[Routine]] = field(default_factory=dict)
    notes: dict[str, Source[Note]] = field(default_factory=dict)
    questions: list[Source[Questions]] = field(default_factory=list)
    gates: dict[str, Source[Gate]] = field(default_factory=dict)
    gate_additions: list[Source[GateAddition]] = field(default_factory=list)
    files: dict[str, Layers] = field(default_factory=lambda: {k: Layers() for k in FILES.values()})
    media: dict[str, Media] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=lambda: {k: set() for k in FOLDERS.values()})
    hidden: dict[str, Source[Any] | None] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    digest: str = ""

    @property
    def entries(self) -> set[str]:
        """Return the keys of everything that a routine can name."""
        return self.names["exercise"] | self.names["practice"]

    def keep(self, kind: str, key: str, source: Source[Any]) -> None:
        """File a value under its kind."""
        if kind == "gate_addition":
            self.gate_additions.append(source)
        elif kind == "question":
            self.questions.append(source)
        elif kind in FOLDERS.values():
            getattr(self, f"{kind}s")[key] = source
        else:
            kind = kind.removesuffix(_ADDED)
            self.files[kind] = self.files[kind].and_then(source)

    def hide(self, key: str) -> bool:
        """Leave an entry out, as if it had never been written; tell whether there was one."""
        found = [kind for kind in _HIDEABLE if key in self.names[kind]]
        for kind in found:
            self.hidden[key] = getattr(self, f"{kind}s").pop(key, None)
            self.names[kind].discard(key)
        self.questions = [one for one in self.questions if one.value.key != key]
        return bool(found)

    def below(self, key: str) -> Source[Any] | None:
        """Return the exercise or practice that one of the same key replaces, or None."""
        return self.exercises.get(key) or self.practices.get(key) or self.hidden.get(key)

    def near(self, word: str, known: set[str]) -> str:
        """Return, to follow "there is no `word`", why that may be; nothing where nobody knows."""
        return "; a pack.yaml hides it" if word in self.hidden else meant(word, known)


_HIDEABLE = set(FOLDERS.values()) - {"gate", "question"}  # these are only ever added to
_ADDED = "_addition"
_ADDED_TO = {"pack", "screening", "rules"}  # kinds that a higher pack writes in another form


def gather(*folders: Path) -> Sources:
    """Read every file of the packs in `folders`, each lying over the one before.

    Nothing is raised for what is wrong with them. A lower pack's files are named in faults by
    their whole path, the topmost's by their place in it.
    """
    sources, digest = Sources(), hashlib.sha256()
    for number, folder in enumerate(folders):
        if not folder.is_dir():
            sources.faults.append(Fault(".", 1, "there is no such folder"))
            continue
        reader = _Reader(sources, folder, over=number > 0, top=folder == folders[-1])
        try:
            reader.read_all(digest)
        except OSError as error:  # a folder that may not be opened
            text = f"{error.filename} cannot be read: {error.strerror}"
            sources.faults.append(Fault(reader.name("."), 1, text))
    sources.digest = digest.hexdigest()[:12]
    return sources


@dataclass(slots=True)
class _Reader:
    """Reads one pack into the sources: the first as a whole, the others as what they add."""

    sources: Sources
    folder: Path
    over: bool
    top: bool

    def read_all(self, digest: Any) -> None:
        self.sources.faults += strays(self.folder, self.name)
        found, faults = media(self.folder, self.name)
        self.sources.media |= found
        self.sources.faults += faults
        for file, path, kind in self.files():
            digest.update(os.fsencode(path) + b"\0" + _bytes(file, self.folder) + b"\0")
            self.take(file, self.name(path), kind)
        for name, one in found.items():
            digest.update(os.fsencode(name) + b"\0" + one.digest.encode())

    def name(self, path: str) -> str:
        """Return a file's path as faults name it."""
        path = os.fsencode(path).decode("utf-8", "replace")
        return path if self.top else str(self.folder / path)

    def files(self) -> Iterator[tuple[Path, str, str]]:
        for path, kind in FILES.items():
            file = self.folder / path
            if file.exists() or file.is_symlink() or not self.over:
                added = _ADDED if self.over and kind in _ADDED_TO else ""
                yield file, path, kind + added
        for place, kind in FOLDERS.items():
            for file in sorted((self.folder / place).glob(f"[!.]*{SUFFIX}")):
                known = kind == "gate" and file.stem in self.sources.gates
                yield file, f"{place}/{file.name}", kind + (_ADDED if known else "")

    def take(self, file: Path, path: str, kind: str) -> None:
        keyed = kind.removesuffix(_ADDED) if kind.removesuffix(_ADDED) in self.sources.names else ""
        if keyed:
            self.sources.names[keyed].add(file.stem)
        if leads_out(file, self.folder):
            self.sources.faults.append(Fault(path, 1, LEADS_OUT))
            return
        document, faults = read(file, path)
        self.sources.faults += faults
        if document is None:
            return
        value, wrong = build(document, kind)
        if keyed:
            longest = LONGEST_GATE if keyed == "gate" else LONGEST_KEY
            line = document.line("key")
            wrong += _key_faults(document.tree.get("key"), file.stem, path, line, longest)
        told = {fault.line for fault in faults}  # a fault of reading explains what follows from it
        wrong = [fault for fault in wrong if fault.line not in told]
        self.sources.faults += wrong
        if value is not None and not faults and not wrong:
            source = Source(document, value)
            self.sources.faults += loosened(self.sources.below(file.stem), source)
            self.sources.keep(kind, file.stem, source)
            self.hide(source)

    def hide(self, source: Source[Any]) -> None:
        for index, key in enumerate(getattr(source.value, "hide", ())):
            if not self.sources.hide(key):
                text = f"hide: there is no entry '{key}' in the pack below"
                near = meant(key, set().union(*(self.sources.names[k] for k in _HIDEABLE)))
                self.sources.faults.append(source.document.fault(text + near, "hide", index))


def _bytes(file: Path, folder: Path) -> bytes:
    """Return what a file holds; nothing where it is told as unreadable or far too large."""
    try:
        if leads_out(file, folder) or not file.is_file() or file.stat().st_size > 4 * LARGEST:
            return b""
        return file.read_bytes()
    except OSError:
        return b""


def _key_faults(key: object, stem: str, path: str, line: int, longest: int) -> Iterator[Fault]:
    if not isinstance(key, str) or not key:
        return
    if key != stem:
        yield Fault(path, line, f"the key is '{key}' but the file is called '{stem}{SUFFIX}'")
    elif text := bad_key(key, longest):
        yield Fault(path, line, text)


def bad_key(key: str, longest: int = LONGEST_KEY) -> str:
    """Return what is wrong with how a key is written, or nothing."""
    if KEY.fullmatch(key) and len(key) <= longest:
        return ""
    return f"'{key}': a key is small letters, digits and single dashes, {longest} at most"
