"""How much of an exercise: by hand, after pain, after a week off; left out, swapped for good."""

from __future__ import annotations

from pathlib import Path

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.hurting import KNEELING, datum, labels, name_of, says, walk_on, walk_to
from tests.conversations.levels import dose_line, felt, keeps, ledger, moved, raised
from tests.conversations.reminded import STALE

KNEEL = "kneeling-hip-flexor-stretch"


async def own_page(ana: Person, name: str, routine: str = "daily-psoas-12") -> Message:
    """Open how much they do of an exercise: two taps from the page of a routine."""
    await ana.send(f"/start rt_{routine}")
    await ana.sees("Twelve minutes")
    await ana.tap("For you")
    listed = await ana.sees("as you do it")
    await ana.tap(name, on=listed)
    return await ana.sees("🎚️")


async def begin(house: House, ana: Person, *, days: int = 0) -> Message:
    """Begin today's routine some days later and return its first step."""
    house.clock.push(days=days)
    await house.settled()
    await ana.send("/today")
    return await ana.sees("1/")


async def names_of(house: House, ana: Person) -> list[str]:
    """Walk the next day's routine and return the names of its steps."""
    await begin(house, ana, days=1)
    return await walk_on(house, ana)


async def test_pain_lowers_and_watches(house: House, ana: Person, onboarded: Walk) -> None:
    """Pain of 4 lowers the exercise, told at once and at the end; nothing raises it for 14 days."""
    await onboarded(ana)
    await begin(house, ana)
    await walk_to(house, ana, KNEELING)
    tap = await says(ana, 5)
    told = (await tap.answer()).text
    assert "It hurt, so next time: Half-kneeling hip stretch, hold 30 s to 20 s." in told
    await walk_on(house, ana)
    await ana.tap("Just right")
    end = await ana.sees("It hurt, so next time")
    assert keeps(end) == ["Keep 30 s"]
    assert await ledger(house) == [(KNEEL, -1, "pain", False)]
    page = await own_page(ana, KNEELING)
    assert "It hurt in the last two weeks" in page.text
    assert "More" not in "".join(labels(page))
    house.clock.push(days=15)
    await house.settled()
    page = await own_page(ana, KNEELING)
    assert "➕ More" in labels(page)


async def test_pain_is_kept(house: House, ana: Person, onboarded: Walk) -> None:
    """What went down because it hurt can be refused where that is said, and undone with it."""
    await onboarded(ana)
    await begin(house, ana)
    await walk_to(house, ana, KNEELING)
    await says(ana, 8)
    said = await ana.sees("Left out for today")
    assert "hold 30 s to 20 s" in said.text
    tap = await ana.tap("Keep 30 s", on=said)
    assert "Kept: Half-kneeling hip stretch, 30 s." in (await tap.answer()).text
    assert await ledger(house) == [(KNEEL, -1, "pain", True)]
    assert STALE in (await (await ana.tap("Keep 30 s", on=said)).answer()).text


async def test_pain_told_twice(house: House, ana: Person, onboarded: Walk) -> None:
    """Told twice in a session, it lowers once."""
    await onboarded(ana)
    await begin(house, ana)
    step = await walk_to(house, ana, KNEELING)
    await says(ana, 5)
    await ana.sees("easier")
    await says(ana, 6)
    await house.settled()
    assert await ledger(house) == [(KNEEL, -1, "pain", False)]
    await ana.tap("", on=step, data="una:1")
    await house.settled()
    assert len(await ledger(house)) == 1  # the second answer is taken back, not the first


async def test_pain_taken_back(house: House, ana: Person, onboarded: Walk) -> None:
    """Undo of the answer that lowered an exercise takes the change back with it."""
    await onboarded(ana)
    await begin(house, ana)
    step = await walk_to(house, ana, KNEELING)
    await says(ana, 5)
    await ana.sees("easier")
    await ana.tap("", on=step, data="una:1")
    await house.settled()
    assert await ledger(house) == []


async def test_a_week_off(house: House, ana: Person, onboarded: Walk) -> None:
    """After a week off what was raised steps back one notch, told at the first step, once."""
    await onboarded(ana)
    await raised(house, ana)
    house.clock.push(days=7)
    await house.settled()
    await ana.send("/start rt_daily-psoas-12")
    assert "⬆️" not in (await ana.sees("Daily 12")).text
    first = await begin(house, ana)
    assert "After a week off: Pelvic tilt, repetitions 8 to 6." in first.text
    assert keeps(first) == ["Keep 8 repetitions"]
    assert "6 times" in await dose_line(house, ana, "Pelvic tilt")
    assert "week off" not in ana.screen.text
    await walk_on(house, ana)
    await ana.tap("Just right")
    assert "week off" not in (await ana.sees("Noted:")).text
    again = await begin(house, ana, days=1)
    assert "week off" not in again.text
    assert [one[1:3] for one in await ledger(house)] == [(1, "easy"), (-1, "break")]


async def test_a_week_off_kept(house: House, ana: Person, onboarded: Walk) -> None:
    """Refused at the first step, the session has its former dose at once."""
    await onboarded(ana)
    await raised(house, ana)
    first = await begin(house, ana, days=8)
    await ana.tap("Keep 8", on=first)
    await house.settled()
    kept = ana.screen
    assert "week off" not in kept.text
    assert name_of(kept) == name_of(first)
    assert "8 times" in await dose_line(house, ana, "Pelvic tilt")
    assert await ledger(house) == [
        ("pelvic-tilt-supine", 1, "easy", False),
        ("pelvic-tilt-supine", -1, "break", True),
    ]
    await walk_on(house, ana)
    assert "week off" not in (await begin(house, ana, days=1)).text


