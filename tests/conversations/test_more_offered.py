"""A recap offers a little more of one exercise: accepted, declined, in vain, and not after pain."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.domain.adaptation import Cause, Named
from bot.domain.player import Feedback
from bot.services import adaptation, deciding
from db.models import LevelChange
from db.models import Person as Stored
from db.queries import people
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.recaps import SUNDAY, kept, recaps, to
from tests.conversations.reminded import utc
from tests.conversations.test_breathing import UPDATE, keep_update
from tests.conversations.test_proposals import no_more
from tests.conversations.test_recap import WEEK

OFFER = "A little more of "


async def felt(house: House, *feedback: Feedback | None, week: int = 0) -> None:
    """Put finished routines into the past, at the time of the reminder, from a Tuesday on."""
    for day, each in enumerate(feedback, start=3):
        await kept(house, utc(f"2026-03-{day:02}T06:35") + week * WEEK, feedback=each)


async def offered(house: House, ana: Person, onboarded: Walk) -> Message:
    """Have somebody find three routines just right; return the recap that offers more."""
    await onboarded(ana)
    await felt(house, Feedback.RIGHT, Feedback.RIGHT, Feedback.EASY)
    await to(house, SUNDAY)
    (found,) = recaps(ana)
    assert OFFER in found.text
    return found


async def ledger(house: House) -> list[LevelChange]:
    """Return all changes of levels."""
    assert house.limber is not None
    async with house.limber.deps.read() as session:
        return list(await session.scalars(select(LevelChange)))


async def test_accepted(house: House, ana: Person, onboarded: Walk) -> None:
    """Yes makes one exercise one notch more, as if asked for, and can be taken back."""
    found = await offered(house, ana, onboarded)
    change = found.text.partition(OFFER)[2].partition(": ")[2].partition("?")[0]
    await ana.tap("A little more")
    told = await ana.sees("As you asked")
    assert change in told.text
    assert recaps(ana)[0].text == found.text
    (row,) = await ledger(house)
    assert (row.cause, row.notches, row.refused_at) == (Cause.ASKED, 1, None)
    await no_more(ana, "A little more", found)
    await ana.tap("Keep ")
    await house.settled()
    (row,) = await ledger(house)
    assert row.refused_at is not None


async def test_declined(house: House, ana: Person, onboarded: Walk) -> None:
    """No leaves all as it is, and that exercise is not offered again the week after."""
    found = await offered(house, ana, onboarded)
    await ana.tap("No, thanks")
    await house.settled()
    assert await ledger(house) == []
    await no_more(ana, "A little more", found)
    await felt(house, Feedback.RIGHT, Feedback.RIGHT, week=1)
    await to(house, SUNDAY + WEEK)
    assert OFFER not in recaps(ana)[-1].text


async def test_changed_meanwhile(house: House, ana: Person, onboarded: Walk) -> None:
    """Where the exercise moved since the offer, nothing more is changed."""
    found = await offered(house, ana, onboarded)
    assert house.limber is not None
    deps = house.limber.deps
    async with deps.write() as session:
        person: Stored = await people.get(session, 1001)
        move = await adaptation.best_to_raise(deps, session, person)
        assert move is not None
        await adaptation.raise_one(session, 1001, move, deps.now())
    await no_more(ana, "A little more", found)
    assert len(await ledger(house)) == 1


@pytest.mark.parametrize(
    "feedback",
    [
        pytest.param((Feedback.RIGHT, Feedback.RIGHT, Feedback.HARD), id="too hard"),
        pytest.param((Feedback.RIGHT, None, None), id="not said"),
    ],
)
async def test_not_offered(
    house: House, ana: Person, onboarded: Walk, feedback: tuple[Feedback | None, ...]
) -> None:
    """Nothing is offered after a session that was too hard, or without a word about them."""
    await onboarded(ana)
    await felt(house, *feedback)
    await to(house, SUNDAY)
    assert OFFER not in recaps(ana)[0].text


async def test_gentle(house: House, ana: Person, onboarded: Walk) -> None:
    """Whose screening says that something applies is never offered more."""
    await onboarded(ana, answer="Something applies")
    await felt(house, Feedback.EASY, Feedback.EASY, Feedback.EASY)
    await to(house, SUNDAY)
    assert OFFER not in recaps(ana)[0].text


async def test_answered_again(house: House, ana: Person, onboarded: Walk) -> None:
    """A yes that is processed again after a kill tells the same change, made once."""
    await offered(house, ana, onboarded)
    assert house.limber is not None
    keep_update(house, UPDATE)
    deps = house.limber.deps.for_update(UPDATE)
    first = await deciding.accept(deps, 1001, 1)
    assert isinstance(first, Named)
    assert await deciding.accept(deps, 1001, 1) == first
    assert len(await ledger(house)) == 1
