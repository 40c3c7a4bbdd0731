"""Whose the files of a database are: what root makes in a bot's folder has to be the bot's."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def make_folder(folder: Path) -> None:
    """See that a folder is there, open to its owner alone where it is new."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for one in reversed(missing):
        hand_over(one)


def hand_over(path: Path) -> None:
    """Give what root made to whoever owns the folder around it: they could not open it."""
    if os.geteuid() != 0:
        return
    around = path.absolute().parent.stat()
    if path.stat().st_uid != around.st_uid:
        with suppress(OSError):  # not everywhere may root give things away
            os.chown(path, around.st_uid, around.st_gid)
