"""Whose the files of a database are: what root made there, the bot's user could not open."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from db.errors import NotOurs


def refuse_root(database: Path) -> None:
    """Raise NotOurs where root is about to leave files in a folder that is somebody else's."""
    if os.geteuid() == 0 and (owner := _folder_of(database).stat().st_uid) != 0:
        whose = _name(owner)
        folder = database.parent.absolute()
        raise NotOurs(f"{folder} belongs to {whose}: run this as {whose}, not as root")


def _folder_of(path: Path) -> Path:
    """Return the nearest folder that there is."""
    return next(folder for folder in path.absolute().parents if folder.exists())


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:  # a number without a name, as of a container's user
        return f"user {user}"
