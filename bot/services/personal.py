"""A person's own data: all of it as one document, and all of it gone."""

from __future__ import annotations

from typing import Any

from bot.deps import Deps
from db.queries import personal


async def export(deps: Deps, person_id: int) -> dict[str, Any]:
    """Return everything that is stored about the person, table by table, ready for JSON."""
    async with deps.read() as session:
        return await personal.everything(session, person_id)


async def delete(deps: Deps, person_id: int) -> None:
    """Remove every row about the person; the update in hand forgets whose it was when done."""
    async with deps.act() as act:
        await personal.remove(act.session, person_id)
