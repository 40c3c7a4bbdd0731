"""Levels move by what is said of sessions; it is told each time, and can be refused."""

from __future__ import annotations

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.hurting import datum, labels, walk_on, walk_to
from tests.conversations.levels import (
    TILT,
    dose_line,
    felt,
    keeps,
    ledger,
    moved,
    raised,
    walked,
)
from tests.conversations.reminded import STALE

TILTED = ("pelvic-tilt-supine", 1, "easy", False)
KNEELING = "kneeling-hip-flexor-stretch"


async def test_two_too_easy_raise_one(house: House, ana: Person, onboarded: Walk) -> None:
    """Once says what twice does; twice raises one exercise by one notch, and says which."""
    await onboarded(ana)
    once = await felt(house, ana, "Too easy")
    assert "Once more like this" in once.text
    assert not moved(once)
    twice = await felt(house, ana, "Too easy")
    assert moved(twice) == [TILT]
    assert keeps(twice) == ["Keep 6 repetitions"]
    assert await ledger(house) == [TILTED]
    house.clock.push(days=1)
    await ana.send("/start rt_daily-psoas-12")
    page = (await ana.sees("Daily 12")).text
    assert "12:18" in page
    assert "⬆️ 8 times" in page
    await ana.send("/today")
    await ana.sees("1/")
    assert "8 times" in await dose_line(house, ana, "Pelvic tilt")


async def test_one_at_a_time(house: House, ana: Person, onboarded: Walk) -> None:
    """After a raise two more are needed, and another exercise goes up then."""
    await onboarded(ana)
    await raised(house, ana)
    third = await felt(house, ana, "Too easy")
    assert not moved(third)
    assert "Once more like this" in third.text
    fourth = await felt(house, ana, "Too easy")
    assert moved(fourth) == ["Slow cat-cow, repetitions 6 to 8"]
    assert [one[0] for one in await ledger(house)] == ["pelvic-tilt-supine", "segmented-cat-cow"]


async def test_not_in_a_row(house: House, ana: Person, onboarded: Walk) -> None:
    """Another answer between two breaks the row; what was stopped or skipped does not count."""
    await onboarded(ana)
    await felt(house, ana, "Too easy")
    await felt(house, ana, "Just right")
    assert not moved(await felt(house, ana, "Too easy"))
    house.clock.push(days=1)
    await house.settled()
    await ana.send("/today")
    await walk_to(house, ana, "Pelvic tilt")
    await ana.tap("Skip")
    await walk_on(house, ana)
    await ana.tap("Too easy")
    assert moved(await ana.sees("Noted:")) == ["Slow cat-cow, repetitions 6 to 8"]


async def test_refused(house: House, ana: Person, onboarded: Walk) -> None:
    """A raise can be refused once; the next one is of something else."""
    await onboarded(ana)
    end = await raised(house, ana)
    keep = datum(end, "Keep 6 repetitions")
    await ana.tap("Keep 6", on=end)
    kept = await ana.sees("Kept: Pelvic tilt, 6 repetitions")
    assert kept.id == end.id
    assert not keeps(kept)
    assert await ledger(house) == [(*TILTED[:3], True)]
    again = await ana.tap("", on=end, data=keep)
    assert STALE in (await again.answer()).text
    await ana.send("/today")
    await ana.sees("1/")
    assert "6 times" in await dose_line(house, ana, "Pelvic tilt")
    await walk_on(house, ana)
    await ana.tap("Too easy")
    await ana.sees("Noted:")
    assert moved(await felt(house, ana, "Too easy")) == ["Slow cat-cow, repetitions 6 to 8"]


