"""Through the day: the routine in small reminders, each with Done, together the day's routine."""

from __future__ import annotations

import pytest

from bot.domain.player import Outcome, SessionKind, SessionState
from bot.domain.reminder import OccurrenceState
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.gate import answer_no
from tests.conversations.reminded import STALE, labels, rows, utc
from tests.conversations.spread import AT, DAY, asked, at, at_pace, movement, outcomes, sessions_of
from tests.conversations.wordings import is_nudge


@pytest.fixture
async def spread(house: House, ana: Person, onboarded: Walk) -> Person:
    """Ana, whose routine of 07:30 is spread through the day; it is 07:00 on a Monday in Berlin."""
    return await at_pace(await onboarded(ana))


async def test_a_whole_day(house: House, spread: Person) -> None:
    """Done at each of four times is the routine of the day, once."""
    names = []
    for number, hour in enumerate(AT, start=1):
        found = await movement(house, spread, hour)
        assert f"{number} of 4 today" in found.text
        names += [line for line in found.text.split("\n") if line.startswith("•")]
        buttons = [words.split(" ", 1)[-1] for words in labels(found).split(" | ")]
        assert buttons[:2] == ["Done", "Start"]
        assert {*buttons[2:]} == {"Snooze 10 min", "Snooze 1 h", "Skip", "today"}
        await spread.tap("Done")
        await house.settled()
        done = spread.screen.text
        assert done.count("\n") < 15
        assert (f"{2 * number} of 8 movements" in done) is (number < 4), done
    assert "Daily 12: done" in spread.screen.text
    assert "1 day kept" in spread.screen.text
    assert len(names) == 8
    assert "• Half-kneeling hip stretch · 2 × 30 s each side" in names
    (day,) = await sessions_of(house)
    assert (day.kind, day.state) == (SessionKind.ROUTINE, SessionState.DONE)
    assert set(await outcomes(house, day.id)) == {Outcome.DONE}
    assert {row.state for row in await rows(house)} == {OccurrenceState.DONE}
    await spread.tap("Just right")
    assert "11 of 11 steps" in (await spread.sees("Noted")).text
    assert not [message for message in spread.messages if is_nudge(message)]
    await spread.send("/start")
    await spread.sees("1 day")


async def test_one_ignored(house: House, spread: Person) -> None:
    """What was ignored stays undone, and done later from its old message it still counts."""
    first = await movement(house, spread, 10)
    for hour in (13, 16, 18):
        await movement(house, spread, hour)
        await spread.tap("Done")
        await house.settled()
    assert "6 of 8 movements" in spread.screen.text
    (day,) = await sessions_of(house)
    assert day.state is SessionState.SPREAD
    house.clock.set(utc(f"{DAY}T22:00"))
    await house.settled()
    await spread.tap("Done", on=next(one for one in spread.messages if one.id == first.id))
    await spread.sees("1 day kept")
    (day,) = await sessions_of(house)
    assert day.state is SessionState.DONE


async def test_a_day_in_part(house: House, spread: Person) -> None:
    """A day that ended with some of it done is kept as what it was; the next begins anew."""
    await movement(house, spread, 10)
    await spread.tap("Done")
    await house.settled()
    last = await movement(house, spread, 18)
    next_day = "2026-03-03"
    assert "1 of 4 today" in (await movement(house, spread, 10, next_day)).text
    stopped, day = await sessions_of(house)
    assert (stopped.state, day.state) == (SessionState.STOPPED, SessionState.SPREAD)
    assert len(await outcomes(house, stopped.id)) == 2
    data = next(data for row in last.buttons for label, data in row if "Done" in label)
    assert STALE in (await (await spread.tap("", on=last, data=data)).answer()).text
    assert not next(one for one in spread.messages if one.id == last.id).buttons


async def test_doubled_and_old_taps(house: House, spread: Person) -> None:
    """A second tap changes nothing and says so, and so does another person's."""
    found = await movement(house, spread, 10)
    (done,) = (data for row in found.buttons for label, data in row if "Done" in label)
    ben = house.person(1002, "Ben")
    await ben.send("/start")
    await ben.sees("Welcome")
    assert STALE in (await (await ben.tap("", data=done)).answer()).text
    await spread.tap("Done")
    await spread.tap("", on=found, data=done)
    await spread.sees_toast(STALE)
    await house.settled()
    (day,) = await sessions_of(house)
    assert len(await outcomes(house, day.id)) == 2


async def test_skip(house: House, spread: Person) -> None:
    """Skip leaves out one movement and no other; with some of it done the day is kept."""
    await movement(house, spread, 10)
    await spread.tap("Skip")
    assert "0 of 8" in (await spread.sees("that is fine")).text
    for hour in (13, 16, 18):
        await movement(house, spread, hour)
        await spread.tap("Done")
        await house.settled()
    await spread.sees("1 day kept")


async def test_all_skipped(house: House, spread: Person) -> None:
    """A day of which all was skipped is not kept."""
    for hour in AT:
        await movement(house, spread, hour)
        await spread.tap("Skip")
        await house.settled()
    (day,) = await sessions_of(house)
    assert day.state is SessionState.SPREAD
    assert "0 of 8" in spread.screen.text


