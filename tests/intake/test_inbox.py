"""The inbox: one effect each, in the order of the chat, whatever fails."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from datetime import timedelta
from itertools import count

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import errors
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from bot.domain.person import Expecting
from bot.intake.attempt import StoredUpdate
from bot.intake.chat_of import chat_of
from bot.intake.inbox import Inbox
from db.engine import Database
from db.models import Inbox as Row
from db.queries import inbox as rows
from tests.intake.desk import NOW, Desk, always, hangs, message, raises, takes


async def test_processed_once(desk: Desk) -> None:
    """An update delivered again, in the same batch or later, is processed once."""
    await desk.inbox.start()
    assert await desk.inbox.take([message(1), message(2), message(1)]) == 2
    assert await desk.inbox.take([message(2), message(3)]) == 1
    await desk.idle()
    assert await desk.inbox.take([message(1)]) == 0
    await desk.idle()
    assert desk.done == [1, 2, 3]


async def test_committed_when_taken(desk: Desk) -> None:
    """When `take` returns, the updates are in the database, whoever looks."""
    await desk.inbox.start()
    desk.acts[1] = hangs
    await desk.inbox.take([message(1)])
    row = await desk.row(1)
    assert (row.state, row.chat_id, row.received_at) == (rows.PENDING, 1, NOW)


async def test_done_rows_hold_nothing_personal(desk: Desk) -> None:
    """Once an update took effect only its id stays."""
    await desk.inbox.start()
    await desk.inbox.take([message(1, chat=77, text="a secret")])
    await desk.idle()
    row = await desk.row(1)
    assert (row.state, row.chat_id, row.raw, row.expecting, row.error) == (
        rows.DONE,
        None,
        "",
        None,
        None,
    )


async def test_order_in_a_chat_and_side_by_side(desk: Desk) -> None:
    """A slow update holds up its own chat and no other."""
    await desk.inbox.start()
    gate = asyncio.Event()
    desk.acts[1] = lambda stored: gate.wait()  # type: ignore[assignment,return-value]
    await desk.inbox.take([message(1, chat=1), message(2, chat=1), message(3, chat=2)])
    while 3 not in desk.done:
        await asyncio.sleep(0)
    assert desk.begun == [1, 3]
    gate.set()
    await desk.idle()
    assert desk.done == [3, 1, 2]


async def test_side_by_side_is_bounded(desk: Desk) -> None:
    """No more chats are processed at once than allowed, and all get their turn."""
    inbox = desk.open(side_by_side=3)
    await inbox.start()
    desk.acts = {number: takes(0.001) for number in range(20)}
    await inbox.take([message(number, chat=number + 1) for number in range(20)])
    await desk.idle()
    assert desk.most_at_once == 3
    assert sorted(desk.done) == list(range(20))


async def test_passing_fault_heals(desk: Desk) -> None:
    """An update that fails twice and then works is done, after short waits, in its order."""
    await desk.inbox.start()
    desk.acts[1] = raises(ValueError("x"), KeyError("y"))
    await desk.inbox.take([message(1), message(2)])
    await desk.idle()
    assert desk.done == [1, 2]
    assert len(desk.slept) == 2
    assert max(desk.slept) <= 1
    assert desk.apologies == []


async def test_poison_is_set_aside(desk: Desk) -> None:
    """An update that keeps failing is set aside with its error; its chat and others go on."""
    await desk.inbox.start()
    desk.acts[1] = always(ValueError("the person wrote this"))
    with capture_logs() as logs:
        await desk.inbox.take([message(1), message(2), message(3, chat=2)])
        await desk.idle()
    assert sorted(desk.done) == [2, 3]
    assert desk.begun.count(1) == 3
    assert desk.apologies == [1]
    row = await desk.row(1)
    assert row.state == rows.POISON
    assert row.error is not None
    assert row.error.startswith("ValueError in tests.intake.desk:")
    told = [(line["event"], line["update"]) for line in logs if "update" in line]
    assert told == [("update_failed", 1), ("update_set_aside", 1)]
    assert "person wrote" not in repr(logs) + row.error


async def test_place_of_an_error(desk: Desk) -> None:
    """An error that arose in code of ours is told by that place."""

    async def act(stored: StoredUpdate) -> None:
        chat_of(None)  # type: ignore[arg-type]

    await desk.inbox.start()
    desk.acts[1] = act
    await desk.inbox.take([message(1)])
    await desk.idle()
    assert str((await desk.row(1)).error).startswith("AttributeError in bot.intake.chat_of:")


async def test_failing_apology(desk: Desk) -> None:
    """An apology that fails stops nothing."""

    async def refuse(stored: StoredUpdate) -> None:
        raise RuntimeError

    desk.inbox = Inbox(
        desk.database.sessions, desk.process, refuse, now=lambda: NOW, sleep=desk.sleep
    )
    await desk.inbox.start()
    desk.acts[1] = always(ValueError())
    await desk.inbox.take([message(1), message(2)])
    await desk.idle()
    assert desk.done == [2]


async def test_cancellation_of_its_own_making(desk: Desk) -> None:
    """A handler that cancels itself fails as any other; its chat goes on."""
    await desk.inbox.start()
    desk.acts[1] = raises(*[asyncio.CancelledError()] * 3)
    await desk.inbox.take([message(1), message(2)])
    await desk.idle()
    assert desk.done == [2]
    assert desk.apologies == [1]


def away(code: int) -> OperationalError:
    """Return the error of a database that answers with a result code."""
    cause = sqlite3.OperationalError("x")
    cause.sqlite_errorcode = code
    return OperationalError("UPDATE", {}, cause)


def refused(kind: type[psycopg.Error]) -> DBAPIError:
    """Return the error that SQLAlchemy makes of one of the server's driver."""
    made = DBAPIError.instance("UPDATE", {}, kind("x"), psycopg.Error)
    assert isinstance(made, DBAPIError)
    return made


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(away(sqlite3.SQLITE_FULL), id="disk full"),
        pytest.param(away(sqlite3.SQLITE_BUSY_SNAPSHOT), id="locked"),
        pytest.param(OSError(28, "No space left on device"), id="no space for a file"),
        pytest.param(refused(errors.DiskFull), id="no space on the server"),
        pytest.param(refused(errors.DeadlockDetected), id="deadlock"),
        pytest.param(refused(errors.SerializationFailure), id="changed meanwhile"),
        pytest.param(refused(errors.AdminShutdown), id="server stopped"),
        pytest.param(refused(errors.CannotConnectNow), id="server starts"),
        pytest.param(refused(errors.TooManyConnections), id="no connection left"),
        pytest.param(refused(errors.ReadOnlySqlTransaction), id="server that may not write"),
        pytest.param(refused(errors.IdleInTransactionSessionTimeout), id="took too long"),
        pytest.param(refused(psycopg.OperationalError), id="server not reached"),
    ],
)
async def test_database_away_costs_no_attempt(desk: Desk, fault: Exception) -> None:
    """A database that is away is waited for, however long, and the update then takes effect."""
    await desk.inbox.start()
    desk.acts[1] = raises(*[fault] * 10)
    await desk.inbox.take([message(1)])
    await desk.idle()
    assert desk.done == [1]
    assert desk.apologies == []


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(away(sqlite3.SQLITE_ERROR), id="of SQLite"),
        pytest.param(refused(errors.SyntaxError), id="of PostgreSQL"),
        pytest.param(refused(errors.UniqueViolation), id="a row that is there"),
        pytest.param(refused(errors.ProgramLimitExceeded), id="a row that has no room in an index"),
    ],
)
async def test_faulty_statement_is_no_outage(desk: Desk, fault: Exception) -> None:
    """A statement that can never work counts as the update's own failure."""
    await desk.inbox.start()
    desk.acts[1] = always(fault)
    await desk.inbox.take([message(1)])
    await desk.idle()
    assert desk.apologies == [1]


