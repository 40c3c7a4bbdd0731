"""Starts the sandbox beside its own database, and knows from that database what is due next."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sandbox.run import run

FOLDER = Path("data/sandbox")
DATABASE = Path("data/sandbox.db")

NEXT_DUE = """
select min(moment) from (
  select min(reminder.next_at) as moment from reminder
    join person on person.id = reminder.person_id where person.state = 'active'
  union all
  select min(send_at) from occurrence where state = 'due'
)
"""


def run_sandbox(port: int) -> int:
    """Serve the chat page until stopped; return the exit status."""
    return asyncio.run(
        run(port=port, folder=FOLDER, database=DATABASE, next_due=lambda: next_due(DATABASE))
    )


def next_due(database: Path) -> datetime | None:
    """Return the bot's next planned moment, read from its database beside the running bot."""
    if not database.exists():
        return None
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5)) as connection:
        try:
            (moment,) = connection.execute(NEXT_DUE).fetchone()
        except sqlite3.OperationalError:  # the bot is still making its tables
            return None
    return datetime.fromisoformat(moment).replace(tzinfo=UTC) if moment else None