async def test_not_today(house: House, spread: Person) -> None:
    """Not today means the day: no other movement comes on it, tomorrow's do."""
    await movement(house, spread, 10)
    await spread.tap("Not today")
    assert "tomorrow at 10:00" in (await spread.sees("not today")).text
    for hour in (13, 16, 18):
        await at(house, hour)
    assert not asked(spread)
    assert "1 of 4 today" in (await movement(house, spread, 10, "2026-03-03")).text


async def test_snooze(house: House, spread: Person) -> None:
    """What was snoozed comes again as it was; two that come together are one message."""
    first = await movement(house, spread, 10)
    lines = first.text.split("\n\n")[1]
    await spread.tap("Snooze 1 h")
    await spread.sees("Snoozed until 11:00")
    house.clock.set(utc(f"{DAY}T10:00"))
    await house.settled()
    again = asked(spread)[-1]
    assert again.text.split("\n\n")[1] == lines
    assert "1 of 4" in again.text
    house.clock.set(utc(f"{DAY}T11:00"))
    await spread.tap("Snooze 1 h")
    await spread.sees("Snoozed until 13:00")
    both = await movement(house, spread, 13)
    assert both.text.count("•") == 4
    assert lines in both.text
    await spread.tap("Done")
    await spread.sees("4 of 8 movements")


async def test_guided(house: House, spread: Person) -> None:
    """Start walks through just these steps, and they count for the day."""
    await movement(house, spread, 10)
    await spread.tap("Done")
    await house.settled()
    found = await movement(house, spread, 13)
    assert found.text.count("•") == 2
    await spread.tap("Start")
    for number in range(1, 6):
        await spread.sees(f"{number}/5")
        await spread.tap("Done")
    end = await spread.sees("4 of 8 movements")
    assert "5 of 5 steps done" in end.text
    assert "Slow cat-cow, Half-kneeling hip stretch: done" in end.text
    assert "in a row" not in end.text
    day, guided = await sessions_of(house)
    assert (guided.kind, guided.state) == (SessionKind.MOVEMENT, SessionState.DONE)
    assert len(await outcomes(house, day.id)) == 7
    for hour in (16, 18):
        await movement(house, spread, hour)
        await spread.tap("Done")
        await house.settled()
    await spread.sees("1 day kept")
    assert {row.state for row in await rows(house)} == {OccurrenceState.DONE}


async def test_guided_to_the_end_of_the_day(house: House, spread: Person) -> None:
    """The last movement done step by step ends the day's routine."""
    for hour in (10, 13, 16):
        await movement(house, spread, hour)
        await spread.tap("Done")
        await house.settled()
    await movement(house, spread, 18)
    await spread.tap("Start")
    await spread.sees("1/2")
    await spread.tap("Done")
    await spread.sees("2/2")
    await spread.tap("Done")
    end = await spread.sees("8 of 8 movements")
    assert "1 day kept" in end.text


async def test_guided_and_stopped(house: House, spread: Person) -> None:
    """What was done before Stop counts, and what was left comes with the times to come."""
    await movement(house, spread, 10)
    await spread.tap("Start")
    await spread.sees("1/2")
    await spread.tap("Done")
    await spread.sees("2/2")
    await spread.tap("Stop")
    await spread.sees("1 of 8 movements")
    told = 0
    for hour in (13, 16, 18):
        told += (await movement(house, spread, hour)).text.count("•")
        await spread.tap("Done")
        await house.settled()
    assert told == 7
    await spread.sees("1 day kept")


async def test_start_while_another_session_is_open(house: House, spread: Person) -> None:
    """Start during another session asks first; Start over begins the movement."""
    await spread.send("/how glute bridge")
    await spread.sees("Get ready")
    await spread.tap("Do it now")
    await spread.sees("1/1")
    await movement(house, spread, 10)
    await spread.tap("Start")
    assert "this movement" in (await spread.sees("in the middle of")).text
    await spread.tap("Start over")
    await spread.sees("1/2")
    await spread.tap("Done")
    await spread.sees("2/2")
    await spread.tap("Done")
    await spread.sees("2 of 8 movements")


async def test_the_whole_routine_silences_the_rest(house: House, spread: Person) -> None:
    """Who did all of it by /today is reminded of no movement any more."""
    first = await movement(house, spread, 10)
    await spread.send("/today")
    for number in range(1, 12):
        await spread.sees(f"{number}/11")
        await spread.tap("Done")
    await spread.sees("1 day kept")
    done = next(data for row in first.buttons for label, data in row if "Done" in label)
    assert STALE in (await (await spread.tap("", on=first, data=done)).answer()).text
    for hour in (13, 16, 18):
        await at(house, hour)
    assert {row.state for row in await rows(house)} == {OccurrenceState.DONE}
    assert [message.date for message in asked(spread)] == [utc(f"{DAY}T09:00")]
    assert "1 of 4 today" in (await movement(house, spread, 10, "2026-03-03")).text


