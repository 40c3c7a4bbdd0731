"""Full, Short, Just one: at the reminder, at the start and in the middle; each keeps the day."""

from __future__ import annotations

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.test_hands_free import buttons, session


async def finish(house: House, ana: Person) -> int:
    """Tap Done until the end; return how many taps that were."""
    taps = 0
    while session(house)["state"] == "active":
        await ana.tap("Done")
        await house.settled()
        taps += 1
    return taps


async def test_short_at_the_start(house: House, ana: Person, onboarded: Walk) -> None:
    """The first step offers the shorter lengths; Short is what matters most, and keeps the day."""
    await onboarded(ana)
    await ana.send("/today")
    first = await ana.sees("1/11")
    assert [one for one in buttons(first) if "Short" in one] == ["🕔 Short · 5 min"]
    await ana.tap("Short")
    short = await ana.sees("1/6 · Pelvic tilt")
    assert [one for one in buttons(short) if "Full" in one] == ["🕛 Full · 12 min"]
    assert await finish(house, ana) == 6
    assert "Daily 12, short" in ana.screen.text
    assert "6 of 6 steps done" in ana.screen.text
    assert session(house)["length"] == "short"
    await ana.send("/start")
    await ana.sees("1 day kept")


async def test_back_to_full(house: House, ana: Person, onboarded: Walk) -> None:
    """Before anything is done, a short session can be made a full one again."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    await ana.tap("Just one")
    await ana.sees("1/4 · Half-kneeling")
    await ana.tap("Full")
    await ana.sees("1/11 · Constructive")
    assert session(house)["length"] == "full"
    await ana.tap("Done")
    second = await ana.sees("2/11")
    assert not [one for one in buttons(second) if "Short" in one or "Full" in one]


async def test_just_one_from_the_reminder(house: House, ana: Person, onboarded: Walk) -> None:
    """A reminder starts one movement with all its sides and sets; that settles the day."""
    await onboarded(ana)
    house.clock.push(hours=0.5)
    await house.settled()
    assert "Just one" in " ".join(buttons(ana.screen))
    await ana.tap("Just one")
    await ana.sees("1/4 · Half-kneeling")
    assert await finish(house, ana) == 4
    assert "4 of 4 steps done" in ana.screen.text
    assert session(house)["length"] == "one"


async def test_finish_with_one_more(house: House, ana: Person, onboarded: Walk) -> None:
    """In the middle, the movement that is shown can be the last one, with both its sides."""
    await onboarded(ana)
    await ana.send("/today")
    for number in (1, 2, 3):
        await ana.sees(f"{number}/11")
        await ana.tap("Done")
    await ana.sees("4/11 · Half-kneeling")
    await ana.tap("More")
    await house.settled()
    await ana.tap("One more")
    await ana.sees("4/7 · Half-kneeling")
    assert await finish(house, ana) == 4
    assert "7 of 7 steps done" in ana.screen.text
    assert session(house)["state"] == "done"
    assert session(house)["length"] == "short"


async def test_lengths_from_the_first_screen(house: House, ana: Person, onboarded: Walk) -> None:
    """/start of somebody known offers the lengths too; an old button of one changes nothing."""
    await onboarded(ana)
    await ana.send("/start")
    await house.settled()
    await ana.tap("Short")
    first = await ana.sees("1/6")
    await ana.tap("Done")
    await ana.sees("2/6")
    old = next(data for row in first.buttons for label, data in row if "Full" in label)
    await house.settled()
    before = tuple(session(house))
    await ana.tap("Full", data=old)
    await ana.sees_toast("no longer applies")
    assert tuple(session(house)) == before


async def test_one_exercise_has_one_length(house: House, ana: Person, onboarded: Walk) -> None:
    """Where nothing comes after the movement there is nothing to leave out."""
    await onboarded(ana)
    await ana.send("/how glute bridge")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await ana.sees("1/1 ·")
    await ana.tap("More")
    await house.settled()
    assert not [one for one in buttons(ana.screen) if "One more" in one]
