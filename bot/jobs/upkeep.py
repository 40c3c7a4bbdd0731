"""What is tidied every hour: expired reminders, and all that was kept long enough."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.deps import Deps
from bot.services import claiming, movements, replanning, retention, unanswered


class KeepsUp(Protocol):
    """What upkeep needs of an inbox."""

    async def upkeep(self, now: datetime) -> None:
        """Forget what was kept long enough."""
        ...


async def upkeep(deps: Deps, inbox: KeepsUp) -> None:
    """Call unanswered reminders missed once they expired, and end what was spread over their day.

    Forget closed updates, old questions, and what else was kept long enough; note the time.
    """
    while await claiming.expire(deps):
        pass  # a batch at a time: others write in between
    await movements.close_over(deps)
    await unanswered.forget(deps)
    await inbox.upkeep(deps.now())
    await retention.prune(deps)
    await deps.database.empty_log()
    await replanning.note_clock(deps)
