"""One reminder alone: its next moment moved for once, and its own pause."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import START, House, Walk
from tests.conversations.test_schedule import listed, plan
from tests.conversations.wordings import reminded_at

FOLLOWING = "today 07:30"


def following(message: Message) -> list[str]:
    """Return the lines of what comes next."""
    return message.text.split("Next\n")[1].split("\n\n")[0].split("\n")


async def coming(person: Person) -> list[str]:
    """Return the lines of what /schedule says comes next."""
    await person.send("/schedule")
    return following(await person.sees("Times are for"))


async def opens_move(person: Person, number: int = 1) -> Message:
    """Open the question when the next moment of a reminder shall come instead."""
    await person.send("/schedule")
    await person.sees("Times are for")
    await person.tap(f"More {number}")
    await person.sees("Next")
    await person.tap("Move the next one")
    return await person.sees("When shall it come instead")


async def wait_until(house: House, moment: datetime) -> None:
    """Let the clock go on by quarters of an hour, at rest at each."""
    while house.clock.now() < moment:
        house.clock.push(minutes=15)
        await house.settled()


@pytest.mark.parametrize(
    ("button", "line", "minutes"),
    [("+30 min", "08:00", 60), ("+1 h", "08:30", 90), ("+2 h", "09:30", 150)],
)
async def test_later_today(
    house: House, ana: Person, onboarded: Walk, button: str, line: str, minutes: int
) -> None:
    """The next moment comes so much later, once, and the rule goes on as it was."""
    await onboarded(ana)
    asked = await opens_move(ana)
    assert "today at 07:30" in asked.text
    await ana.tap(button)
    await ana.sees(f"from today at 07:30 to today at {line}")
    assert (await coming(ana))[:2] == [f"today {line} (moved)", "tomorrow 07:30"]
    await wait_until(house, START + timedelta(days=1, minutes=45))
    first, second = START + timedelta(minutes=minutes), START + timedelta(days=1, minutes=30)
    assert reminded_at(ana) == [first, second]
    assert not any("was planned" in message.text for message in ana.messages)


async def test_a_day_later(house: House, ana: Person, onboarded: Walk) -> None:
    """A moment moved to the next day is one with what that day has at the same minute."""
    await onboarded(ana)
    await opens_move(ana)
    await ana.tap("A day later: tomorrow at 07:30")
    await ana.sees("to tomorrow at 07:30")
    assert (await coming(ana))[:2] == ["tomorrow 07:30", "Wed, 4 Mar 07:30"]
    await wait_until(house, START + timedelta(hours=3))
    assert not reminded_at(ana)


async def test_typed_answer(house: House, ana: Person, onboarded: Walk) -> None:
    """A typed time answers the question; only the one reminder's next moment moves."""
    await onboarded(ana)
    await ana.send("/schedule add 21:00")
    await ana.sees("2. ")
    asked = await opens_move(ana, 2)
    assert "today at 21:00" in asked.text
    await ana.send("20:15")
    await ana.sees("from today at 21:00 to today at 20:15")
    assert (await coming(ana))[0] == "today 07:30, 20:15 (moved)"
    await wait_until(house, START + timedelta(hours=16))
    assert [f"{moment:%H:%M}" for moment in reminded_at(ana)] == ["06:30", "19:15"]


async def test_move_again_and_back(house: House, ana: Person, onboarded: Walk) -> None:
    """What was moved can be moved again; the tapped button names the new time."""
    await onboarded(ana)
    first = await opens_move(ana)
    await ana.tap("+30 min: 08:00")
    await ana.sees("to today at 08:00")
    await opens_move(ana)
    await ana.tap("+30 min: 08:30")
    await ana.sees("from today at 08:00 to today at 08:30")
    tap = await ana.tap("", data=next(d for row in first.buttons for w, d in row if "08:00" in w))
    await ana.sees("from today at 08:30 to today at 08:00")
    assert (await tap.answer()).text == ""
    await wait_until(house, START + timedelta(hours=4))
    assert reminded_at(ana) == [START + timedelta(hours=1)]


async def test_tapped_twice_and_old(house: House, ana: Person, onboarded: Walk) -> None:
    """The same button twice moves once; when that moment is over the button says so."""
    await onboarded(ana)
    asked = await opens_move(ana)
    data = next(d for row in asked.buttons for w, d in row if "+1 h" in w)
    await ana.tap("+1 h")
    second = await ana.tap("", data=data)
    assert "no longer applies" in (await second.answer()).text
    await wait_until(house, START + timedelta(minutes=90))
    late = await ana.tap("", data=data)
    assert "no longer applies" in (await late.answer()).text
    assert len(reminded_at(ana)) == 1


async def test_done_before(house: House, ana: Person, onboarded: Walk) -> None:
    """A moved moment stays silent once the routine of its day is done."""
    await onboarded(ana)
    await opens_move(ana)
    await ana.tap("+2 h")
    await ana.sees("to today at 09:30")
    await ana.send("/today")
    await ana.sees("1/")
    while "How did it feel" not in ana.screen.text and "Too easy" not in str(ana.screen.buttons):
        await ana.tap("Done")
        await house.settled()
    assert (await coming(ana))[0] == "tomorrow 07:30"
    await wait_until(house, START + timedelta(hours=5))
    assert not reminded_at(ana)


