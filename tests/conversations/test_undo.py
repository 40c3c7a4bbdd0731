"""Every change of the reminders can be taken back for ten minutes, and nothing comes twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import START, House, Walk
from tests.conversations.test_moving import coming, opens_move, wait_until
from tests.conversations.test_schedule import listed, plan
from tests.conversations.wordings import nudged, reminded_at
from tests.stored import Row

BEFORE = ["Routine: 07:30 · every day", "Routine: 21:00 · Mon and Wed"]


async def two(ana: Person, onboarded: Walk) -> Message:
    """Give the person two reminders; return the list."""
    await onboarded(ana)
    await ana.send("/schedule add 21:00 mon wed")
    return await ana.sees("2. ")


def rows(house: House) -> list[Row]:
    """Return what is stored of the reminders."""
    with house.stored() as database:
        return database.rows(
            "select id, kind, entry, rule, next_at, settled_at, paused_at from reminder order by id"
        )


async def test_what_was_replaced(ana: Person, onboarded: Walk) -> None:
    """One line that replaces two reminders says which, and Undo brings both back."""
    await two(ana, onboarded)
    await ana.send("/schedule at noon")
    saved = await ana.sees("Saved, in place of:\n• 07:30 · every day\n• 21:00 · Mon and Wed")
    assert listed(saved) == ["Routine: 12:00 · every day"]
    await ana.tap("Undo")
    undone = await ana.sees("Undone")
    assert listed(undone) == BEFORE


@pytest.mark.parametrize("act", ["set", "add", "change", "remove", "pause", "off", "swap", "move"])
async def test_each_change(house: House, ana: Person, onboarded: Walk, act: str) -> None:
    """After Undo all is stored as it was before, whatever the change was."""
    await two(ana, onboarded)
    before = rows(house)
    if act == "change":
        await ana.tap("Change 1")
        await ana.sees("At what time")
        await ana.send("09:00")
    elif act == "swap":
        await ana.tap("Change 1")
        await ana.sees("At what time")
        await ana.send("21:00 mon wed")  # the same as the other: one is enough
    elif act == "remove":
        await ana.tap("Remove 1")
    elif act == "pause":
        await ana.tap("", data="rx:1:1")
    elif act == "move":
        await opens_move(ana)
        await ana.tap("+2 h")
    else:
        await ana.send(
            {"set": "/schedule 9:00", "add": "/schedule add 9:00"}.get(act, "/schedule off")
        )
    await ana.sees("Moved" if act == "move" else "Saved")
    assert act == "move" or rows(house) != before
    await ana.tap("Undo")
    await ana.sees("Undone")
    await house.settled()
    assert rows(house) == before
    await wait_until(house, START + timedelta(hours=1))
    assert reminded_at(ana) == [START + timedelta(minutes=30)]


async def test_twice_and_older(house: House, ana: Person, onboarded: Walk) -> None:
    """Undo counts once, and only for the last change; an older button says so."""
    shown = await two(ana, onboarded)
    data = next(data for row in shown.buttons for label, data in row if "Undo" in label)
    await ana.send("/schedule off")
    await ana.sees("no reminders")
    old = await ana.tap("Undo", data=data)
    assert "no longer applies" in (await old.answer()).text
    newest = next(data for row in ana.screen.buttons for label, data in row if "Undo" in label)
    await ana.tap("Undo")
    await ana.sees("Undone")
    again = await ana.tap("Undo", data=newest)
    assert "no longer applies" in (await again.answer()).text
    assert await plan(ana) == BEFORE


async def test_too_late(house: House, ana: Person, onboarded: Walk) -> None:
    """After ten minutes the button says that it is too late, and changes nothing."""
    await two(ana, onboarded)
    await ana.send("/schedule off")
    shown = await ana.sees("no reminders")
    house.clock.push(minutes=10, seconds=1)
    tap = await ana.tap("Undo", on=shown)
    assert "Ten minutes are over" in (await tap.answer()).text
    assert await plan(ana) == []


async def test_over_a_restart(house: House, ana: Person, onboarded: Walk) -> None:
    """What can be taken back is kept over a restart."""
    await two(ana, onboarded)
    await ana.send("/schedule off")
    await ana.sees("no reminders")
    await house.stop()
    await house.start()
    await ana.tap("Undo")
    assert listed(await ana.sees("Undone")) == BEFORE


async def test_what_fell_due_meanwhile(house: House, ana: Person, onboarded: Walk) -> None:
    """A reminder that was due between its removal and Undo comes then, and once."""
    await onboarded(ana)
    house.clock.push(minutes=29)
    await ana.send("/schedule off")
    await ana.sees("no reminders")
    house.clock.push(minutes=3)
    await house.settled()
    assert not reminded_at(ana)
    await ana.tap("Undo")
    await ana.sees("Undone")
    await house.settled()
    assert len(reminded_at(ana)) == 1
    await wait_until(house, START + timedelta(hours=4))
    assert len(reminded_at(ana)) == 1


async def test_what_came_meanwhile(house: House, ana: Person, onboarded: Walk) -> None:
    """What the changed rule reminded of is not reminded of again after Undo."""
    await onboarded(ana)
    house.clock.push(minutes=29)
    await ana.send("/schedule 7:30 21:00")
    await ana.sees("Saved")
    house.clock.push(minutes=1)
    await nudged(house, ana)
    await ana.tap("Undo")
    await ana.sees("Undone")
    await wait_until(house, START + timedelta(hours=3))
    assert len(reminded_at(ana)) == 1


async def test_snoozed(house: House, ana: Person, onboarded: Walk) -> None:
    """A snoozed reminder that a change withdrew comes again after Undo; an answered one not."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    await nudged(house, ana)
    await ana.tap("Snooze 1 h")
    await ana.sees("Snoozed until 08:30")
    await ana.send("/schedule off")
    await ana.sees("no reminders")
    await ana.tap("Undo")
    await ana.sees("Undone")
    await wait_until(house, START + timedelta(hours=1, minutes=45))
    assert any(message.date == START + timedelta(minutes=90) for message in ana.messages)


