"""Which revision a database file is of, and which revisions this code knows; without Alembic."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from db.errors import DatabaseTooNew, DatabaseUnusable

MIGRATIONS = Path(__file__).parent / "migrations"

_FILE = re.compile(r"\d{4}_\d\d_\d\d_(?P<revision>\d{4})_\w+\.py")


def known(migrations: Path = MIGRATIONS) -> list[str]:
    """Return the revisions of the migrations in a folder, oldest first."""
    names = (path.name for path in (migrations / "versions").iterdir())
    return sorted(found["revision"] for name in names if (found := _FILE.fullmatch(name)))


def current(connection: sqlite3.Connection, path: Path) -> str | None:
    """Return the revision of a database, None for an empty one.

    Raises DatabaseUnusable for a database that Limber did not make.
    """
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    if not tables:
        return None
    if "alembic_version" in tables:
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        if len(rows) == 1:
            return str(rows[0][0])
    raise DatabaseUnusable(f"{path} is a database of another program")


def expect_known(revision: str | None, known: list[str], name: str) -> None:
    """Raise DatabaseTooNew for a revision that this code does not know."""
    if revision is not None and revision not in known:
        raise DatabaseTooNew(
            f"{name} is of revision {revision}, this Limber knows none after {known[-1]}:"
            " run the newer one"
        )
