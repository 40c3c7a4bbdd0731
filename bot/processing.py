"""Runs one kept update through the handlers and tells the inbox whether that failed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import structlog
from telegram import Update
from telegram.ext import Application

from bot.context import BotContext
from bot.deps import Deps
from bot.intake.attempt import StoredUpdate
from bot.outgoing.faults import Unreachable
from bot.reply import Place
from bot.screen import Screen
from bot.services import people
from bot.texts import Texts, pick
from bot.views import home

log = structlog.get_logger(__name__)


class Processing:
    """`process` raises where a handler did: the library itself only tells its error handlers."""

    def __init__(
        self,
        application: Application[Any, BotContext, Any, Any, Any, Any],
        deps: Deps,
        screen: Screen,
    ) -> None:
        self._application = application
        self._deps = deps
        self._screen = screen
        self._failures: dict[int, Exception] = {}
        application.add_error_handler(self._note)

    async def process(self, stored: StoredUpdate) -> None:
        """Let the update take effect; somebody who cannot be reached is no failure."""
        update = Update.de_json(stored.raw, self._application.bot)
        self._failures.pop(update.update_id, None)
        await self._application.process_update(update)
        failure = self._failures.pop(update.update_id, None)
        if isinstance(failure, Unreachable):
            await people.unreachable(self._deps, failure.chat_id)
            log.info("person_unreachable", person=failure.chat_id)
        elif failure is not None:
            raise failure

    async def apologise(self, stored: StoredUpdate) -> None:
        """Say that something went wrong here, where the update tells whom to."""
        update = Update.de_json(stored.raw, self._application.bot)
        if update.effective_chat is None:
            return
        # A tap may have been answered before its edit failed: a toast would not be seen.
        reply = home.sentence("error.apology", await self._texts_for(update))
        await self._screen.show(update, replace(reply, place=Place.BELOW))

    async def _texts_for(self, update: Update) -> Texts:
        user = update.effective_user
        if user is None:
            return pick(self._deps.languages, None)
        person = (await people.meet(self._deps, user.id)).person
        return pick(self._deps.languages, (person and person.language) or user.language_code)

    async def _note(self, update: object, context: BotContext) -> None:
        if isinstance(update, Update) and isinstance(context.error, Exception):
            self._failures[update.update_id] = context.error
