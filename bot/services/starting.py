"""What it takes to start a session: onboarding, screening, safety gates, no other session open."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Act, Deps
from bot.domain import player
from bot.domain.catalogue import Catalogue
from bot.domain.dose import Level
from bot.domain.local_time import local_day
from bot.domain.person import PauseReason, Question, Screened
from bot.domain.player import SessionKind, SessionState
from bot.domain.reminder import OccurrenceState, ReminderKind
from bot.domain.session import (
    GateClosed,
    Interrupted,
    OnboardingOpen,
    Refused,
    Started,
    Wanted,
    Why,
)
from bot.services import easing, gating, planned, versions
from bot.services.showing import playing
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
    open_session.state, open_session.finished_at = SessionState.STOPPED, deps.now()
    await act.session.flush()
    started = await _start(deps, act, person, wanted)
    if isinstance(started, Refused):
        open_session.state, open_session.finished_at = SessionState.ACTIVE, None
    return started


async def start_occurrence(deps: Deps, person_id: int, occurrence_id: int) -> Started:
    """Start what an occurrence reminds of."""
    async with deps.act() as act:
        row = await occurrences.find(act.session, occurrence_id, person_id)
        person = await people.find(act.session, person_id)
        if row is None or person is None:
            return Refused(Why.STALE)
        if not act.repeated:
            if not reactions.is_shown(row, deps.now()):
                return Refused(Why.STALE)
            await _begin(act.session, row, deps.now())
            await easing.answered(act.session, person)
        wanted = (
            Wanted(SessionKind.PRACTICE, row.entry) if row.entry else daily(deps.catalogue, person)
        )
        return await _start(deps, act, person, wanted, row)


async def _begin(session: AsyncSession, row: Occurrence, now: datetime) -> None:
    """Call an occurrence started, and what else of the routine came as the same message."""
    shown = [
        one
        for one in await reactions.of_message(session, row, now)
        if one is row or reactions.is_shown(one, now, row)
    ]
    for one in shown:
        if one is row or row.kind is one.kind is ReminderKind.ROUTINE:
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
    return found.position == 0 and deps.now() - found.started_at < DOUBLED


async def _start(
    deps: Deps, act: Act, person: Person, wanted: Wanted, row: Occurrence | None = None
) -> Started:
    open_session = await sessions.active(act.session, person.id)
    if open_session is not None:
        now_playing = await playing(deps, act.session, open_session)
        return now_playing if act.repeated else Interrupted(now_playing, wanted)
    refusal = _refusal(deps.catalogue, person, wanted)
    if refusal is not None:
        return refusal
    passed, stopped = await gating.passed(deps, act.session, person, wanted)
    if stopped is not None:
        return stopped
    made = await planned.session(deps, act.session, person, wanted, passed)
    if not made.steps:
        return Refused(Why.NOTHING_LEFT)
    opened = await _open(deps, act.session, person, wanted, made, row)
    return await playing(deps, act.session, opened)


def _refusal(catalogue: Catalogue, person: Person, wanted: Wanted) -> Started | None:
    if person.onboarding in (Question.SAFETY, Question.SCREENING):
        return OnboardingOpen(person.onboarding)
    if person.pause_reason is PauseReason.SAFETY:
        return Refused(Why.NOT_CLEARED)
    about = (
        catalogue.routines.get(wanted.key)
        if wanted.kind is SessionKind.ROUTINE
        else catalogue.entry(wanted.key)
    )
    if about is None:
        return Refused(Why.UNKNOWN)
    if not getattr(about, "scheduled", True):
        return Refused(Why.NOT_SCHEDULED)
    # No level is gentle above what is written.
    gentle = about.gentle and wanted.level in (None, Level.BEGINNER)
    if person.screened is Screened.APPLIES and not gentle:
        return Refused(Why.NOT_GENTLE)
    gated = getattr(about, "gate", None) is not None  # its own questions are asked anew
    if person.screened is None and not gentle and not gated:
        return OnboardingOpen(Question.SCREENING)
    return None


async def _open(
    deps: Deps,
    session: AsyncSession,
    person: Person,
    wanted: Wanted,
    made: planned.Made,
    row: Occurrence | None,
) -> Session:
    now = deps.now()
    someone = people.someone(person)
    opened = Session(
        person_id=person.id,
        occurrence_id=row.id if row else None,
        kind=wanted.kind,
        entry=wanted.key,
        version=deps.catalogue.version,
        entries=await versions.keep(session, deps.catalogue, made.steps, wanted.key),
        day=made.day,
        steps=[step.to_dict() for step in made.steps],
        position=0,
        shown_at=now,
        state=SessionState.ACTIVE,
        practice_day=local_day(now, someone.zone, someone.day_end),
        started_at=now,
    )
    session.add(opened)
    await session.flush()
    await easing.answered(session, person)
    if wanted.kind is SessionKind.ROUTINE:
        shown = row.message_id if row else None  # that one the tap itself takes care of
        await reactions.begin_day(session, person.id, opened.practice_day, shown)
    return opened
