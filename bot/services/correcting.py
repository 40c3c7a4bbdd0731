"""What a person says became of one of their last days, and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.calendar import SAYABLE, Corrected, Days, Mark, correctable, history, mark
from bot.domain.progress import KEPT, score, streak
from bot.domain.session import Refused, Why
from bot.services import days
from bot.services.undoing import UNDOABLE
from db.models import Person
from db.queries import corrections, occurrences, people

OUTSIDE = Refused(Why.OUTSIDE)


@dataclass(frozen=True, slots=True)
class _Known:
    person: Person
    days: Days
    today: date

    @property
    def open(self) -> Sequence[date]:
        """Return the days that may be corrected, today first."""
        return correctable(self.today, self.days.first)


async def week(deps: Deps, person_id: int) -> Sequence[tuple[date, Mark]]:
    """Return the days that may be corrected, today first, and what became of them."""
    async with deps.read() as session:
        known = await _known(deps, session, person_id)
    return [(day, mark(day, known.days, known.today)) for day in known.open]


async def look(deps: Deps, person_id: int, day: date) -> Corrected | Refused:
    """Return one day as it stands; one that is too long ago, or still to come, is refused."""
    async with deps.read() as session:
        known = await _known(deps, session, person_id)
        return await _corrected(deps, session, known, day)


async def say(deps: Deps, person_id: int, day: date, said: Mark | None) -> Corrected | Refused:
    """Store what became of a day, or with None that it is as recorded."""
    async with deps.act() as act:
        known = await _known(deps, act.session, person_id)
        if day not in known.open or (said is not None and said not in SAYABLE):
            return OUTSIDE
        if not act.repeated and known.days.said.get(day) is not said:
            await corrections.put(act.session, person_id, day, said, deps.now())
            await _ask_again(deps, act.session, known, day, said)
        known = await _known(deps, act.session, person_id)
        found = await _corrected(deps, act.session, known, day)
    deps.wake()
    return found


async def undo(deps: Deps, person_id: int, day: date) -> Corrected | Refused:
    """Take back what was said of a day last, for ten minutes."""
    now = deps.now()
    async with deps.act() as act:
        row = await corrections.find(act.session, person_id, day)
        if not act.repeated:
            if row is None or row.before is row.said:
                return Refused(Why.STALE)
            if now - row.said_at > UNDOABLE:
                return Refused(Why.TOO_LATE)
            known = await _known(deps, act.session, person_id)
            row.said = row.before
            await act.session.flush()
            await _ask_again(deps, act.session, known, day, row.said)
        known = await _known(deps, act.session, person_id)
        found = await _corrected(deps, act.session, known, day)
    deps.wake()
    return found


async def _ask_again(
    deps: Deps, session: AsyncSession, known: _Known, day: date, said: Mark | None
) -> None:
    """Let today's reminder come after all, where it was held back because the day was said kept."""
    was = known.days.said.get(day)
    taken_back = was in KEPT and said not in (*KEPT, Mark.REST)
    if day == known.today and taken_back and not known.days.kept.get(day):
        await occurrences.bring_back(session, known.person.id, day, deps.now())


async def _known(deps: Deps, session: AsyncSession, person_id: int) -> _Known:
    person = await people.get(session, person_id)
    return _Known(person, *await days.read(session, person, deps.now()))


async def _corrected(
    deps: Deps, session: AsyncSession, known: _Known, day: date
) -> Corrected | Refused:
    if day not in known.open:
        return OUTSIDE
    row = await corrections.find(session, known.person.id, day)
    undoable = row is not None and row.before is not row.said
    past = history(known.days, known.today)
    return Corrected(
        day=day,
        mark=mark(day, known.days, known.today),
        said=known.days.said.get(day),
        today=known.today,
        undoable=undoable and row is not None and deps.now() - row.said_at <= UNDOABLE,
        streak=None if known.person.streak_hidden else streak(past),
        score=score(past).value,
    )
