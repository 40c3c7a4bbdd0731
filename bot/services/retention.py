"""How long what is stored is kept: the rule that docs/privacy.md says in words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.progress import LOOK_BACK
from bot.services.undoing import UNDOABLE
from db.queries import marks, retention

BATCH = 500  # rows a transaction: others write in between
SESSIONS_GONE = "sessions_gone"  # noted where sessions were deleted since entries were looked over

# The streak, the score and the calendar look back so far, by days that end later elsewhere.
HISTORY = LOOK_BACK + timedelta(days=2)
COPIES = timedelta(days=30)  # of the database as it was before an upgrade
OFFERED = timedelta(days=1)  # a routine that somebody else made, until it is accepted
DAY_OVER = timedelta(days=2)  # after which it is another day everywhere

Forget = Callable[[AsyncSession, datetime, int], Awaitable[int]]


async def prune(deps: Deps) -> None:
    """Remove what has been kept long enough."""
    now = deps.now()
    for forget, kept in _rules(deps):
        while await _batch(deps, forget, now - kept) >= BATCH:
            pass
    await _forget_versions(deps)
    await asyncio.to_thread(deps.database.forget_copies, now - COPIES)


def _rules(deps: Deps) -> list[tuple[Forget, timedelta]]:
    """Return what is forgotten, and how long it is kept."""
    gates = deps.catalogue.safety.gates.values()
    return [
        (retention.forget_occurrences, HISTORY),
        (retention.forget_pauses, HISTORY),
        (retention.forget_corrections, HISTORY),
        (retention.forget_proposals, HISTORY),
        (retention.forget_copies, HISTORY),
        (retention.forget_news, HISTORY),
        (retention.forget_answers_taken_back, UNDOABLE),
        (retention.forget_changes_taken_back, UNDOABLE),
        (retention.forget_offers, OFFERED),
        (retention.forget_closings, DAY_OVER),
        (retention.forget_gate_answers, HISTORY),  # of gates that are no more, too
        *(
            (partial(retention.forget_gate_answers, gate=gate.key), timedelta(days=gate.days))
            for gate in gates
        ),
    ]


async def _batch(deps: Deps, forget: Forget, before: datetime) -> int:
    async with deps.write() as session:
        return await forget(session, before, BATCH)


async def _forget_versions(deps: Deps) -> None:
    """Remove what only sessions began with that are no more; mostly no session has gone."""
    current = set(deps.catalogue.digests.values())
    async with deps.read() as session:
        if await marks.find(session, SESSIONS_GONE) is None:
            return
        unused = await retention.unused_versions(session, current)
    async with deps.write() as session:
        await retention.forget_versions(session, unused)
        await marks.remove(session, SESSIONS_GONE)
