"""`limber backup` and `limber restore`: the database as one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from bot.running import BAD_SETTING, OK, say, settings_or_exit
from db import copies
from db.errors import CannotOpen
from db.opening import path_of


def back_up(file: Path) -> int:
    """Copy the database to a file; return the exit status."""
    try:
        copies.back_up(_database(), file)
    except CannotOpen as refused:
        say(str(refused))
        return BAD_SETTING
    click.echo(f"{file} is a whole copy of {_database()}")
    return OK


def restore(file: Path) -> int:
    """Put a backup in the place of the database; return the exit status."""
    try:
        before = copies.restore(file, _database())
    except CannotOpen as refused:
        say(str(refused))
        return BAD_SETTING
    kept = f"; what was there is {before} now" if before else ""
    click.echo(f"{_database()} is {file} again{kept}")
    return OK


def _database() -> Path:
    return path_of(settings_or_exit().database_url)
