"""Brings a database file to the newest revision, after putting a copy of it aside."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, event

from db.copies import copy
from db.errors import DatabaseUnusable


def copy_aside(connection: sqlite3.Connection, path: Path, revision: str) -> Path:
    """Write a consistent copy beside the database; return its path.

    It replaces no copy of another database in the folder, nor the first one of this.
    """
    target = path.with_name(f"before-{revision}.db")
    if target.exists():
        target = path.with_name(f"before-{revision}-{path.stem}.db")
    copy(connection, target)
    return target


def forget_copies(path: Path, before: datetime) -> None:
    """Delete the copies beside a database that were put aside before a moment."""
    for aside in path.parent.glob("before-[0-9]*.db"):
        if aside.stat().st_mtime < before.timestamp():
            aside.unlink(missing_ok=True)


def upgrade(path: Path, migrations: Path, now: datetime, revision: str = "head") -> None:
    """Run the missing migrations in one transaction: all take effect or none.

    A migration that has to fill in a moment finds `now` in `context.config.attributes`.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(path),
        poolclass=NullPool,
        hide_parameters=True,  # what people wrote stays out of error texts
    )

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        run(connection, migrations, now, revision)
        if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise DatabaseUnusable(f"{path}: a row of {broken[0]} refers to a missing one")


def _connect(path: Path) -> sqlite3.Connection:
    """Connect with foreign keys off: replacing a table must not delete what refers to it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=OFF")
    return connection


def run(connection: Connection, migrations: Path, now: datetime, revision: str = "head") -> None:
    """Run the missing migrations on a connection, in its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection, "now": now})
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    command.upgrade(config, revision)
