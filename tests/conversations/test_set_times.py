"""Through the day, and the clock: set times, other reminders, restarts, zones, and other paces."""

from __future__ import annotations

import pytest

from bot.domain.player import SessionState
from bot.domain.reminder import OccurrenceState, ReminderKind, SkipReason
from bot.domain.stored_rules import load
from bot.services import movements
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.newcomer import asked_for_the_time
from tests.conversations.reminded import rows, utc
from tests.conversations.spread import (
    AT,
    DAY,
    asked,
    at,
    at_pace,
    movement,
    reminders_of,
    sessions_of,
)
from tests.conversations.wordings import is_nudge


@pytest.fixture
async def spread(house: House, ana: Person, onboarded: Walk) -> Person:
    """Ana, whose routine of 07:30 is spread through the day; it is 07:00 on a Monday in Berlin."""
    return await at_pace(await onboarded(ana))


async def test_the_routine_of_old_stays_away_and_comes_back(house: House, spread: Person) -> None:
    """While it is spread its own reminder rests; another pace restores what was."""
    await spread.send("/schedule")
    plan = await spread.sees("Through the day: 10:00, 13:00, 16:00, and 18:00")
    assert "back when you change your /pace" in plan.text
    await movement(house, spread, 10)
    assert not [message for message in spread.messages if is_nudge(message)]
    await at_pace(spread, "By button")
    (routine,) = await reminders_of(house)
    assert (routine.kind, routine.paused_at, routine.aside) == (ReminderKind.ROUTINE, None, False)
    assert routine.next_at == utc("2026-03-03T06:30")
    await at(house, 18)
    assert len(asked(spread)) == 1
    house.clock.set(utc("2026-03-03T06:30"))
    await house.settled()
    assert [message for message in spread.messages if is_nudge(message)]


