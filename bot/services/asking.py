"""Questions: what was asked, about which step, and what a warning sign sets in motion."""

from __future__ import annotations

import asyncio

from bot.answers import Answer
from bot.deps import Deps
from bot.services import reminding
from db.queries import sessions


async def ask(deps: Deps, person_id: int, question: str, *, group: bool = False) -> Answer:
    """Answer a question; in an open session "how long?" means its current step.

    In a group it means nothing: what a person is in the middle of is not for others to know.

    Where the answer is a warning sign that asks for it, reminders stop until /resume.
    """
    current = None if group else await _current(deps, person_id)
    # A message as long as Telegram lets it be takes a quarter of a second: not in the event loop.
    answer = await asyncio.to_thread(deps.answers.ask, question, current=current)
    if answer.pauses:
        await reminding.pause_for_safety(deps, person_id)
    return answer


async def _current(deps: Deps, person_id: int) -> str | None:
    async with deps.read() as session:
        found = await sessions.active(session, person_id)
        return found.steps[found.position]["entry"] if found else None
