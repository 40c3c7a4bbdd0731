"""An own routine where the pack's are: through the day, by ear, behind gates, on a changed pack."""

from __future__ import annotations

from pathlib import Path

from content.loader import packaged
from sandbox.person import Person
from tests.conftest import LEARNING, House, Walk
from tests.conversations.building import begun, built, owns
from tests.conversations.personal import kept
from tests.conversations.reminded import labels
from tests.conversations.spread import at_pace, movement, sessions_of

ADMIN = 1001
SWITCH = "psoas-crusher"
SLOW = 60.0  # seconds in which three minutes of sound are made


async def made_daily(person: Person) -> None:
    """Build a routine and make it the daily one."""
    await built(person)
    await person.tap("Done")
    await person.tap("Make it daily", on=await person.sees("3:15 min"))
    await person.sees("Changed")


async def test_through_the_day(house: House, ana: Person, onboarded: Walk) -> None:
    """It is shared among the set times; deleted meanwhile, its day goes on to the end."""
    await onboarded(ana)
    await made_daily(ana)
    page = next(one for one in ana.messages if "Tap a number" in one.text)
    await at_pace(ana)
    first = await movement(house, ana, 10)
    assert "Glute bridge" in first.text
    await ana.tap("Delete", on=page)
    await ana.sees("Delete Before work?")
    await ana.tap("Delete it")
    await ana.sees("Daily 12")
    await ana.tap("Start", on=first)
    await ana.sees("1/1 · Glute bridge")
    await ana.tap("Done")
    second = await movement(house, ana, 13)
    assert "Pelvic tilt" in second.text
    await ana.tap("Done", on=second)
    third = await movement(house, ana, 16)
    await ana.tap("Done", on=third)
    await ana.sees("Before work: done")
    (day, *_) = await sessions_of(house)
    assert day.entry.startswith("own_")


async def test_by_ear(house: House, ana: Person, onboarded: Walk) -> None:
    """It is listened to under its name."""
    await onboarded(ana)
    await made_daily(ana)
    await ana.send("/start")
    await ana.sees("Before work")
    await ana.tap("Audio session")
    heard = await ana.sees("0:00 ", SLOW)
    assert heard.voice
    assert "🎧 Before work · 3:20 min" in heard.text


async def test_behind_the_gate(house: House, ana: Person, onboarded: Walk) -> None:
    """The release asks its questions as anywhere; where one is yes a breath takes its place."""
    await onboarded(ana)
    await begun(ana)
    await ana.tap("Add")
    await ana.tap("Release", on=await ana.sees("What do you want"))
    await ana.tap("self-release", on=await ana.sees("What do you want"))
    await ana.sees("1 line now")
    await ana.tap("The routine")
    await ana.tap("Done", on=await ana.sees("Tap a number"))
    await ana.sees("Before work")
    await ana.tap("Start now")
    await ana.sees("Question 1 of")
    await ana.tap("Yes")
    await ana.sees("Skip the ball")
    await ana.tap("without")
    step = await ana.sees("1/1")
    assert "breath" in step.text.casefold()


async def test_a_pack_without_it(
    house: House, ana: Person, onboarded: Walk, tmp_path: Path
) -> None:
    """What /reload takes away is left out of it and named; what is left is done."""
    pack = tmp_path / "coach"
    (pack / "exercises").mkdir(parents=True)
    (pack / "pack.yaml").write_text("name: Mine\n")
    await house.stop()
    await house.start(CONTENT_DIR=str(pack), ADMIN_IDS=str(ADMIN))
    await onboarded(ana)
    page = await built(ana)
    await ana.tap("Add", on=page)
    await ana.tap("Release", on=await ana.sees("What do you want"))
    await ana.tap("Psoas crusher", on=await ana.sees("What do you want"))
    await ana.sees("4 lines now")
    original = (packaged() / "exercises" / f"{SWITCH}.yaml").read_text()
    changed = original.replace("\nlevel:", "\nscheduled: no\nlevel:", 1)
    (pack / "exercises" / f"{SWITCH}.yaml").write_text(changed)
    await ana.send("/reload")
    await ana.sees("read anew", timeout=LEARNING)
    await ana.tap("The routine")
    page = await ana.sees("· 3:15 min")
    assert "4. Psoas crusher" in page.text
    assert "left out" in page.text
    await ana.tap("Done")
    page = await ana.sees("3:15 min")
    assert "Psoas crusher" in page.text.partition("Left out")[2]
    await ana.tap("Start now")
    await ana.sees("1/3")
    await ana.tap("Change it", on=page)
    await ana.tap("4", on=await ana.sees("Tap a number"))
    await ana.tap("Remove", on=await ana.sees("Line 4 of 4"))
    gone = await ana.sees("· 3:15 min")
    assert "Psoas crusher" not in gone.text


async def test_gone_with_the_person(house: House, ana: Person, onboarded: Walk) -> None:
    """Delete everything leaves no word of it, not even in what sessions began with."""
    await onboarded(ana)
    await made_daily(ana)
    await ana.send("/today")
    await ana.sees("1/3")
    await ana.send("/delete")
    await ana.sees("for good")
    await ana.tap("Delete everything")
    await ana.sees("deleted")
    await house.settled()
    await house.stop()
    assert not [name for name, bytes_ in kept(house).items() if b"Before work" in bytes_]
    await house.start()
    assert await owns(house) == ()
    assert labels(ana.messages[-1]) == ""
