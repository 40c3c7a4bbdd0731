"""The document of all that is stored about somebody is what its published schema says."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from db import export
from db.engine import Database
from db.models import Base, Inbox
from db.queries import personal
from db.types import UtcDateTime
from tests.db.filled import FAR, MARK, fill

ROOT = Path(__file__).parents[2]
BERLIN = ZoneInfo("Europe/Berlin")
ANA, BEN = 918273645546, 1002
SCHEMA = json.loads((ROOT / export.PATH).read_text())
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


@pytest.fixture
async def document(database: Database) -> dict[str, Any]:
    """Return the document about somebody with a row in every table; somebody else has one, too."""
    async with database.sessions.begin() as session:
        await fill(session, ANA)
        await fill(session, BEN)
    async with database.reading() as session:
        stored = await personal.everything(session, ANA)
    found = json.loads(export.document(stored, BERLIN, FAR))
    assert isinstance(found, dict)
    return found


def test_committed_schema_is_fresh() -> None:
    """The file is what the tables of today give: `python -m db.export` writes it."""
    assert (ROOT / export.PATH).read_text() == export.schema_text()


def test_schema_is_a_schema() -> None:
    """What is published can be used."""
    Draft202012Validator.check_schema(SCHEMA)


def test_document_is_as_published(document: dict[str, Any]) -> None:
    """With a row of every table, every column filled, the document is valid."""
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []
    assert document["schema"] == {"version": export.VERSION, "path": export.PATH}
    for model in personal.owned(ANA):
        assert len(document[model.__tablename__]) == 1, model
    assert str(BEN) not in json.dumps(document)


@pytest.mark.parametrize(
    "breaks",
    [
        pytest.param(lambda found: found.pop("session"), id="a table is missing"),
        pytest.param(lambda found: found["person"][0].pop("zone"), id="a column is missing"),
        pytest.param(lambda found: found["person"][0].update(more=1), id="a column too many"),
        pytest.param(lambda found: found["session"][0].update(state="x"), id="another word"),
        pytest.param(lambda found: found.update(exported_at="today"), id="no moment"),
    ],
)
def test_schema_refuses(document: dict[str, Any], breaks: Any) -> None:
    """The schema is no rubber stamp."""
    breaks(document)
    assert list(VALIDATOR.iter_errors(document))


@pytest.mark.parametrize("table", [m.__table__ for m in personal.owned(0)], ids=str)
def test_moments_are_told_twice(document: dict[str, Any], table: Any) -> None:
    """Every moment stands there in UTC and as the person's clock shows it."""
    (row,) = document[table.name]
    for column in table.columns:
        if isinstance(column.type, UtcDateTime):
            utc = datetime.fromisoformat(row[column.name])
            local = datetime.fromisoformat(row[f"{column.name}_local"])
            assert (utc.utcoffset(), local.utcoffset()) == (timedelta(), timedelta(hours=1))
            assert utc == local == FAR
    written = {column.name for column in table.columns}
    assert written <= set(row)


async def test_nobody(database: Database) -> None:
    """Of somebody without rows the document is valid, and empty."""
    async with database.reading() as session:
        stored = await personal.everything(session, ANA)
    found = json.loads(export.document(stored, BERLIN, FAR))
    assert [error.message for error in VALIDATOR.iter_errors(found)] == []
    assert not any(
        found[table.name] for table in Base.metadata.sorted_tables if table.name in found
    )


async def test_every_mark_is_in_it(database: Database) -> None:
    """What a person wrote stands in it word for word."""
    async with database.sessions.begin() as session:
        marks = await fill(session, ANA)
    async with database.reading() as session:
        text = export.document(await personal.everything(session, ANA), BERLIN, FAR).decode()
    worded = {"own_routine", "unanswered", "inbox", "broadcast", "session", "person"}
    assert all(marks[table] in text for table in worded)
    assert MARK in text


async def test_what_others_wrote_is_theirs(database: Database) -> None:
    """In a group an answer to somebody names them; it is in the export of who wrote it alone."""
    group, ben = -100, ANA + 1
    ana_said = {"from": {"id": ANA}, "chat": {"id": group}, "text": "mine"}
    ben_said = {"from": {"id": ben}, "chat": {"id": group}, "text": "secret"}
    updates = (ana_said, ben_said | {"reply_to_message": ana_said})
    async with database.sessions.begin() as session:
        for number, message in enumerate(updates):
            raw = json.dumps({"update_id": number, "message": message}, separators=(",", ":"))
            row = Inbox(update_id=number, chat_id=group, raw=raw, state="poison", received_at=FAR)
            session.add(row)
    async with database.reading() as session:
        (row,) = (await personal.everything(session, ANA))["inbox"]
        assert "secret" not in row.raw
        (other,) = (await personal.everything(session, ben))["inbox"]
        assert "secret" in other.raw
