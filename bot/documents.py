"""Sends files: one message each, in their order, what is drawn drawn off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram import Bot, InputFile, Message

from bot.domain.paper import Paper
from bot.outgoing.delivery import Delivery
from bot.pictures.paper import render_paper
from bot.reply import Reply

log = structlog.get_logger(__name__)


class Documents:
    """Sends the documents of a reply; nothing of them is kept here."""

    def __init__(self, bot: Bot, delivery: Delivery) -> None:
        self._bot = bot
        self._delivery = delivery

    async def send(self, chat_id: int, reply: Reply) -> Message | None:
        """Send one after the other, the first with the text; return the message of the first.

        A page that cannot be drawn is left out: the files beside it are worth more.
        """
        first: Message | None = None
        for name, content in reply.documents:
            made = await _made(name, content)
            if made is not None:
                caption = None if first else reply.text
                call = self._document(chat_id, InputFile(made, filename=name), caption)
                sent = await self._delivery.call(call, chat_id=chat_id)
                first = first or sent
        return first

    def _document(
        self, chat_id: int, file: InputFile, caption: str | None
    ) -> Callable[[], Awaitable[Message]]:
        async def call() -> Message:
            return await self._bot.send_document(chat_id, file, caption=caption)

        return call


async def _made(name: str, content: bytes | Paper) -> bytes | None:
    """Return a file's bytes; None where it is a page that cannot be drawn."""
    if not isinstance(content, Paper):
        return content
    try:
        return await asyncio.to_thread(render_paper, content)
    except Exception as error:
        log.error("page_failed", page=name, error=type(error).__name__)
        return None
