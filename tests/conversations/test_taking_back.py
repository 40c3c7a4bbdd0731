"""Undo: the last answer in a session, for ten minutes, wherever it led."""

from __future__ import annotations

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.test_hands_free import begin, session, until_over


def records(house: House) -> list[tuple[int, str]]:
    """Return what is recorded of the newest session's steps."""
    query = "select position, outcome from step_record where session_id = ? order by position"
    with house.stored() as database:
        return database.rows(query, session(house)["id"])


def all_states(house: House) -> list[str]:
    """Return where the sessions stand, the oldest first."""
    with house.stored() as database:
        return [state for (state,) in database.rows("select state from session order by id")]


def states(house: House) -> list[str]:
    """Return where the reminders that came stand."""
    with house.stored() as database:
        return [state for (state,) in database.rows("select state from occurrence order by id")]


async def stopped(ana: Person) -> Message:
    """Start the routine and stop it at once; return the end's screen."""
    await ana.send("/today")
    await ana.sees("1/11")
    await ana.tap("Stop")
    return await ana.sees("stopped here")


async def test_stop_by_mistake(house: House, ana: Person, onboarded: Walk) -> None:
    """A session stopped by mistake goes on where it was."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    await ana.tap("Done")
    await ana.sees("2/11")
    await ana.tap("Stop")
    await ana.sees("stopped here")
    await ana.tap("Undo")
    await ana.sees("2/11")
    assert session(house)["state"] == "active"
    assert session(house)["finished_at"] is None
    await ana.tap("Done")
    await ana.sees("3/11")


async def test_in_the_middle(house: House, ana: Person, onboarded: Walk) -> None:
    """More has Undo: the record of the step goes, as if it had not been answered."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    await ana.tap("Skip")
    await ana.sees("2/11")
    await ana.tap("More")
    await house.settled()
    await ana.tap("Undo")
    await ana.sees_toast("Taken back")
    await ana.sees("1/11")
    assert records(house) == []


async def test_only_the_last_and_only_once(house: House, ana: Person, onboarded: Walk) -> None:
    """What was taken back is not taken back again, and after ten minutes nothing is."""
    end = await stopped(await onboarded(ana))
    undo = next(data for row in end.buttons for label, data in row if "Undo" in label)
    await ana.tap("Undo")
    await ana.sees("1/11")
    await ana.tap("Undo", data=undo)
    await ana.sees_toast("no longer applies")
    await ana.tap("Stop")
    await ana.sees("stopped here")
    house.clock.push(minutes=10, seconds=1)
    await ana.tap("Undo")
    await ana.sees_toast("no longer applies")
    assert session(house)["state"] == "stopped"


async def test_not_over_another_session(house: House, ana: Person, onboarded: Walk) -> None:
    """What was stopped stays so once another session is open."""
    end = await stopped(await onboarded(ana))
    await ana.send("/today")
    await ana.sees("1/11")
    await ana.tap("Undo", on=end)
    await ana.sees_toast("no longer applies")
    assert all_states(house) == ["stopped", "active"]


async def test_hands_free_goes_on_after_it(house: House, ana: Person, onboarded: Walk) -> None:
    """In a session that goes on by itself the time of the step runs again."""
    await begin(house, ana, onboarded)
    await ana.tap("Skip")
    await ana.sees("2/11")
    await house.settled()
    await ana.tap("More")
    await house.settled()
    await ana.tap("Undo")
    await ana.sees("1/11")
    await house.settled()
    assert await until_over(house) == 90
    assert ana.screen.text.startswith("2/11")


async def test_after_a_second_thought(house: House, ana: Person, onboarded: Walk) -> None:
    """How it felt can be taken back too; the question is there again."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    await ana.tap("Done")
    await ana.sees("2/11")
    await ana.tap("Stop")
    await ana.sees("stopped here")
    await ana.tap("Too easy")
    await house.settled()
    await ana.tap("Undo")
    await ana.sees("How did it feel")
    assert session(house)["feedback"] is None


async def test_the_reminder_is_open_again(house: House, ana: Person, onboarded: Walk) -> None:
    """A routine whose last answer was taken back has not settled its reminder."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    await house.settled()
    await ana.tap("Just one")
    await ana.sees("1/4")
    while session(house)["state"] == "active":
        await ana.tap("Done")
        await house.settled()
    assert states(house) == ["done"]
    await ana.tap("Undo")
    await ana.sees("4/4")
    assert states(house) == ["started"]
    await ana.tap("Stop")
    await ana.sees("stopped here")
    assert states(house) == ["started"]
