"""What it takes to start a session: onboarding, screening, safety gates, no other session open."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Act, Deps
from bot.domain import player
from bot.domain.catalogue import Catalogue, Gate, Level
from bot.domain.local_time import local_day
from bot.domain.person import PauseReason, Question, Screened
from bot.domain.player import SessionKind, SessionState, Step
from bot.domain.reminder import OccurrenceState
from bot.domain.session import (
    GateAsked,
    GateClosed,
    Interrupted,
    OnboardingOpen,
    Refused,
    Started,
    Wanted,
    Why,
)
from bot.services.player import playing
from db.models import Occurrence, Person, Session
from db.queries import gates, occurrences, people, sessions

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
            found.state = SessionState.STOPPED
            found.finished_at = deps.now()
            await act.session.flush()
        return await _start(deps, act, person, wanted)


async def start_occurrence(deps: Deps, person_id: int, occurrence_id: int) -> Started:
    """Start what an occurrence reminds of."""
    async with deps.act() as act:
        row = await occurrences.find(act.session, occurrence_id, person_id)
        person = await people.find(act.session, person_id)
        if row is None or person is None:
            return Refused(Why.STALE)
        if not act.repeated:
            if row.state is not OccurrenceState.SENT or row.expires_at <= deps.now():
                return Refused(Why.STALE)
            row.state = OccurrenceState.STARTED
        wanted = (
            Wanted(SessionKind.PRACTICE, row.entry) if row.entry else daily(deps.catalogue, person)
        )
        return await _start(deps, act, person, wanted, row)


async def answer_gate(
    deps: Deps, person_id: int, gate_key: str, question: int, yes: bool, wanted: Wanted
) -> Started:
    """Store one answer of a safety gate, then ask the next, close the gate, or start."""
    async with deps.act() as act:
        person = await people.find(act.session, person_id)
        gate = deps.catalogue.safety.gates.get(gate_key)
        if person is None or gate is None or not 1 <= question <= len(gate.questions):
            return Refused(Why.STALE)
        given = await _given(act.session, person, gate, deps.now())
        if not act.repeated:
            if question != len(given) + 1 or any(given.values()):
                return Refused(Why.STALE)
            await gates.put(act.session, person_id, gate_key, question, yes, deps.now())
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


async def doubt_gates(deps: Deps, person_id: int) -> None:
    """Ask every passed gate anew, because the person told of a condition since."""
    async with deps.act() as act:
        await gates.forget_passed(act.session, person_id)


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
        now_playing = playing(open_session)
        return now_playing if act.repeated else Interrupted(now_playing, wanted)
    refusal = _refusal(deps.catalogue, person, wanted)
    if refusal is not None:
        return refusal
    passed, asked = await _gates(deps, act.session, person, wanted)
    if asked is not None:
        return asked
    steps = _steps(deps.catalogue, wanted, passed)
    return playing(await _open(deps, act.session, person, wanted, steps, row))


def _refusal(catalogue: Catalogue, person: Person, wanted: Wanted) -> Started | None:
    if person.onboarding in (Question.SAFETY, Question.SCREENING):
        return OnboardingOpen(person.onboarding)
    if person.pause_reason is PauseReason.SAFETY:
        return Refused(Why.NOT_CLEARED)
    gentle: bool
    if wanted.kind is SessionKind.ROUTINE:
        routine = catalogue.routines.get(wanted.key)
        if routine is None:
            return Refused(Why.UNKNOWN)
        gentle = routine.gentle
    else:
        entry = catalogue.entry(wanted.key)
        if entry is None:
            return Refused(Why.UNKNOWN)
        if not getattr(entry, "scheduled", True):
            return Refused(Why.NOT_SCHEDULED)
        gentle = entry.gentle
    if person.screened is Screened.APPLIES and not gentle:
        return Refused(Why.NOT_GENTLE)
    return None


async def _gates(
    deps: Deps, session: AsyncSession, person: Person, wanted: Wanted
) -> tuple[frozenset[str], Started | None]:
    """Return the gates that are passed, and the question to ask first where one is still open."""
    passed = set[str]()
    for key in sorted(_gates_of(deps.catalogue, wanted)):
        gate = deps.catalogue.safety.gates[key]
        given = await _given(session, person, gate, deps.now())
        if any(given.values()):
            if wanted.kind is not SessionKind.ROUTINE:
                return frozenset(passed), GateClosed(key, wanted)
        elif len(given) < len(gate.questions):
            question = len(given) + 1
            return frozenset(passed), GateAsked(key, question, len(gate.questions), wanted)
        else:
            passed.add(key)
    return frozenset(passed), None


async def _given(
    session: AsyncSession, person: Person, gate: Gate, now: datetime
) -> dict[int, bool]:
    """Return the answers to a gate that are fresh enough, by question number."""
    since = now - timedelta(days=gate.days)
    return (await gates.answers(session, person.id, since)).get(gate.key, {})


def _gates_of(catalogue: Catalogue, wanted: Wanted) -> frozenset[str]:
    if wanted.kind is SessionKind.ROUTINE:
        return player.gates(catalogue.routines[wanted.key], catalogue)
    entry = catalogue.entry(wanted.key)
    return frozenset({entry.gate} if entry and entry.gate else ())


def _steps(catalogue: Catalogue, wanted: Wanted, passed: frozenset[str]) -> tuple[Step, ...]:
    if wanted.kind is SessionKind.ROUTINE:
        return player.expand(catalogue.routines[wanted.key], catalogue, passed)
    entry = catalogue.entry(wanted.key)
    assert entry is not None  # _refusal looked it up
    return player.expand_entry(entry, Level.BEGINNER)


async def _open(
    deps: Deps,
    session: AsyncSession,
    person: Person,
    wanted: Wanted,
    steps: tuple[Step, ...],
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
        steps=[step.to_dict() for step in steps],
        position=0,
        shown_at=now,
        state=SessionState.ACTIVE,
        practice_day=local_day(now, someone.zone, someone.day_end),
        started_at=now,
    )
    session.add(opened)
    await session.flush()
    return opened
