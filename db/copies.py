"""Whole copies of a database file: beside it, as a backup, and back in its place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from db import revisions
from db.engine import BUSY_SECONDS
from db.errors import DatabaseTooNew, DatabaseUnusable
from db.lock import ProcessLock
from db.ownership import hand_over, make_folder

LOG = "-wal", "-shm"  # what stands beside a database that is open


def copy(connection: sqlite3.Connection, target: Path) -> None:
    """Write a consistent copy of an open database, write-ahead log included.

    It appears under its name only when it is complete and on the disk, as one file.
    """
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL, 0o600))
    hand_over(unfinished)
    with closing(sqlite3.connect(unfinished)) as copied:
        copied.execute("PRAGMA synchronous=FULL")
        connection.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")  # one file, whole by itself
    unfinished.replace(target)
    _flush(target.parent)


def back_up(path: Path, target: Path) -> None:
    """Copy a database to a file while a bot may be using it; an older file there is replaced.

    Raises DatabaseUnusable where there is no database of Limber's, or its copy is not whole.
    """
    try:
        if not path.exists():
            raise DatabaseUnusable(f"{path.absolute()}: there is no such file")
        if target.exists() and target.samefile(path):
            raise DatabaseUnusable(f"{target}: is the database itself")
        with closing(reading(path)) as connection:
            check(connection, path)
            copy(connection, target)
        with closing(reading(target)) as copied:
            check(copied, target)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseUnusable(_words(error, target)) from error


def restore(source: Path, path: Path, migrations: Path = revisions.MIGRATIONS) -> Path | None:
    """Put a backup in the place of a database that nobody uses; return where that one went.

    None where there was none. Nothing is changed before the backup was found whole. Raises
    DatabaseBusy while a bot uses the database, DatabaseTooNew, and DatabaseUnusable.
    """
    try:
        if path.exists() and source.exists() and source.samefile(path):
            raise DatabaseUnusable(f"{source}: is the database itself")
        make_folder(path.parent)
        lock = ProcessLock(path.resolve())
        try:
            return _restore(source, path, migrations)
        finally:
            lock.release()
    except (OSError, sqlite3.Error) as error:
        raise DatabaseUnusable(_words(error, source)) from error


def _restore(source: Path, path: Path, migrations: Path) -> Path | None:
    with _whole(source, migrations) as connection:
        before = _put_aside(path) if path.exists() else None
        for part in LOG:  # of a database that is gone: it must not meet the other file
            path.with_name(path.name + part).unlink(missing_ok=True)
        copy(connection, path)
    return before


def check_and_copy(source: Path, target: Path, migrations: Path = revisions.MIGRATIONS) -> None:
    """Copy a backup to another file; raises DatabaseTooNew and DatabaseUnusable."""
    try:
        with _whole(source, migrations) as connection:
            copy(connection, target)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseUnusable(_words(error, source)) from error


@contextmanager
def _whole(source: Path, migrations: Path) -> Iterator[sqlite3.Connection]:
    """Open a backup that was found whole, and that this code knows."""
    if not source.exists():
        raise DatabaseUnusable(f"{source}: there is no such file")
    with closing(reading(source)) as connection:
        revision = check(connection, source)
        if revision not in revisions.known(migrations):
            raise DatabaseTooNew(f"{source} is of revision {revision}: a newer Limber wrote it")
        yield connection


def _put_aside(path: Path) -> Path:
    """Copy a database beside itself, and leave it as one file that can be replaced."""
    kept = aside(path.parent)
    try:
        connecting = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        with closing(connecting) as connection:
            copy(connection, kept)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError:  # it is damaged: kept as it is, with its log
        for part in ("", *LOG):
            with suppress(FileNotFoundError):
                path.with_name(path.name + part).replace(kept.with_name(kept.name + part))
    return kept


def aside(folder: Path) -> Path:
    """Return a free name in a folder for what a restore replaces."""
    number = 1
    while (found := folder / f"before-restore-{number}.db").exists():
        number += 1
    return found


def reading(path: Path) -> sqlite3.Connection:
    """Open a database that a bot may be using, to read only."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)


def check(connection: sqlite3.Connection, path: Path) -> str:
    """Return the revision of a whole database of Limber's; raises DatabaseUnusable."""
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise DatabaseUnusable(f"{path}: {found}")
    revision = revisions.current(connection, path)
    if revision is None:
        raise DatabaseUnusable(f"{path}: is empty")
    return revision


def _words(error: OSError | sqlite3.Error, about: Path) -> str:
    """Return what went wrong with which file; `about` where the error does not name it."""
    if not isinstance(error, OSError):
        return f"{about}: {error}"
    return f"{Path(error.filename or about).absolute()}: {error.strerror or error}"


def _flush(folder: Path) -> None:
    """See that a new name in a folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
