"""Sends what there is to listen to: as a voice message, or as audio to who takes none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from telegram import Bot, InputFile, Message
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot.domain.recording import Form
from bot.reply import Reply, Track
from bot.uploading import Uploads, says

PERFORMER = "Limber"

# Telegram's word for a person whose privacy settings let no voice messages in.
_REFUSED = ("voice_messages_forbidden",)

BUSY_AFTER = 0.7  # seconds that pass before the chat says that something is being recorded
_BUSY_FOR = 4.5  # Telegram shows it for five


class Tracks:
    """Sends recordings; remembers who takes no voice messages, as long as the process lives."""

    def __init__(self, bot: Bot, uploads: Uploads) -> None:
        self._bot = bot
        self._uploads = uploads
        self._refusing: set[int] = set()

    async def send(self, chat_id: int, reply: Reply, track: Track) -> Message | None:
        """Send a reply with its track, made now where it never was; raises NoPicture."""
        async with self._busy(chat_id):
            if chat_id not in self._refusing:
                try:
                    return await self._send(chat_id, reply, track)
                except BadRequest as refusal:
                    if not says(refusal, _REFUSED):
                        raise
                self._refusing.add(chat_id)
            return await self._send(chat_id, reply, track.as_audio)

    async def _send(self, chat_id: int, reply: Reply, track: Track) -> Message | None:
        def call(track: Track, file: str | InputFile) -> Callable[[], Awaitable[Message]]:
            return lambda: self._call(chat_id, reply, track, file)

        return await self._uploads.send(track, call, chat_id)

    async def _call(
        self, chat_id: int, reply: Reply, track: Track, file: str | InputFile
    ) -> Message:
        lasts = round(track.drawing.score.lasts)
        if track.drawing.form is Form.VOICE:
            return await self._bot.send_voice(
                chat_id, file, caption=reply.text, duration=lasts, reply_markup=reply.keyboard
            )
        return await self._bot.send_audio(
            chat_id,
            file,
            caption=reply.text,
            duration=lasts,
            title=track.title,
            performer=PERFORMER,
            reply_markup=reply.keyboard,
        )

    @asynccontextmanager
    async def _busy(self, chat_id: int) -> AsyncIterator[None]:
        """Show in the chat that something is being recorded, where it takes a while."""

        async def show() -> None:
            await asyncio.sleep(BUSY_AFTER)
            while True:
                with suppress(TelegramError):
                    await self._bot.send_chat_action(chat_id, ChatAction.RECORD_VOICE)
                await asyncio.sleep(_BUSY_FOR)

        showing = asyncio.create_task(show(), name="busy")
        try:
            yield
        finally:
            showing.cancel()
