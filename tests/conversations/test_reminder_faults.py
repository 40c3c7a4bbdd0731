"""Reminders under misfortune: none is lost, none comes twice, people are answered meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs
from structlog.types import EventDict

from bot.deps import Deps
from bot.services import claiming, noting
from bot.services.noting import Note
from sandbox.calls import Call
from sandbox.person import Person
from tests.conftest import House, PushedClock, Walk
from tests.conversations.test_personal_data import rows_about
from tests.databases import ON_SERVER
from tests.stored import Stored

NUDGE = "12 minutes"  # in whichever words
SOON = 20.0  # seconds; behind one that stays due others wait for a few
FIRST = 5001  # the id of the first of a crowd


@pytest.fixture
def logs() -> Iterator[list[EventDict]]:
    """What is logged; at the end none of it may be an error."""
    with capture_logs() as lines:
        yield lines
    assert [line for line in lines if line["log_level"] in ("error", "critical")] == []


def nudges(person: Person) -> list[str]:
    """Return the reminders of the routine that a person has got."""
    return [m.text for m in person.messages if m.from_bot and NUDGE in m.text]


def bulk(house: House) -> list[Call]:
    """Return the calls that sent reminders."""
    return [
        call
        for call in house.telegram.calls
        if call.method == "sendMessage" and NUDGE in str(call.params.get("text"))
    ]


def receivers(calls: list[Call]) -> list[int]:
    """Return whom calls that went well were about, in their order."""
    return [int(call.params["chat_id"]) for call in calls if call.status == 200]


def crowd(house: House, like: Person, number: int) -> list[Person]:
    """Return people who have the same settings and reminders as somebody, known to the bot."""
    people = [house.person(FIRST + each, f"P{each}") for each in range(number)]
    with house.stored() as database:
        for person in people:
            house.telegram.world.people[str(person.id)]["started"] = True
            copy(database, "person", "id", like.id, person.id)
            copy(database, "reminder", "person_id", like.id, person.id)
    return people


def copy(database: Stored, table: str, owner: str, one: int, other: int) -> None:
    """Copy somebody's rows of a table to somebody else."""
    kept = [name for name in database.columns(table) if name not in ("id", owner)]
    database.change(
        f"insert into {table} ({owner}, {', '.join(kept)}) "
        f"select ?, {', '.join(kept)} from {table} where {owner} = ?",
        other,
        one,
    )


def set_due(house: House, person: Person, minutes: int) -> None:
    """Have a person's reminder of 07:30 be due so many minutes earlier."""
    with house.stored() as database:
        rule, at = database.row(
            "select rule, next_at from reminder where person_id = ? and kind = 'routine'", person.id
        )
        moved = datetime.fromisoformat(at) - timedelta(minutes=minutes)
        stored = moved.isoformat(sep=" ", timespec="microseconds")
        assert "07:30" in rule
        database.change(
            "update reminder set rule = ?, next_at = ?, wake_at = ?"
            " where person_id = ? and kind = 'routine'",
            *(rule.replace("07:30", f"07:{30 - minutes}"), stored, stored, person.id),
        )


@pytest.mark.parametrize(
    "misfortune",
    [
        pytest.param({"drop": "before"}, id="cut before the effect"),
        pytest.param({"drop": "after"}, id="cut after the effect"),
        pytest.param({"status": 500}, id="server fault"),
        pytest.param({"status": 500, "times": 2}, id="two server faults"),
        pytest.param({"status": 429, "retry_after": 1}, id="told to wait"),
        pytest.param({"delay": 0.4}, id="slow"),
    ],
)
async def test_comes_once(
    house: House, ana: Person, onboarded: Walk, misfortune: dict[str, Any]
) -> None:
    """Whatever befalls a reminder, it comes, and unless its answer was cut off it comes once."""
    await onboarded(ana)
    house.telegram.faults.next("sendMessage", **misfortune)
    house.clock.push(minutes=30)
    for _ in range(4):
        await house.settled()
        house.clock.push(seconds=30)
    await house.settled()
    # A cut after the effect cannot be told from one before it: one doubled beats one lost.
    doubled = misfortune.get("drop") == "after"
    assert len(nudges(ana)) == (2 if doubled else 1)


