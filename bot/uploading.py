"""Sends pictures: by their file id where they were uploaded before, else drawn and uploaded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import InputFile, Message
from telegram.error import BadRequest

from bot.domain.catalogue import Media
from bot.gallery import Gallery, NoPicture
from bot.outgoing.delivery import Delivery
from bot.reply import Picture

Call = Callable[[], Awaitable[Message | bool]]

# Telegram's words for a file id, and for a file, that it does not take (telegram-bot-api).
_BAD_FILE = ("wrong file identifier", "wrong remote file", "wrong type of the web page")
_BAD_PICTURE = ("image_process_failed", "photo_invalid_dimensions", "photo_ext_invalid", "media")


class Uploads:
    """Gets pictures to Telegram, each uploaded once."""

    def __init__(self, gallery: Gallery, delivery: Delivery) -> None:
        self._gallery = gallery
        self._delivery = delivery

    async def send(
        self, picture: Picture, call: Callable[[Picture, str | InputFile], Call], chat_id: int
    ) -> Message | None:
        """Send by what `call` makes of a picture and its file; return the message.

        What is not drawn in time is stood in for; raises NoPicture where nothing can be shown.
        """
        picture = self._gallery.wanted(picture)
        known = await self._gallery.file_id(picture)
        if known is not None:
            try:
                return await self._call(call(picture, known), chat_id)
            except BadRequest as refusal:
                if not _says(refusal, _BAD_FILE):
                    raise
                await self._gallery.forget(picture)
        try:
            drawn = await self._gallery.draw(picture)
        except NoPicture:
            if picture.meanwhile is None:
                raise
            return await self.send(Picture(picture.name, picture.meanwhile), call, chat_id)
        return await self._upload(picture, call(picture, drawn), chat_id)

    async def _upload(self, picture: Picture, call: Call, chat_id: int) -> Message | None:
        try:
            sent = await self._call(call, chat_id)
        except BadRequest as refusal:
            if not (isinstance(picture.drawing, Media) and _says(refusal, _BAD_PICTURE)):
                raise
            raise NoPicture(picture.name) from refusal  # Telegram cannot read a coach's file
        if sent is not None and (file_id := _file_id(sent)):
            await self._gallery.keep(picture, file_id)
        return sent

    async def _call(self, call: Call, chat_id: int) -> Message | None:
        result = await self._delivery.call(call, chat_id=chat_id)
        return result if isinstance(result, Message) else None


def _says(refusal: BadRequest, words: tuple[str, ...]) -> bool:
    told = str(refusal).lower()
    return any(word in told for word in words)


def _file_id(sent: Message) -> str:
    clip = sent.animation or sent.video or sent.document  # a clip with sound is a video
    if clip:
        return clip.file_id
    return sent.photo[-1].file_id if sent.photo else ""
