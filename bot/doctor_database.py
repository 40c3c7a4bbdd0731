"""`limber doctor` on the database: a file is read as a whole, a server is asked."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from bot.finding import Finding
from bot.settings import Settings
from db import copies, revisions, server
from db.errors import CannotOpen, DatabaseBusy
from db.lock import ProcessLock
from db.opening import is_server, named, path_of


def database(settings: Settings) -> Finding:
    """Look whether the database can be used, and by this version."""
    url = settings.database_url
    return _server(url) if is_server(url) else _file(path_of(url))


def _file(path: Path) -> Finding:
    if not path.exists():
        return Finding("database", f"{path.absolute()} is made at the first start")
    if not os.access(path, os.R_OK | os.W_OK):
        text = f"{path.absolute()} cannot be read and written by this user"
        return Finding("database", text, "chown it to the user whom the bot runs as")
    try:
        with closing(copies.reading(path)) as connection:
            revision = copies.check(connection, path)
    except (CannotOpen, OSError, sqlite3.Error) as error:
        return Finding("database", str(error), "stop the bot and run limber restore BACKUP")
    return _usable(f"{path}", f"{path} is whole", revision, _user(path))


def _user(path: Path) -> str:
    try:
        ProcessLock(path.resolve()).release()
    except DatabaseBusy:
        return "a bot is using it"
    return "no bot is using it"


def _server(url: str) -> Finding:
    try:
        revision, processes = server.state(make_url(url))
    except CannotOpen as refused:
        return Finding("database", str(refused), "look at the server, and at DATABASE_URL")
    if revision is None:
        text = f"{named(url)} is empty: its tables are made at the first start"
        return Finding("database", text)
    users = f"a bot is using it (processes: {processes})" if processes else "no bot is using it"
    return _usable(named(url), f"{named(url)} answers", revision, users)


def _usable(name: str, state: str, revision: str, users: str) -> Finding:
    newest = revisions.known()[-1]
    if revision > newest:
        text = f"{name} is of revision {revision}, this Limber knows {newest}"
        return Finding("database", text, "run the newer Limber")
    later = "" if revision == newest else f", migrated to {newest} at the next start"
    return Finding("database", f"{state}, revision {revision}{later}; {users}")
