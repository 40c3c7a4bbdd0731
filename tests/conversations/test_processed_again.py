"""An update that is processed again after a kill changes nothing, and returns what it returned."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import time

import pytest

from bot.deps import Deps
from bot.domain.hurting import Relief
from bot.domain.pace import Pace
from bot.domain.player import Outcome
from bot.domain.schedule import Rule
from bot.domain.session import Hurting, Refused
from bot.domain.sides import Stiffer
from bot.services import asking, doubting, hurting, movements, onboarding, pace, sides
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.gate import answer_no
from tests.conversations.hurting import KNEELING, says, walk_on, walk_to
from tests.conversations.newcomer import asked_for_the_time
from tests.conversations.spread import at_pace, movement
from tests.conversations.test_breathing import UPDATE, keep_update
from tests.conversations.test_hands_free import session
from tests.conversations.test_pulse import start_release

Service = Callable[[Deps], Awaitable[object]]


@dataclass(frozen=True)
class Again:
    """The house, with a way to let an update come twice."""

    house: House

    async def twice(self, service: Service) -> object:
        """Return what a service returned, which was the same when the update came again."""
        assert self.house.limber is not None
        await self.house.settled()
        keep_update(self.house, UPDATE)
        deps = self.house.limber.deps.for_update(UPDATE)
        first = await service(deps)
        kept = self.stored()
        assert await service(deps) == first
        assert self.stored() == kept
        assert not isinstance(first, Refused)
        return first

    def stored(self) -> list[list[str]]:
        """Return what is stored of sessions, records and reminders."""
        tables = ("session", "step_record", "side_felt", "gate_answer", "reminder", "occurrence")
        with self.house.stored() as database:
            return [sorted(map(repr, database.rows(f"select * from {name}"))) for name in tables]


@pytest.fixture
def again(house: House) -> Again:
    """Let updates come twice."""
    return Again(house)


async def kneel(house: House, ana: Person, onboarded: Walk) -> tuple[int, int]:
    """Bring her to a kneeling step; return the session, and the step's position."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/")
    await walk_to(house, ana, KNEELING)
    row = session(house)
    return row["id"], row["position"]


async def test_asked(house: House, ana: Person, onboarded: Walk, again: Again) -> None:
    """Hurts shows the same step twice."""
    at = await kneel(house, ana, onboarded)
    await again.twice(lambda deps: hurting.ask(deps, ana.id, *at))


@pytest.mark.parametrize(("pain", "then"), [(2, "less"), (5, "ease"), (8, "drop")])
async def test_pain(
    house: House, ana: Person, onboarded: Walk, again: Again, pain: int, then: str
) -> None:
    """What follows from a number is the same, whatever it did to the step."""
    at = await kneel(house, ana, onboarded)
    found = await again.twice(lambda deps: hurting.say(deps, ana.id, *at, pain, asked_in=999))
    assert isinstance(found, Hurting)
    assert found.relief == then


async def test_pain_in_the_easier_way(
    house: House, ana: Person, onboarded: Walk, again: Again
) -> None:
    """Where the easier way hurts too, leaving it out is offered again, and is the same then."""
    at = await kneel(house, ana, onboarded)
    await says(ana, 5)
    await ana.sees("easier")
    found = await again.twice(lambda deps: hurting.say(deps, ana.id, *at, 5, asked_in=999))
    assert isinstance(found, Hurting)
    assert found.relief is Relief.OFFER


async def test_left_out(house: House, ana: Person, onboarded: Walk, again: Again) -> None:
    """What is left out is named the same, and where it goes on."""
    at = await kneel(house, ana, onboarded)
    await again.twice(lambda deps: hurting.leave_out(deps, ana.id, *at))


@pytest.mark.parametrize("emergency", [True, False])
async def test_sign(
    house: House, ana: Person, onboarded: Walk, again: Again, *, emergency: bool
) -> None:
    """A warning sign names the message whose buttons go, the second time as well."""
    number, _ = await kneel(house, ana, onboarded)
    shown_in = session(house)["message_id"]
    sign = await again.twice(
        lambda deps: hurting.tell_sign(deps, ana.id, number, emergency=emergency)
    )
    assert sign == hurting.Signed(shown_in)


async def test_words_of_an_emergency(
    house: House, ana: Person, onboarded: Walk, again: Again
) -> None:
    """Typed words of an emergency name the message whose buttons go, the second time as well."""
    await kneel(house, ana, onboarded)
    shown_in = session(house)["message_id"]
    words = "I have numbness in my saddle area and cannot pee"
    asked = await again.twice(lambda deps: asking.ask(deps, ana.id, words))
    assert isinstance(asked, asking.Asked)
    assert (asked.over, asked.playing) == (shown_in, None)


@pytest.mark.parametrize("stiffer", Stiffer)
async def test_side(
    house: House, ana: Person, onboarded: Walk, again: Again, stiffer: Stiffer
) -> None:
    """The stiffer side is said back the same."""
    number, _ = await kneel(house, ana, onboarded)
    await walk_on(house, ana)
    await again.twice(lambda deps: sides.say(deps, ana.id, number, stiffer))


@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.SKIPPED])
async def test_movement(
    house: House, ana: Person, onboarded: Walk, again: Again, outcome: Outcome
) -> None:
    """A movement counts once, with what came beside it."""
    await at_pace(await onboarded(ana))
    await ana.send("/breathe at 10:00")
    await ana.sees("10:00")
    await movement(house, ana, 10)
    with house.stored() as database:
        query = "select id from occurrence where kind = 'movement'"
        row = database.value(query)
    found = await again.twice(lambda deps: movements.answer(deps, ana.id, row, outcome))
    assert len(found.beside) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("alone", [True, False])
async def test_condition(
    house: House, ana: Person, onboarded: Walk, again: Again, *, alone: bool
) -> None:
    """What presses is left out once, and the message whose step is over is the same."""
    await onboarded(ana)
    if alone:
        await start_release(ana)
    else:
        await ana.send("/start rt_full-article-25")
        await ana.sees("The full 25")
        await ana.tap("Start now")
    await answer_no(ana)
    await ana.sees("1/")
    await walk_to(house, ana, "Psoas self-release")
    await house.settled()
    shown_in = session(house)["message_id"]
    found = await again.twice(lambda deps: doubting.doubt(deps, ana.id))
    assert found == doubting.Doubted(shown_in)


@pytest.mark.parametrize("chosen", Pace)
async def test_pace(ana: Person, onboarded: Walk, again: Again, chosen: Pace) -> None:
    """A pace is chosen once."""
    await onboarded(ana)
    await again.twice(lambda deps: pace.choose(deps, ana.id, chosen))


async def test_first_time(ana: Person, again: Again) -> None:
    """The first reminders are made once, for who chose through the day before as well."""
    await asked_for_the_time(ana)
    await at_pace(ana)
    rules = [Rule((time(7, 30),))]
    await again.twice(lambda deps: onboarding.choose_time(deps, ana.id, rules))
