"""A coach's pack before it is written, to be broken."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.content.own_pack import FILES, TEXTS

Breaker = Callable[[Random, "Draft"], str]  # returns the file that must be named
OUTSIDE = "../outside"


@dataclass
class Draft:
    """A pack before it is written: files by path, and links by path to where they lead."""

    files: dict[str, bytes] = field(default_factory=lambda: dict(FILES))
    links: dict[str, str] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """Return a file as text."""
        return self.files[path].decode()

    def put(self, path: str, text: str) -> str:
        """Write a file and return its path."""
        self.files[path] = text.encode("utf-8", "surrogateescape")
        return path

    def write(self, folder: Path) -> None:
        """Put the pack into a folder."""
        for path, content in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        for path, target in self.links.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).symlink_to(target)


def any_line(rng: Random, draft: Draft, pattern: str) -> tuple[str, list[str], int]:
    """Return a file of the pack, its lines, and the number of one that looks like `pattern`."""
    while True:
        path = rng.choice(sorted(TEXTS))
        lines = draft.text(path).split("\n")
        found = [number for number, line in enumerate(lines) if re.fullmatch(pattern, line)]
        if found:
            return path, lines, rng.choice(found)