async def test_flood_with_several_due(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict]
) -> None:
    """A 429 among several due holds all of them as told; then each comes once."""
    await onboarded(ana)
    people = crowd(house, ana, 6)
    house.telegram.faults.next("sendMessage", status=429, retry_after=1, chat=people[1].id)
    house.clock.push(minutes=30)
    await house.settled()
    house.clock.push(seconds=2)
    await house.settled()
    assert sorted(receivers(bulk(house))) == [ana.id, *(person.id for person in people)]
    refused = next(call for call in bulk(house) if call.status == 429)
    later = [call.at_monotonic for call in bulk(house) if call.at_monotonic > refused.at_monotonic]
    assert sum(moment - refused.at_monotonic < 0.9 for moment in later) <= 1  # one was under way


async def test_oldest_first(house: House, ana: Person, onboarded: Walk) -> None:
    """Of several due at once, those due longest go first."""
    await onboarded(ana)
    people = crowd(house, ana, 5)
    for minutes, person in enumerate(people):
        set_due(house, person, minutes=minutes + 1)
    house.clock.push(minutes=30)
    await house.settled()
    assert receivers(bulk(house)) == [*(person.id for person in reversed(people)), ana.id]


async def test_rate_and_a_tap_in_the_middle(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict]
) -> None:
    """Reminders of many never exceed the rate in any second, and a tap overtakes those waiting."""
    rate = 50
    await house.stop()
    await house.start(SEND_RATE=str(rate))
    await onboarded(ana, at="9:00")
    ben = await onboarded(house.person(1002, "Ben"))
    people = crowd(house, ben, 65)
    await ana.send("/today")
    await ana.sees("1/")
    house.clock.push(minutes=30)
    await people[10].sees(NUDGE)
    before = len(bulk(house))
    await ana.tap("Done")
    await ana.sees("2/")
    assert len(bulk(house)) - before < 20
    await house.settled()
    assert sorted(receivers(bulk(house))) == [ben.id, *(person.id for person in people)]
    moments = [call.at_monotonic for call in bulk(house)]
    late = [second for first, second in zip(moments, moments[rate:], strict=False)]
    assert all(second - first >= 1 for first, second in zip(moments, late, strict=False)), (
        "more than the rate in one second"
    )


@contextmanager
def counted(house: House) -> Iterator[list[str]]:
    """Note every statement that writers execute."""
    assert house.limber is not None
    engine = house.limber.deps.database.sessions.kw["bind"].sync_engine
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


async def test_statements_of_a_claim(house: House, ana: Person, onboarded: Walk) -> None:
    """Claiming for 200 takes as many statements as for 5, but for the second hundred rows."""
    await onboarded(ana)
    assert house.limber is not None
    soon = replace(house.limber.deps, clock=PushedClock(house.clock.now() + timedelta(hours=1)))
    crowd(house, ana, 4)
    await house.settled()
    with counted(house) as few:
        assert await claiming.claim(soon) == 5
    with house.stored() as database:
        database.change("delete from occurrence")
        database.change("delete from reminder where person_id != ?", ana.id)
        database.change("delete from person where id != ?", ana.id)
    crowd(house, ana, 199)
    later = replace(soon, clock=PushedClock(house.clock.now() + timedelta(days=1, hours=1)))
    with counted(house) as many:
        assert await claiming.claim(later) == 200
    assert len(few) < 10
    assert len(many) == len(few) + 2  # occurrences are added, and reminders moved


