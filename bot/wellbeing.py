"""What /readyz looks at: the database, Telegram, and whether what is due is begun."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.deps import Deps
from bot.engine import Engine
from bot.intake.contact import Contact
from db.queries import inbox

LATE = 15.0  # seconds that what is due may wait for its job to begin


def looks(deps: Deps, contact: Contact, engine: Engine) -> dict[str, Callable[[], Awaitable[str]]]:
    """Return the looks by name; each says what is wrong, or nothing."""

    async def database() -> str:
        async with deps.read() as session:
            await inbox.find(session, 0)  # any row: it is whether it answers
        return ""

    async def telegram() -> str:
        return contact.problem()

    async def scheduler() -> str:
        lag = engine.lag
        return f"what is due waits for {lag:.0f} s" if lag > LATE else ""

    return {"database": database, "Telegram": telegram, "scheduler": scheduler}
