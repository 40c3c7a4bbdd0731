"""What there is to listen to: the session that would start now, without starting it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain import lengths
from bot.domain.catalogue import Catalogue, Practice
from bot.domain.person import Question
from bot.domain.player import Outcome, SessionKind, SessionState
from bot.domain.recording import Audible
from bot.domain.score import Part
from bot.domain.session import Ended, OnboardingOpen, Refused, Started, Titled, Wanted, Why
from bot.domain.step import Step
from bot.services import doors, gating, planned
from bot.services.player import finish
from bot.services.showing import ended, steps_of
from bot.services.starting import DOUBLED, open_new
from db.models import Person, Session
from db.queries import people, sessions

HEARD = timedelta(minutes=10)  # the same is not heard again so soon


async def audible(deps: Deps, person_id: int, wanted: Wanted) -> Audible | Started | None:
    """Return what is wanted as it would be done now, or what stands before it.

    None where the very same was wanted, or sent, a moment ago. Steps whose safety questions are
    still open are left out of a routine: nobody listens to what they may not do.
    """
    async with deps.act() as act:
        person = await people.find(act.session, person_id)
        if person is None:
            return OnboardingOpen(Question.SAFETY)
        if wanted.kind is SessionKind.MOVEMENT:
            return Refused(Why.STALE)
        if refusal := doors.forbids(deps.catalogue, person, wanted):
            return refusal
        passed, stopped = await gating.passed(deps, act.session, person, wanted)
        if stopped is not None and wanted.kind is not SessionKind.ROUTINE:
            return stopped
        made = await planned.session(deps, act.session, person, wanted, passed)
        if not made.steps:
            return Refused(made.why_empty)
        if not act.repeated and not _noted(deps, person, wanted):
            return None
    steps = lengths.cut(made.steps, wanted.length)
    parts = tuple(_parts(deps.catalogue, steps))
    title = _titled(deps.catalogue, wanted, made.day)
    return Audible(wanted, title, parts, stopped.gate if stopped else None)


async def sent(deps: Deps, person_id: int) -> None:
    """Note that what the person wanted to listen to is with them now."""
    async with deps.write(person_id) as session:
        person = await people.find(session, person_id)
        if person is not None:
            person.audio_at = deps.now()


def _noted(deps: Deps, person: Person, wanted: Wanted) -> bool:
    """Note what is wanted; return whether it was not noted a moment ago."""
    now = deps.now()
    again = person.audio == wanted.code and person.audio_at is not None
    if again and abs(now - person.audio_at) < DOUBLED:  # type: ignore[operator]
        return False
    person.audio, person.audio_at = wanted.code, now
    return True


def _parts(catalogue: Catalogue, steps: tuple[Step, ...]) -> list[Part]:
    found = []
    for step in steps:
        if not step.is_open:
            continue
        entry = catalogue.entry(step.entry)
        assert entry is not None  # it was planned from this very catalogue
        breathing = catalogue.entry(step.breathing or "")
        practice = breathing if isinstance(breathing, Practice) else None
        found.append(Part(step, entry, practice))
    return found


def _titled(catalogue: Catalogue, wanted: Wanted, day: int | None) -> Titled:
    routine = catalogue.routines.get(wanted.key)
    name = routine.days[day - 1].name if routine and day else None
    return Titled(catalogue.name_of(wanted.key), name)


async def heard(deps: Deps, person_id: int, wanted: Wanted) -> Ended | Refused:
    """Call done what somebody listened to, as it would be done now: it keeps the day."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.find(act.session, person_id)
        found = await sessions.newest_of(act.session, person_id, wanted.kind, wanted.key)
        if act.repeated and found is not None:
            return await ended(deps, act.session, found, now)
        over = found is not None and found.finished_at and now - found.finished_at < HEARD
        if person is None or over or await sessions.active(act.session, person_id):
            return Refused(Why.STALE)
        if doors.forbids(deps.catalogue, person, wanted):
            return Refused(Why.STALE)
        passed, _ = await gating.passed(deps, act.session, person, wanted)
        made = await planned.session(deps, act.session, person, wanted, passed)
        if not made.steps:
            return Refused(Why.STALE)
        opened = await open_new(deps, act.session, person, wanted, made, None)
        await _record(act.session, opened, now)
        return await ended(deps, act.session, opened, now)


async def _record(session: AsyncSession, opened: Session, now: datetime) -> None:
    """Call all of a session done that has just been opened."""
    steps = steps_of(opened)
    opened.started_at = now - timedelta(seconds=sum(step.takes for step in steps if step.is_open))
    for at, step in enumerate(steps):
        if step.is_open:
            await sessions.put_record(session, opened.id, at, Outcome.DONE, round(step.takes), now)
    opened.position = len(steps)
    await finish(session, opened, SessionState.DONE, now)
