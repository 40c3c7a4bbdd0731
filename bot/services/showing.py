"""What a session shows: its open step, or its end, in the content that it began with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain import lengths, rounds, spreading
from bot.domain.catalogue import Entry, Practice, Routine
from bot.domain.pace import Pace
from bot.domain.player import Going, Outcome, SessionKind, SessionState, before, going, onward
from bot.domain.programme import Again
from bot.domain.session import Ended, Playing, Sided, Titled, Wanted
from bot.domain.sides import asked_about, said
from bot.domain.spreading import Share, Through
from bot.domain.step import Length, Step, minutes, switches
from bot.services import check_ins, deadlines, milestones, programmes, retaking, telling, versions
from bot.services.days import count_streak
from db.models import Session, StepRecord
from db.queries import occurrences, people, sessions, sides

LINGERS = 60.0  # seconds by which a step may take longer than it should, and count


def steps_of(found: Session) -> list[Step]:
    """Return the stored steps of a session."""
    return [Step.from_dict(step) for step in found.steps]


async def playing(deps: Deps, session: AsyncSession, found: Session) -> Playing:
    """Return an open session as what the player shows, in the content it began with."""
    steps = steps_of(found)
    step, coming_at = deadlines.current(found), onward(steps, found.position + 1)
    following = steps[coming_at] if coming_at < len(steps) else None
    book = await _book(deps, session, found, (step, following))
    breathing = book.get(step.breathing or "")
    coming = book.get(following.entry) if following else None
    earlier = before(steps, found.position)
    shown = Playing(
        session=found.id,
        wanted=Wanted(found.kind, found.entry, length=found.length),
        title=titled(found, book),
        step=step,
        position=found.position,
        number=sum(not step.cut for step in steps[: found.position]) + 1,
        total=sum(not step.cut for step in steps),
        entry=versions.as_entry(book.get(step.entry)),
        breathing=breathing if isinstance(breathing, Practice) else None,
        can_go_back=earlier is not None,
        message_id=found.message_id,
        following=following,
        following_name=coming.name if coming else (following.entry if following else ""),
        goes_on=earlier is not None and steps[earlier].entry == step.entry,
        switches=earlier is not None and switches(steps[earlier], step),
    )
    shown = replace(
        shown,
        pace=found.pace,
        going=going(found.pace, found.awaits),
        next_at=_next_at(deps, found),
        rounds=await _rounds(session, found, step, book.get(step.entry)),
        can_finish=lengths.can_finish(steps, found.position),
        undoable=retaking.undoable(found, deps.now()),
    )
    return shown if earlier is not None else await _begins(deps, session, found, shown, book)


async def _begins(
    deps: Deps,
    session: AsyncSession,
    found: Session,
    shown: Playing,
    book: Mapping[str, versions.Versioned],
) -> Playing:
    """Return a session at its first step with what is said, asked and offered only there."""
    asks = found.kind is SessionKind.ROUTINE
    return replace(
        shown,
        lengths=_lengths(found, steps_of(found)),
        asks_tight=asks
        and await check_ins.asks_before(session, found.person_id, found.practice_day),
        changes=await telling.at_first_step(deps, session, found),
        again=await _again(session, found, book),
    )


async def _again(
    session: AsyncSession, found: Session, book: Mapping[str, versions.Versioned]
) -> Again | None:
    """Return why the day of a programme comes again."""
    about = book.get(found.entry)
    if not isinstance(about, Routine) or found.day is None:
        return None
    someone = people.someone(await people.get(session, found.person_id))
    return await programmes.why_again(session, someone, about, found)


async def _book(
    deps: Deps, session: AsyncSession, found: Session, shown: Sequence[Step | None]
) -> Mapping[str, versions.Versioned]:
    """Return what a session and the steps that are shown of it are about."""
    named = steps_of(found) if found.kind is SessionKind.MOVEMENT else ()
    steps = [step for step in (*named, *shown) if step is not None]
    keys = [found.entry, *(key for step in steps for key in (step.entry, step.breathing) if key)]
    return await versions.entries(session, deps.catalogue, found, dict.fromkeys(keys))


async def _rounds(
    session: AsyncSession, found: Session, step: Step, entry: versions.Versioned | None
) -> tuple[int, ...]:
    """Return how many rounds a practice that is done on its own may have."""
    if found.kind is not SessionKind.PRACTICE or not isinstance(entry, Practice):
        return ()
    person = await people.get(session, found.person_id)
    return rounds.choices(entry, step, person.screened)


def _lengths(found: Session, steps: Sequence[Step]) -> tuple[tuple[Length, float], ...]:
    """Return the lengths that a session may have instead of its own, with their seconds."""
    if found.kind is not SessionKind.ROUTINE:
        return ()
    others = (length for length in lengths.offered(steps) if length is not found.length)
    return tuple((length, lengths.seconds(steps, length)) for length in others)


def _next_at(deps: Deps, found: Session) -> datetime | None:
    """Return when the next step comes by itself, None where it does not."""
    if going(found.pace, found.awaits) is not Going.RUNS:
        return None
    return found.deadline or deps.now() + timedelta(seconds=deadlines.current(found).takes)


def titled(found: Session, book: Mapping[str, versions.Versioned]) -> Titled:
    """Return what a session is called, in the words of the content it began with."""
    if found.kind is SessionKind.MOVEMENT:
        return Titled(_movements(found, book))
    about = book.get(found.entry)
    days = about.days if isinstance(about, Routine) else ()
    number = found.day or 0
    day = days[number - 1].name if 1 <= number <= len(days) else None
    return Titled(about.name if about else found.entry, day)


def _movements(found: Session, book: Mapping[str, versions.Versioned]) -> str:
    """Return what a session of some movements of a routine is called: by each of them."""
    keys = dict.fromkeys(step["entry"] for step in found.steps)
    return ", ".join(about.name if (about := book.get(key)) else key for key in keys)


async def ended(deps: Deps, session: AsyncSession, found: Session, now: datetime) -> Ended:
    """Return a finished or stopped session as what its end shows."""
    await session.flush()
    records = await sessions.records(session, found.id)
    outcomes = {one.position: one.outcome for one in records}
    person = await people.get(session, found.person_id)
    finished_at = found.finished_at or now
    steps = {at: step for at, step in enumerate(steps_of(found)) if not step.cut or at in outcomes}
    keys = dict.fromkeys((*(step.entry for step in steps.values()), found.entry))
    book = await versions.entries(session, deps.catalogue, found, keys)
    entries = tuple(entry for key in keys if (entry := versions.as_entry(book.get(key))))
    done = [step for at, step in steps.items() if outcomes.get(at) is Outcome.DONE]
    tight, asks_tight = await check_ins.of_session(session, found)
    changes = await telling.at_end(deps, session, found)
    return Ended(
        session=found.id,
        wanted=Wanted(found.kind, found.entry),
        title=titled(found, book),
        outcomes=tuple((step, outcomes.get(at)) for at, step in steps.items()),
        entries=entries,
        minutes=_minutes(found, done, records, finished_at),
        stopped=found.state is SessionState.STOPPED,
        feedback=found.feedback,
        streak=await count_streak(session, person, now),
        length=found.length,
        undoable=retaking.undoable(found, now),
        changes=changes,
        outlook=await telling.outlook(session, person, found, changes),
        through=await _through(session, found),
        sides=await _sided(session, person.id, asked_about(done, entries), finished_at),
        milestone=await milestones.of_session(session, found),
        tight=tight,
        asks_tight=asks_tight,
    )


def _minutes(
    found: Session, done: Sequence[Step], records: Sequence[StepRecord], now: datetime
) -> int:
    """Return how many minutes were spent on the steps, without the waits between and in them.

    Spread through the day, what was done takes as long as it should.
    """
    if found.pace is Pace.SPREAD:
        return minutes(sum(step.takes for step in done))
    steps = steps_of(found)
    spent = sum(min(one.seconds, steps[one.position].takes + LINGERS) for one in records)
    return minutes(min(spent, (now - found.started_at).total_seconds()))


async def through(session: AsyncSession, day: Session) -> Through:
    """Return how much is done of a routine that is spread through the day."""
    return spreading.through(steps_of(day), await sessions.outcomes(session, day.id))


async def _through(session: AsyncSession, found: Session) -> Through | None:
    """Return how much of the day's routine is done, where a session was one movement of it."""
    if found.kind is not SessionKind.MOVEMENT or found.occurrence_id is None:
        return None
    row = await occurrences.find(session, found.occurrence_id, found.person_id)
    share = Share.read(row.share) if row else None
    day = share and await sessions.find(session, share.session, found.person_id)
    return await through(session, day) if day else None


async def _sided(
    session: AsyncSession, person_id: int, entry: Entry | None, since: datetime
) -> Sided | None:
    if entry is None:
        return None
    felt = await sides.felt_since(session, person_id, entry.key, since)
    return Sided(entry.key, entry.name, said(felt))
