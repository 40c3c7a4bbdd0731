"""Tells people whose trip is over that home's clock counts again: once, without a sound."""

from __future__ import annotations

import asyncio
from functools import partial

import structlog

from bot.deps import Deps
from bot.intake.storage import until_stored
from bot.outgoing.faults import TryLater, Unreachable
from bot.reply import Reply
from bot.screen import Screen
from bot.services import homecoming, people
from bot.services.homecoming import Owed
from bot.texts import pick
from bot.views import zone as view

log = structlog.get_logger(__name__)

CHUNK = 16  # people told side by side
FAULTY = 60.0  # seconds until a word that failed for no known reason is tried again


class Homecoming:
    """`tell_all` says what was done already: the clock counts, and the words can wait."""

    def __init__(self, deps: Deps, screen: Screen) -> None:
        self._deps = deps
        self._screen = screen

    async def tell_all(self) -> None:
        """Tell everybody who came home and does not know yet."""
        while chunk := await homecoming.owed(self._deps, CHUNK):
            waits = await asyncio.gather(*map(self._tell, chunk))
            notices = list(zip(chunk, waits, strict=True))
            # They were told: whatever ends this task must not make it said again.
            await asyncio.shield(until_stored(partial(homecoming.told, self._deps, notices)))

    async def _tell(self, one: Owed) -> float | None:
        """Tell one; return the seconds until another try, None where it is done with."""
        texts = pick(self._deps.languages, one.language)

        async def compose() -> Reply:
            return view.returned(one.zone, self._deps.now(), texts)

        try:
            await self._screen.remind(one.person_id, compose, silent=True)
        except TryLater as later:
            return later.seconds
        except Unreachable:
            await people.unreachable(self._deps, one.person_id)
        except Exception:
            log.exception("homecoming_failed", person=one.person_id)
            return FAULTY
        return None
