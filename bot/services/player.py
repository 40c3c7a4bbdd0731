"""The player: start a session, answer its steps, end it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Act, Deps
from bot.domain.player import (
    Going,
    Outcome,
    SessionKind,
    SessionState,
    before,
    going,
    onward,
)
from bot.domain.reminder import OccurrenceState
from bot.domain.session import Ended, Playing, Refused, Wanted, Why
from bot.domain.step import without
from bot.services import (
    days,
    deadlines,
    doors,
    milestones,
    movements,
    retaking,
    versions,
)
from bot.services.holding import held
from bot.services.showing import ended, playing, steps_of
from db.models import Session
from db.queries import gates, occurrences, people, reactions, sessions

STALE = Refused(Why.STALE)
LONGEST_STEP = timedelta(hours=1)  # a longer wait says nothing about the step


async def answer(
    deps: Deps, person_id: int, session_id: int, position: int, outcome: Outcome
) -> Playing | Ended | Refused:
    """Record what became of the current step and go to the next, or to the end."""
    now = deps.now()
    async with deps.act() as act:
        found = await current(act, person_id, session_id, position)
        if isinstance(found, Refused) or act.repeated:
            return await _shown(deps, act.session, found, now)
        await retaking.remember(act.session, found, now)
        seconds = min(now - found.shown_at, LONGEST_STEP).total_seconds()
        await sessions.put_record(
            act.session, found.id, position, outcome, max(round(seconds), 0), now
        )
        move(found, onward(steps_of(found), position + 1), now)
        if found.position >= len(found.steps):
            await finish(act.session, found, SessionState.DONE, now)
        return await _shown(deps, act.session, found, now)


async def back(
    deps: Deps, person_id: int, session_id: int, position: int
) -> Playing | Ended | Refused:
    """Go one step back; its record is overwritten when it is answered again."""
    now = deps.now()
    async with deps.act() as act:
        found = await current(act, person_id, session_id, position)
        if isinstance(found, Session) and not act.repeated:
            earlier = before(steps_of(found), position)
            if earlier is None:
                return STALE
            move(found, earlier, now)
        return await _shown(deps, act.session, found, now)


async def stop(
    deps: Deps, person_id: int, session_id: int, position: int
) -> Playing | Ended | Refused:
    """End the session here; what was done stays recorded."""
    now = deps.now()
    async with deps.act() as act:
        found = await current(act, person_id, session_id, position)
        if isinstance(found, Session) and not act.repeated:
            await retaking.remember(act.session, found, now)
            await finish(act.session, found, SessionState.STOPPED, now)
        return await _shown(deps, act.session, found, now)


async def pulse(
    deps: Deps, person_id: int, session_id: int, position: int
) -> Playing | Ended | Refused:
    """End a step because a beat was felt: whatever presses is left out for the rest of the day.

    The session goes on with its next step that presses nothing, or ends where there is none.
    """
    now = deps.now()
    async with deps.act() as act:
        found = await current(act, person_id, session_id, position)
        if isinstance(found, Refused) or act.repeated:
            return await _shown(deps, act.session, found, now)
        gated = await gates_of(deps, act.session, found)
        if found.steps[position]["entry"] not in gated:
            return STALE
        for gate in set(gated.values()):
            await gates.close(act.session, person_id, gate, now)
        for at in range(position, len(found.steps)):
            if found.steps[at]["entry"] in gated:
                await sessions.put_record(act.session, found.id, at, Outcome.PULSE, 0, now)
        await sessions.forget_undo(act.session, person_id)  # safety is not taken back by a tap
        await leave_out(act.session, found, gated, now)
        return await _shown(deps, act.session, found, now)


async def gates_of(deps: Deps, session: AsyncSession, found: Session) -> dict[str, str]:
    """Return the gate of each entry of a session that has one."""
    keys = dict.fromkeys(step["entry"] for step in found.steps)
    book = await versions.entries(session, deps.catalogue, found, keys)
    entries = {key: versions.as_entry(entry) for key, entry in book.items()}
    return {key: entry.gate for key, entry in entries.items() if entry and entry.gate}


async def resume(deps: Deps, person_id: int, session_id: int) -> Playing | Ended | Refused:
    """Show an interrupted session's current step again."""
    now = deps.now()
    async with deps.act() as act:
        found = await sessions.find(act.session, session_id, person_id)
        if found is None or found.state is not SessionState.ACTIVE:
            return STALE
        found.shown_at = now
        deadlines.run(found, now)
        return await playing(deps, act.session, found)


async def undo(deps: Deps, person_id: int, session_id: int) -> Playing | Ended | Refused:
    """Put a session back to where it stood before the last answer, unless another one is open."""
    now = deps.now()
    async with deps.act() as act:
        found = await sessions.find(act.session, session_id, person_id)
        if found is None:
            return STALE
        if not act.repeated:
            open_session = await sessions.active(act.session, person_id)
            blocked = open_session is not None and open_session.id != found.id
            person = await people.get(act.session, person_id)
            what = Wanted(found.kind, found.entry)
            if blocked or doors.forbids(deps.catalogue, person, what, begun=True):
                return STALE
            if not retaking.undoable(found, now):
                return STALE if found.undo is None else Refused(Why.TOO_LATE)
            await retaking.put_back(act.session, found, now)
        return await _shown(deps, act.session, found, now)


