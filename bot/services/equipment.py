"""What a person has: as it is taken to be, one thing changed, or all they typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.deps import Deps
from bot.domain.equipment import owned
from bot.domain.person import Question, Someone
from bot.domain.session import Refused, Why
from bot.services.easing import expect_as_asked
from db.queries import people


@dataclass(frozen=True, slots=True)
class Things:
    """What a person has, and whether onboarding is asking for it."""

    person: Someone
    has: frozenset[str]

    @property
    def asked(self) -> bool:
        """Return whether this is onboarding's question."""
        return self.person.onboarding is Question.EQUIPMENT


async def things(deps: Deps, person_id: int) -> Things:
    """Return what the person has."""
    async with deps.read() as session:
        someone = people.someone(await people.get(session, person_id))
    return Things(someone, owned(deps.catalogue.things, someone.things))


async def say(
    deps: Deps, person_id: int, said: Mapping[str, bool], *, typed: bool = False
) -> Things | Refused:
    """Store what the person says they have, or have not; a thing nobody knows changes nothing.

    `typed` answers the question of equipment; a tap leaves it open.
    """
    if not set(said) <= set(deps.catalogue.things):
        return Refused(Why.STALE)
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        if not act.repeated:
            person.things = {**person.things, **said}
            if typed:
                expect_as_asked(person)
        someone = people.someone(person)
    return Things(someone, owned(deps.catalogue.things, someone.things))
