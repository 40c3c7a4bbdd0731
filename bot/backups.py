"""`limber backup`, `limber restore` and `limber move`: whole databases from place to place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.running import BAD_SETTING, OK, say, settings_or_exit
from bot.settings import Settings, database_url
from db import copies, moving
from db.errors import CannotOpen
from db.opening import is_server, named, path_of


def back_up(target: Path) -> int:
    """Copy the database to a file; return the exit status."""
    url = settings_or_exit().database_url
    return _told(lambda: _back_up(url, target))


def restore(source: Path) -> int:
    """Put a backup in the place of the database; return the exit status."""
    settings = settings_or_exit()
    return _told(lambda: _restore(settings, source))


def move(source: str, target: str) -> int:
    """Copy all of one database into another that is empty; return the exit status."""
    try:
        here, there = database_url(source), database_url(target)
    except ValueError as bad:
        say(str(bad))
        return BAD_SETTING
    return _told(lambda: _move(here, there))


def _back_up(url: str, target: Path) -> str:
    if is_server(url):
        moving.back_up(url, target, _now())
    else:
        copies.back_up(path_of(url), target)
    return f"{target} is a whole copy of {named(url)}"


def _restore(settings: Settings, source: Path) -> str:
    url = settings.database_url
    if is_server(url):
        before = moving.restore(source, url, settings.data_dir, _now())
    else:
        before = copies.restore(source, path_of(url))
    kept = f"; what was there is {before} now" if before else ""
    return f"{named(url)} is {source} again{kept}"


def _move(source: str, target: str) -> str:
    copied = moving.move(source, target, _now())
    rows = sum(copied.values())
    stays = f"{named(source)} is as it was: delete it once the bot runs on the other"
    return f"{named(target)} holds all {rows} rows of it, each compared; {stays}"


def _told(work: Callable[[], str]) -> int:
    try:
        click.echo(work())
    except CannotOpen as refused:
        say(str(refused))
        return BAD_SETTING
    return OK


def _now() -> datetime:
    return datetime.now(UTC)
