"""Questions: what was asked, about which step, and what a warning sign sets in motion."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.answers import Answer
from bot.deps import Deps
from bot.domain.session import Playing
from bot.services import player, reminding, starting


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, and the session in whose middle the question came."""

    answer: Answer
    playing: Playing | None


async def ask(deps: Deps, person_id: int, question: str, *, group: bool = False) -> Asked:
    """Answer a question; in an open session "how long?" means its current step.

    In a group it means nothing: what a person is in the middle of is not for others to know.

    Where the answer is a warning sign that asks for it, the session ends and reminders stop until
    the person says that a clinician has cleared them. A condition they tell of lets the safety
    gates ask anew.
    """
    playing = None if group else await player.look(deps, person_id)
    current = playing.step.entry if playing else None
    # A message as long as Telegram lets it be takes a quarter of a second: not in the event loop.
    answer = await asyncio.to_thread(deps.answers.ask, question, current=current)
    if answer.pauses:
        await reminding.pause_for_safety(deps, person_id)
    elif answer.tier == "condition" and not group:
        await starting.doubt_gates(deps, person_id)
    return Asked(answer, playing)