async def test_answered_meanwhile(house: House, ana: Person, onboarded: Walk) -> None:
    """What the person said to a reminder after the change stays said."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    nudge = await nudged(house, ana)
    await ana.send("/schedule off")
    shown = await ana.sees("no reminders")
    await ana.tap("Not today", on=nudge)
    await ana.sees("not today")
    await ana.tap("Undo", on=shown)
    await ana.sees("Undone")
    with house.stored() as database:
        state = database.value("select state from occurrence")
    assert state == "skipped"


async def test_a_move_and_then_off(house: House, ana: Person, onboarded: Walk) -> None:
    """Undo of a removal brings back what had been moved, at its moved time."""
    await onboarded(ana)
    await opens_move(ana)
    await ana.tap("+2 h")
    await ana.sees("to today at 09:30")
    await ana.send("/schedule off")
    await ana.sees("no reminders")
    await ana.tap("Undo")
    await ana.sees("Undone")
    assert (await coming(ana))[0] == "today 09:30 (moved)"
    await wait_until(house, START + timedelta(hours=4))
    assert reminded_at(ana) == [START + timedelta(minutes=150)]


async def test_nobody_elses(house: House, ana: Person, onboarded: Walk) -> None:
    """Undo of one person's change does nothing for another."""
    await onboarded(ana)
    ben = await onboarded(house.person(1002, "Ben"), at="20:00")
    await ana.send("/schedule off")
    shown = await ana.sees("no reminders")
    data = next(data for row in shown.buttons for label, data in row if "Undo" in label)
    tap = await ben.tap("Undo", data=data)
    assert (await tap.answer()).text
    assert await plan(ben) == ["Routine: 20:00 · every day"]
    assert await plan(ana) == []
