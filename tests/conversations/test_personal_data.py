"""A person's own data: all of it handed over as files, no table forgotten."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from sqlalchemy import Table

from bot import documents
from bot.domain.overview import Walked
from bot.domain.pace import Pace
from bot.domain.progress import Tightness
from bot.domain.step import Length
from bot.texts import load_texts
from bot.views.sessions_file import sessions_file
from content.loader import packaged
from db.models import Base, Inbox
from db.queries import personal
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.personal import ANA, document, file_of, lives_a_day, row_counts, rows_about
from tests.db.test_export import VALIDATOR


@pytest.fixture
def ana(house: House) -> Person:
    """Somebody with an unmistakable number who has not written yet."""
    return house.person(ANA)


async def test_export_is_everything(house: House, ana: Person, onboarded: Walk) -> None:
    """/export hands over a JSON document with each row about the person, and nobody else's."""
    await lives_a_day(house, ana, onboarded)
    await onboarded(house.person(1002, "Ben"))
    await ana.send("/export")
    handed = await ana.sees("Everything that is stored about you")
    assert handed.raw["document"]["file_name"] == "limber-export.json"
    stored = document(house, handed)
    assert stored["person"][0]["id"] == ANA
    assert stored["person"][0]["zone"] == "Europe/Berlin"
    assert stored["person"][0]["screened"] == "none"
    assert len(stored["reminder"]) == 4  # the weekly recap among them
    assert stored["occurrence"][0]["state"] == "started"
    assert stored["session"][0]["feedback"] == "right"
    assert stored["step_record"][0]["outcome"] == "done"
    assert stored["gate_answer"][0]["gate"] == "release"
    assert datetime.fromisoformat(stored["reminder"][0]["next_at"]).tzinfo == UTC
    assert "1002" not in json.dumps(stored)
    counts = row_counts(house)
    for table in ("session", "step_record", "occurrence", "gate_answer"):
        assert len(stored[table]) == counts[table], table


async def handed_over(house: House, ana: Person) -> dict[str, bytes]:
    """Return the files that /export brings, by name, in their order."""
    before = len(ana.messages)
    await ana.send("/export")
    await ana.sees("Everything that is stored about you")
    await house.settled()
    files = [message for message in ana.messages[before:] if "document" in message.raw]
    return {one.raw["document"]["file_name"]: file_of(house, one) for one in files}


async def test_three_files(house: House, ana: Person, onboarded: Walk) -> None:
    """/export brings three files, the JSON first, as its schema says; and again when asked."""
    await lives_a_day(house, ana, onboarded)
    files = await handed_over(house, ana)
    assert list(files) == ["limber-export.json", "limber-sessions.csv", "limber-physio.pdf"]
    found = json.loads(files["limber-export.json"])
    assert [error.message for error in VALIDATOR.iter_errors(found)] == []
    assert list(await handed_over(house, ana)) == list(files)


async def test_sessions_as_a_table(house: House, ana: Person, onboarded: Walk) -> None:
    """The sessions are lines that a spreadsheet reads: when, what, how long, how it felt."""
    await lives_a_day(house, ana, onboarded)
    content = (await handed_over(house, ana))["limber-sessions.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 2
    (line,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert line["day"] == "2026-03-02"
    assert line["started"] == "2026-03-02 07:30:00+01:00"
    assert line["started (UTC)"] == "2026-03-02 06:30:00+00:00"
    assert line["what"] == "Daily 12"
    assert (line["steps done"], line["steps skipped"]) == ("1", "0")
    assert line["how it felt"] == "Just right"
    assert line["worst pain (0-10)"] == ""


async def test_a_page_for_the_physio(house: House, ana: Person, onboarded: Walk) -> None:
    """The page is a PDF of one sheet about these weeks."""
    await lives_a_day(house, ana, onboarded)
    (page,) = PdfReader(io.BytesIO((await handed_over(house, ana))["limber-physio.pdf"])).pages
    said = page.extract_text()
    assert "2 March 2026" in said
    assert "1 session" in said
    assert str(ANA) not in said
    assert "Ana" not in said


async def test_page_that_cannot_be_drawn(
    house: House, ana: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the page cannot be drawn, the other two files come all the same."""
    monkeypatch.setattr(documents, "render_paper", always_fails)
    await onboarded(ana)
    assert list(await handed_over(house, ana)) == ["limber-export.json", "limber-sessions.csv"]


def always_fails(_: object) -> bytes:
    """Draw nothing."""
    raise OSError


async def test_before_the_first_session(house: House, ana: Person) -> None:
    """Somebody in the middle of the first questions gets all three, too."""
    await ana.send("/start")
    await ana.sees("Welcome to Limber")
    files = await handed_over(house, ana)
    assert len(files) == 3
    assert json.loads(files["limber-export.json"])["zone"] == "UTC"
    assert len(files["limber-sessions.csv"].splitlines()) == 1


@pytest.mark.parametrize("command", ["/export", "/delete"])
async def test_stranger(house: House, ana: Person, command: str) -> None:
    """Who is not known is told that nothing is stored, and nothing is by asking."""
    await ana.send(command)
    await ana.sees("Nothing is stored about you")
    await house.settled()
    assert rows_about(house, ANA) == []


def told(**changes: object) -> Walked:
    """Return a session that was walked."""
    walked = Walked(
        practice_day=date(2026, 3, 2),
        started_at=datetime(2026, 3, 2, 6, 30, tzinfo=UTC),
        entry="mine",
        length=Length.SHORT,
        pace=Pace.HANDS_FREE,
        seconds=90,
        done=2,
        skipped=1,
        hurt=1,
        worst=7,
        feedback=None,
    )
    return walked._replace(**changes)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_formula(name: str) -> None:
    """What a person calls a routine is a text, never something that a spreadsheet works out."""
    texts = load_texts(packaged() / "texts")["en"]
    content = sessions_file([told()], {}, {"mine": name}, ZoneInfo("UTC"), texts)
    (line,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert line["what"] == f"'{name}"


def test_odd_names_and_check_ins() -> None:
    """Commas, quotation marks and line breaks survive; the day's check-in stands beside it."""
    texts = load_texts(packaged() / "texts")["en"]
    name = 'My "own", with\nmore'
    felt = {date(2026, 3, 2): Tightness(6, 0)}
    walked = [told(), told(practice_day=date(2026, 3, 3))]
    content = sessions_file(walked, felt, {"mine": name}, ZoneInfo("Europe/Berlin"), texts)
    first, second = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert first["what"] == name
    assert (first["length"], first["pace"]) == ("short", "Hands-free")
    assert (first["minutes of moving"], first["worst pain (0-10)"]) == ("1.5", "7")
    assert (first["tightness before (0-10)"], first["tightness after (0-10)"]) == ("6", "0")
    assert second["tightness before (0-10)"] == ""


PERSONAL_WORDS = ("person", "chat", "user")


def points_at_a_person(table: Table) -> bool:
    """Tell whether a table says something about a person, by itself or through another one."""
    named = any(word in column.name for column in table.columns for word in PERSONAL_WORDS)
    referred = [key.column.table for key in table.foreign_keys if key.column.table is not table]
    return named or table.name == "person" or any(map(points_at_a_person, referred))


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=str)
def test_every_table_is_covered(table: Table) -> None:
    """A table that points at a person is exported and deleted; every other says it is not."""
    covered = {model.__tablename__ for model in personal.owned(1)}
    assert (table.name in covered) != (table.name in personal.IMPERSONAL)
    if points_at_a_person(table) or table.name == Inbox.__tablename__:
        assert table.name in covered
