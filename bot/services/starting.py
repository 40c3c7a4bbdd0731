"""What it takes to start a session: onboarding, screening, safety gates, no other session open."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Act, Deps
from bot.domain import lengths, player
from bot.domain.catalogue import Catalogue
from bot.domain.local_time import local_day
from bot.domain.pace import Pace
from bot.domain.person import Question
from bot.domain.player import SessionKind, SessionState, before, onward
from bot.domain.reminder import OF_ROUTINE, OccurrenceState, ReminderKind
from bot.domain.session import (
    GateClosed,
    Interrupted,
    OnboardingOpen,
    Refused,
    Started,
    Wanted,
    Why,
)
from bot.domain.step import Length
from bot.services import (
    adaptation,
    deadlines,
    doors,
    easing,
    gating,
    movements,
    planned,
    rounds,
    versions,
)
from bot.services.player import finish
from bot.services.showing import playing, steps_of
from db.models import Occurrence, Person, Session
from db.queries import gates, occurrences, people, reactions, sessions

DOUBLED = timedelta(seconds=10)  # a button tapped twice within this time was meant once


async def start_today(deps: Deps, person_id: int, *, tapped: bool = False) -> Started:
    """Start the person's daily routine; `tapped` where a button said so, maybe twice."""
    async with deps.act() as act:
        person = await people.find(act.session, person_id)
        if person is None:
            return OnboardingOpen(Question.SAFETY)
        wanted = daily(deps.catalogue, person)
        if tapped and await _just_started(deps, act, person, wanted):
            return Refused(Why.STALE)
        return await _start(deps, act, person, wanted)


async def start(
    deps: Deps, person_id: int, wanted: Wanted, *, over: int | None = None, tapped: bool = False
) -> Started:
    """Start what is wanted; `over` names the open session that it replaces."""
    async with deps.act() as act:
        person = await people.find(act.session, person_id)
        if person is None:
            return OnboardingOpen(Question.SAFETY)
        if tapped and await _just_started(deps, act, person, wanted):
            return Refused(Why.STALE)
        if over is not None and not act.repeated:
            found = await sessions.find(act.session, over, person_id)
            if found is None or found.state is not SessionState.ACTIVE:
                return Refused(Why.STALE)
            return await _instead(deps, act, person, wanted, found)
        return await _start(deps, act, person, wanted)


async def _instead(
    deps: Deps, act: Act, person: Person, wanted: Wanted, open_session: Session
) -> Started:
    """Start something in place of the open session, which goes on where that is refused."""
    attempt = await act.session.begin_nested()
    await finish(act.session, open_session, SessionState.STOPPED, deps.now())
    open_session.undo = None  # what took its place stands
    await act.session.flush()
    started = await _start(deps, act, person, wanted)
    await (attempt.rollback() if isinstance(started, Refused) else attempt.commit())
    return started


async def start_occurrence(
    deps: Deps, person_id: int, occurrence_id: int, length: Length = Length.FULL
) -> Started:
    """Start what an occurrence reminds of, or so much of it."""
    async with deps.act() as act:
        row = await occurrences.find(act.session, occurrence_id, person_id)
        person = await people.find(act.session, person_id)
        if row is None or person is None:
            return Refused(Why.STALE)
        wanted = await _reminded_of(deps, act.session, person, row)
        if wanted is None:
            return Refused(Why.STALE)
        wanted = replace(wanted, length=length)
        if not act.repeated:
            if not reactions.is_shown(row, deps.now()):
                return Refused(Why.STALE)
            await _begin(act.session, row, deps.now())
            await easing.answered(act.session, person)
        return await _start(deps, act, person, wanted, row)


async def _reminded_of(
    deps: Deps, session: AsyncSession, person: Person, row: Occurrence
) -> Wanted | None:
    """Return what an occurrence reminds of; None where a movement's day is over."""
    if row.kind is ReminderKind.MOVEMENT:
        return await movements.wanted(session, row)
    return Wanted(SessionKind.PRACTICE, row.entry) if row.entry else daily(deps.catalogue, person)


async def _begin(session: AsyncSession, row: Occurrence, now: datetime) -> None:
    """Call an occurrence started, and what else of the routine came as the same message."""
    shown = [
        one
        for one in await reactions.of_message(session, row, now)
        if one is row or reactions.is_shown(one, now, row)
    ]
    if row.kind is ReminderKind.MOVEMENT:
        await movements.gather(session, row, shown)
    for one in shown:
        if one is row or (row.kind is one.kind and row.kind in OF_ROUTINE):
            one.state, one.send_at = OccurrenceState.STARTED, None
        elif one.state is OccurrenceState.DUE:  # it came along, as the tap tells
            one.state, one.send_at, one.sent_at = OccurrenceState.SENT, None, now


