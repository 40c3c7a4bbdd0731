"""After days without an answer one gentle question, and half as many reminders until then."""

from __future__ import annotations

import pytest

from bot.domain.reminder import OccurrenceState
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.reminded import (
    NUDGE,
    QUESTION,
    STALE,
    asked,
    ignored,
    labels,
    person_of,
    rows,
    utc,
)
from tests.conversations.wordings import reminded_at


async def test_question(house: House, ana: Person, onboarded: Walk) -> None:
    """After three ignored days one question comes, then every second day until an answer."""
    await onboarded(ana)
    question = await asked(house, ana)
    for word in ("Start", "Other time", "Shorter", "Pause", "Stop"):
        assert word in labels(question)
    assert len(reminded_at(ana)) == 3
    await ignored(house, 4)
    days = [moment.day for moment in reminded_at(ana)]
    assert days == [2, 3, 4, 7, 9]
    assert sum(QUESTION in one.text for one in ana.messages) == 1
    await ana.tap("Snooze 10 min")
    await ana.sees("Snoozed until")
    house.clock.push(minutes=15)
    await ana.sees(NUDGE)
    await ignored(house, 2)
    assert [moment.day for moment in reminded_at(ana)] == [2, 3, 4, 7, 9, 10, 11]
    await ignored(house, 2)
    await ana.sees(QUESTION)  # three more days, counted anew


@pytest.mark.parametrize("act", ["Start", "Not today", "/today"])
async def test_answered(house: House, ana: Person, onboarded: Walk, act: str) -> None:
    """Starting, a session begun elsewhere, or a word about today answers: daily again."""
    await onboarded(ana)
    await asked(house, ana)
    if act.startswith("/"):
        await ana.send(act)
    else:
        await ana.tap(act)
    await house.settled()
    assert (await person_of(house)).eased_on is None
    await ana.send("/start")
    await ana.sees("Next reminder")
    if act != "Not today":
        await ana.tap("Stop")
    before = len(reminded_at(ana))
    await ignored(house, 2)
    assert len(reminded_at(ana)) == before + 2


async def test_other_time(house: House, ana: Person, onboarded: Walk) -> None:
    """Other time asks for it, and reminders come daily then."""
    await onboarded(ana)
    await asked(house, ana)
    await ana.tap("Other time")
    await ana.sees("At what time")
    await ana.send("12:00")
    await ana.sees("12:00")
    house.clock.set(utc("2026-03-05T11:00"))
    await ana.sees(NUDGE)
    house.clock.set(utc("2026-03-06T11:00"))
    await house.settled()
    assert len(reminded_at(ana)) == 5


async def test_typed_time_answers(house: House, ana: Person, onboarded: Walk) -> None:
    """A time typed without a word about the question answers it too."""
    await onboarded(ana)
    await asked(house, ana)
    await ana.send("/schedule 07:31")
    await ana.sees("07:31")
    assert (await person_of(house)).eased_on is None
    await ignored(house, 3)
    assert len(reminded_at(ana)) == 3 + 3


async def test_question_never_seen(house: House, ana: Person, onboarded: Walk) -> None:
    """A question that was over before it went out was not asked: the next reminder asks."""
    await onboarded(ana)
    house.clock.push(minutes=31)
    await ana.sees(NUDGE)
    await ignored(house, 2)
    await house.stop()
    house.clock.push(hours=47)
    await house.start()
    await ana.sees("does not count against you")
    await house.settled()
    assert (await person_of(house)).eased_on is None
    await ignored(house, 1)
    await ana.sees(QUESTION)


async def test_shorter(house: House, ana: Person, onboarded: Walk) -> None:
    """Shorter offers routines that take less, from now on."""
    await onboarded(ana)
    await asked(house, ana)
    await ana.tap("Shorter")
    shown = await ana.sees("Short is good")
    assert "Desk reset 5, 5 min, from now on" in labels(shown)
    assert "Daily 12, lighter, 10 min, today" in labels(shown)
    await ana.tap("Desk reset 5")
    await ana.sees("Desk reset 5")
    assert (await person_of(house)).routine == "desk-reset-5"


async def test_nothing_shorter(house: House, ana: Person, onboarded: Walk) -> None:
    """Shorter is not offered where nothing takes less time."""
    await onboarded(ana, answer="Something applies")
    house.clock.push(minutes=31)
    await house.settled()
    await ignored(house, 3)
    assert "Shorter" not in labels(await ana.sees(QUESTION))


async def test_pause_from_the_question(house: House, ana: Person, onboarded: Walk) -> None:
    """Pause offers dates; the same tap twice changes nothing the second time."""
    await onboarded(ana)
    question = await asked(house, ana)
    await ana.tap("Pause")
    offer = await ana.sees("How long")
    await ana.tap("1 week")
    await ana.sees("paused until")
    week = next(data for row in offer.buttons for label, data in row if "1 week" in label)
    assert STALE in (await (await ana.tap("", data=week)).answer()).text
    stop = next(data for row in question.buttons for label, data in row if "Stop" in label)
    assert STALE in (await (await ana.tap("", data=stop)).answer()).text


async def test_stop(house: House, ana: Person, onboarded: Walk) -> None:
    """Stop ends all reminders, says how they come back, and can be taken back."""
    await onboarded(ana)
    await ana.send("/breathe at 7:30")
    await house.settled()
    await asked(house, ana)
    await ana.tap("Stop")
    shown = await ana.sees("no more reminders")
    assert "/schedule 07:30" in shown.text
    await ignored(house, 1)
    assert len(reminded_at(ana)) == 3
    await ana.send("/schedule")
    await ana.sees("You have no reminders")


async def test_stop_undone(house: House, ana: Person, onboarded: Walk) -> None:
    """For ten minutes an Undo brings the reminders back, daily."""
    await onboarded(ana)
    await asked(house, ana)
    await ana.tap("Stop")
    await ana.sees("no more reminders")
    await ana.tap("Undo")
    await ana.sees("07:30")
    await ignored(house, 2)
    assert len(reminded_at(ana)) == 5


async def test_downtime_is_not_ignored(house: House, ana: Person, onboarded: Walk) -> None:
    """Days on which the bot was down count as nobody's: no question, and one late message."""
    await onboarded(ana)
    house.clock.push(minutes=31)
    await ana.sees(NUDGE)
    await house.stop()
    house.clock.push(days=5)
    await house.start()
    await house.settled()
    states = [row.state for row in await rows(house)]
    assert states.count(OccurrenceState.BOT_WAS_DOWN) == 4
    assert not any(QUESTION in one.text for one in ana.messages)
    await ignored(house, 1)
    assert not any(QUESTION in one.text for one in ana.messages)