async def test_own_times_and_own_pauses_are_kept(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Times that were typed come back with the pace; what the person paused stays paused."""
    await onboarded(ana)
    await ana.send("/schedule add 21:00")
    await ana.sees("21:00")
    await ana.send("/schedule pause 2")
    await ana.sees("rests")
    await at_pace(ana)
    await ana.send("/schedule 9, 15 weekdays")
    assert "09:00 and 15:00" in (await ana.sees("Saved")).text
    await at_pace(ana, "By button")
    kinds = [(row.kind, row.paused_at is None) for row in await reminders_of(house)]
    assert kinds == [
        (ReminderKind.ROUTINE, True),
        (ReminderKind.ROUTINE, False),
        (ReminderKind.MOVEMENT, False),
    ]
    await ana.send("/schedule")
    await ana.sees("when your /pace is through the day")
    await at_pace(ana)
    assert [(row.kind, row.paused_at is None) for row in await reminders_of(house)] == [
        (ReminderKind.ROUTINE, False),
        (ReminderKind.ROUTINE, False),
        (ReminderKind.MOVEMENT, True),
    ]
    await ana.send("/schedule")
    assert "09:00 and 15:00" in (await ana.sees("Through the day")).text


async def test_undo_of_before_does_not_mix_the_paces(house: House, spread: Person) -> None:
    """What was changed before the pace was is not taken back after it."""
    await spread.send("/schedule undo")
    await spread.sees("nothing to undo")
    assert [row.kind for row in await reminders_of(house)] == ["routine", "movement"]


async def test_changed_by_its_button(house: House, spread: Person) -> None:
    """The times are changed as those of any reminder: typed, or put together by buttons."""
    await spread.send("/schedule")
    await spread.sees("Through the day")
    await spread.tap("Change 2")
    await spread.sees("shared among them")
    await spread.send("11, 14")
    await spread.sees("11:00 and 14:00")
    await spread.tap("Change 2")
    await spread.sees("shared among them")
    await spread.tap("By buttons")
    await spread.sees("When")
    await spread.tap("At set times")
    await spread.sees("At which times")
    await spread.tap("17:00")
    await spread.sees("14:00, and 17:00")
    await spread.tap("Next: the days")
    await house.settled()
    await spread.tap("Set it")
    await spread.sees("Through the day: 11:00, 14:00, and 17:00")
    _, row = await reminders_of(house)
    assert row.kind is ReminderKind.MOVEMENT


async def test_a_breath_at_the_same_minute(house: House, spread: Person) -> None:
    """A movement and a breath of one minute are one message; Done leaves the breath to start."""
    await spread.send("/breathe at 10:00")
    await spread.sees("10:00")
    found = await movement(house, spread, 10)
    assert "Also now: Long out-breath" in found.text
    await spread.tap("Done")
    await spread.sees("2 of 8 movements")
    await spread.tap("Long out-breath")
    await spread.sees("1/1")
    kinds = {row.kind: row.state for row in await rows(house)}
    assert kinds == {"movement": OccurrenceState.DONE, "practice": OccurrenceState.STARTED}


async def test_after_a_restart(house: House, spread: Person) -> None:
    """A day under way goes on after a restart; what was missed is not sent one by one."""
    await movement(house, spread, 10)
    await spread.tap("Done")
    await house.settled()
    await house.stop()
    house.clock.set(utc(f"{DAY}T15:30"))
    await house.start()
    await house.settled()
    late = asked(spread)
    assert [message.date for message in late] == [utc(f"{DAY}T15:30")]
    assert "planned for 16:00" in late[0].text
    assert late[0].text.count("•") == 3
    await spread.tap("Done")
    await house.settled()
    assert (await movement(house, spread, 18)).text.count("•") == 3
    await spread.tap("Done")
    await spread.sees("1 day kept")
    states = [row.state for row in await rows(house)]
    assert states.count(OccurrenceState.BOT_WAS_DOWN) == 1


async def test_a_later_zone(house: House, spread: Person) -> None:
    """After a change of the zone the day goes on by the new clock, from where it was."""
    await movement(house, spread, 10)
    await spread.tap("Done")
    await house.settled()
    await spread.send("/timezone Tokyo")  # eight hours ahead: 18:00 there is Berlin's 10:00
    await house.settled()
    house.clock.push(hours=6)
    await house.settled()
    assert not asked(spread)
    house.clock.set(utc("2026-03-03T01:00"))
    await house.settled()
    assert "1 of 4 today" in asked(spread)[-1].text
    states = [day.state for day in await sessions_of(house)]
    assert states == [SessionState.STOPPED, SessionState.SPREAD]


async def test_begun_in_the_afternoon(house: House, ana: Person, onboarded: Walk) -> None:
    """Who begins in the afternoon finds the whole routine in what is left of the day."""
    await onboarded(ana)
    house.clock.set(utc(f"{DAY}T13:00"))
    await house.settled()
    await at_pace(ana)
    first = await movement(house, ana, 16)
    assert "1 of 2 today" in first.text
    assert first.text.count("•") == 4


async def test_more_times_than_movements(house: House, spread: Person) -> None:
    """With more times than movements the later ones get none, and send nothing."""
    await spread.send("/schedule every 60 min 9-19")
    await spread.sees("Saved")
    for hour in range(8, 19):
        house.clock.set(utc(f"{DAY}T{hour:02}:00"))
        await house.settled()
    assert len(asked(spread)) == 8
    assert all(message.text.count("•") == 1 for message in asked(spread))
    assert "8 of 8 today" in asked(spread)[-1].text
    reasons = [row.reason for row in await rows(house)]
    assert reasons.count(SkipReason.NOTHING_LEFT) == 3


async def test_quiet_hours(house: House, spread: Person) -> None:
    """A movement that falls into the quiet hours comes after them."""
    await spread.send("/schedule 6:00, 18:00")
    await spread.sees("06:00 and 18:00")
    await spread.send("/settings")
    await spread.sees("Settings")
    await spread.tap("Quiet hours and more")
    await spread.sees("How reminders come")
    await spread.tap("Quiet hours")
    await spread.sees("?")
    await spread.tap("22:00")
    await house.settled()
    house.clock.set(utc("2026-03-03T05:00"))
    await house.settled()
    assert not asked(spread)
    house.clock.set(utc("2026-03-03T06:00"))
    await house.settled()
    assert "1 of 2 today" in asked(spread)[-1].text


async def test_a_moved_movement(house: House, spread: Person) -> None:
    """One movement can be moved, this once; it takes its share along."""
    await spread.send("/schedule move to 11:00")
    await spread.sees("11:00")
    await at(house, 10)
    assert not asked(spread)
    house.clock.set(utc(f"{DAY}T10:00"))
    await house.settled()
    assert "1 of 4 today" in asked(spread)[-1].text


async def test_next_is_told(house: House, spread: Person) -> None:
    """What comes next is the next movement, and tomorrow's once the routine is done."""
    house.clock.set(utc(f"{DAY}T06:30"))
    await spread.send("/start")
    assert "today at 10:00" in (await spread.sees("Next reminder")).text
    for hour in AT:
        await movement(house, spread, hour)
        await spread.tap("Done")
        await house.settled()
    await spread.send("/start")
    assert "tomorrow at 10:00" in (await spread.sees("Next reminder")).text


async def test_days_over_are_tidied(house: House, spread: Person) -> None:
    """Upkeep ends what nobody went on with, for who never gets another movement."""
    await movement(house, spread, 10)
    await spread.tap("Done")
    await spread.sees("of 8 movements")
    await at_pace(spread, "By button")
    house.clock.push(days=3)
    await house.settled()
    assert house.limber is not None
    await movements.close_over(house.limber.deps)
    (day,) = await sessions_of(house)
    assert (day.state, day.finished_at) == (SessionState.STOPPED, utc(f"{DAY}T09:00"))


async def test_nothing_done_keeps_nothing(house: House, spread: Person) -> None:
    """Days of which nothing was done leave no session, and are as ignored as any."""
    for number in range(2, 5):
        for hour in AT:
            await movement(house, spread, hour, f"2026-03-0{number}")
    await at(house, 10, "2026-03-05")
    question = await spread.sees("It was quiet here")
    assert [day.state for day in await sessions_of(house)] == [SessionState.SPREAD]
    assert not [one for one in asked(spread) if one.buttons]
    await spread.tap("Start", on=question)
    await spread.sees("1/2")
    assert (await movement(house, spread, 13, "2026-03-05")).text.count("•") == 2


@pytest.mark.parametrize(
    ("typed", "days"), [("07:30", set(range(7))), ("07:30 weekdays", set(range(5)))]
)
async def test_chosen_before_the_first_time(
    house: House, ana: Person, typed: str, days: set[int]
) -> None:
    """Chosen in the first minutes, only movements come, on the days of the time named after it."""
    await asked_for_the_time(ana)
    await at_pace(ana)
    await ana.send(typed)
    await ana.sees("What is missing")
    coming = [row for row in await reminders_of(house) if row.next_at is not None]
    assert [row.kind for row in coming] == [ReminderKind.MOVEMENT]
    assert load(coming[0].rule).weekdays == days
    house.clock.set(utc(f"{DAY}T06:30"))
    await house.settled()
    assert not [message for message in ana.messages if is_nudge(message)]
    assert "1 of 4 today" in (await movement(house, ana, 10)).text
    await at_pace(ana, "By button")
    (routine,) = await reminders_of(house)
    assert (routine.kind, routine.paused_at) == (ReminderKind.ROUTINE, None)


async def test_set_by_buttons_of_before(house: House, ana: Person, onboarded: Walk) -> None:
    """Buttons from before the pace was chosen make a time of the routine as it comes now."""
    await onboarded(ana)
    await ana.send("/schedule")
    await ana.sees("07:30")
    for word in ("Add", "By buttons", "routine", "At set times", "17:00", "Next: the days"):
        await ana.tap(word)
        await house.settled()
    wizard = ana.screen
    await at_pace(ana)
    await ana.tap("Set it", on=wizard)
    await house.settled()
    coming = [row.kind for row in await reminders_of(house) if row.next_at is not None]
    assert set(coming) == {ReminderKind.MOVEMENT}