async def answer_gate(
    deps: Deps, person_id: int, gate_key: str, question: int, yes: bool, wanted: Wanted
) -> Started:
    """Store one answer of a safety gate, then ask the next, close the gate, or start."""
    async with deps.act() as act:
        person = await people.find(act.session, person_id)
        gate = deps.catalogue.safety.gates.get(gate_key)
        if person is None or gate is None or not 1 <= question <= len(gate.questions):
            return Refused(Why.STALE)
        given = await gating.given(act.session, person, gate, deps.now())
        if not act.repeated:
            if await gating.closed_today(act.session, person, gate_key, deps.now()):
                return GateClosed(gate_key, wanted, pulse=True)
            if question != gate.open_question(given) or any(given.values()):
                return Refused(Why.STALE)
            asked = gate.digest(question)
            await gates.put(act.session, person_id, gate_key, question, yes, deps.now(), asked)
        if yes:
            return GateClosed(gate_key, wanted)
        return await _start(deps, act, person, wanted)


async def ask_gate_again(deps: Deps, person_id: int, gate_key: str, wanted: Wanted) -> Started:
    """Forget the answers to a gate, because one was wrong, and ask from the first question."""
    async with deps.act() as act:
        person = await people.find(act.session, person_id)
        if person is None or gate_key not in deps.catalogue.safety.gates:
            return Refused(Why.STALE)
        if not act.repeated:
            await gates.forget(act.session, person_id, gate_key)
        return await _start(deps, act, person, wanted)


def daily(catalogue: Catalogue, person: Person) -> Wanted:
    """Return the person's daily routine as what is wanted."""
    return Wanted(SessionKind.ROUTINE, player.daily_key(catalogue, people.someone(person)))


async def _just_started(deps: Deps, act: Act, person: Person, wanted: Wanted) -> bool:
    """Return whether an earlier update started the very same thing a moment ago."""
    found = await sessions.active(act.session, person.id)
    if found is None or act.repeated or (found.kind, found.entry) != (wanted.kind, wanted.key):
        return False
    at_first = before(steps_of(found), found.position) is None
    return at_first and deps.now() - found.started_at < DOUBLED


async def _start(
    deps: Deps, act: Act, person: Person, wanted: Wanted, row: Occurrence | None = None
) -> Started:
    open_session = await sessions.active(act.session, person.id)
    if open_session is not None:
        if not act.repeated:
            deadlines.pause(open_session, deps.now())
        now_playing = await playing(deps, act.session, open_session)
        if not act.repeated:
            return Interrupted(now_playing, wanted)
        begun = (open_session.entry, deps.now(), open_session.id)
        known = await rounds.cautioned(act.session, person.id, *begun)
        return replace(now_playing, warns=not known)
    of_a_day = wanted.kind is SessionKind.MOVEMENT
    refusal = doors.forbids(deps.catalogue, person, wanted, begun=of_a_day)
    if refusal is not None:
        return refusal
    if wanted.kind is SessionKind.MOVEMENT:
        return await _start_movement(deps, act, person, wanted, row)
    passed, stopped = await gating.passed(deps, act.session, person, wanted)
    if stopped is not None:
        return stopped
    made = await planned.session(deps, act.session, person, wanted, passed)
    if not made.steps:
        return Refused(made.why_empty)
    known = await rounds.cautioned(act.session, person.id, wanted.key, deps.now())
    opened = await open_new(deps, act.session, person, wanted, made, row)
    entry = deps.catalogue.practices.get(wanted.key)
    if entry is not None and entry.holds and not known:
        deadlines.pause(opened, deps.now())  # until the cautions have been read
    return replace(await playing(deps, act.session, opened), warns=not known)


async def _start_movement(
    deps: Deps, act: Act, person: Person, wanted: Wanted, row: Occurrence | None
) -> Started:
    """Start what is left of a movement, of the one begun last where none is named."""
    found = await movements.to_do(deps, act.session, person, row)
    if found is None:
        return Refused(Why.STALE)
    begun, made = found
    opened = await open_new(deps, act.session, person, wanted, made, begun)
    return await playing(deps, act.session, opened)


async def open_new(
    deps: Deps,
    session: AsyncSession,
    person: Person,
    wanted: Wanted,
    made: planned.Made,
    row: Occurrence | None,
) -> Session:
    """Open a session of what was made, at its first step; no other may be open."""
    now = deps.now()
    someone = people.someone(person)
    steps = lengths.cut(made.steps, wanted.length)
    opened = Session(
        person_id=person.id,
        occurrence_id=row.id if row else None,
        kind=wanted.kind,
        entry=wanted.key,
        version=deps.catalogue.version,
        entries=await versions.keep(session, deps.catalogue, made.steps, wanted.key, person.id),
        day=made.day,
        level=wanted.level,
        length=wanted.length if any(step.cut for step in steps) else Length.FULL,
        steps=[step.to_dict() for step in steps],
        position=onward(steps, 0),
        shown_at=now,
        state=SessionState.ACTIVE,
        practice_day=local_day(now, someone.zone, someone.day_end),
        started_at=now,
        pace=Pace.HANDS_FREE if person.pace is Pace.HANDS_FREE else Pace.BUTTON,
    )
    deadlines.run(opened, now)
    session.add(opened)
    await session.flush()
    await adaptation.note_week_off(deps, session, opened, made)
    await easing.answered(session, person)
    if wanted.kind is SessionKind.ROUTINE:
        shown = row.message_id if row else None  # that one the tap itself takes care of
        await reactions.begin_day(session, person.id, opened.practice_day, shown)
    return opened