async def put_back(house: House, number: int, each: float = 0) -> None:
    """Return when reminders were put back so often; the clock goes on by `each` seconds a look."""
    for _ in range(300):
        house.clock.push(seconds=each)
        with house.stored() as database:
            times = database.value("select sum(attempts) from occurrence")
        if (times or 0) >= number:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("no reminder was put back")


async def test_telegram_down(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict]
) -> None:
    """What falls due while Telegram is away comes when it is back, with its time, once."""
    await onboarded(ana)
    house.telegram.faults.next("*", status=502, times=None)
    house.telegram.faults.next("getUpdates", drop="before")
    house.clock.push(minutes=30)
    await ana.send("/help")
    await put_back(house, 1)
    house.clock.push(minutes=10)
    await put_back(house, 2, each=60)
    house.telegram.faults.clear()
    house.clock.push(minutes=1)
    await ana.sees("planned 07:30")
    await house.settled()
    assert len(nudges(ana)) == 1
    assert len([m for m in ana.messages if m.from_bot and "/schedule" in m.text]) == 1


@asynccontextmanager
async def held(house: House, like: Person) -> AsyncIterator[None]:
    """Hold all reminders back for two seconds by a 429 that the first of those due meets."""
    (first,) = crowd(house, like, 1)
    set_due(house, first, minutes=1)
    house.telegram.faults.next("sendMessage", status=429, retry_after=2, chat=first.id)
    house.clock.push(minutes=30)
    await put_back(house, 1)
    yield
    house.clock.push(seconds=3)
    await first.sees(NUDGE)
    await house.settled()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("/schedule off", "no reminders", id="schedule off"),
        pytest.param("/pause 5", "paused", id="pause"),
        pytest.param("/schedule 21:00", "21:00", id="another time"),
    ],
)
async def test_taken_back_while_held(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict], typed: str, words: str
) -> None:
    """A reminder that waits for its turn is not sent once the person has said otherwise."""
    await onboarded(ana)
    async with held(house, ana):
        await ana.send(typed)
        await ana.sees(words)
    assert nudges(ana) == []


async def test_begun_while_held(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict]
) -> None:
    """A reminder that waits for its turn is not sent once the person does the routine."""
    await onboarded(ana)
    async with held(house, ana):
        await ana.send("/today")
        await ana.sees("1/")
    assert nudges(ana) == []


async def test_deleted_while_held(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict]
) -> None:
    """Nothing comes to somebody who was deleted while their reminder waited."""
    await onboarded(ana)
    async with held(house, ana):
        await ana.send("/delete")
        await ana.sees("for good")
        await ana.tap("Delete everything")
        await ana.sees("is deleted")
    assert nudges(ana) == []


async def test_late_after_a_hold(house: House, ana: Person, onboarded: Walk) -> None:
    """A reminder that waited long for its turn says for when it was planned, and no more."""
    await onboarded(ana)
    async with held(house, ana):
        house.clock.push(minutes=20)
    assert "planned 07:30" in nudges(ana)[0]
    assert "not running" not in nudges(ana)[0]


async def test_stopped_while_sending(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict]
) -> None:
    """A clean stop finishes the reminder that is under way: it does not come again."""
    await onboarded(ana)
    house.telegram.faults.next("sendMessage", delay=0.3)
    house.clock.push(minutes=30)
    while not bulk(house):
        await asyncio.sleep(0.01)
    await house.stop()
    await house.start()
    await house.settled()
    assert len(nudges(ana)) == 1


async def test_deleted_while_sending(
    house: House, ana: Person, onboarded: Walk, logs: list[EventDict]
) -> None:
    """A deletion while a reminder is under way leaves no row about the person."""
    await onboarded(ana)
    await ana.send("/delete")
    await ana.sees("for good")
    house.telegram.faults.next("sendMessage", delay=0.3, chat=ana.id)
    house.clock.push(minutes=30)
    while not bulk(house):
        await asyncio.sleep(0.01)
    await ana.tap("Delete everything")
    await ana.sees("is deleted")
    await house.settled()
    assert rows_about(house, ana.id) == []


