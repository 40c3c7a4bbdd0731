"""What a recap offers: accepted, declined, tapped twice, too late, by somebody else, in vain."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.agenda import Plan
from bot.services import deciding, recap
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.recaps import OFFER, SUNDAY, kept, kept_at, recaps, to, told
from tests.conversations.reminded import labels, utc
from tests.conversations.test_breathing import UPDATE, keep_update
from tests.conversations.test_recap import WEEK
from tests.conversations.wordings import reminded_at


async def offered(house: House, ana: Person, onboarded: Walk) -> Message:
    """Have somebody practise around 08:15 all week; return the recap that offers that time."""
    await onboarded(ana)
    await kept_at(house, "07:15", 3, 4, 5, 6, 7, 8)
    await to(house, SUNDAY)
    (found,) = recaps(ana)
    assert f"6 of your last 6 sessions began around 08:15. {OFFER} to 08:15?" in found.text
    return found


async def no_more(ana: Person, word: str, on: Message) -> None:
    """Tap a button of an older message, and see that nothing comes of it."""
    data = next(data for row in on.buttons for label, data in row if word in label)
    answer = await (await ana.tap("", on=on, data=data)).answer()
    assert answer.text == "That button no longer applies. Nothing was changed."


async def test_accepted(house: House, ana: Person, onboarded: Walk) -> None:
    """Yes moves the reminder, in a way that can be taken back; a second yes changes nothing."""
    found = await offered(house, ana, onboarded)
    await ana.tap("Move it to 08:15")
    saved = await ana.sees("Saved, in place of:\n• 07:30 · every day")
    assert "Routine: 08:15 · every day" in saved.text
    assert recaps(ana)[0].text == found.text
    await no_more(ana, "Move it", found)
    await no_more(ana, "No, thanks", found)
    await to(house, utc("2026-03-09T07:15"))
    assert reminded_at(ana)[-1] == utc("2026-03-09T07:15")


async def test_taken_back(house: House, ana: Person, onboarded: Walk) -> None:
    """After Undo the reminder is where it was."""
    await offered(house, ana, onboarded)
    await ana.tap("Move it to 08:15")
    await ana.sees("Saved")
    await ana.tap("Undo")
    assert "Routine: 07:30 · every day" in (await ana.sees("Undone")).text


async def test_declined(house: House, ana: Person, onboarded: Walk) -> None:
    """No leaves all as it is, and it is not offered again for four weeks."""
    found = await offered(house, ana, onboarded)
    no = await ana.tap("No, thanks")
    assert (await no.answer()).text == "All right, all stays as it is."
    await house.settled()
    assert labels(recaps(ana)[0]) == "🔔 Change or mute"
    await no_more(ana, "Move it", found)
    for weeks in range(1, 5):
        moment = SUNDAY + weeks * WEEK
        days = [moment - timedelta(days=ago, hours=9, minutes=45) for ago in range(6)]
        for day in days:
            await kept(house, day)
        await to(house, moment)
        assert (OFFER in recaps(ana)[-1].text) is (weeks == 4), weeks


async def test_not_answered(house: House, ana: Person, onboarded: Walk) -> None:
    """An offer stands for a week; what nobody answered is not offered again the week after."""
    found = await offered(house, ana, onboarded)
    await kept_at(house, "07:15", 10, 11, 12)
    await to(house, SUNDAY + WEEK)
    assert len(recaps(ana)) == 2
    assert OFFER not in recaps(ana)[-1].text
    await no_more(ana, "Move it", found)


async def test_changed_meanwhile(house: House, ana: Person, onboarded: Walk) -> None:
    """A reminder that was changed since the offer stays as it is."""
    found = await offered(house, ana, onboarded)
    await ana.send("/schedule 9:00")
    await ana.sees("Saved")
    await no_more(ana, "Move it", found)
    await ana.send("/schedule")
    assert "09:00" in (await ana.sees("Routine")).text


async def test_somebody_else(house: House, ana: Person, onboarded: Walk) -> None:
    """Nobody answers for another person."""
    found = await offered(house, ana, onboarded)
    ben = await onboarded(house.person(1002, "Ben"))
    data = next(data for row in found.buttons for label, data in row if "Move" in label)
    answer = await (await ben.tap("", data=data)).answer()
    assert "no longer applies" in answer.text
    await ana.tap("Move it to 08:15")
    await ana.sees("Saved")


async def test_just_set(house: House, ana: Person, onboarded: Walk) -> None:
    """Who chose their time this week is not offered another one."""
    await onboarded(ana)
    await kept_at(house, "07:15", 3, 4, 5, 6, 7, 8)
    await to(house, utc("2026-03-06T12:00"))
    await ana.send("/schedule 6:30")
    await ana.sees("Saved")
    await to(house, SUNDAY)
    assert "💡" not in recaps(ana)[-1].text


async def test_prepared_again(house: House, ana: Person, onboarded: Walk) -> None:
    """A recap that a kill interrupted offers the same again, in one row."""
    await offered(house, ana, onboarded)
    assert house.limber is not None
    (row,) = await told(house)
    due = [recap.Due(1001, row.id, row.practice_day)]
    first = (await recap.prepare(house.limber.deps, due))[row.id]
    await kept_at(house, "19:00", 2)
    again = (await recap.prepare(house.limber.deps, due))[row.id]
    assert again.week != first.week
    assert first.offered == again.offered is not None
    with house.stored() as database:
        assert database.value("select count(*) from proposal") == 1


async def test_answered_again(house: House, ana: Person, onboarded: Walk) -> None:
    """A yes that is processed again after a kill shows the same reminders."""
    await offered(house, ana, onboarded)
    await house.settled()
    assert house.limber is not None
    keep_update(house, UPDATE)
    deps = house.limber.deps.for_update(UPDATE)
    first = await deciding.accept(deps, 1001, 1)
    again = await deciding.accept(deps, 1001, 1)
    assert isinstance(first, Plan)
    assert isinstance(again, Plan)
    assert (again.notice, again.lines) == (first.notice, first.lines)
