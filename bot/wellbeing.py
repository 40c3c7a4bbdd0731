"""What /readyz looks at, and the numbers of /metrics that are read off the running bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot import metrics
from bot.deps import Deps
from bot.engine import Engine
from bot.intake.contact import Contact
from bot.intake.inbox import Inbox
from bot.outgoing.lanes import Lanes
from bot.outgoing.pace import Lane
from db.queries import inbox as rows

LATE = 15.0  # seconds that what is due may wait for its job to begin


def measure(lanes: Lanes, inbox: Inbox) -> None:
    """Take the numbers that are read off rather than counted."""
    for lane in Lane:
        metrics.QUEUE.labels(lane.name.lower()).set(lanes.depth(lane))
    metrics.WAITING.set(inbox.unprocessed)
    metrics.AGE.set(inbox.age)


def looks(deps: Deps, contact: Contact, engine: Engine) -> dict[str, Callable[[], Awaitable[str]]]:
    """Return the looks by name; each says what is wrong, or nothing."""

    async def database() -> str:
        async with deps.read() as session:
            await rows.find(session, 0)  # any row: it is whether it answers
        return ""

    async def telegram() -> str:
        return contact.problem()

    async def scheduler() -> str:
        lag = engine.lag
        return f"what is due waits for {lag:.0f} s" if lag > LATE else ""

    return {"database": database, "Telegram": telegram, "scheduler": scheduler}