async def test_taken_up_after_a_kill(desk: Desk) -> None:
    """What was committed and not processed is processed by the next process, first and in order."""
    await desk.inbox.start()
    desk.acts[1] = hangs
    await desk.inbox.take([message(1), message(2), message(3, chat=2)])
    await desk.closes(3)
    await desk.kill()
    desk.acts.clear()
    inbox = desk.open()
    await inbox.start()
    await inbox.take([message(4), message(2)])
    await desk.idle()
    assert desk.done == [3, 1, 2, 4]


async def test_killer_is_set_aside(desk: Desk) -> None:
    """An update under which the process ends at every start is set aside after three starts."""
    await desk.inbox.start()
    desk.acts[1] = hangs
    await desk.inbox.take([message(1), message(2), message(3, chat=2)])
    for times in (1, 2, 3):
        await desk.begins(1, times)
        await desk.kill()
        await desk.open().start()
    await desk.begins(1, 4)
    assert desk.apologies == []
    await desk.kill()
    await desk.open().start()
    await desk.idle()
    assert desk.apologies == [1]
    assert set(desk.done) == {2, 3}
    assert (await desk.row(1)).state == rows.POISON


async def test_bystanders_are_not_blamed(desk: Desk) -> None:
    """Updates that merely run beside the one that ends the process are not set aside with it."""
    await desk.inbox.start()
    chats = range(1, 9)
    desk.acts = dict.fromkeys(chats, hangs)
    await desk.inbox.take([message(chat, chat=chat) for chat in chats])
    for times in (1, 2):  # in their first process, then all taken up side by side
        for chat in chats:
            await desk.begins(chat, times)
        await desk.kill()
        await desk.open().start()
    await desk.kill()
    desk.acts = {4: hangs}
    for times in (3, 4):
        await desk.open().start()
        await desk.begins(4, times)
        await desk.kill()
    await desk.open().start()
    await desk.idle()
    assert set(desk.done) == {chat for chat in chats if chat != 4}
    assert desk.apologies == [4]


