"""The weekly recap: when it comes, to whom, and beside what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.reminder import OccurrenceState, SkipReason
from sandbox.person import Person
from tests.conftest import House, PushedClock, Walk
from tests.conversations.newcomer import asked_for_the_time
from tests.conversations.recaps import (
    SUNDAY,
    TITLE,
    came_at,
    change,
    kept,
    kept_at,
    recaps,
    to,
    told,
)
from tests.conversations.reminded import labels, rows, utc
from tests.conversations.wordings import reminded_at

HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param("2026-03-26T12:00", ["2026-03-29T16:00", "2026-04-05T16:00"], id="to summer"),
        pytest.param("2026-10-22T12:00", ["2026-10-25T17:00", "2026-11-01T17:00"], id="to winter"),
    ],
)
async def test_sunday_at_six(
    house: House, ana: Person, onboarded: Walk, start: str, expected: list[str]
) -> None:
    """It comes on Sundays at 18:00 of the person's own clock, whatever daylight saving does."""
    house.clock.set(utc(start))
    await onboarded(ana)
    for moment in map(utc, expected):
        await kept(house, moment - 8 * HOUR)
        await to(house, moment - HOUR)
        await to(house, moment)
    assert came_at(ana) == list(map(utc, expected))


async def test_is_no_reminder(house: House, ana: Person, onboarded: Walk) -> None:
    """No list of reminders has it, and nothing that comes next is the recap."""
    await onboarded(ana, at="19:00")
    await kept_at(house, "18:00", 3)
    await to(house, SUNDAY - HOUR / 2)
    await ana.send("/schedule")
    listed = await ana.sees("Routine: 19:00")
    assert "18:00" not in listed.text
    assert "2. " not in listed.text
    await ana.send("/start")
    assert "19:00" in (await ana.sees("Next reminder")).text
    await ana.send("/settings")
    assert "18:00" not in (await ana.sees("Reminders: 19:00")).text
    await ana.send("/schedule off")
    await ana.sees("no reminders")
    await ana.tap("Undo")
    await ana.sees("Undone")
    await to(house, SUNDAY)
    assert len(recaps(ana)) == 1


async def test_leaves_the_reminder_alone(house: House, ana: Person, onboarded: Walk) -> None:
    """In the same minute the routine's reminder comes first; each is a message of its own."""
    await onboarded(ana, at="18:00")
    await kept_at(house, "18:00", 3)
    await to(house, SUNDAY)
    (reminder,) = [one for one in ana.messages if one.from_bot and one.date == SUNDAY][:1]
    (recap,) = recaps(ana)
    assert reminded_at(ana)[-1] == recap.date == SUNDAY
    assert reminder.id < recap.id
    assert "Snooze" in labels(reminder)
    assert "Snooze" not in labels(recap)
    await ana.tap("Not today", on=reminder)
    await ana.sees("not today")
    await house.settled()
    assert [one.state for one in await told(house)] == [OccurrenceState.DONE]


async def test_never_counts_as_ignored(house: House, ana: Person, onboarded: Walk) -> None:
    """Neither is a recap a reminder that went by, nor an answer to those that did."""
    await onboarded(ana, at="07:30")
    for day in range(6, 10):  # Friday to Monday
        await to(house, utc(f"2026-03-{day:02}T06:31"))
        await to(house, utc(f"2026-03-{day:02}T17:00"))
    assert came_at(ana) == [SUNDAY]
    asked = [one for one in ana.messages if "It was quiet here" in one.text]
    assert [one.date.day for one in asked] == [9]
    assert all(one.reason is None for one in await told(house))


async def test_quiet_hours(house: House, ana: Person, onboarded: Walk) -> None:
    """What falls into the quiet hours comes when they are over."""
    await onboarded(ana)
    await ana.send("/settings")
    await ana.sees("Settings")
    await ana.tap("Quiet hours and more")
    await ana.sees("How reminders come")
    await ana.tap("Quiet hours")
    await ana.sees("keep quiet")
    await ana.send("17:00-8:00")
    await ana.sees("17:00 to 08:00")
    await kept_at(house, "08:00", 3)
    await to(house, SUNDAY)
    assert recaps(ana) == []
    await to(house, SUNDAY + 14 * HOUR)
    (recap,) = recaps(ana)
    assert recap.date == SUNDAY + 14 * HOUR
    assert "Mon, 2 Mar to Sun, 8 Mar" in recap.text