async def test_too_hard_lowers_at_once(house: House, ana: Person, onboarded: Walk) -> None:
    """What was raised last goes down again; another one can be chosen instead."""
    await onboarded(ana)
    await raised(house, ana)
    end = await felt(house, ana, "Too hard")
    assert moved(end) == ["Pelvic tilt, repetitions 8 to 6"]
    await ana.tap("Another one", on=end)
    choice = await ana.sees("Which one was too much?")
    assert "Pelvic tilt" not in "".join(labels(choice))
    await ana.tap("Half-kneeling", on=choice)
    chosen = await ana.sees("Half-kneeling hip stretch, hold 30 s to 20 s")
    assert chosen.id == end.id
    assert await ledger(house) == [TILTED, (KNEELING, -1, "hard", False)]
    again = await ana.tap("", on=chosen, data=f"low:2:{KNEELING}")
    assert STALE in (await again.answer()).text


async def test_too_hard_of_the_longest(house: House, ana: Person, onboarded: Walk) -> None:
    """Where nothing was raised or skipped, what takes the longest goes down, to its least."""
    await onboarded(ana)
    assert moved(await felt(house, ana, "Too hard")) == [
        "Half-kneeling hip stretch, hold 30 s to 20 s"
    ]
    house.clock.push(days=1)
    await house.settled()
    await ana.send("/today")
    await walk_to(house, ana, "Lying psoas march")
    await ana.tap("Skip")
    await walk_on(house, ana)
    await ana.tap("Too hard")
    assert moved(await ana.sees("Noted:")) == ["Lying psoas march, repetitions 10 to 8"]


async def test_second_thought_and_undo(house: House, ana: Person, onboarded: Walk) -> None:
    """A second thought decides anew; Undo takes back what followed, and Too easy counts again."""
    await onboarded(ana)
    end = await raised(house, ana)
    await ana.tap("Undo", on=end)
    asked = await ana.sees("How did it feel?")
    assert await ledger(house) == []
    hard, easy = datum(asked, "Too hard"), datum(asked, "Too easy")
    await ana.tap("Too hard", on=asked)
    await ana.sees("Noted: too hard")
    assert await ledger(house) == [(KNEELING, -1, "hard", False)]
    await ana.tap("", on=asked, data=easy)
    await ana.sees("Noted: too easy")
    assert await ledger(house) == [TILTED]
    await ana.tap("", on=asked, data=easy)
    assert await ledger(house) == [TILTED]
    await ana.tap("", on=asked, data=hard)
    await ana.sees("Noted: too hard")
    await ana.tap("Undo", on=asked)
    back = await ana.sees("Noted: too easy")
    assert moved(back) == [TILT]
    assert await ledger(house) == [TILTED]


async def test_something_applies(house: House, ana: Person, onboarded: Walk) -> None:
    """Nothing goes up for somebody to whom something in the screening applies; down it goes."""
    await onboarded(ana, answer="Something applies")
    assert not moved(await felt(house, ana, "Too easy"))
    second = await felt(house, ana, "Too easy")
    assert not moved(second)
    assert "goes up" not in second.text
    assert moved(await felt(house, ana, "Too hard"))


async def test_after_delete(house: House, ana: Person, onboarded: Walk) -> None:
    """What is tapped about a session that is gone, or another person's, changes nothing."""
    await onboarded(ana)
    await felt(house, ana, "Too easy")
    end = await walked(house, ana)
    easy = datum(end, "Too easy")
    ben = await onboarded(house.person(1002, "Ben"))
    theirs = await felt(house, ben, "Just right")
    refused = await ben.tap("", on=theirs, data=easy)
    assert STALE in (await refused.answer()).text
    assert "Noted: just right" in ben.screen.text
    change = "keep:1:end"
    await ana.tap("Too easy", on=end)
    await ana.sees("Next time")
    refused = await ben.tap("", on=theirs, data=change)
    assert STALE in (await refused.answer()).text
    assert await ledger(house) == [TILTED]
    await ana.send("/delete")
    await ana.sees("Delete")
    await ana.tap("Delete everything")
    await house.settled()
    for data in (easy, change, "ano:2:1", "low:2:glute-bridge", "nt:glute-bridge:more:0"):
        await ana.tap("", on=end, data=data)
        await house.settled()
    assert await ledger(house) == []
