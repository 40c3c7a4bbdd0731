"""What past sessions ran through has a name, though the content has it no more."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import insert

from bench.lived import Lived
from bot.services import versions
from content.loader import load, packaged
from content.versions import stored
from db.engine import Database
from db.models import EntryVersion, Session

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ANA = 1001


async def test_names(database: Database) -> None:
    """A key of today is called as today; another as a session kept it; else by its key."""
    catalogue = load(packaged())
    key, exercise = next(iter(catalogue.exercises.items()))
    async with database.sessions.begin() as session:
        await Lived(ANA, NOW, 2, 2).store(session, catalogue)
        kept = {"digest": "d1", "content": stored(exercise)}
        await session.execute(insert(EntryVersion), [kept])
        row = await session.get_one(Session, ANA * 100_000)
        row.entries = {"gone": "d1", "lost": "d2"}
        found = await versions.names(session, catalogue, ANA, [key, "gone", "lost", "never"])
    name = exercise.name
    assert found == {key: name, "gone": name, "lost": "lost", "never": "never"}
