"""Lets sessions go on by themselves: the next step, the end, a question into the silence."""

from __future__ import annotations

import asyncio
from dataclasses import replace

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
    """`run` does what is due; each step is sent as a reply is: tried until it is through."""

    def __init__(self, deps: Deps, screen: Screen) -> None:
        self._deps = deps
        self._screen = screen
        self._under_way: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Let every session go on whose time has come; nobody waits for another's message."""
        for session_id in await advancing.due(self._deps, CHUNK + len(self._under_way)):
            if session_id not in self._under_way:
                task = asyncio.create_task(self._go_on(session_id), name="player")
                self._under_way[session_id] = task
                task.add_done_callback(self._over)
        if self._under_way:
            await asyncio.wait(self._under_way.values(), return_when=asyncio.FIRST_COMPLETED)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._under_way = {key: one for key, one in self._under_way.items() if one is not task}

    async def close(self) -> None:
        """Stop sending; what is owed is sent at the next start."""
        for task in list(self._under_way.values()):
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def _go_on(self, session_id: int) -> None:
        turn = await advancing.advance(self._deps, session_id)
        if turn is None:
            return
        try:
            await self._show(turn)
        except Unreachable:
            log.info("person_unreachable", person=turn.person_id)
            await people.unreachable(self._deps, turn.person_id)
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
