"""/delete: says what goes, asks once, and leaves nothing, whoever asks and whenever."""

from __future__ import annotations

import pytest

from bot.services import personal as service
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.personal import (
    ANA,
    NUDGE,
    document,
    lives_a_day,
    row_counts,
    rows_about,
)
from tests.conversations.reminded import person_of
from tests.conversations.test_breathing import UPDATE, keep_update
from tests.conversations.test_hands_free import hands_free


@pytest.fixture
def ana(house: House) -> Person:
    """Somebody with an unmistakable number who has not written yet."""
    return house.person(ANA)


async def test_delete_asks_and_keeps(house: House, ana: Person, onboarded: Walk) -> None:
    """/delete asks before anything happens; Keep it keeps everything."""
    await lives_a_day(house, ana, onboarded)
    before = {name: count for name, count in row_counts(house).items() if name != "inbox"}
    await ana.send("/delete")
    asked = await ana.sees("for good")
    assert "/export" in asked.text
    assert "1 session\n" in asked.text
    assert "1 step that you did" in asked.text
    assert "3 reminders" in asked.text
    assert "check-in" not in asked.text
    await ana.tap("Keep it")
    await ana.sees("Nothing was deleted")
    await house.settled()
    assert {n: c for n, c in row_counts(house).items() if n != "inbox"} == before
    house.clock.push(hours=15)
    await ana.sees(NUDGE)


async def test_delete_leaves_nothing(house: House, ana: Person, onboarded: Walk) -> None:
    """After Delete everything no row names the person, old buttons are refused, nothing comes."""
    await lives_a_day(house, ana, onboarded)
    ben = await onboarded(house.person(1002, "Ben"))
    group = house.telegram.group(-1005, "Stretchers", members=[ana, ben])
    await ana.send("/how cat cow", chat=group)
    await ana.sees("Get ready", chat=group)
    question = next(m for m in reversed(ana.messages) if "question 2 of 9" in m.text)
    await ana.send("/delete")
    await ana.sees("for good")
    confirm = ana.screen
    await ana.tap("Delete everything")
    await ana.sees("Everything about you is deleted")
    await house.settled()
    assert rows_about(house, ANA) == []
    assert rows_about(house, 1002)
    for row in (*question.buttons, *confirm.buttons):
        for label, data in row:
            tap = await ana.tap(label, data=data)
            assert "no longer applies" in (await tap.answer()).text, label
    before = len(ana.messages)
    for _ in range(4):
        house.clock.push(hours=12)
        await house.settled()
    assert len(ana.messages) == before
    assert rows_about(house, ANA) == []


