"""The first minutes: safety note, screening, time zone, time of day and equipment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Act, Deps
from bot.domain.person import (
    PersonState,
    Question,
    Screened,
    Someone,
    following,
)
from bot.domain.schedule import Rule
from bot.services import arranging, planning, player, spreading
from bot.services.easing import expect_as_asked
from db.models import Person
from db.queries import people

# The questions that may be put off: what may be asked then, and what comes next.
_LATER = {
    Question.ZONE: ((Question.ZONE, Question.ZONE_CHECK), Question.TIME),
    Question.TIME: ((Question.TIME,), Question.EQUIPMENT),
    Question.EQUIPMENT: ((Question.EQUIPMENT,), Question.DONE),
}


@dataclass(frozen=True, slots=True)
class Welcome:
    """Where a person stands in onboarding; `applied` is False where a tap came too late."""

    person: Someone
    now: datetime
    next_at: datetime | None
    applied: bool = True


async def begin(deps: Deps, person_id: int, language: str | None) -> Someone:
    """Make the person known and active; somebody who had blocked the bot gets reminders again."""
    now = deps.now()
    async with deps.act() as act:
        await people.add_once(act.session, person_id, language, now)
        person = await people.get(act.session, person_id)
        if person.state is not PersonState.ACTIVE:
            person.state = PersonState.ACTIVE
            await planning.replan(act.session, person, now)
    deps.wake()
    return people.someone(person)


async def understood(deps: Deps, person_id: int) -> Welcome:
    """Note that the safety note was read."""
    return await _answer(deps, person_id, Question.SAFETY)


async def screen(deps: Deps, person_id: int, answer: Screened) -> Welcome:
    """Store the answer to the screening question with its date; it may be answered anew later."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        applied = person.onboarding is not Question.SAFETY
        if applied and not act.repeated:
            await _step(act, person, (Question.SCREENING,), Question.ZONE)
            person.screened, person.screened_at = answer, now
            if answer is Screened.APPLIES:
                await player.end_unless_gentle(deps, act.session, person_id)
        return await _welcome(act.session, person, now, applied)


async def choose_zone(deps: Deps, person_id: int, zone: str) -> Welcome:
    """Take a zone for onboarding's answer; the person is then asked whether their clock agrees."""
    return await _answer(
        deps, person_id, Question.ZONE, Question.ZONE_CHECK, then=Question.ZONE_CHECK, zone=zone
    )


async def confirm_zone(deps: Deps, person_id: int, right: bool, zone: str | None = None) -> Welcome:
    """Go on where the clock agrees, else ask for the zone again.

    A button names the `zone` it was about; of another than is asked about now it is stale.
    """
    now = deps.now()
    then = Question.TIME if right else Question.ZONE
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        same = zone in (None, person.zone or "UTC") or act.repeated
        applied = same and await _step(act, person, (Question.ZONE_CHECK,), then)
        return await _welcome(act.session, person, now, applied)


async def choose_time(deps: Deps, person_id: int, rules: Sequence[Rule]) -> Welcome:
    """Make the first daily reminders; what they have is asked next."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        applied = await _step(act, person, (Question.TIME,), Question.EQUIPMENT)
        if applied and not act.repeated:
            await spreading.set_daily(act.session, deps, person, rules)
            await arranging.begin(act.session, person, now)
        welcome = await _welcome(act.session, person, now, applied)
    deps.wake()
    return welcome


async def choose_things(deps: Deps, person_id: int, said: Mapping[str, bool]) -> Welcome:
    """Take what they have, besides what they said by button before, and finish onboarding."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        applied = await _step(act, person, (Question.EQUIPMENT,), Question.DONE)
        if applied and not act.repeated:
            person.things = {**person.things, **said}
        return await _welcome(act.session, person, now, applied)


async def later(deps: Deps, person_id: int, question: Question) -> Welcome:
    """Put a question off; its command answers it at any time. Safety cannot be put off."""
    asked, then = _LATER.get(question, ((), question))
    welcome = await _answer(deps, person_id, *asked, then=then)
    deps.wake()
    return welcome


async def _answer(
    deps: Deps,
    person_id: int,
    *asked: Question,
    then: Question | None = None,
    **values: object,
) -> Welcome:
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        applied = await _step(act, person, asked, then or following(asked[0]))
        if applied and not act.repeated:
            for name, value in values.items():
                setattr(person, name, value)
            if person.onboarding in arranging.ASKED:
                await arranging.begin(act.session, person, now)
        return await _welcome(act.session, person, now, applied)


async def _step(act: Act, person: Person, asked: tuple[Question, ...], then: Question) -> bool:
    """Move on where `asked` is the open question; a repeated update counts as applied."""
    if act.repeated:
        return True
    if person.onboarding not in asked:
        return False
    person.onboarding = then
    expect_as_asked(person)
    return True


async def _welcome(session: AsyncSession, person: Person, now: datetime, applied: bool) -> Welcome:
    next_at = await planning.next_told(session, person, now)
    return Welcome(people.someone(person), now, next_at, applied)