async def test_changed_after_a_move(house: House, ana: Person, onboarded: Walk) -> None:
    """A moved moment goes with its rule: the new rule plans that day anew."""
    await onboarded(ana)
    await opens_move(ana)
    await ana.tap("+2 h")
    await ana.sees("to today at 09:30")
    await ana.send("/schedule 7:30 19:00")
    await ana.sees("Saved")
    assert (await coming(ana))[0] == "today 07:30, 19:00"
    await wait_until(house, START + timedelta(hours=4))
    assert reminded_at(ana) == [START + timedelta(minutes=30)]


async def test_undo_a_move(house: House, ana: Person, onboarded: Walk) -> None:
    """Undo brings the moment back to where the rule plans it."""
    await onboarded(ana)
    await opens_move(ana)
    await ana.tap("+2 h")
    await ana.sees("to today at 09:30")
    await ana.tap("Undo")
    await ana.sees("Undone")
    assert (await coming(ana))[0] == "today 07:30"
    await wait_until(house, START + timedelta(hours=4))
    assert reminded_at(ana) == [START + timedelta(minutes=30)]


async def test_one_rests(house: House, ana: Person, onboarded: Walk) -> None:
    """One reminder rests alone: it is marked, silent, and comes again when it is resumed."""
    await onboarded(ana)
    await ana.send("/schedule add 07:45")
    await ana.sees("2. ")
    await ana.tap("More 1")
    await ana.sees("Next")
    await ana.tap("Pause this one")
    shown = await ana.sees("rests until you resume it")
    assert listed(shown)[0] == "⏸️ Routine: 07:30 · every day (paused)"
    assert following(shown)[0] == "today 07:45"
    await wait_until(house, START + timedelta(hours=2))
    assert reminded_at(ana) == [START + timedelta(minutes=45)]
    await ana.send("/schedule")
    await ana.sees("Times are for")
    await ana.tap("More 1")
    alone = await ana.sees("(paused)")
    assert "Move the next one" not in str(alone.buttons)
    await ana.tap("Resume this one")
    await ana.sees("That one is back")
    old = await ana.tap("Resume this one", data="rx:1:0")
    assert "no longer applies" in (await old.answer()).text
    assert (await coming(ana))[0] == "tomorrow 07:30, 07:45"


async def test_a_pause_forgets_the_move(house: House, ana: Person, onboarded: Walk) -> None:
    """A reminder paused and resumed after a move comes as its rule plans."""
    await onboarded(ana)
    await opens_move(ana)
    await ana.tap("+2 h")
    await ana.sees("to today at 09:30")
    for button, words in (("Pause this one", "rests until"), ("Resume this one", "is back")):
        await ana.send("/schedule")
        await ana.sees("Times are for")
        await ana.tap("More 1")
        await ana.sees("Routine")
        await ana.tap(button)
        await ana.sees(words)
    await wait_until(house, START + timedelta(hours=4))
    assert reminded_at(ana) == [START + timedelta(minutes=30)]


async def test_through_a_change_of_the_clock(house: House, ana: Person, onboarded: Walk) -> None:
    """What comes next keeps its local time through the night of the change, gap and fold."""
    house.clock.set(datetime(2026, 3, 27, 20, tzinfo=UTC))
    await onboarded(ana, at="02:30")
    days = {line.rpartition(" ")[0]: line.rpartition(" ")[2] for line in await coming(ana)}
    assert days["Sun, 29 Mar"] == "03:00"  # 02:30 does not exist: the first moment after
    assert days["tomorrow"] == days["Mon, 30 Mar"] == "02:30"
    house.clock.set(datetime(2026, 3, 28, 20, tzinfo=UTC))
    await opens_move(ana)
    await ana.send("4:00")
    await ana.sees("from tomorrow at 03:00 to tomorrow at 04:00")
    await wait_until(house, datetime(2026, 3, 29, 6, tzinfo=UTC))
    assert reminded_at(ana)[-1] == datetime(2026, 3, 29, 2, tzinfo=UTC)


async def test_restart_between(house: House, ana: Person, onboarded: Walk) -> None:
    """A moved moment is kept over a restart, as is the question for it."""
    await onboarded(ana)
    await opens_move(ana)
    await house.stop()
    await house.start()
    await ana.send("9:00")
    await ana.sees("to today at 09:00")
    await house.stop()
    await house.start()
    await wait_until(house, START + timedelta(hours=4))
    assert reminded_at(ana) == [START + timedelta(hours=2)]
    assert await plan(ana) == ["Routine: 07:30 · every day"]


async def test_another_zone_after_a_move(house: House, ana: Person, onboarded: Walk) -> None:
    """What was moved keeps its local time in another zone, and its day has nothing else."""
    await onboarded(ana)
    await opens_move(ana)
    await ana.tap("+2 h")
    await ana.sees("to today at 09:30")
    await ana.send("/timezone America/New_York")
    await ana.sees("for you now")
    assert (await coming(ana))[:2] == ["today 09:30 (moved)", "tomorrow 07:30"]
    await wait_until(house, START + timedelta(hours=12))
    assert reminded_at(ana) == [START + timedelta(hours=8, minutes=30)]


async def test_a_move_and_a_pause_of_all(house: House, ana: Person, onboarded: Walk) -> None:
    """After a pause and its end a moved moment comes as its rule plans it, not never."""
    await onboarded(ana)
    await opens_move(ana)
    await ana.tap("+2 h")
    moved = await ana.sees("to today at 09:30")
    await ana.send("/pause")
    await ana.sees("paused")
    await ana.tap("Undo", on=moved)
    await ana.sees("Undone")
    await ana.send("/resume")
    await ana.sees("Reminders are back")
    assert (await coming(ana))[0] == "today 07:30"
    await wait_until(house, START + timedelta(hours=4))
    assert reminded_at(ana) == [START + timedelta(minutes=30)]
