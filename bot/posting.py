"""Sends a reply as a new message: words, a picture, a track, or files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest

from bot.documents import Documents
from bot.domain.drawing import moves
from bot.gallery import NoPicture
from bot.outgoing.delivery import Delivery
from bot.reply import Picture, Reply
from bot.tracks import Tracks
from bot.uploading import Uploads, says

_NO_EFFECT = ("effect",)  # whatever it says of a message effect, the words matter more


class Posting:
    """`send` puts a reply into a chat."""

    def __init__(self, bot: Bot, delivery: Delivery, uploads: Uploads) -> None:
        self._bot = bot
        self._delivery = delivery
        self._uploads = uploads
        self._tracks = Tracks(bot, uploads)
        self._documents = Documents(bot, delivery)

    async def send(self, chat_id: int, reply: Reply) -> Message | None:
        """Send a reply as a new message; without its effect where Telegram does not know that."""
        try:
            return await self._send(chat_id, reply)
        except BadRequest as refusal:
            if not reply.effect or not says(refusal, _NO_EFFECT):
                raise
            return await self._send(chat_id, replace(reply, effect=""))

    async def _send(self, chat_id: int, reply: Reply) -> Message | None:
        if reply.documents:
            return await self._documents.send(chat_id, reply)
        if reply.track is not None:
            return await self._tracks.send(chat_id, reply, reply.track)
        if reply.picture is None:
            return await self._call(self._text(chat_id, reply), chat_id)
        try:
            return await self._uploads.send(
                reply.picture,
                lambda picture, media: self._photo(chat_id, reply, picture, media),
                chat_id,
            )
        except NoPicture:
            return await self._call(self._text(chat_id, reply), chat_id)

    async def _call(
        self, call: Callable[[], Awaitable[Message | bool]], chat_id: int
    ) -> Message | None:
        result = await self._delivery.call(call, chat_id=chat_id)
        return result if isinstance(result, Message) else None

    def _text(self, chat_id: int, reply: Reply) -> Callable[[], Awaitable[Message | bool]]:
        effect = _effect(chat_id, reply)

        async def call() -> Message:
            return await self._bot.send_message(
                chat_id, reply.text, reply_markup=_markup(reply), message_effect_id=effect
            )

        return call

    def _photo(
        self, chat_id: int, reply: Reply, picture: Picture, media: str | InputFile
    ) -> Callable[[], Awaitable[Message | bool]]:
        clip, effect = moves(picture.drawing), _effect(chat_id, reply)
        send = self._bot.send_animation if clip else self._bot.send_photo

        async def call() -> Message:
            return await send(
                chat_id,
                media,
                caption=reply.text,
                reply_markup=reply.keyboard,
                message_effect_id=effect,
            )

        return call


def _effect(chat_id: int, reply: Reply) -> str | None:
    """Return the effect of a new message; groups, whose ids are negative, have none."""
    return reply.effect or None if chat_id > 0 else None


def _markup(reply: Reply) -> ReplyKeyboardMarkup | InlineKeyboardMarkup | None:
    if reply.location_label:
        button = KeyboardButton(reply.location_label, request_location=True)
        return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    return reply.keyboard
