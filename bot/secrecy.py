"""Finds what other users of this machine could read and should not: the token, the database."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO
ENV_FILE = Path(".env")


def open_to_others(data: Path) -> list[Path]:
    """Return the settings file and what is in the data folder that somebody else may read.

    In a folder that nobody else may enter, nothing is open to others.
    """
    kept = [] if _closed(data) else [data, *_files(data)]
    return [path for path in (ENV_FILE, *kept) if path.exists() and not _closed(path)]


def _files(data: Path) -> Iterator[Path]:
    """Yield the databases in a folder with what SQLite keeps beside them, and copies of them."""
    yield from sorted(path for path in data.glob("*.db*") if path.is_file())


def _closed(path: Path) -> bool:
    return path.exists() and not stat.S_IMODE(path.stat().st_mode) & OTHERS
