"""The contest of peers runs, on what every machine has, and says what it could not measure."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bench.peers import contest, installing, outbox
from bench.peers.contest import Case
from db import sqlite

LIBRARY = (sys.executable, "-m", "bench.peers.library_bot")
LIMBER = (sys.executable, "-m", "bench.peers.limber_bot")
EACH = 20


def test_same_kind_of_write() -> None:
    """The databases of the peers promise what that of Limber promises."""
    assert outbox.PRAGMAS == sqlite.PRAGMAS


async def test_all_takes_its_turn(tmp_path: Path) -> None:
    """In and out, each does all of every round, and a write is a write."""
    cases = [
        Case("write", LIBRARY, "write", taps=True),
        Case("inbox", LIMBER, "empty", taps=True),
        Case("done", LIMBER, "tap", taps=True),
        Case("together", LIBRARY, "together", taps=False),
        Case("reminders", LIMBER, "together", taps=False),
    ]
    found = await contest.contest(cases, EACH, 1, tmp_path)
    assert list(found) == [case.name for case in cases]
    assert all(len(one.took) == 1 and one.rate(EACH) > 0 for one in found.values())
    queries = (
        (1, "select count(*) from session where position = 1"),
        (2, "select count(*) from inbox where state = 'done'"),
        (3, "select count(*) from session where position = 1"),
        (4, "select count(*) from due where message is not null"),
        (5, "select count(*) from occurrence where state = 'sent' and message_id is not null"),
    )
    for number, query in queries:
        with closing(sqlite3.connect(tmp_path / f"{number}.db")) as database:
            assert database.execute(query).fetchone() == (2 * EACH,), query


async def test_without_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where node is missing one line says so."""

    async def here() -> installing.Command:
        return ("aiogram",)

    monkeypatch.setattr(installing, "aiogram", here)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    found, lines = await contest.installed()
    assert found == {"aiogram": ("aiogram",)}
    assert lines == ["grammY is not measured: node and npm are not installed"]