async def end_unless_gentle(deps: Deps, session: AsyncSession, person_id: int) -> None:
    """End an open session that is not open to somebody to whom something on the list applies."""
    found = await sessions.active(session, person_id)
    if found is None:
        return
    book = await versions.entries(session, deps.catalogue, found, [found.entry])
    about = book.get(found.entry)
    await sessions.forget_undo(session, person_id)
    if about is None or not about.gentle:
        await finish(session, found, SessionState.STOPPED, deps.now())


async def look(deps: Deps, person_id: int) -> Playing | None:
    """Return the person's open session as it stands, or None."""
    async with deps.read() as session:
        found = await sessions.active(session, person_id)
        return await playing(deps, session, found) if found else None


async def standing(deps: Deps, person_id: int, session_id: int) -> Playing | Ended | None:
    """Return where a session stands, changing nothing; None where there is no such one."""
    async with deps.read() as session:
        found = await sessions.find(session, session_id, person_id)
        if found is None:
            return None
        if found.state is SessionState.ACTIVE:
            return await playing(deps, session, found)
        return await ended(deps, session, found, deps.now())


async def stands(deps: Deps, person_id: int, session_id: int, message_id: int) -> Playing | None:
    """Return the open session where a message of its old steps stands below the one that shows it.

    That is a copy which the Bot API put there after the bot had given it up.
    """
    found = await look(deps, person_id)
    if found is None or found.session != session_id or found.message_id is None:
        return None
    return found if message_id > found.message_id else None


async def shown(deps: Deps, session_id: int, position: int | None, message_id: int) -> None:
    """Remember which message shows a session's step, or its end.

    The time of a step runs from when it is seen.
    """
    async with held(deps, session_id) as (_, found):
        if found is None:
            return
        found.message_id = max(message_id, found.message_id or 0)
        running = going(found.pace, found.awaits) is Going.RUNS
        if not running or found.state is not SessionState.ACTIVE:
            found.owed_at = None
        elif found.position == position:
            deadlines.seen(found, deps.now())


async def current(act: Act, person_id: int, session_id: int, position: int) -> Session | Refused:
    """Return the person's session if `position` is its open step, or if the update repeats."""
    found = await sessions.find(act.session, session_id, person_id)
    if found is None:
        return STALE
    open_step = found.state is SessionState.ACTIVE and found.position == position
    return found if open_step or act.repeated else STALE


async def under_way(act: Act, person_id: int, session_id: int, position: int) -> Session | None:
    """Return what `current` does, None where it refuses or the session is over."""
    found = await current(act, person_id, session_id, position)
    return found if isinstance(found, Session) and is_open(found) else None


def is_open(found: Session) -> bool:
    """Return whether a session is under way."""
    return found.state is SessionState.ACTIVE


def move(found: Session, position: int, now: datetime) -> None:
    """Make the step at `position` the current one."""
    found.position, found.left = position, None
    found.shown_at = now
    if position < len(found.steps):
        deadlines.run(found, now)


def close(found: Session, keys: Collection[str]) -> None:
    """Show no step of these entries any more."""
    found.steps = [step.to_dict() for step in without(steps_of(found), keys)]


async def leave_out(
    session: AsyncSession, found: Session, keys: Collection[str], now: datetime
) -> None:
    """Close all steps of these entries and go past the current one, or to the end.

    The time of the next one stands still until they have read what is said, and go on.
    """
    close(found, keys)
    move(found, onward(steps_of(found), found.position), now)
    if found.position < len(found.steps):
        deadlines.pause(found, now)
        return
    routine = found.kind is SessionKind.ROUTINE  # leaving it out was the right thing
    await finish(session, found, SessionState.DONE if routine else SessionState.STOPPED, now)


async def finish(session: AsyncSession, found: Session, state: SessionState, now: datetime) -> None:
    """End a session; what was finished also settles its reminders of the day."""
    found.state = state
    found.finished_at = now
    deadlines.forget(found)
    if found.kind is SessionKind.MOVEMENT:
        found.undo = None  # what was done counts for the whole day
    if found.kind is SessionKind.ROUTINE and state is SessionState.DONE:
        await occurrences.close_day(
            session, found.person_id, found.practice_day, OccurrenceState.DONE
        )
    if found.kind is SessionKind.PRACTICE and state is SessionState.DONE:
        await reactions.practised(session, found.person_id, found.practice_day, found.entry)
    if found.occurrence_id is not None and state is SessionState.DONE:
        row = await occurrences.find(session, found.occurrence_id, found.person_id)
        if row is not None:
            row.state = OccurrenceState.DONE
    await movements.settle(session, found, now)
    if found.kind is SessionKind.ROUTINE and state is SessionState.DONE:
        await days.keep(session, found, now)
        await milestones.note(session, found, now)


async def _shown(
    deps: Deps, session: AsyncSession, found: Session | Refused, now: datetime
) -> Playing | Ended | Refused:
    if isinstance(found, Refused):
        return found
    if found.state is SessionState.ACTIVE:
        return await playing(deps, session, found)
    return await ended(deps, session, found, now)
