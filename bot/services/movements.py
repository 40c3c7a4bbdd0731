"""What a person does with a movement of the day's routine: done, skipped, or step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.adaptation import Named
from bot.domain.local_time import day_span
from bot.domain.player import Outcome, SessionKind, SessionState
from bot.domain.reminder import OccurrenceState, SkipReason
from bot.domain.session import Refused, Wanted, Why
from bot.domain.spreading import Answered, Share, is_through
from bot.services import (
    days,
    easing,
    gating,
    milestones,
    planned,
    planning,
    retaking,
    telling,
    versions,
)
from bot.services.days import count_streak
from bot.services.showing import steps_of, through, titled
from db.models import Occurrence, Person, Session
from db.queries import occurrences, people, reactions, sessions, spreading
from db.types import Json

STALE = Refused(Why.STALE)
OVER = timedelta(days=2)  # a practice day has ended everywhere


async def answer(
    deps: Deps, person_id: int, occurrence_id: int, outcome: Outcome
) -> Answered | Refused:
    """Record what came as one message as done or skipped; the last of the day ends its routine.

    What is old still counts while its day lasts.
    """
    now = deps.now()
    async with deps.act() as act:
        found = await _found(act.session, occurrence_id, person_id)
        if found is None:
            return STALE
        row, day = found
        person = await people.get(act.session, person_id)
        shown = await reactions.of_message(act.session, row, now)
        if not act.repeated:
            if not reactions.is_shown(row, now) or day.state is not SessionState.SPREAD:
                return STALE
            shown = [one for one in shown if reactions.is_shown(one, now, row)]
            await retaking.remember(act.session, day, now, [one.id for one in shown])
            for one in shown:
                await _answer(act.session, day, one, outcome, now)
            await easing.answered(act.session, person)
            await end_if_through(act.session, day, now)
        beside = [one for one in shown if one.entry and reactions.is_shown(one, now, row)]
        answered = await _answered(deps, act.session, person, day, row.id, outcome)
        changes = await _changes(deps, act.session, day, row)
    deps.wake()
    others = tuple((one.id, one.kind, one.entry or "") for one in beside)
    return replace(answered, beside=others, changes=changes)


async def undo(deps: Deps, person_id: int, occurrence_id: int) -> Refused | None:
    """Take back the last answer about movements: what came as that message comes again at once."""
    now = deps.now()
    async with deps.act() as act:
        found = await _found(act.session, occurrence_id, person_id)
        if found is None:
            return STALE
        _, day = found
        if not act.repeated:
            other = await spreading.under_way(act.session, person_id)
            if day.undo is None or (other is not None and other.id != day.id):
                return STALE
            if not retaking.movement_undoable(day, occurrence_id, now):
                return Refused(Why.TOO_LATE)
            again = list(day.undo["movements"])
            await retaking.put_back(act.session, day, now)
            for number in again:
                if one := await occurrences.find(act.session, number, person_id):
                    one.state, one.send_at, one.attempts = OccurrenceState.DUE, now, 0
                    one.reason = SkipReason.ANSWERED
                    one.expires_at = max(one.expires_at, now + timedelta(hours=1))
    deps.wake()
    return None


async def _answer(
    session: AsyncSession, day: Session, row: Occurrence, outcome: Outcome, now: datetime
) -> None:
    """Record all of a share that has no answer yet; what is no movement of this day is left."""
    share = Share.read(row.share)
    if share is None or share.session != day.id:
        return
    answered = await sessions.outcomes(session, day.id)
    for at in share.positions:
        if at not in answered:
            await sessions.put_record(session, day.id, at, outcome, 0, now)
    row.send_at = None
    if outcome is Outcome.DONE:
        row.state = OccurrenceState.DONE
    else:
        row.state, row.reason = OccurrenceState.SKIPPED, SkipReason.ANSWERED


async def _answered(
    deps: Deps,
    session: AsyncSession,
    person: Person,
    day: Session,
    occurrence_id: int,
    outcome: Outcome,
) -> Answered:
    now = deps.now()
    await session.flush()
    book = await versions.entries(session, deps.catalogue, day, [day.entry])
    return Answered(
        occurrence=occurrence_id,
        outcome=outcome,
        routine=titled(day, book).name,
        through=await through(session, day),
        finished=day.id if day.state is SessionState.DONE else None,
        streak=await count_streak(session, person, now),
        milestone=await milestones.of_session(session, day),
        next_at=await planning.next_told(session, person, now),
        person=people.someone(person),
        now=now,
    )


async def _changes(
    deps: Deps, session: AsyncSession, day: Session, row: Occurrence
) -> tuple[Named, ...]:
    """Return what there is less of after a week off, with the first answer of a day."""
    share = Share.read(row.share)
    answered = await sessions.outcomes(session, day.id)
    if share is None or not answered.keys() <= set(share.positions):
        return ()
    return await telling.at_first_step(deps, session, day)


async def wanted(session: AsyncSession, row: Occurrence) -> Wanted | None:
    """Return what a movement starts; None where its day is over."""
    day = await _day_of(session, row)
    under_way = day is not None and day.state is SessionState.SPREAD
    return Wanted(SessionKind.MOVEMENT, day.entry) if day and under_way else None


async def gather(session: AsyncSession, row: Occurrence, others: Sequence[Occurrence]) -> None:
    """Let a movement that is about to start ask for what came as the same message too."""
    own = Share.read(row.share)
    assert own is not None
    shares = [own, *filter(None, (Share.read(one.share) for one in others if one is not row))]
    positions = {at for share in shares if share.session == own.session for at in share.positions}
    row.share = replace(own, positions=tuple(sorted(positions))).to_dict()
    await session.flush()


async def to_do(
    deps: Deps, session: AsyncSession, person: Person, row: Occurrence | None
) -> tuple[Occurrence, planned.Made] | None:
    """Return the steps of a movement that are left, or of the one begun last; None: none are."""
    day = await spreading.under_way(session, person.id)
    if day is None:
        return None
    await leave_out(deps, session, person, day)
    answered = await sessions.outcomes(session, day.id)
    rows = [row] if row else await spreading.with_share(session, person.id, day.practice_day)
    for one in reversed(rows):
        share = Share.read(one.share)
        if share is None or share.session != day.id or one.expires_at <= deps.now():
            continue
        steps = steps_of(day)
        left = tuple(at for at in share.positions if at not in answered and steps[at].is_open)
        if left and one.state is OccurrenceState.STARTED:
            one.share = replace(share, positions=left).to_dict()
            return one, planned.Made(tuple(steps[at] for at in left))
    return None


async def leave_out(deps: Deps, session: AsyncSession, person: Person, day: Session) -> None:
    """Answer for the person what hurt today, and what presses where a beat was felt today."""
    answered = await sessions.outcomes(session, day.id)
    someone, now = people.someone(person), deps.now()
    told = day_span(day.practice_day, someone.zone, someone.day_end)
    hurt = await sessions.hurt_in(session, person.id, *told)
    steps = {at: step.entry for at, step in enumerate(steps_of(day)) if at not in answered}
    entries = {key: deps.catalogue.entry(key) for key in steps.values()}
    gated = {key: entry.gate for key, entry in entries.items() if entry and entry.gate}
    closed = {
        gate
        for gate in sorted(set(gated.values()))
        if await gating.closed_today(session, person, gate, now)
    }
    for at, key in steps.items():
        outcome = Outcome.PULSE if gated.get(key) in closed else None
        outcome = outcome or (Outcome.HURT if key in hurt else None)
        if outcome is not None:
            await sessions.put_record(session, day.id, at, outcome, 0, now)


async def settle(session: AsyncSession, found: Session, now: datetime) -> None:
    """Take over into the day's routine what was answered in a session of one of its movements."""
    if found.kind is not SessionKind.MOVEMENT or found.occurrence_id is None:
        return
    row = await occurrences.find(session, found.occurrence_id, found.person_id)
    day = await _day_of(session, row) if row else None
    share = Share.read(row.share) if row else None
    if day is None or share is None or day.state is not SessionState.SPREAD:
        return
    await session.flush()
    day.undo = None  # the last answer was not about the movement before
    day.steps = _eased(day, found, share)
    for record in await spreading.records(session, found.id):
        if record.outcome is not None and record.position < len(share.positions):
            at = share.positions[record.position]
            await sessions.put_record(session, day.id, at, record.outcome, record.seconds, now)
    await end_if_through(session, day, now)


