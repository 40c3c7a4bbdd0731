"""A folder of one process's own, for files that shall not outlive it."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "personal-"


class Passing:
    """Made at its first use and held by a lock, which ends with the process however that ends.

    What processes left that are no more is removed at once; other living ones keep theirs.
    """

    def __init__(self, beside: Path) -> None:
        self._beside = beside
        self._folder: Path | None = None
        self._held: int | None = None
        for left in beside.glob(f"{PREFIX}*"):
            _remove_unless_held(left)

    @property
    def folder(self) -> Path:
        """Return the folder; raises OSError."""
        if self._folder is None:
            self._beside.mkdir(parents=True, exist_ok=True)
            while not (made := _made(self._beside)):
                pass
            self._folder, self._held = made
        return self._folder

    def close(self) -> None:
        """Remove it with what is in it; a second call does nothing."""
        if self._folder is not None and self._held is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            os.close(self._held)
        self._folder = self._held = None


def _made(beside: Path) -> tuple[Path, int] | None:
    """Return a new folder and what holds it; None where it was taken for one that was left."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=beside))
    try:
        held = _hold(folder)
    except FileNotFoundError:
        return None
    if folder.exists():
        return folder, held
    os.close(held)
    return None


def _remove_unless_held(folder: Path) -> None:
    try:
        held = _hold(folder, wait=False)
    except OSError:
        return  # by a living process, or gone meanwhile
    shutil.rmtree(folder, ignore_errors=True)
    os.close(held)


def _hold(folder: Path, *, wait: bool = True) -> int:
    found = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(found, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(found)
        raise
    return found