@pytest.mark.parametrize(
    ("hours", "comes"),
    [
        pytest.param(20, True, id="the next day it is still of use"),
        pytest.param(40, False, id="later it is dropped without a word"),
    ],
)
async def test_after_downtime(
    house: House, ana: Person, onboarded: Walk, hours: int, comes: bool
) -> None:
    """What the bot slept through comes while it is of use, without a word about the bot."""
    await onboarded(ana, at="12:00")
    await kept_at(house, "11:00", 3)
    await to(house, SUNDAY - HOUR)
    before = len(ana.messages)
    await house.stop()
    house.clock.set(SUNDAY + hours * HOUR)
    await house.start()
    await house.settled()
    assert len(recaps(ana)) == comes
    assert [one.state for one in await told(house)] == [
        OccurrenceState.DONE if comes else OccurrenceState.BOT_WAS_DOWN
    ]
    about = [one.text for one in ana.messages[before:] if TITLE in one.text]
    assert not any("was not running" in text or "down" in text for text in about)


async def test_paused_and_blocked(house: House, ana: Person, onboarded: Walk) -> None:
    """Whoever paused everything, or blocked the bot, gets none; afterwards it comes again."""
    await onboarded(ana)
    await kept_at(house, "07:00", 3)
    await ana.send("/pause")
    await ana.sees("paused")
    await to(house, SUNDAY)
    assert recaps(ana) == []
    await ana.send("/resume")
    await ana.sees("back")
    await ana.block()
    await to(house, SUNDAY + WEEK)
    assert recaps(ana) == []
    await ana.unblock()
    await ana.send("/start")
    await to(house, SUNDAY + WEEK + HOUR)
    await kept_at(house, "07:00", 17)
    await to(house, SUNDAY + 2 * WEEK)
    assert came_at(ana) == [SUNDAY + 2 * WEEK]


async def test_empty_week(house: House, ana: Person, onboarded: Walk) -> None:
    """With nothing planned and nothing done nothing comes, and that is recorded."""
    await onboarded(ana)
    await ana.send("/schedule off")
    await ana.sees("no reminders")
    await to(house, SUNDAY)
    assert recaps(ana) == []
    (one,) = await told(house)
    assert (one.state, one.reason) == (OccurrenceState.SKIPPED, SkipReason.NOTHING_TOLD)
    await kept_at(house, "08:00", 10)
    await to(house, SUNDAY + WEEK)
    assert came_at(ana) == [SUNDAY + WEEK]


async def test_asked_already(house: House, ana: Person, onboarded: Walk) -> None:
    """Nobody hears of a week without practice while they are asked whether less would be better."""
    await onboarded(ana)
    for day in range(2, 9):
        await to(house, utc(f"2026-03-{day:02}T06:31"))
    await to(house, SUNDAY)
    assert recaps(ana) == []
    assert [one.reason for one in await told(house)] == [SkipReason.EASED]


async def test_for_those_who_were_there_before(house: House, ana: Person, onboarded: Walk) -> None:
    """At the start everybody without a recap gets one; whoever muted it does not get it back."""
    await onboarded(ana)
    ben = await onboarded(house.person(1002, "Ben"), zone="Asia/Tokyo")
    await mute(ben)
    await house.stop()
    await without_recap(house, ana)
    await house.start()
    await house.settled()
    for day in range(2, 9):
        await to(house, utc(f"2026-03-{day:02}T06:30"))
        await ana.tap("Not today")
        await ana.sees("not today")
    await to(house, SUNDAY)
    assert (len(recaps(ana)), len(recaps(ben))) == (1, 0)


async def without_recap(house: House, person: Person) -> None:
    """Let somebody be as before there were recaps."""
    with house.stored() as database:
        query = "delete from reminder where kind = 'recap' and person_id = ? returning id"
        assert len(database.rows(query, person.id)) == 1


async def mute(person: Person) -> None:
    """Switch the recap off."""
    await person.send("/settings")
    await person.sees("Settings")
    await person.tap("Weekly recap")
    await person.sees("It comes on Sun at 18:00")
    await person.tap("Switch it off")
    await person.sees("It is off")


async def test_said_later(house: House, ana: Person) -> None:
    """Whoever puts the question of their time off gets a recap, too."""
    await asked_for_the_time(ana)
    await ana.tap("Later")
    await ana.sees("What do you have")
    await kept_at(house, "09:00", 4)
    await to(house, SUNDAY)
    assert came_at(ana) == [SUNDAY]
    assert len(await rows(house)) == 1


async def test_a_clock_far_ahead(house: House, ana: Person, onboarded: Walk) -> None:
    """A clock that was a month ahead and is set back leaves the recap where it belongs."""
    await onboarded(ana)
    await kept_at(house, "07:00", 3)
    clock: PushedClock = house.clock
    clock.push(days=30)
    await house.settled()
    clock.push(days=-30)
    await house.settled()
    await house.stop()
    await house.start()
    await house.settled()
    await change(house, eased_on=None)
    await to(house, SUNDAY)
    assert SUNDAY in came_at(ana)