@asynccontextmanager
async def unwritable(house: House) -> AsyncIterator[None]:
    """Let no write of the bot succeed: as on a disk, or a server, that went read-only."""
    assert house.limber is not None
    engine = house.limber.deps.database.sessions.kw["bind"]
    if ON_SERVER:
        event.listen(engine.sync_engine, "begin", only_read)
        yield
        event.remove(engine.sync_engine, "begin", only_read)
        return
    await set_query_only(engine, "on")
    yield
    await set_query_only(engine, "off")


def only_read(connection: Connection) -> None:
    """Begin a transaction as a server does that only follows another one."""
    connection.exec_driver_sql("set transaction read only")


async def set_query_only(engine: AsyncEngine, state: str) -> None:
    """Switch SQLite's refusal of all writes, outside any transaction."""
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        await driver.execute(f"pragma query_only = {state}")


async def test_disk_full_while_sending(house: House, ana: Person, onboarded: Walk) -> None:
    """A reminder whose sending cannot be noted is not sent again for that."""
    await onboarded(ana)
    house.telegram.faults.next("sendMessage", delay=0.2, chat=ana.id)
    house.clock.push(minutes=30)
    while not bulk(house):
        await asyncio.sleep(0.01)
    async with unwritable(house):
        await asyncio.sleep(1.2)
    await house.settled()
    assert len(nudges(ana)) == 1
    await ana.tap("Not today")
    await ana.sees("All right, not today")


async def test_disk_full_while_showing(house: House, ana: Person, onboarded: Walk) -> None:
    """A step whose message cannot be noted is not sent again for that."""
    await onboarded(ana)
    house.telegram.faults.next("sendPhoto", delay=0.2)
    await ana.send("/today")
    while not any(call.method == "sendPhoto" for call in house.telegram.calls):
        await asyncio.sleep(0.01)
    async with unwritable(house):
        await asyncio.sleep(1.2)
    await house.settled()
    assert len([m for m in ana.messages if m.from_bot and m.text.startswith("1/")]) == 1


async def test_disk_full_for_everybody(house: House, ana: Person, onboarded: Walk) -> None:
    """What cannot be stored is not acknowledged; once it can, everything takes effect, once."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/")
    await house.settled()
    with capture_logs() as logs:
        async with unwritable(house):
            house.clock.push(minutes=30)
            await ana.tap("Done")
            await ana.send("secret words")
            await asyncio.sleep(0.8)
            assert ana.screen.text.startswith("1/")
        await ana.sees("I don't know that one")
        await house.settled()
    assert "inbox_write_failed" in [line["event"] for line in logs]
    assert "secret" not in repr(logs)
    assert [m.text[:2] for m in ana.messages if m.from_bot and m.photo] == ["2/"]


async def test_a_note_that_cannot_be_stored_holds_up_nobody(
    house: House, ana: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose message cannot be noted gets it once; everybody else is reminded."""
    await onboarded(ana)
    ben = await onboarded(house.person(1002, "Ben"), at="07:31")
    cleo = await onboarded(house.person(1003, "Cleo"), at="07:32")
    note = noting.note

    async def failing(deps: Deps, notes: Sequence[Note]) -> None:
        if {one.nudge.person_id for one in notes} & {ana.id, ben.id}:
            raise ValueError
        await note(deps, notes)

    await house.stop()
    monkeypatch.setattr(noting, "note", failing)
    with capture_logs():
        await house.start()
        house.clock.set(house.clock.now().replace(hour=6, minute=30))
        await ana.sees(NUDGE)
        house.clock.push(minutes=1)
        await ben.sees(NUDGE, timeout=SOON)
        house.clock.push(minutes=1)
        await cleo.sees(NUDGE, timeout=SOON)
    assert [len(nudges(one)) for one in (ana, ben, cleo)] == [1, 1, 1]
