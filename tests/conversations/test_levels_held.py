"""Levels where something is held back: by the screening, by a week off, by what was not done."""

from __future__ import annotations

from sqlalchemy import update

from bot.domain.adaptation import Wish
from bot.domain.person import Screened
from bot.services import levels
from db.models import Person as Row
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.hurting import datum, labels, walk_on, walk_to
from tests.conversations.levels import dose_line, felt, keeps, ledger, moved, walked

TILT, KNEEL = "pelvic-tilt-supine", "kneeling-hip-flexor-stretch"


async def by_hand(house: House, entry: str, wish: Wish = Wish.MORE) -> None:
    """Change an exercise by one notch, as they would by its page."""
    assert house.limber is not None
    found = await levels.page(house.limber.deps, 1001, entry)
    assert found is not None
    await levels.move(house.limber.deps, 1001, entry, wish, found.last)


async def test_raised_before_something_applied(house: House, ana: Person, onboarded: Walk) -> None:
    """What is told to go down goes down, though the ledger stands above what may be done."""
    await onboarded(ana)
    await by_hand(house, KNEEL)
    assert house.limber is not None
    async with house.limber.deps.write() as session:
        await session.execute(update(Row).values(screened=Screened.APPLIES))
    await by_hand(house, KNEEL, Wish.LESS)
    found = await levels.page(house.limber.deps, 1001, KNEEL)
    assert found is not None
    assert (found.rung.written.sets, found.rung.dose.sets) == (2, 1)
    assert [one[1] for one in await ledger(house)] == [1, -2]


async def test_less_before_the_session_after_a_week_off(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Less asked for after a week off is one notch less than what is shown, and settles it."""
    await onboarded(ana)
    await by_hand(house, KNEEL)
    await felt(house, ana, "Just right")
    house.clock.push(days=8)
    await house.settled()
    await by_hand(house, KNEEL, Wish.LESS)
    await ana.send("/today")
    first = await ana.sees("1/")
    assert "week off" not in first.text
    assert "hold 20 s" in await dose_line(house, ana, "Half-kneeling")


async def test_a_week_off_waits_for_its_exercise(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """What a session after a week off does not ask for steps back in the one that does."""
    await onboarded(ana)
    await by_hand(house, TILT)
    await felt(house, ana, "Just right")
    house.clock.push(days=8)
    await house.settled()
    await ana.send("/start ex_glute-bridge")
    await ana.sees("Lie down")
    await ana.tap("Do it now")
    await ana.sees("1/1")
    await ana.tap("Done")
    await house.settled()
    assert [one[1] for one in await ledger(house)] == [1]
    house.clock.push(days=1)
    await house.settled()
    await ana.send("/today")
    first = await ana.sees("After a week off: Pelvic tilt, repetitions 8 to 6.")
    assert keeps(first) == ["Keep 8 repetitions"]
    assert [one[1:3] for one in await ledger(house)] == [(1, "asked"), (-1, "break")]
    assert "6 times" in await dose_line(house, ana, "Pelvic tilt")


async def test_too_hard_where_it_stopped(house: House, ana: Person, onboarded: Walk) -> None:
    """Too hard lowers what they came to, up to the step they stopped at; the rest is not named."""
    await onboarded(ana)
    await ana.send("/today")
    await walk_to(house, ana, "Pelvic tilt")
    await ana.tap("Stop")
    await ana.sees("stopped here")
    await ana.tap("Too hard")
    end = await ana.sees("Noted: too hard")
    assert KNEEL not in [one[0] for one in await ledger(house)]
    if await ledger(house):
        await ana.tap("Another one", on=end)
        await house.settled()
    assert "Half-kneeling" not in "".join(labels(ana.screen))


async def test_an_old_answer_raises_nothing(house: House, ana: Person, onboarded: Walk) -> None:
    """Answered late, two too easy raise nothing once a later session was too hard."""
    await onboarded(ana)
    await felt(house, ana, "Too easy")
    question = await walked(house, ana)
    easy = datum(question, "Too easy")
    await felt(house, ana, "Too hard")
    before = await ledger(house)
    await ana.tap("", on=question, data=easy)
    end = await ana.sees("Noted: too easy")
    assert await ledger(house) == before
    assert "Once more like this" not in end.text


async def felt_at(house: House, ana: Person, level: str, word: str) -> Message:
    """Walk the daily routine at a level on another day and say how it felt."""
    house.clock.push(days=1)
    await house.settled()
    await ana.send("/start rt_daily-psoas-12")
    page = await ana.sees("Twelve minutes")
    await ana.tap("", on=page, data=f"st:r.daily-psoas-12.{level}")
    await ana.sees("1/")
    await walk_on(house, ana)
    await ana.tap(word)
    return await ana.sees("Noted:")


async def test_too_easy_at_a_level(house: House, ana: Person, onboarded: Walk) -> None:
    """Two sessions at one level raise by what is done there; one at another does not count."""
    await onboarded(ana)
    assert not moved(await felt_at(house, ana, "b", "Too easy"))
    assert not moved(await felt_at(house, ana, "s", "Too easy"))
    told = moved(await felt_at(house, ana, "s", "Too easy"))
    assert told == ["Pelvic tilt, repetitions 10 to 12"]
    assert await ledger(house) == [(TILT, 1, "easy", False)]


async def test_too_hard_at_a_level(house: House, ana: Person, onboarded: Walk) -> None:
    """What goes down is named by what was done, at the end and in what else could go down."""
    await onboarded(ana)
    end = await felt_at(house, ana, "a", "Too hard")
    assert moved(end) == ["Lying psoas march, sets 3 to 2"]
    await ana.tap("Another one", on=end)
    choice = await ana.sees("Which one was too much?")
    await ana.tap("Half-kneeling", on=choice)
    chosen = await ana.sees("Half-kneeling hip stretch, ")
    assert moved(chosen) == ["Half-kneeling hip stretch, hold 45 s to 30 s"]
    assert [one[1:3] for one in await ledger(house)] == [(-1, "hard")]
