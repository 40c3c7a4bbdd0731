"""Clocks that change: new rules of time zones, a clock that is set, and days that end at night."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.services import homecoming, replanning
from bot.services.claiming import earliest
from sandbox.person import Person
from tests.conftest import START, House, Walk
from tests.conversations.test_reminder_faults import counted, crowd
from tests.conversations.test_travel import told, travels, until
from tests.conversations.wordings import is_nudge, reminded_at
from tests.stored import Row

HOUR = timedelta(hours=1)
HALF_PAST = START + HOUR / 2  # 07:30 in Berlin
DAY = timedelta(days=1)
HISTORY = "select * from occurrence order by id"


def stored(house: House, query: str, *values: object) -> list[Row]:
    """Run a statement beside the bot, and return its rows."""
    with house.stored() as database:
        return database.rows(query, *values)


def plans(house: House) -> list[Row]:
    """Return when every reminder is planned, claimed and settled; not the weekly recaps."""
    return stored(
        house,
        "select id, next_at, wake_at, settled_at from reminder where kind != 'recap' order by id",
    )


def misplan(house: House, hours: int) -> None:
    """Have what is planned be so many hours off, as by old rules of the zone."""
    with house.stored() as database:
        for column in ("next_at", "wake_at"):
            query = f"select id, {column} from reminder where {column} is not null"
            for row, planned in database.rows(query):
                moment = datetime.fromisoformat(planned) + timedelta(hours=hours)
                stored = moment.isoformat(sep=" ", timespec="microseconds")
                database.change(f"update reminder set {column} = ? where id = ?", stored, row)


async def restart_with(house: House, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the bot again with other zone data."""
    monkeypatch.setattr("tzdata.IANA_VERSION", version)
    await house.start()
    await house.settled()


