"""A routine of one's own: built by buttons, and then like any other routine."""

from __future__ import annotations

import asyncio

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.building import begun, built, owns
from tests.conversations.reminded import labels, person_of

STALE = "changed since, or is gone"


async def test_built_line_by_line(house: House, ana: Person, onboarded: Walk) -> None:
    """Lines are added, moved, changed, taken out and put back; the length is always shown."""
    await onboarded(ana)
    page = await built(ana)
    assert "Before work · 3:15 min" in page.text
    await ana.tap("2")
    await ana.sees("Line 2 of 3")
    await ana.tap("Up")
    page = await ana.sees("Line 1 of 3")
    assert "1. Pelvic tilt · 5 times · 1 min" in page.text
    await ana.tap("More")
    page = await ana.sees("10 times")
    assert "4 min" in page.text, "the length follows the dose"
    await ana.tap("Less")
    await ana.sees("5 times")
    await ana.tap("Less")
    assert (await ana.sees_toast("smallest dose")).text
    await ana.tap("Remove")
    page = await ana.sees("2:15 min")
    assert "Pelvic" not in page.text
    await ana.tap("Put it back")
    page = await ana.sees("1. Pelvic tilt")
    assert "Put it back" not in labels(page)
    (stored,) = await owns(house)
    assert [item.seconds for item in stored.items] == [60, 75, 60]


async def test_named_later_and_renamed(house: House, ana: Person, onboarded: Walk) -> None:
    """Later keeps a name of ours; a typed one is taken, and a question is answered."""
    await onboarded(ana)
    await ana.send("/routines")
    await ana.sees("Routines")
    await ana.tap("New routine")
    await ana.sees("For now: My routine")
    await ana.tap("Later")
    await ana.sees("My routine · empty")
    await ana.tap("Rename")
    await ana.sees("What shall it be called?")
    await ana.send("x" * 45)
    await ana.sees("too long for a button")
    await ana.send("How do I do the glute bridge?")
    await ana.sees("Glute bridge")
    await ana.send("After <b>work</b> & tea")
    await ana.sees("After <b>work</b> & tea · empty")
    assert [one.name for one in await owns(house)] == ["After <b>work</b> & tea"]
    await ana.send("Another name")
    await ana.sees("I don't know that one")


async def test_an_old_page_changes_nothing(house: House, ana: Person, onboarded: Walk) -> None:
    """A tap on a page from before a change says so; so does the second of a doubled tap."""
    await onboarded(ana)
    page = await built(ana)
    data = dict(button for row in page.buttons for button in row)
    await ana.tap("1")
    page = await ana.sees("Line 1 of 3")
    remove = next(data for row in page.buttons for label, data in row if "Remove" in label)
    one, two = await asyncio.gather(ana.tap("Remove", data=remove), ana.tap("Remove", data=remove))
    said = [(await one.answer()).text, (await two.answer()).text]
    assert sorted(map(bool, said)) == [False, True]
    assert STALE in max(said)
    await ana.tap("1", data=data["1"])
    await ana.sees_toast(STALE)
    assert len((await owns(house))[0].items) == 2


async def test_a_doubled_new_makes_one(house: House, ana: Person, onboarded: Walk) -> None:
    """New routine tapped twice makes one routine."""
    await onboarded(ana)
    await ana.send("/routines")
    await ana.sees("Routines")
    taps = [await ana.tap("New routine"), await ana.tap("New routine")]
    assert STALE in "".join([(await tap.answer()).text for tap in taps])
    assert len(await owns(house)) == 1


async def test_nobody_touches_anothers(house: House, ana: Person, onboarded: Walk) -> None:
    """Buttons that name another person's routine do nothing and show nothing."""
    await onboarded(ana)
    page = await built(ana)
    before = await owns(house)
    ben = house.person(1002, "Ben")
    await onboarded(ben)
    for row in page.buttons:
        for label, data in row:
            if data.startswith(("rp:", "page:")):
                continue
            tap = await ben.tap(label, data=data)
            assert STALE in (await tap.answer()).text
    key = before[0].key
    await ben.tap("Look", data=f"rp:{key}:")
    await ben.sees_toast("no longer have that one")
    await ben.tap("Choose", data=f"rt:{key}")
    await ben.sees_toast("no longer have that one")
    assert await owns(house) == before
    assert not any("Before work" in message.text for message in ben.messages)