async def test_the_gentle_set_only(house: House, ana: Person, onboarded: Walk) -> None:
    """With something in the screening the gentle routine is what is spread."""
    await onboarded(ana, answer="Something applies")
    await at_pace(ana)
    await movement(house, ana, 10)
    (day,) = await sessions_of(house)
    assert day.entry == "gentle-8"


async def test_a_condition_told_in_the_middle(house: House, spread: Person) -> None:
    """Who tells of a condition in the middle of the day gets gentle movements only from then on."""
    first = await movement(house, spread, 10)
    await spread.send("I take blood thinners")
    await spread.sees("No pressing on the belly")
    await movement(house, spread, 13)
    (day,) = await sessions_of(house)
    assert day.entry == "gentle-8"
    done = next(data for row in first.buttons for label, data in row if "Done" in label)
    assert STALE in (await (await spread.tap("", on=first, data=done)).answer()).text


async def test_without_the_ball_where_nothing_was_asked(house: House, spread: Person) -> None:
    """A gate that was never answered is closed: a reminder asks nothing and presses nothing."""
    await spread.send("/routines")
    await house.settled()
    await spread.tap("Full")
    await house.settled()
    told = ""
    for hour in AT:
        told += (await movement(house, spread, hour)).text
    assert "self-release" not in told.lower()
    assert "Bed-edge" in told


async def test_the_ball_where_the_gate_is_passed(house: House, spread: Person) -> None:
    """Where the gate was passed the protocol is a movement, with the time it takes."""
    await spread.send("/how self release")
    await spread.sees("Get ready")
    await spread.tap("Do it now")
    await answer_no(spread)
    await spread.sees("Stage 1")
    await spread.tap("Stop")
    await spread.send("/routines")
    await house.settled()
    await spread.tap("Full")
    await house.settled()
    told = ""
    for hour in AT:
        told += (await movement(house, spread, hour)).text
    line = next(line for line in told.split("\n") if "release" in line.lower())
    assert "about" in line


async def test_a_day_of_a_programme(house: House, spread: Person) -> None:
    """Of a programme its day is spread, and counts as that day."""
    await spread.send("/routines")
    await house.settled()
    await spread.tap("Beginner week")
    await house.settled()
    for hour in AT:
        assert (await movement(house, spread, hour)).text.count("•") == 1
        await spread.tap("Done")
        await house.settled()
    (day,) = await sessions_of(house)
    assert (day.day, day.state) == (1, SessionState.DONE)
    await movement(house, spread, 10, "2026-03-03")
    assert [one.day for one in await sessions_of(house)] == [1, 2]


@pytest.mark.parametrize("tapped", ["Done", "Skip"])
async def test_undo(house: House, spread: Person, tapped: str) -> None:
    """What was said about a movement can be taken back once: it is asked for again, as it was."""
    first = await movement(house, spread, 10)
    lines = first.text.split("\n\n")[1]
    await spread.tap(tapped)
    await house.settled()
    undo = next(data for row in spread.screen.buttons for label, data in row if "Undo" in label)
    await spread.tap("Undo")
    await house.settled()
    again = asked(spread)[-1]
    assert again.text.split("\n\n")[1] == lines
    assert again.id > first.id
    assert "1 of 4" in again.text
    (day,) = await sessions_of(house)
    assert await outcomes(house, day.id) == []
    assert STALE in (await (await spread.tap("", data=undo)).answer()).text
    await spread.tap("Done", on=again)
    await spread.sees("2 of 8 movements")


async def test_undo_of_the_last(house: House, spread: Person) -> None:
    """Taken back at the end of the day, the routine is under way again, and ends again."""
    for hour in AT:
        await movement(house, spread, hour)
        await spread.tap("Done")
        await house.settled()
    await spread.sees("1 day kept")
    await spread.tap("Undo")
    await house.settled()
    (day,) = await sessions_of(house)
    assert (day.state, len(await outcomes(house, day.id))) == (SessionState.SPREAD, 9)
    states = sorted(row.state for row in await rows(house))
    assert states == [OccurrenceState.DONE] * 3 + [OccurrenceState.SENT]
    await spread.tap("Done", on=asked(spread)[-1])
    await spread.sees("1 day kept")


async def test_undo_too_late(house: House, spread: Person) -> None:
    """After ten minutes, or once the movement after it was answered, nothing is taken back."""
    await movement(house, spread, 10)
    await spread.tap("Done")
    await house.settled()
    told = spread.screen
    house.clock.set(utc(f"{DAY}T09:11"))
    await spread.tap("Undo", on=told)
    await spread.sees_toast("ten minutes")
    await movement(house, spread, 13)
    await spread.tap("Done")
    await house.settled()
    undo = next(data for row in told.buttons for label, data in row if "Undo" in label)
    await spread.tap("", data=undo)
    await spread.sees_toast("ten minutes")
    (day,) = await sessions_of(house)
    assert len(await outcomes(house, day.id)) == 7
