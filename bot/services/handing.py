"""The day's routine is handed out: what each reminder asks for, decided when it goes out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.local_time import day_end_at
from bot.domain.pace import Pace
from bot.domain.person import Screened
from bot.domain.player import SessionKind, SessionState, daily_key
from bot.domain.reminder import OPEN, OccurrenceState, ReminderKind, SkipReason
from bot.domain.schedule import fires
from bot.domain.session import Wanted
from bot.domain.settling import quiet_until
from bot.domain.spreading import Share, following
from bot.domain.stored_rules import load
from bot.services import adaptation, gating, movements, own, planned, versions
from bot.services.moments import INSTANT
from bot.services.showing import steps_of
from db.models import Occurrence, Person, Session
from db.queries import ahead, people, reminders, sessions, spreading


async def hand_out(deps: Deps, person_id: int) -> None:
    """Give each movement that goes out now its share of the day's routine.

    The day's session begins with the first of them; one for which nothing is left does not go out.
    """
    now = deps.now()
    async with deps.write(person_id) as session:
        deps = await own.deps_of(deps, session, person_id)
        person = await people.get(session, person_id)
        for row in await spreading.due(session, person_id, now):
            found = await spreading.under_way(session, person_id)
            share = Share.read(row.share)
            if share is not None and found is not None and _stands(deps, person, share, found):
                continue
            day = await _day(deps, session, person, row.practice_day, found)
            share = await _next_share(deps, session, person, day, row) if day else None
            row.share = share.to_dict() if share else None
            if share is None:
                row.state, row.send_at = OccurrenceState.SKIPPED, None
                row.reason = SkipReason.NOTHING_LEFT
            await session.flush()


def _stands(deps: Deps, person: Person, share: Share, found: Session) -> bool:
    """Return whether a share that was handed out before can still be asked for."""
    steps = steps_of(found)
    left = share.session == found.id and any(steps[at].is_open for at in share.positions)
    return left and _is_open(deps, person, found.entry)


async def _day(
    deps: Deps, session: AsyncSession, person: Person, day: date, found: Session | None
) -> Session | None:
    """Return the session of a practice day, begun where there was none; None where it is over."""
    wanted = _wanted(deps, person)
    if found is not None and found.practice_day >= day and _is_open(deps, person, found.entry):
        return found if found.practice_day == day else None
    await spreading.close(session, date.max, person.id)
    if day in await sessions.done_days(session, person.id, day):
        return None
    passed = await gating.open_ones(deps, session, person, wanted)
    made = await planned.session(deps, session, person, wanted, passed)
    if not made.steps:
        return None
    now = deps.now()
    begun = Session(
        person_id=person.id,
        kind=SessionKind.ROUTINE,
        entry=wanted.key,
        version=deps.catalogue.version,
        entries=await versions.keep(session, deps.catalogue, made.steps, wanted.key, person.id),
        day=made.day,
        steps=[step.to_dict() for step in made.steps],
        position=0,
        shown_at=now,
        state=SessionState.SPREAD,
        pace=Pace.SPREAD,
        practice_day=day,
        started_at=now,
    )
    session.add(begun)
    await session.flush()
    await adaptation.note_week_off(deps, session, begun, made)
    return begun


def _wanted(deps: Deps, person: Person) -> Wanted:
    """Return the routine to spread: the gentle one while the screening is open."""
    key = daily_key(deps.catalogue, people.someone(person))
    if not _is_open(deps, person, key):
        key = deps.catalogue.safety.screening.routine
    return Wanted(SessionKind.ROUTINE, key)


def _is_open(deps: Deps, person: Person, key: str) -> bool:
    routine = deps.catalogue.routines.get(key)
    return person.screened is Screened.NONE or (routine is not None and routine.gentle)


async def _next_share(
    deps: Deps, session: AsyncSession, person: Person, day: Session, row: Occurrence
) -> Share | None:
    """Return what comes next of the day's routine; None where nothing is left."""
    now = deps.now()
    await movements.leave_out(deps, session, person, day)
    handed = [
        (one, share)
        for one in await spreading.with_share(session, person.id, day.practice_day)
        if one is not row and (share := Share.read(one.share)) and share.session == day.id
    ]
    taken = set(await sessions.outcomes(session, day.id))
    guided = await sessions.active(session, person.id)
    for one, share in handed:
        if one.state in OPEN or (guided is not None and guided.occurrence_id == one.id):
            taken.update(share.positions)
    times = await _to_come(session, person, day.practice_day, now)
    positions, filled = following(steps_of(day), taken, max(times, 1))
    if not positions:
        await movements.end_if_through(session, day, now)
        return None
    number = max((share.number for _, share in handed), default=0) + 1
    return Share(day.id, positions, number, number + filled - 1)


async def _to_come(session: AsyncSession, person: Person, day: date, now: datetime) -> int:
    """Return how many movements of a day still wait for a share, those that go out now included."""
    someone = people.someone(person)
    over = day_end_at(day, someone.zone, someone.day_end)
    made = await ahead.of_person(session, person.id, now)
    waiting = [
        row
        for row in made
        if row.kind is ReminderKind.MOVEMENT
        and (row.practice_day, row.state, row.share) == (day, OccurrenceState.DUE, None)
    ]
    known = {(row.reminder_id, row.due_at) for row in made}
    planned_ones = 0
    for reminder in await reminders.of_person(session, person.id):
        if reminder.kind is not ReminderKind.MOVEMENT or reminder.next_at is None:
            continue
        after = max(reminder.next_at, now) - INSTANT
        for due in fires(load(reminder.rule), after, over - INSTANT, someone.zone):
            quiet = quiet_until(due, someone.quiet, someone.zone)
            told = (reminder.id, due) not in known and (quiet is None or quiet < over)
            planned_ones += told
    return len(waiting) + planned_ones
