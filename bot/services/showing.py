"""What a session shows: its open step, or its end, in the content that it began with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.catalogue import Practice, Routine
from bot.domain.local_time import local_day
from bot.domain.player import SessionState, before, onward
from bot.domain.progress import LOOK_BACK, streak
from bot.domain.reminder import OccurrenceState
from bot.domain.session import Ended, Playing, Titled, Wanted
from bot.domain.step import Step
from bot.services import versions
from db.models import Person, Session
from db.queries import occurrences, people, sessions


def steps_of(found: Session) -> list[Step]:
    """Return the stored steps of a session."""
    return [Step.from_dict(step) for step in found.steps]


async def playing(deps: Deps, session: AsyncSession, found: Session) -> Playing:
    """Return an open session as what the player shows, in the content it began with."""
    steps = steps_of(found)
    step, coming_at = steps[found.position], onward(steps, found.position + 1)
    following = steps[coming_at] if coming_at < len(steps) else None
    used = (found.entry, step.entry, step.breathing, following.entry if following else None)
    keys = dict.fromkeys(key for key in used if key)
    book = await versions.entries(session, deps.catalogue, found, keys)
    breathing = book.get(step.breathing or "")
    coming = book.get(following.entry) if following else None
    return Playing(
        session=found.id,
        wanted=Wanted(found.kind, found.entry),
        title=titled(found, book),
        step=step,
        position=found.position,
        total=len(steps),
        entry=versions.as_entry(book.get(step.entry)),
        breathing=breathing if isinstance(breathing, Practice) else None,
        can_go_back=before(steps, found.position) is not None,
        message_id=found.message_id,
        following=following,
        following_name=coming.name if coming else (following.entry if following else ""),
    )


def titled(found: Session, book: Mapping[str, versions.Versioned]) -> Titled:
    """Return what a session is called, in the words of the content it began with."""
    about = book.get(found.entry)
    days = about.days if isinstance(about, Routine) else ()
    number = found.day or 0
    day = days[number - 1].name if 1 <= number <= len(days) else None
    return Titled(about.name if about else found.entry, day)


async def ended(deps: Deps, session: AsyncSession, found: Session, now: datetime) -> Ended:
    """Return a finished or stopped session as what its end shows."""
    await session.flush()
    outcomes = await sessions.outcomes(session, found.id)
    person = await people.get(session, found.person_id)
    finished_at = found.finished_at or now
    steps = steps_of(found)
    keys = dict.fromkeys((*(step.entry for step in steps), found.entry))
    book = await versions.entries(session, deps.catalogue, found, keys)
    return Ended(
        session=found.id,
        wanted=Wanted(found.kind, found.entry),
        title=titled(found, book),
        outcomes=tuple((step, outcomes.get(position)) for position, step in enumerate(steps)),
        entries=tuple(entry for key in keys if (entry := versions.as_entry(book.get(key)))),
        minutes=max(round((finished_at - found.started_at).total_seconds() / 60), 1),
        stopped=found.state is SessionState.STOPPED,
        feedback=found.feedback,
        streak=await count_streak(session, person, now),
    )


async def count_streak(session: AsyncSession, person: Person, now: datetime) -> int:
    """Return the person's streak of kept days as of now."""
    someone = people.someone(person)
    today = local_day(now, someone.zone, someone.day_end)
    since = today - LOOK_BACK
    planned: dict[object, list[OccurrenceState]] = {}
    for day, state in await occurrences.days(session, person.id, since):
        planned.setdefault(day, []).append(state)
    done = await sessions.done_days(session, person.id, since)
    return streak(done, planned, today)  # type: ignore[arg-type]
