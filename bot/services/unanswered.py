"""Questions that got no answer, kept for whoever writes the content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.deps import Deps
from bot.domain.person import Someone
from db.errors import CannotOpen
from db.models import Unanswered
from db.opening import beside
from db.queries import people, unanswered

KEPT = timedelta(days=90)
MOST = 1000  # shown at once


@dataclass(frozen=True, slots=True)
class Kept:
    """A question that got no answer; `question` is None where the person did not pass it on."""

    asked_at: datetime
    question: str | None
    near: list[str]  # keys of what was offered instead


async def kept(url: str) -> list[Kept] | str:
    """Return the newest of such questions, or why they cannot be read; the bot may be running."""
    try:
        async with beside(url) as session:
            rows = await unanswered.newest(session, MOST)
            return [Kept(row.asked_at, row.text, row.near) for row in rows]
    except CannotOpen as error:
        return str(error)


async def note(deps: Deps, person_id: int, question: str, near: Sequence[str]) -> None:
    """Keep that a question got no answer, and its words where the person lets them be read."""
    async with deps.act() as act:
        person = await people.find(act.session, person_id)
        if person is None or act.repeated:
            return
        text = question if person.passes_on else None
        row = Unanswered(person_id=person_id, text=text, near=list(near), asked_at=deps.now())
        act.session.add(row)


async def allow(deps: Deps, person_id: int, *, passes_on: bool) -> Someone:
    """Let the words of such questions be read from now on, or no more: then none are kept."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        person.passes_on = passes_on
        if not passes_on:
            await unanswered.wipe(act.session, person_id)
        return people.someone(person)


async def forget(deps: Deps) -> None:
    """Delete what was kept long enough."""
    async with deps.write() as session:
        await unanswered.forget(session, deps.now() - KEPT)