async def test_started_and_walked(house: House, ana: Person, onboarded: Walk) -> None:
    """It opens with its length, is started, is cut short, and the end names it."""
    await onboarded(ana)
    await built(ana)
    await ana.tap("Done")
    page = await ana.sees("Before work · 3:15 min")
    assert "Audio session" in labels(page)
    assert "Standard" in labels(page)
    await ana.tap("Start now")
    await ana.sees("1/3")
    for number in ("2/3", "3/3"):
        await ana.tap("Done")
        await ana.sees(number)
    await ana.tap("Done")
    await ana.sees("Before work: done")


async def test_daily_and_reminded_of(house: House, ana: Person, onboarded: Walk) -> None:
    """Made the daily one, it is named by the reminder, /start and /settings, and started."""
    await onboarded(ana)
    await built(ana)
    await ana.tap("Done")
    await ana.tap("Make it daily", on=await ana.sees("3:15 min"))
    await ana.sees("Changed")
    house.clock.push(minutes=31)
    await house.settled()
    nudge = ana.messages[-1]
    assert "Before work" in nudge.text
    assert "Just one" in labels(nudge)
    await ana.send("/start")
    await ana.sees("Daily routine: Before work")
    await ana.send("/settings")
    await ana.sees("Routine: Before work")
    await ana.tap("Start", on=nudge)
    await ana.sees("1/3")


async def test_deleted_while_daily(house: House, ana: Person, onboarded: Walk) -> None:
    """Deleting asks once; the pack's daily routine is back, and an open session goes on."""
    await onboarded(ana)
    page = await built(ana)
    await ana.tap("Done")
    await ana.tap("Make it daily", on=await ana.sees("3:15 min"))
    await ana.sees("Changed")
    await ana.send("/today")
    step = await ana.sees("1/3")
    await ana.tap("Delete", on=page)
    await ana.sees("Delete Before work?")
    await ana.tap("Delete it")
    await ana.sees("Your daily routine is Daily 12 now")
    assert await owns(house) == ()
    assert (await person_of(house)).routine is None
    await ana.tap("Done", on=step)
    await ana.sees("2/3")
    await ana.send("undo")
    await ana.sees("1/3")
    await ana.tap("Stop")
    await ana.sees("Before work: stopped here")
    house.clock.push(minutes=31)
    await house.settled()
    await ana.send("/start")
    await ana.sees("Daily routine: Daily 12")


async def test_as_many_as_fit(house: House, ana: Person, onboarded: Walk) -> None:
    """More than ten routines, and more than an hour of one, are refused in a sentence."""
    await onboarded(ana)
    for number in range(10):
        await begun(ana, f"Number {number}")
    await ana.send("/routines")
    await ana.sees("Number 9")
    await ana.tap("New routine")
    await ana.sees_toast("Delete one first")
    assert len(await owns(house)) == 10


async def test_something_applies(house: House, ana: Person, onboarded: Walk) -> None:
    """To whom something of the screening applies only gentle ones are offered, at first doses."""
    await onboarded(ana, answer="Something applies")
    await begun(ana)
    await ana.tap("Add")
    await ana.tap("Core", on=await ana.sees("Only gentle ones"))
    shelf = await ana.sees("Only gentle ones")
    assert "Dead bug" not in labels(shelf)
    await ana.tap("Pelvic tilt", on=shelf)
    await ana.sees("Pelvic tilt is in")
    await ana.tap("The routine")
    await ana.tap("1", on=await ana.sees("Tap a number"))
    await ana.sees("Line 1 of 1")
    await ana.tap("More")
    await ana.sees_toast("Only gentle")
    await ana.tap("The routine")
    await ana.tap("Done", on=await ana.sees("Tap a number"))
    await ana.tap("Make it daily", on=await ana.sees("Before work"))
    await ana.sees("Changed")
    await ana.send("/today")
    await ana.sees("Pelvic tilt")


async def test_a_name_is_no_question_and_no_act(house: House, ana: Person, onboarded: Walk) -> None:
    """While a name is asked for, "done" is the step and a question is a question."""
    await onboarded(ana)
    await ana.send("/routines")
    await ana.sees("Routines")
    await ana.tap("New routine")
    await ana.sees("What shall it be called?")
    await ana.send("/today")
    await ana.sees("1/11")
    await ana.send("done")
    await ana.sees("2/11")
    await ana.send("how do I do the glute bridge")
    await ana.sees("bridge")
    await ana.send("/routines")
    await ana.sees("My routine")