async def test_waiting_suspect_holds_nobody_for_long(desk: Desk) -> None:
    """A suspect that neither ends nor kills lets the others start after a moment."""
    await desk.inbox.start()
    desk.acts[1] = hangs
    await desk.inbox.take([message(1)])
    for times in (1, 2):
        await desk.begins(1, times)
        await desk.kill()
        await desk.open().start()
    await desk.inbox.take([message(2, chat=2), message(3)])
    await desk.begins(2)
    await asyncio.sleep(0.05)
    assert desk.done == [2]


async def test_stop_lets_running_ones_end(desk: Desk) -> None:
    """A stop lets what runs finish, starts nothing more and leaves the rest for the next start."""
    await desk.inbox.start()
    desk.acts[1] = takes(0.05)
    await desk.inbox.take([message(1), message(2)])
    await desk.begins(1)
    await desk.inbox.stop(5)
    assert desk.done == [1]
    assert (await desk.row(2)).state == rows.PENDING
    await desk.open().start()
    await desk.idle()
    assert desk.done == [1, 2]


async def test_stop_with_a_stuck_handler(desk: Desk) -> None:
    """A handler that does not end is broken off after the grace; its update stays pending."""
    await desk.inbox.start()
    desk.acts[1] = hangs
    await desk.inbox.take([message(1)])
    await desk.begins(1)
    started = time.monotonic()
    await desk.inbox.stop(0.05)
    assert time.monotonic() - started < 0.5
    assert (await desk.row(1)).state == rows.PENDING


async def test_stop_with_a_deaf_handler(desk: Desk) -> None:
    """A handler that ignores being broken off does not keep the stop from ending."""
    await desk.inbox.start()
    deaf_until = asyncio.get_running_loop().time() + 1.5

    async def deaf(stored: StoredUpdate) -> None:
        while (left := deaf_until - asyncio.get_running_loop().time()) > 0:
            try:
                await asyncio.sleep(left)
            except asyncio.CancelledError:
                continue

    desk.acts[1] = deaf
    await desk.inbox.take([message(1)])
    await desk.begins(1)
    await desk.inbox.stop(0.01)
    assert asyncio.get_running_loop().time() < deaf_until
    await asyncio.sleep(0.6)