# --- tzdata -----------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [-1, 1])
async def test_new_rules_of_a_zone(
    house: House, ana: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    """With new zone data every reminder comes at its local time, be it earlier or later."""
    await onboarded(ana, at="12:00")
    await house.stop()
    misplan(house, hours)
    await restart_with(house, "2099z", monkeypatch)
    assert stored(house, "select value from mark where key = 'tzdata'") == [("2099z",)]
    await until(house, START + 7 * HOUR)
    assert reminded_at(ana) == [START + 5 * HOUR]


async def test_new_rules_change_only_what_they_must(
    house: House, ana: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the new data leaves where it was is not touched, and nothing comes again today."""
    await onboarded(ana)
    await ana.send("/breathe every 2h 9-18")
    await until(house, START + 3 * HOUR)
    assert len(reminded_at(ana)) == 1
    before = plans(house)
    await house.stop()
    await restart_with(house, "2099z", monkeypatch)
    assert plans(house) == before
    misplan(house, -1)  # tomorrow's, planned an hour early by the old data
    await house.stop()
    await restart_with(house, "2099y", monkeypatch)
    assert plans(house) == before
    await until(house, START + 9 * HOUR)
    assert len(reminded_at(ana)) == 1


async def test_an_ordinary_start_plans_nothing(
    house: House, ana: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same zone data no reminder is looked at."""
    await onboarded(ana)
    await house.stop()

    looked = []

    async def looks(*_: object) -> list[object]:
        looked.append("reminders were gone through")
        return []

    monkeypatch.setattr("db.queries.replanning.page", looks)
    await house.start()
    await house.settled()
    assert looked == []


async def test_people_are_answered_while_all_is_planned_anew(
    house: House, ana: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until all is planned anew nothing goes out by the old rules; taps are answered meanwhile."""
    await onboarded(ana)
    await house.stop()
    misplan(house, -1)  # due now, by the old data
    go_on, page = asyncio.Event(), replanning.replanning.page

    async def slow(*given: Any) -> Any:
        await go_on.wait()
        return await page(*given)

    monkeypatch.setattr("db.queries.replanning.page", slow)
    monkeypatch.setattr("tzdata.IANA_VERSION", "2099z")
    await house.start()
    await ana.send("/help")
    await ana.sees("What I understand")
    assert not reminded_at(ana)
    go_on.set()
    await house.settled()
    assert not reminded_at(ana)
    house.clock.push(minutes=30)
    await house.settled()
    assert reminded_at(ana) == [HALF_PAST]


async def test_statements_of_planning_anew(
    house: House, ana: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """200 reminders take as many statements as 5, but for a second hundred; none is missed."""
    await onboarded(ana)
    assert house.limber is not None
    await house.settled()
    counts = []
    for number in (4, 95):  # each with a recap, too
        crowd(house, ana, number) if number == 4 else crowd_more(house, ana, number)
        misplan(house, 1)
        monkeypatch.setattr("tzdata.IANA_VERSION", f"2099{number}")
        with counted(house) as statements:
            await replanning.catch_up(house.limber.deps)
        counts.append(len(statements))
        assert {row[1] for row in plans(house)} == {"2026-03-02 06:30:00.000000"}
    assert counts[0] == counts[1] - 1 < 20


def crowd_more(house: House, like: Person, number: int) -> None:
    """Add more people beside those of a crowd."""
    stored(house, "delete from person where id != ?", like.id)
    stored(house, "delete from reminder where person_id != ?", like.id)
    crowd(house, like, number + 4)


async def test_statements_of_coming_home(house: House, ana: Person, onboarded: Walk) -> None:
    """Bringing 90 people home takes as many statements as 5, but for the second hundred rows."""
    await onboarded(ana)
    await travels(ana)
    await ana.tap("3 days")
    await ana.sees("I follow Tokyo")
    await house.settled()
    assert house.limber is not None
    deps, counts = house.limber.deps, []
    for number in (4, 89):
        stored(house, "delete from person where id != ?", ana.id)
        stored(house, "delete from reminder where person_id != ?", ana.id)
        crowd(house, ana, number)
        stored(
            house,
            "update person set zone = 'Asia/Tokyo', home_zone = 'Europe/Berlin', "
            "home_at = '2026-03-01 15:00:00.000000'",
        )
        with counted(house) as statements:
            assert await homecoming.come_home(deps) == number + 1
        counts.append(len(statements))
    assert counts[0] == counts[1] - 1 < 12
    assert await earliest(deps) is not None


# --- a clock that is set ----------------------------------------------------------------------


async def test_an_hour_back(house: House, ana: Person, onboarded: Walk) -> None:
    """A clock set back by an hour repeats nothing, and loses nothing of the next day."""
    await onboarded(ana)
    await until(house, HALF_PAST + HOUR / 4)
    house.clock.push(hours=-1)
    await house.settled()
    await until(house, START + DAY + HOUR)
    assert reminded_at(ana) == [HALF_PAST, HALF_PAST + DAY]


async def test_an_hour_back_before_its_time(house: House, ana: Person, onboarded: Walk) -> None:
    """What was not due yet comes when the clock that was set back shows its time."""
    await onboarded(ana)
    await until(house, START + HOUR / 4)
    house.clock.push(hours=-1)
    await until(house, START + HOUR)
    assert reminded_at(ana) == [HALF_PAST]


async def test_an_hour_forward(house: House, ana: Person, onboarded: Walk) -> None:
    """A clock set forward over a reminder wakes it, once."""
    await onboarded(ana)
    house.clock.push(hours=1)
    await house.settled()
    house.clock.push(hours=-1)
    await until(house, START + DAY + HOUR)
    assert reminded_at(ana) == [START + HOUR, HALF_PAST + DAY]


@pytest.mark.parametrize("down", [False, True])
async def test_a_year_ahead_and_back(
    house: House, ana: Person, onboarded: Walk, down: bool
) -> None:
    """After a clock was a year ahead, reminders come as if it had never been, all year."""
    await onboarded(ana)
    await ana.send("/schedule 07:30")
    await ana.sees("Saved")
    await until(house, START + HOUR)
    house.clock.set(START + 365 * DAY + HOUR)
    await house.settled()
    if down:
        await house.stop()
    sent = len(reminded_at(ana))
    house.clock.set(START + DAY)
    if down:
        await house.start()
    await until(house, START + 3 * DAY)
    late = [message for message in ana.messages if is_nudge(message)][sent:]
    assert [message.date for message in late] == [HALF_PAST + DAY, HALF_PAST + 2 * DAY]
    rows = stored(house, "select count(*) from occurrence where claimed_at > '2026-04-01'")
    assert rows == [(0,)]


async def test_a_reminder_in_the_minutes_of_doubt(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """What is due while a clock that went back is not believed yet comes a little later."""
    await onboarded(ana)
    house.clock.set(START + 365 * DAY)
    await house.settled()
    sent = len(reminded_at(ana))
    house.clock.set(HALF_PAST + DAY - HOUR / 12)
    await house.settled()
    for _ in range(10):
        house.clock.push(minutes=1)
        await house.settled()
    assert len(reminded_at(ana)) == sent + 1


async def test_a_clock_that_was_wrong_for_a_minute(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """A clock that starts in the past and is then set right costs nobody their history."""
    await onboarded(ana)
    await until(house, START + HOUR)
    before = plans(house), stored(house, HISTORY)
    now = house.clock.now()
    await house.stop()
    house.clock.set(datetime(2020, 1, 1, tzinfo=UTC))
    await house.start()
    await house.settled()
    house.clock.set(now + HOUR / 4)
    await house.settled()
    assert (plans(house), stored(house, HISTORY)) == before
    await until(house, START + DAY + HOUR)
    assert reminded_at(ana) == [HALF_PAST, HALF_PAST + DAY]


async def test_small_steps_add_up(house: House, ana: Person, onboarded: Walk) -> None:
    """A clock that is set back again and again by some hours silences nobody either."""
    await onboarded(ana)
    house.clock.push(hours=1)
    await house.settled()
    for _ in range(8):
        house.clock.push(hours=-11)
        await house.settled()
    assert house.clock.now() < START - 3 * DAY
    await until(house, START - 2 * DAY)
    assert reminded_at(ana)[1:2] == [HALF_PAST - 3 * DAY]


# --- the end of the day -----------------------------------------------------------------------


async def does_the_routine(house: House, person: Person) -> None:
    """Go through today's routine."""
    await person.send("/today")
    await house.settled()
    while "steps done" not in person.screen.text:
        await person.tap("Done")
        await house.settled()


async def test_a_late_evening_counts_for_its_day(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """What is done at 01:30 counts for the day before: that morning's reminder still comes."""
    await onboarded(ana)
    house.clock.set(datetime(2026, 3, 3, 0, 30, tzinfo=UTC))  # 01:30 of 3 March
    await house.settled()
    sent = len(reminded_at(ana))
    await does_the_routine(house, ana)
    assert stored(house, "select practice_day from session") == [("2026-03-02",)]
    assert stored(house, "select practice_day from occurrence") == [("2026-03-02",)]
    await until(house, HALF_PAST + DAY)
    assert reminded_at(ana)[sent:] == [HALF_PAST + DAY]


async def test_a_reminder_after_midnight_is_of_the_day_before(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Who practised in the evening is not reminded at half past midnight; the next night, yes."""
    await onboarded(ana, at="00:30")
    await until(house, datetime(2026, 3, 2, 22, tzinfo=UTC))
    await does_the_routine(house, ana)
    await until(house, datetime(2026, 3, 2, 23, 45, tzinfo=UTC))
    assert not reminded_at(ana)
    await until(house, datetime(2026, 3, 3, 23, 45, tzinfo=UTC))
    assert reminded_at(ana) == [datetime(2026, 3, 3, 23, 30, tzinfo=UTC)]
    days = stored(house, "select practice_day, state from occurrence order by due_at")
    assert days == [("2026-03-02", "done"), ("2026-03-03", "sent")]


async def test_another_end_of_the_day(house: House, ana: Person, onboarded: Walk) -> None:
    """Where the day ends at midnight, half past midnight is of the new day."""
    await onboarded(ana, at="00:30")
    stored(house, "update person set day_end = '00:00:00.000000'")
    await until(house, datetime(2026, 3, 2, 22, tzinfo=UTC))
    await does_the_routine(house, ana)
    await until(house, datetime(2026, 3, 2, 23, 45, tzinfo=UTC))
    assert reminded_at(ana) == [datetime(2026, 3, 2, 23, 30, tzinfo=UTC)]
    assert not told(ana)
