"""Sends pictures and tracks: by the file id where one was uploaded before, else made now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import InputFile, Message
from telegram.error import BadRequest

from bot.domain.catalogue import Media
from bot.gallery import Gallery, NoPicture
from bot.outgoing.delivery import Delivery
from bot.reply import Picture, Track

Call = Callable[[], Awaitable[Message | bool]]
Made = TypeVar("Made", Picture, Track)

# Telegram's words for a file id, and for a file, that it does not take (telegram-bot-api).
_BAD_FILE = ("wrong file identifier", "wrong remote file", "wrong type of the web page")
_BAD_PICTURE = ("image_process_failed", "photo_invalid_dimensions", "photo_ext_invalid", "media")


class Uploads:
    """Gets pictures and tracks to Telegram, each uploaded once."""

    def __init__(self, gallery: Gallery, delivery: Delivery) -> None:
        self._gallery = gallery
        self._delivery = delivery

    async def send(
        self, made: Made, call: Callable[[Made, str | InputFile], Call], chat_id: int
    ) -> Message | None:
        """Send by what `call` makes of a picture, or a track, and its file; return the message.

        What is not drawn in time is stood in for; raises NoPicture where nothing can be shown.
        """
        made = self._gallery.wanted(made)
        known = await self._gallery.file_id(made)
        if known is not None:
            try:
                return await self._call(call(made, known), chat_id)
            except BadRequest as refusal:
                if not says(refusal, _BAD_FILE):
                    raise
                await self._gallery.forget(made)
        try:
            drawn = await self._gallery.draw(made)
        except NoPicture:
            stand_in = made.stand_in
            if stand_in is None:
                raise
            return await self.send(stand_in, call, chat_id)
        return await self._upload(made, call(made, drawn), chat_id)

    async def _upload(self, made: Picture | Track, call: Call, chat_id: int) -> Message | None:
        try:
            sent = await self._call(call, chat_id)
        except BadRequest as refusal:
            if not (isinstance(made.drawing, Media) and says(refusal, _BAD_PICTURE)):
                raise
            raise NoPicture(made.name) from refusal  # Telegram cannot read a coach's file
        if sent is not None and (file_id := _file_id(sent)):
            await self._gallery.keep(made, file_id)
        return sent

    async def _call(self, call: Call, chat_id: int) -> Message | None:
        result = await self._delivery.call(call, chat_id=chat_id)
        return result if isinstance(result, Message) else None


def says(refusal: BadRequest, words: tuple[str, ...]) -> bool:
    """Tell whether a refusal has any of these words, which are small letters."""
    told = str(refusal).lower()
    return any(word in told for word in words)


def _file_id(sent: Message) -> str:
    # A clip with sound is a video, and a recording may come back as any kind of file.
    made = sent.animation or sent.video or sent.voice or sent.audio or sent.document
    if made:
        return made.file_id
    return sent.photo[-1].file_id if sent.photo else ""
