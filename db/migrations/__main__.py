"""Writes the next migration from what changed in `db.models`: `python -m db.migrations "Add …"`."""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from db import migrating, revisions


def write(message: str) -> None:
    """Write a migration with the next number; to be read and corrected by hand."""
    known = revisions.known()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "newest.db"
        if known:
            migrating.upgrade(path, revisions.MIGRATIONS, datetime.now(UTC))
        with closing(create_engine(f"sqlite:///{path}").connect()) as connection:
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(revisions.MIGRATIONS))
            config.set_main_option(
                "file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(rev)s_%%(slug)s"
            )
            command.revision(
                config, message, autogenerate=True, rev_id=f"{int((known or ['0'])[-1]) + 1:04d}"
            )


if __name__ == "__main__":
    write(" ".join(sys.argv[1:]))
