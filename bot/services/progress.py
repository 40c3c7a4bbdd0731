"""How a person is doing: their days, the streak, the score, what they did, how tight they felt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.calendar import calendar, history
from bot.domain.progress import Progress, Tightness, mean, score, streak
from bot.services import days
from db.queries import check_ins, people, progress


async def gather(deps: Deps, person_id: int) -> Progress:
    """Return how a person is doing as of now."""
    async with deps.read() as session:
        person = await people.get(session, person_id)
        known, today = await days.read(session, person, deps.now())
        weeks = calendar(known, today)
        done, seconds = await progress.practised(session, person_id, weeks[0][0][0])
        tight = await _tight(session, person_id, [week[0][0] for week in weeks])
    past = history(known, today)
    return Progress(
        weeks=weeks,
        streak=None if person.streak_hidden else streak(past),
        score=score(past),
        sessions=done,
        seconds=seconds,
        tight=tight,
        checks_in=person.checks_in,
    )


async def hide_streak(deps: Deps, person_id: int, *, hidden: bool) -> Progress:
    """Show the streak no more, or again; nothing of it is lost."""
    async with deps.act() as act:
        (await people.get(act.session, person_id)).streak_hidden = hidden
    return await gather(deps, person_id)


async def _tight(
    session: AsyncSession, person_id: int, mondays: Sequence[date]
) -> Sequence[Tightness]:
    """Return how tight a person felt in each of the weeks that begin on these days."""
    weeks: defaultdict[date, list[Tightness]] = defaultdict(list)
    for _, day, felt in await check_ins.since(session, [person_id], mondays[0]):
        weeks[day - timedelta(days=day.weekday())].append(felt)
    return [mean(weeks[monday]) for monday in mondays]
