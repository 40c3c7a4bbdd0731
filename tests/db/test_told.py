"""What a server refuses, and what it says while it cannot be reached, is told without secrets."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from structlog.testing import capture_logs

from db import server
from db.opening import open_database
from tests import databases
from tests.stored import look

pytestmark = pytest.mark.server

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
def empty() -> Iterator[str]:
    """A database without a table."""
    url = databases.empty_url()
    yield url
    databases.drop(url)


@pytest.mark.parametrize(
    "said",
    [
        "FATAL:  sorry, too many clients already",
        "FATAL:  remaining connection slots are reserved for roles with privileges",
        "FATAL:  terminating connection due to administrator command",
        "FATAL:  the database system is starting up",
    ],
)
async def test_what_passes_is_waited_for(
    empty: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that is full or about to restart is asked again, and the log says why."""
    refusals, prepare = [OperationalError("", {}, psycopg.OperationalError(said))], server.prepare

    def refuse_once(*given: Any) -> None:
        if refusals:
            raise refusals.pop()
        prepare(*given)

    monkeypatch.setattr(server, "prepare", refuse_once)
    with capture_logs() as logs:
        await (await open_database(empty, NOW)).close()
    (waited,) = [line for line in logs if line["event"] == "database_unreachable"]
    assert waited["reason"] == " ".join(said.split())


async def test_waiting_tells_no_password() -> None:
    """What is logged while nobody answers names the server and the reason, not the password."""
    url = "postgresql+psycopg://careful:swordfish@127.0.0.1:9/limber?password=herring"
    with capture_logs() as logs:
        starting = asyncio.create_task(open_database(url, NOW))
        while not any(line["event"] == "database_unreachable" for line in logs):
            await asyncio.sleep(0.01)
        starting.cancel()
    assert "127.0.0.1" in str(logs)
    assert not [word for word in ("swordfish", "herring") if word in str(logs)]


@pytest.mark.parametrize(
    "statement",
    [
        "insert into word values ('a secret', 'x'), ('a secret', 'x')",
        "insert into word values ('a secret', null)",
        "select cast(key as int) from (select max(text 'a secret') as key) as marks",
        "create table twice as select 'a secret' as word from generate_series(1, 2);"
        " create unique index on twice (word)",
    ],
    ids=["a key", "a row", "a value", "an index"],
)
def test_what_is_told_holds_no_value(empty: str, statement: str) -> None:
    """What the server says of rows and values that it refuses is told without them."""
    with look(empty) as database:
        database.change("create table word (word text primary key, more text not null)")
    with pytest.raises(DBAPIError) as refused, server.connected(make_url(empty)) as connection:
        connection.execute(text(statement))
    assert "secret" not in server.line(refused.value)
    assert "secret" not in str(refused.value.orig)
    assert refused.value.orig.sqlstate in server.line(refused.value)