def _eased(day: Session, found: Session, share: Share) -> list[Json]:
    """Return the day's steps with those that became easier in a session of one of its movements.

    An extra set that was given up in it is given up for the day.
    """
    steps = list(day.steps)
    for at, step in zip(share.positions, steps_of(found), strict=False):
        if step.eased:
            steps[at] = replace(step, cut=step.given_up).to_dict()
    return steps


async def end_if_through(session: AsyncSession, day: Session, now: datetime) -> None:
    """Call the day's routine done once all of it was answered and some of it done."""
    if not is_through(steps_of(day), await sessions.outcomes(session, day.id)):
        return
    day.state, day.finished_at = SessionState.DONE, now
    await session.flush()
    done = OccurrenceState.DONE
    await occurrences.close_day(session, day.person_id, day.practice_day, done)
    await days.keep(session, day, now)
    await milestones.note(session, day, now)


async def close_over(deps: Deps) -> None:
    """End routines whose day is surely over wherever their people are: kept as what they were."""
    async with deps.write() as session:
        await spreading.close(session, deps.now().date() - OVER)


async def _found(
    session: AsyncSession, occurrence_id: int, person_id: int
) -> tuple[Occurrence, Session] | None:
    """Return a person's movement with the session of its day, None where either is gone."""
    row = await occurrences.find(session, occurrence_id, person_id)
    day = await _day_of(session, row) if row else None
    return (row, day) if row is not None and day is not None else None


async def _day_of(session: AsyncSession, row: Occurrence) -> Session | None:
    """Return the session of a day that a movement is of, under way or not."""
    share = Share.read(row.share)
    return await sessions.find(session, share.session, row.person_id) if share else None
