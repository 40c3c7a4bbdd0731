"""Levels through the day, in the ear, and when an update is processed a second time."""

from __future__ import annotations

from sqlalchemy import delete

from bot.callbacks import AudioDone
from bot.domain.adaptation import Wish
from bot.domain.player import Feedback, SessionKind
from bot.domain.recording import Audible
from bot.domain.session import Ended, Wanted
from bot.services import audio, feeling, levels
from db.models import Inbox, Session
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.levels import ledger, raised
from tests.conversations.spread import at_pace, movement

TILT = "pelvic-tilt-supine"


async def by_hand(house: House, entry: str, number: int = 1001) -> None:
    """Raise an exercise for a person, as they would by its page."""
    assert house.limber is not None
    assert await levels.move(house.limber.deps, number, entry, Wish.MORE, 0)


async def test_through_the_day(house: House, ana: Person, onboarded: Walk) -> None:
    """Movements have the person's own doses; a week off is told with the first of them."""
    await onboarded(ana)
    await at_pace(ana)
    await by_hand(house, "pelvic-tilt-supine")
    first = await movement(house, ana, 10)
    assert "Pelvic tilt · 8 times" in first.text
    await ana.tap("Done", on=first)
    await house.settled()
    assert "week off" not in ana.screen.text
    first = await movement(house, ana, 10, "2026-03-10")
    assert "Pelvic tilt · 6 times" in first.text
    await ana.tap("Done", on=first)
    told = await ana.sees("After a week off: Pelvic tilt, repetitions 8 to 6.")
    await ana.tap("Keep 8", on=told)
    await house.settled()
    assert await ledger(house) == [
        ("pelvic-tilt-supine", 1, "asked", False),
        ("pelvic-tilt-supine", -1, "break", True),
    ]


async def test_listened_to(house: House, ana: Person, onboarded: Walk) -> None:
    """What is listened to steps back after a week off too; its end says so, and can be refused."""
    await onboarded(ana)
    await raised(house, ana)
    assert house.limber is not None
    house.clock.push(days=7)
    await house.settled()
    deps, wanted = house.limber.deps, Wanted(SessionKind.ROUTINE, "daily-psoas-12")
    found = await audio.audible(deps, 1001, wanted)
    assert isinstance(found, Audible)
    tilt = next(one.step for one in found.parts if one.step.entry == TILT)
    assert tilt.reps == 6
    await ana.send("/start rt_daily-psoas-12")
    page = await ana.sees("Twelve minutes")
    await ana.tap("", on=page, data=AudioDone(wanted.code).pack())
    end = await ana.sees("After a week off: Pelvic tilt, repetitions 8 to 6.")
    await ana.tap("Keep 8", on=end)
    await ana.sees("Kept: Pelvic tilt, 8 repetitions.")
    await ana.send("/start rt_daily-psoas-12")
    assert "⬆️ 8 times" in (await ana.sees("Twelve minutes")).text
    assert [one[1:] for one in await ledger(house)] == [(1, "easy", False), (-1, "break", True)]


async def test_processed_again(house: House, ana: Person, onboarded: Walk) -> None:
    """An update that is processed again after a kill moves nothing a second time."""
    await onboarded(ana)
    await raised(house, ana)
    assert house.limber is not None
    deps = house.limber.deps.for_update(10**9)
    async with deps.database.sessions.begin() as session:
        session.add(Inbox(update_id=10**9, raw="", state="pending", received_at=deps.now()))
    for _ in range(2):
        assert isinstance(await feeling.say(deps, 1001, 2, Feedback.HARD), Ended)
        assert await ledger(house) == [("kneeling-hip-flexor-stretch", -1, "hard", False)]


async def test_gone_with_its_session(house: House, ana: Person, onboarded: Walk) -> None:
    """What a session changed is gone with it."""
    await onboarded(ana)
    await raised(house, ana)
    assert house.limber is not None
    assert len(await ledger(house)) == 1
    async with house.limber.deps.write() as session:
        await session.execute(delete(Session).where(Session.id == 2))
    assert await ledger(house) == []