async def test_clean_stops_cost_no_attempt(desk: Desk) -> None:
    """However often the bot is stopped while an update waits, it is never set aside for that."""
    await desk.inbox.start()
    desk.acts[1] = hangs
    await desk.inbox.take([message(1)])
    for times in range(1, 7):
        await desk.begins(1, times)
        await desk.inbox.stop(0)
        await desk.open().start()
    await desk.begins(1, 7)
    await desk.inbox.stop(0)
    desk.acts.clear()
    await desk.open().start()
    await desk.idle()
    assert desk.done == [1]
    assert desk.apologies == []


async def test_taken_while_stopping(desk: Desk) -> None:
    """What comes in after the stop is kept, not processed."""
    await desk.inbox.start()
    await desk.inbox.stop(1)
    assert await desk.inbox.take([message(1)]) == 1
    await asyncio.sleep(0.01)
    assert desk.begun == []
    assert (await desk.row(1)).state == rows.PENDING


async def test_room(desk: Desk) -> None:
    """Whoever asks for room waits until few enough updates are unprocessed."""
    await desk.inbox.start()
    gate = asyncio.Event()
    desk.acts[1] = lambda stored: gate.wait()  # type: ignore[assignment,return-value]
    await desk.inbox.take([message(number) for number in range(1, 5)])
    assert not desk.inbox.idle()
    waiting = asyncio.create_task(desk.inbox.room(2))
    await asyncio.sleep(0.01)
    assert not waiting.done()
    gate.set()
    await asyncio.wait_for(waiting, 1)
    await desk.idle()
    assert desk.inbox.idle()


async def test_expecting_is_seen_by_the_next_try(desk: Desk) -> None:
    """What a text was taken to answer is told to every later try, in place or after a kill."""
    seen: list[Expecting | None] = []

    async def act(stored: StoredUpdate) -> None:
        seen.append(stored.expecting)
        async with desk.database.sessions.begin() as session:
            row = await rows.find(session, stored.update_id)
            assert row is not None
            row.expecting = Expecting.ZONE
        if len(seen) < 2:
            raise ValueError
        if len(seen) < 3:
            await asyncio.Event().wait()

    await desk.inbox.start()
    desk.acts[1] = act
    await desk.inbox.take([message(1)])
    async with asyncio.timeout(5):
        while len(seen) < 2:
            await asyncio.sleep(0.001)
    await desk.kill()
    await desk.open().start()
    await desk.idle()
    assert seen == [None, Expecting.ZONE, Expecting.ZONE]


async def test_odd_characters_survive(desk: Desk) -> None:
    """Half a surrogate pair or a null in a text neither stops the inbox nor gets lost."""
    texts: list[str] = []

    async def act(stored: StoredUpdate) -> None:
        texts.append(stored.raw["message"]["text"])

    await desk.inbox.start()
    desk.acts[1] = act
    odd = "a\ud800b\x00c 💪"
    await desk.inbox.take([message(1, text=odd)])
    await desk.idle()
    assert texts == [odd]


async def test_upkeep(desk: Desk, database: Database) -> None:
    """Closed updates go after two days, set aside ones after thirty, pending ones never."""
    await desk.inbox.start()
    desk.acts = {1: always(ValueError()), 3: hangs}
    await desk.inbox.take([message(1), message(2, chat=2), message(3, chat=3)])
    while len(desk.done) + len(desk.apologies) < 2:
        await asyncio.sleep(0.01)
    kept = []
    for age in (timedelta(hours=47), timedelta(hours=49), timedelta(days=29), timedelta(days=31)):
        await desk.inbox.upkeep(NOW + age)
        async with database.reading() as session:
            kept.append(await rows.counts(session))
    assert kept == [
        {"done": 1, "poison": 1, "pending": 1},
        {"poison": 1, "pending": 1},
        {"poison": 1, "pending": 1},
        {"pending": 1},
    ]


EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.lists(st.integers(0, 30), min_size=1, max_size=6)),
        st.tuples(st.just("kill"), st.just([])),
        st.tuples(st.just("stop"), st.just([])),
        st.tuples(st.just("pause"), st.just([])),
    ),
    max_size=12,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(events=EVENTS, faulty=st.sets(st.integers(0, 30), max_size=6))
async def test_any_interleaving(
    database: Database, events: list[tuple[str, list[int]]], faulty: set[int]
) -> None:
    """Whatever comes twice, fails once, is stopped or killed: one effect each, chats in order."""
    async with database.sessions.begin() as session:
        await session.execute(delete(Row))
        await session.execute(text("DROP TABLE IF EXISTS effect"))
        await session.execute(text("CREATE TABLE effect (n INTEGER PRIMARY KEY, update_id INT)"))
    desk, numbers = Desk(database), count()
    failed: set[int] = set()

    async def act(stored: StoredUpdate) -> None:
        await asyncio.sleep(0)
        if stored.update_id in faulty - failed:
            failed.add(stored.update_id)
            raise ValueError
        async with database.sessions.begin() as session:
            if await rows.mark_applied(session, stored.update_id):
                effect = text("INSERT INTO effect (n, update_id) VALUES (:n, :id)")
                await session.execute(effect, {"n": next(numbers), "id": stored.update_id})

    desk.acts = dict.fromkeys(range(31), act)
    arrived: list[int] = []
    await desk.inbox.start()
    for kind, ids in events:
        if kind == "take":
            arrived += [one for one in dict.fromkeys(ids) if one not in arrived]
            await desk.inbox.take([message(one, chat=one % 4 + 1) for one in ids])
        elif kind == "pause":
            await asyncio.sleep(0.002)
        else:
            await (desk.kill() if kind == "kill" else desk.inbox.stop(0))
            desk.running.clear()
            await desk.open().start()
    await desk.idle()
    await desk.inbox.stop(1)
    async with database.reading() as session:
        order = list(await session.scalars(text("SELECT update_id FROM effect ORDER BY n")))
        # Killed in hand again and again, one is set aside, and may have had its effect before.
        aside = set(await session.scalars(select(Row.update_id).where(Row.state == rows.POISON)))
    without = aside - set(order)
    assert sorted(order) == sorted(set(arrived) - without)
    for chat in range(4):
        theirs = [one for one in order if one % 4 == chat]
        assert theirs == [one for one in arrived if one % 4 == chat and one not in without]


async def test_closed_together(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What many chats are done with is closed in few transactions, all of it."""
    batches: list[list[int]] = []
    close = rows.mark_done

    async def counted(session: AsyncSession, update_ids: Sequence[int]) -> None:
        batches.append(list(update_ids))
        await close(session, update_ids)

    monkeypatch.setattr(rows, "mark_done", counted)
    await desk.inbox.start()
    await desk.inbox.take([message(number, chat=number + 1) for number in range(60)])
    await desk.idle()
    assert sorted(one for batch in batches for one in batch) == list(range(60))
    assert len(batches) < 20
    assert {(await desk.row(number)).state for number in range(60)} == {rows.DONE}


async def test_next_waits_until_the_one_before_is_closed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill leaves of each chat one update at most that took effect and is not closed."""
    close = rows.mark_done
    begun: list[list[int]] = []

    async def watched(session: AsyncSession, update_ids: Sequence[int]) -> None:
        begun.append(list(desk.begun))
        await close(session, update_ids)

    monkeypatch.setattr(rows, "mark_done", watched)
    await desk.inbox.start()
    await desk.inbox.take([message(number) for number in range(3)])
    await desk.idle()
    assert begun == [[0], [0, 1], [0, 1, 2]]