async def test_six_days_are_no_week(house: House, ana: Person, onboarded: Walk) -> None:
    """Six days later nothing steps back."""
    await onboarded(ana)
    await raised(house, ana)
    assert "week off" not in (await begin(house, ana, days=6)).text


async def test_by_hand(house: House, ana: Person, onboarded: Walk) -> None:
    """More, less and as written, by two taps from the routine; a doubled tap moves one notch."""
    await onboarded(ana)
    page = await own_page(ana, KNEELING)
    assert "In Daily 12: 2 × 30 s each side" in page.text
    assert labels(page)[:2] == ["➖ Less", "➕ More"]
    more = datum(page, "➕ More")
    await ana.tap("More", on=page)
    up = await ana.sees("2 × 45 s each side ⬆️ (written: 2 × 30 s)")
    assert up.id == page.id
    assert "That is the most of it." in up.text
    doubled = await ana.tap("", on=up, data=more)
    assert STALE in (await doubled.answer()).text
    await ana.tap("As written", on=up)
    await house.settled()
    assert "In Daily 12: 2 × 30 s each side" in ana.screen.text
    await ana.tap("Less", on=up)
    await ana.sees("2 × 20 s each side ⬇️")
    await ana.tap("Less", on=up)
    await ana.sees("20 s each side ⬇️")
    assert [one[1] for one in await ledger(house)] == [1, -1, -1, -1]
    await begin(house, ana)
    assert "hold 20 s" in await dose_line(house, ana, KNEELING)
    assert "set" not in ana.screen.text.split("\n")[1]


async def test_alone_too(house: House, ana: Person, onboarded: Walk) -> None:
    """An exercise done alone follows its notches; its card leads to them."""
    await onboarded(ana)
    await ana.send("/start ex_glute-bridge")
    card = await ana.sees("Glute bridge")
    await ana.tap("For you", on=card)
    await ana.sees("In Daily 12: 8 times")
    await ana.tap("More")
    await ana.sees("10 times ⬆️")
    await ana.send("/start ex_glute-bridge")
    await ana.sees("Lie down")
    await ana.tap("Do it now")
    assert "10 times" in (await ana.sees("1/1")).text


async def test_left_out_for_good(house: House, ana: Person, onboarded: Walk) -> None:
    """What is left out is in no session until it is brought back; nothing left starts nothing."""
    await onboarded(ana)
    page = await own_page(ana, KNEELING)
    await ana.tap("Leave it out for good", on=page)
    out = await ana.sees("left out for good")
    assert labels(out)[0] == "Bring it back"
    await begin(house, ana)
    names = await walk_on(house, ana)
    assert not any(KNEELING in name for name in names)
    await ana.send("/start rt_daily-psoas-12")
    assert "Left out for good: Half-kneeling hip stretch" in (await ana.sees("Daily 12")).text
    await ana.tap("Bring it back", on=out)
    await ana.sees("2 × 30 s each side")
    assert any(KNEELING in name for name in await names_of(house, ana))


async def test_nothing_left(house: House, ana: Person, onboarded: Walk, tmp_path: Path) -> None:
    """Who left all of a routine out is told so, and starts it again with one thing back."""
    pack = tmp_path / "coach"
    (pack / "routines").mkdir(parents=True)
    (pack / "pack.yaml").write_text("daily: mine-1\n")
    (pack / "routines" / "mine-1.yaml").write_text(
        "key: mine-1\nname: Mine 1\nsummary: Only a bridge.\nseconds: 1:15\nitems:\n"
        "  - entry: glute-bridge\n    seconds: 1:15\n    dose:\n      reps: 8\n"
        "      tempo: 2-3-3\n"
    )
    await house.stop()
    await house.start(CONTENT_DIR=str(pack))
    await onboarded(ana)
    await ana.send("/start ex_glute-bridge")
    await ana.sees("Lie down")
    await ana.tap("For you")
    page = await ana.sees("In Mine 1")
    await ana.tap("Leave it out for good", on=page)
    await ana.sees("left out for good")
    await ana.send("/today")
    await ana.sees("You left out everything in this routine")
    await ana.tap("Bring it back", on=page)
    await ana.sees("In Mine 1: 8 times")
    await begin(house, ana)


async def test_swapped_for_good(house: House, ana: Person, onboarded: Walk) -> None:
    """Another exercise of the same purpose is done in its place, until that is taken back."""
    await onboarded(ana)
    page = await own_page(ana, KNEELING)
    await ana.tap("Swap it", on=page)
    offer = await ana.sees("What instead of Half-kneeling hip stretch?")
    assert offer.id == page.id
    forged = datum(offer, "Standing hip stretch")
    await ana.tap("Standing", on=offer)
    swapped = await ana.sees("Standing hip stretch instead")
    assert STALE in (await (await ana.tap("", on=swapped, data=forged)).answer()).text
    names = "".join(await names_of(house, ana))
    assert "Standing hip stretch" in names
    assert KNEELING not in names
    await ana.tap("No swap", on=swapped)
    await ana.sees("2 × 30 s each side")
    assert KNEELING in "".join(await names_of(house, ana))


async def test_somebody_elses(house: House, ana: Person, onboarded: Walk) -> None:
    """Nobody refuses what goes up for somebody else, and nobody else's answers count."""
    await onboarded(ana)
    end = await raised(house, ana)
    assert moved(end)
    ben = await onboarded(house.person(1002, "Ben"))
    refused = await ben.tap("", data=datum(end, "Keep 6 repetitions"))
    assert STALE in (await refused.answer()).text
    assert (await ledger(house))[0][3] is False
    assert await felt(house, ben, "Too easy")
    assert await ledger(house, 1002) == []
