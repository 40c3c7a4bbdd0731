"""What /readyz looks at, and the numbers of /metrics that are read off the running bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot import metrics
from bot.alone import Alone
from bot.crew.replica import Replica
from bot.deps import Deps
from bot.intake.contact import Contact
from bot.outgoing.pace import Lane
from db.queries import inbox as rows

LATE = 15.0  # seconds that what is due may wait for its job to begin


def measure(mode: Alone | Replica) -> None:
    """Take the numbers that are read off rather than counted."""
    for lane in Lane:
        metrics.QUEUE.labels(lane.name.lower()).set(mode.lanes.depth(lane))
    metrics.WAITING.set(mode.inbox.unprocessed)
    metrics.AGE.set(mode.inbox.age)


def looks(
    deps: Deps, contact: Contact, mode: Alone | Replica
) -> dict[str, Callable[[], Awaitable[str]]]:
    """Return the looks by name; each says what is wrong, or nothing."""

    async def database() -> str:
        async with deps.read() as session:
            await rows.find(session, 0)  # any row: it is whether it answers
        return ""

    async def telegram() -> str:
        return contact.problem() if mode.receives else ""

    async def scheduler() -> str:
        lag = mode.lag
        return f"what is due waits for {lag:.0f} s" if lag > LATE else ""

    return {"database": database, "Telegram": telegram, "scheduler": scheduler}