async def test_delete_reaches_what_was_set_aside(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Updates set aside as poison are forgotten too, in the private chat and in a group."""
    await onboarded(ana)
    group = house.telegram.group(-1005, "Stretchers", members=[ana])
    house.telegram.faults.next("sendMessage", status=400, times=3, chat=ANA)
    await ana.send("/help")
    await ana.sees("Something went wrong")
    house.telegram.faults.next("sendPhoto", status=400, times=3, chat=group.id)
    await ana.send("/how cat cow", chat=group)
    await ana.sees("Something went wrong", chat=group)
    await house.settled()
    assert len([name for name, _ in rows_about(house, ANA) if name == "inbox"]) == 2
    await ana.send("/export")
    stored = document(house, await ana.sees("Everything that is stored"))
    assert len([row for row in stored["inbox"] if row["state"] == "poison"]) == 2
    await ana.send("/delete")
    await ana.sees("for good")
    await ana.tap("Delete everything")
    await ana.sees("is deleted")
    await house.settled()
    assert rows_about(house, ANA) == []


async def test_start_begins_anew(house: House, ana: Person, onboarded: Walk) -> None:
    """After a deletion /start is the first day again: welcome, safety note and all."""
    await lives_a_day(house, ana, onboarded)
    await ana.send("/delete")
    await ana.sees("for good")
    await ana.tap("Delete everything")
    await ana.sees("/start begins anew")
    await onboarded(ana, at="09:00")
    await ana.send("/schedule")
    shown = await ana.sees("Times are for")
    assert "21:00" not in shown.text
    assert "09:00" in shown.text
    await ana.send("/start")
    assert "days" not in (await ana.sees("Welcome back")).text


async def test_second_tap(house: House, ana: Person, onboarded: Walk) -> None:
    """Tapped twice, everything is deleted once; the second tap says that it no longer applies."""
    await onboarded(ana)
    await ana.send("/delete")
    ((_, data),), _ = (await ana.sees("for good")).buttons
    await ana.tap("Delete everything")
    second = await ana.tap("Delete everything", data=data)
    await ana.sees("is deleted")
    assert "no longer applies" in (await second.answer()).text
    await house.settled()
    assert rows_about(house, ANA) == []


async def test_processed_again(house: House, ana: Person, onboarded: Walk) -> None:
    """A kill after the deletion leaves an update that says again that it is done."""
    await onboarded(ana)
    await house.settled()
    keep_update(house, UPDATE)
    assert house.limber is not None
    deps = house.limber.deps
    assert await service.delete(deps.for_update(UPDATE), ANA)
    assert await service.delete(deps.for_update(UPDATE), ANA)
    keep_update(house, UPDATE + 1)
    assert not await service.delete(deps.for_update(UPDATE + 1), ANA)


async def test_half_onboarded(house: House, ana: Person) -> None:
    """Somebody who answered the first question only is deleted as everybody else."""
    await ana.send("/start")
    await ana.sees("Welcome to Limber")
    await ana.tap("I understand")
    await ana.sees("apply")
    await deletes(house, ana)


async def test_blocked(house: House, ana: Person, onboarded: Walk) -> None:
    """Who had blocked the bot need not start again first."""
    await lives_a_day(house, ana, onboarded)
    await ana.block()
    house.clock.push(days=1)
    await house.settled()
    await ana.unblock()
    assert (await person_of(house, ANA)).id == ANA
    await deletes(house, ana)


async def deletes(house: House, ana: Person) -> None:
    """Delete everything, and see that it is."""
    assert rows_about(house, ANA)
    await ana.send("/delete")
    await ana.sees("for good")
    await ana.tap("Delete everything")
    await ana.sees("Everything about you is deleted")
    await house.settled()
    assert rows_about(house, ANA) == []


async def test_old_buttons_store_nothing(house: House, ana: Person, onboarded: Walk) -> None:
    """The buttons of /privacy, tapped after the deletion, do not bring a row back."""
    await onboarded(ana)
    await ana.send("/privacy")
    page = await ana.sees("What is stored")
    await deletes(house, ana)
    for label in ("Export my data", "Delete everything"):
        await ana.tap(label, on=page)
        await ana.sees("Nothing is stored about you")
    await house.settled()
    assert rows_about(house, ANA) == []


async def test_session_that_runs(house: House, ana: Person, onboarded: Walk) -> None:
    """A hands-free session, a snoozed reminder and a message in doubt end with the deletion."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)
    await ana.tap("Snooze 10 min")
    await ana.sees("Snoozed")
    await hands_free(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    await house.settled()
    await deletes(house, ana)
    before = len(ana.messages)
    for _ in range(20):
        house.clock.push(minutes=1)
        await house.settled()
    assert len(ana.messages) == before
    assert rows_about(house, ANA) == []


async def test_what_fails_afterwards(house: House, ana: Person, onboarded: Walk) -> None:
    """Where even the last word cannot be sent, the update that asked for it is not kept."""
    await onboarded(ana)
    await ana.send("/delete")
    await ana.sees("for good")
    house.telegram.faults.next("editMessageText", status=400, times=3, chat=ANA)
    await ana.tap("Delete everything")
    await ana.sees("Something went wrong")
    await house.settled()
    assert rows_about(house, ANA) == []
