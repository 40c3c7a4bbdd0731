"""Sends what is due: claims occurrences, sends them in the bulk lane, notes what became."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import time
from functools import partial

import structlog

from bot.deps import Deps
from bot.domain.local_time import local_day
from bot.intake.storage import until_stored
from bot.outgoing.faults import TryLater, Unreachable
from bot.reply import Reply
from bot.screen import Screen
from bot.services import claiming, people, sending
from bot.services.sending import Nudge
from bot.texts import pick
from bot.views import reminders as view
from bot.views.lines import when

log = structlog.get_logger(__name__)

SIDE_BY_SIDE = 16  # reminders in flight at once
FAULTY = 60.0  # seconds until an occurrence that failed for no known reason is tried again


class NotDue(Exception):  # noqa: N818 - says what became of it
    """The person did or said something while their reminder waited for its turn."""


class Sweep:
    """`run` claims and sends what is due; after a cancellation `finish` ends what is under way."""

    def __init__(self, deps: Deps, screen: Screen) -> None:
        self._deps = deps
        self._screen = screen
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Claim and send until nothing is due any more."""
        while True:
            claimed = await claiming.claim(self._deps)
            if claimed:
                log.info("reminders_claimed", reminders=claimed)
            nudges = await sending.to_send(self._deps, SIDE_BY_SIDE)
            if not nudges and not claimed:
                return
            await self._send_all(nudges)

    async def finish(self, seconds: float) -> None:
        """Give what went out already so many seconds to be noted: unnoted, it would come again."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _send_all(self, nudges: Sequence[Nudge]) -> None:
        tasks = [asyncio.create_task(self._settle(nudge)) for nudge in nudges]
        try:
            if tasks:
                await asyncio.wait(tasks)
        finally:
            for task in set(tasks) - self._under_way:
                task.cancel()
        for task in tasks:
            task.result()

    async def _settle(self, nudge: Nudge) -> None:
        """Send one, and note what became of it whatever it takes."""
        await until_stored(await self._send(nudge))

    async def _send(self, nudge: Nudge) -> Callable[[], Awaitable[None]]:
        """Send one and return the note to take."""
        try:
            message = await self._screen.remind(nudge.person.id, partial(self._compose, nudge))
        except NotDue:
            return _nothing
        except TryLater as later:
            return partial(sending.put_back, self._deps, nudge, later.seconds)
        except Unreachable:
            log.info("person_unreachable", person=nudge.person.id)
            return partial(people.unreachable, self._deps, nudge.person.id)
        except Exception:
            log.exception("reminder_failed", occurrence=nudge.occurrence)
            return partial(sending.put_back, self._deps, nudge, FAULTY)
        log.info("reminder_sent", occurrence=nudge.occurrence, late=nudge.late)
        return partial(sending.sent, self._deps, nudge, message.message_id if message else None)

    async def _compose(self, nudge: Nudge) -> Reply:
        """Return the text as of now: its turn has come."""
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        current = await sending.still(self._deps, nudge)
        if current is None:
            raise NotDue
        return _reply(self._deps, current)


async def _nothing() -> None:
    """Take no note."""


def _reply(deps: Deps, nudge: Nudge) -> Reply:
    texts = pick(deps.languages, nudge.person.language)
    zone = nudge.person.zone
    if nudge.over:
        today = local_day(deps.now(), zone, time())
        return view.over(when(nudge.due_at, zone, today, texts), texts)
    planned = texts.clock(nudge.due_at, zone) if nudge.late else None
    return view.nudge(
        nudge.occurrence, nudge.kind, nudge.key, deps.catalogue, texts, planned=planned
    )
