"""Levels move: by what was said of a session, by pain, after a week off, and when asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.adaptation import Cause, Change, Move, Rung
from bot.domain.dose import Dose
from bot.domain.person import Screened
from bot.domain.player import Feedback, Outcome, SessionKind, SessionState, daily_key
from bot.domain.progression import RECENT, WATCHED, as_now, met, to_lower, to_raise, wholly_done
from bot.domain.session import Wanted
from bot.services import planned, telling
from bot.services.showing import steps_of
from db.models import LevelChange, Person, Session
from db.queries import levels, people, sessions

OF_FEEDBACK = (Cause.EASY, Cause.HARD)


async def best_to_raise(deps: Deps, session: AsyncSession, person: Person) -> Move | None:
    """Return which exercise of their daily routine would go up next for a person, and how.

    None where nothing can: all is at its top, it hurt in the last two weeks, or something in the
    screening applies. Nothing is changed; `raise_one` does it.
    """
    wanted = Wanted(SessionKind.ROUTINE, daily_key(deps.catalogue, people.someone(person)))
    rungs = await planned.rungs(deps, session, person, wanted)
    return await _best(deps, session, person, rungs)


async def raise_one(
    session: AsyncSession, person_id: int, move: Move, now: datetime
) -> LevelChange:
    """Make a change that the person agreed to, such as one that `best_to_raise` returned."""
    return await put(session, person_id, move, Cause.ASKED, now)


async def after_feedback(deps: Deps, session: AsyncSession, found: Session) -> None:
    """Decide anew what follows from how a session felt; what was decided before is forgotten.

    Two sessions in a row that were too easy raise one exercise that was wholly done in both; one
    that was too hard lowers one at once.
    """
    await levels.forget(session, found.id, OF_FEEDBACK)
    person = await people.get(session, found.person_id)
    move = None
    if found.feedback is Feedback.EASY:
        move = await _raised(deps, session, person, found)
    elif found.feedback is Feedback.HARD:
        move = await _lowered(deps, session, person, found)
    if move is not None:
        cause = Cause.EASY if found.feedback is Feedback.EASY else Cause.HARD
        await put(session, person.id, move, cause, deps.now(), found.id)


async def after_pain(deps: Deps, session: AsyncSession, found: Session, entry: str) -> None:
    """Lower an exercise that hurt, 4 of 10 or more, by one notch, once in a session."""
    changes = await levels.of_session(session, found.id)
    if any(one.entry == entry and one.cause is Cause.PAIN for one in changes):
        return
    person = await people.get(session, found.person_id)
    rungs = await rungs_of(deps, session, person, found)
    move = next((rung.down() for rung in rungs if rung.exercise.key == entry), None)
    if move is not None:
        await put(session, person.id, move, Cause.PAIN, deps.now(), found.id)


async def note_week_off(
    deps: Deps, session: AsyncSession, opened: Session, made: planned.Made
) -> None:
    """Store that there is a notch less of what was raised, because of a week off.

    A session that has just been opened of what was `made` has that notch less already. What it
    does not ask for waits for one that does: there it is told, and can be refused.
    """
    asked = {step.entry for step in steps_of(opened) if not step.cut}
    catalogue = deps.catalogue
    items = [item for one in catalogue.routines.values() for item in catalogue.items(one)]
    for entry in sorted(asked.intersection(made.means.rested)):
        if (exercise := catalogue.exercises.get(entry)) is None:
            continue
        rungs = [rung for rung in made.rungs if rung.exercise.key == entry]
        rungs += planned.written(exercise, items, made.means)
        rungs = [replace(one, notches=one.notches - 1, rested=False) for one in rungs]
        ups = (rung.up() for rung in rungs)
        above = next((up.change for up in ups if up and up.notches == 1), None)
        if above is not None:
            change = Change(above.what, above.after, above.before)
            move = Move(entry, -1, change)
            await put(session, opened.person_id, move, Cause.BREAK, deps.now(), opened.id)


async def _raised(deps: Deps, session: AsyncSession, person: Person, found: Session) -> Move | None:
    """Return what goes up after a session that was too easy; None unless the one before was too."""
    before = await telling.twice_easy(session, found)
    if before is None:
        return None
    both = [await _done(session, one) for one in (before, found)]
    rungs = await rungs_of(deps, session, person, found)
    ready = [rung for rung in rungs if all(as_now(rung, done) for done in both)]
    return await _best(deps, session, person, ready)


async def _lowered(
    deps: Deps, session: AsyncSession, person: Person, found: Session
) -> Move | None:
    """Return what goes down after a session that was too hard."""
    steps, outcomes = steps_of(found), await sessions.outcomes(session, found.id)
    lowered = {one.entry for one in await levels.of_session(session, found.id)}
    keys = come_to(found, outcomes) - lowered  # what hurt went down already
    rungs = await rungs_of(deps, session, person, found)
    raised = await levels.raised_last(session, person.id, deps.now() - RECENT, keys)
    skipped = {steps[at].entry for at, what in outcomes.items() if what is Outcome.SKIPPED}
    return to_lower([rung for rung in rungs if rung.exercise.key in keys], raised, skipped)


async def _best(
    deps: Deps, session: AsyncSession, person: Person, rungs: Sequence[Rung]
) -> Move | None:
    """Return which of these goes up: nothing that hurt lately, nothing where the set is gentle."""
    if person.screened is not Screened.NONE:
        return None
    hurt = await levels.hurt_since(session, person.id, deps.now() - WATCHED)
    changed = {
        entry: one.changed_at for entry, one in (await levels.standings(session, person.id)).items()
    }
    return to_raise([rung for rung in rungs if rung.exercise.key not in hurt], changed)


async def _done(session: AsyncSession, found: Session) -> dict[str, Dose]:
    if found.state is not SessionState.DONE:
        return {}
    records = await sessions.records(session, found.id)
    outcomes = {one.position: one.outcome for one in records}
    pains = {one.position: one.pain for one in records if one.pain is not None}
    return wholly_done(steps_of(found), outcomes, pains)


async def rungs_of(deps: Deps, session: AsyncSession, person: Person, found: Session) -> list[Rung]:
    """Return where a person stands with each exercise of a session, at the level it was begun."""
    wanted = Wanted(found.kind, found.entry, found.level)
    return await planned.rungs(deps, session, person, wanted, found.day)


def come_to(found: Session, outcomes: Mapping[int, Outcome]) -> frozenset[str]:
    """Return the exercises that somebody came to in a session that is over."""
    stopped = found.state is SessionState.STOPPED
    return met(steps_of(found), outcomes, found.position if stopped else None)


async def put(
    session: AsyncSession,
    person_id: int,
    move: Move,
    cause: Cause,
    now: datetime,
    session_id: int | None = None,
) -> LevelChange:
    """Write a change into the ledger, with why it was made and which session caused it."""
    row = LevelChange(
        person_id=person_id,
        entry=move.entry,
        notches=move.notches,
        cause=cause,
        session_id=session_id,
        named=move.change.to_dict(),
        made_at=now,
    )
    session.add(row)
    await session.flush()
    return row
