"""How a session felt, and what follows from it."""

from __future__ import annotations

from bot.deps import Deps
from bot.domain.player import Feedback, SessionState
from bot.domain.session import Ended, Refused, Why
from bot.services import adaptation, retaking
from bot.services.showing import ended
from db.queries import sessions


async def say(deps: Deps, person_id: int, session_id: int, feedback: Feedback) -> Ended | Refused:
    """Store how a session felt, and do what follows; a second thought overwrites the first."""
    now = deps.now()
    async with deps.act() as act:
        found = await sessions.find(act.session, session_id, person_id)
        if found is None or found.state in (SessionState.ACTIVE, SessionState.SPREAD):
            return Refused(Why.STALE)
        if not act.repeated and found.feedback is not feedback:
            await retaking.remember(act.session, found, now)
            found.feedback = feedback
            await adaptation.after_feedback(deps, act.session, found)
        return await ended(deps, act.session, found, now)
