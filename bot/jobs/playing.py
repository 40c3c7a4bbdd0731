"""Lets sessions go on by themselves: the next step, the end, a question into the silence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from bot.deps import Deps
from bot.outgoing.faults import Unreachable
from bot.reply import Place
from bot.screen import Screen
from bot.services import advancing, people
from bot.services.advancing import Turn
from bot.stage import Stage
from bot.texts import pick

log = structlog.get_logger(__name__)

CHUNK = 64  # sessions at once
PATIENCE = 3.0  # seconds that somebody on the floor waits for a clip rather than see a still
FAULTY = 60.0  # seconds until what failed for no known reason is tried again


class Players:
    """`run` begins what is due, and waits for nothing: nobody waits for another's message.

    Each step is sent as a reply is: tried until it is through. `wake` is called when one is.
    """

    def __init__(self, deps: Deps, screen: Screen, wake: Callable[[], None] = lambda: None) -> None:
        self._deps = deps
        self._screen = screen
        self._wake = wake
        self._under_way: dict[int, asyncio.Task[None]] = {}

    @property
    def idle(self) -> bool:
        """Return whether nothing is on its way."""
        return not self._under_way

    async def earliest(self) -> datetime | None:
        """Return when the next session goes on, but for those that are on their way."""
        return await advancing.earliest(self._deps, self._under_way)

    async def run(self) -> None:
        """Let every session go on whose time has come."""
        for session_id, _ in await advancing.due(self._deps, CHUNK, self._under_way):
            task = asyncio.create_task(self.go_on(session_id), name="player")
            self._under_way[session_id] = task
            task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._under_way = {key: one for key, one in self._under_way.items() if one is not task}
        self._wake()

    async def close(self) -> None:
        """Stop sending; what is owed is sent at the next start."""
        under_way = list(self._under_way.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def go_on(self, session_id: int) -> None:
        """Let one session go on if its time has come, and show what it comes to."""
        try:
            turn = await advancing.advance(self._deps, session_id)
            if turn is not None:
                await self._show(turn)
        except Unreachable as gone:
            log.info("person_unreachable", person=gone.chat_id)
            await people.unreachable(self._deps, gone.chat_id)
        except Exception:
            log.exception("step_failed", session=session_id)
            await advancing.later(self._deps, session_id, FAULTY)

    async def _show(self, turn: Turn) -> None:
        texts = pick(self._deps.languages, turn.language)
        stage = Stage(self._deps, self._screen, texts, turn.person_id)
        reply = stage.reply(turn.result, Place.BELOW)
        if reply.picture is not None:
            reply = replace(reply, picture=replace(reply.picture, patience=PATIENCE))
        message = await self._screen.send(turn.person_id, reply)
        if message is not None:
            await stage.shown(turn.result, reply, message, turn.message_id)
