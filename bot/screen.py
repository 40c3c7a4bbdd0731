"""The only code that sends and edits messages: a Reply in, Telegram's calls out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import cast

from markupsafe import escape
from telegram import (
    Bot,
    BotCommandScopeChat,
    CallbackQuery,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InputFile,
    InputMediaAnimation,
    InputMediaPhoto,
    Message,
    Update,
)
from telegram.error import BadRequest, TelegramError

from bot.domain.drawing import moves
from bot.gallery import Gallery, NoPicture
from bot.outgoing.delivery import Delivery
from bot.outgoing.faults import Unreachable
from bot.outgoing.pace import Lane
from bot.outgoing.request import AiohttpRequest
from bot.posting import Posting
from bot.reply import Picture, Place, Reply, Shared
from bot.sharing import result_of
from bot.swapping import Current, swap
from bot.uploading import Call, Uploads
from bot.written import FORMAT, Written, write

# Telegram's words for a message that can no longer be edited (telegram-bot-api, Client.cpp).
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_MEDIA = ("there is no text in the message", "there is no caption in the message")

SHARED_FOR = 300  # seconds for which Telegram may give the same words the same results


class Screen:
    """Shows replies; whom it cannot reach it reports by raising Unreachable."""

    def __init__(
        self, bot: Bot, delivery: Delivery, gallery: Gallery, *, paid: bool = False
    ) -> None:
        """Where it is `paid` for, Telegram may carry more unasked messages than it does free."""
        self._paid = paid
        self._bot = bot
        self._delivery = delivery
        self._gallery = gallery
        self._uploads = Uploads(gallery, delivery)
        self._posting = Posting(bot, delivery, self._uploads)

    async def show(self, update: Update, reply: Reply) -> Message | None:
        """Answer the tap and put the reply where it belongs; return the message that shows it."""
        query = update.callback_query
        if query is None:
            chat = update.effective_chat
            return await self.send(chat.id, _said(reply)) if chat else None
        shown, _ = await asyncio.gather(self._show_tap(query, reply), self._answer(query, reply))
        return shown

    async def send(self, chat_id: int, reply: Reply) -> Message | None:
        """Send a reply as a new message."""
        return await self._posting.send(chat_id, reply)

    async def remind(
        self,
        chat_id: int,
        compose: Callable[[], Awaitable[Reply | Written]],
        *,
        silent: bool = False,
    ) -> int | None:
        """Send in the bulk lane the text that `compose` returns once its turn has come.

        Returns the id of the message, None where Telegram did not tell it. Raises TryLater, InDoubt
        and Unreachable; what `compose` raises ends it too.
        """

        async def call() -> int | None:
            found = await compose()
            written = write(found) if isinstance(found, Reply) else found
            return await self._raw(
                "sendMessage",
                chat_id=chat_id,
                text=written.text,
                reply_markup=written.keyboard or None,
                disable_notification=silent or None,
                allow_paid_broadcast=self._paid or None,
                **FORMAT,
            )

        return await self._delivery.call(call, chat_id=chat_id, lane=Lane.BULK)

    async def strip(self, chat_id: int, message_id: int) -> None:
        """Take the buttons off a message that no longer applies; a message that is gone is fine."""
        await self._keys(chat_id, message_id, None)

    async def _keys(self, chat_id: int, message_id: int, keys: InlineKeyboardMarkup | None) -> None:
        async def call() -> Message | bool:
            return await self._bot.edit_message_reply_markup(chat_id, message_id, reply_markup=keys)

        with suppress(BadRequest):
            await self._delivery.call(call, chat_id=chat_id)

    async def hide_commands(self, chat_id: int, codes: Iterable[str | None]) -> None:
        """Let a chat have the menu that everybody has, in these languages; a refusal is fine."""
        scope = BotCommandScopeChat(chat_id)
        for code in codes:
            call = partial(self._bot.delete_my_commands, scope, language_code=code)
            with suppress(TelegramError, Unreachable):
                await self._delivery.call(call, chat_id=chat_id)

    async def tidy(self, chat_id: int, message_id: int) -> None:
        """Take the buttons off an old message while nothing else waits, trying it once.

        A message or a chat that is gone is fine; raises TryLater.
        """

        async def call() -> int | None:
            return await self._raw("editMessageReplyMarkup", chat_id=chat_id, message_id=message_id)

        with suppress(BadRequest, Unreachable):
            await self._delivery.call(call, chat_id=chat_id, lane=Lane.TIDY)

    async def _raw(self, method: str, **parameters: object) -> int | None:
        """Call a method without building objects that nobody reads; return the message's id."""
        given = {name: value for name, value in parameters.items() if value is not None}
        request = cast("AiohttpRequest", self._bot.request)
        result = await request.call(f"{self._bot.base_url}/{method}", given)
        found = result.get("message_id") if isinstance(result, dict) else None
        return found if isinstance(found, int) else None

    def prepare(self, pictures: Sequence[Picture]) -> None:
        """Have pictures drawn that will be shown soon."""
        self._gallery.prepare(pictures)

    def swap_later(
        self,
        message: Message,
        reply: Reply,
        current: Current,
        swapped: Callable[[], Awaitable[None]],
    ) -> None:
        """Put a clip in the place of the still that stood in for it, once it is drawn."""
        self._gallery.begin(swap(self._gallery, self._edit, message, reply, current, swapped))

    async def offer(
        self, query_id: str, shared: Sequence[Shared], *, personal: bool = False
    ) -> None:
        """Answer an inline query; a picture is shared where it was uploaded before.

        `personal` where others would be answered otherwise, in their language.
        """
        results = await asyncio.gather(*map(self._result, shared))

        async def call() -> bool:
            return await self._bot.answer_inline_query(
                query_id, results, cache_time=SHARED_FOR, is_personal=personal
            )

        await self._delivery.answer(call)

    async def _result(self, shared: Shared) -> InlineQueryResult:
        still = shared.picture if shared.picture and not moves(shared.picture.drawing) else None
        return result_of(shared, await self._gallery.file_id(still) if still else None)

    async def _show_tap(self, query: CallbackQuery, reply: Reply) -> Message | None:
        message = query.message
        if message is not None and reply.place is Place.KEYS:
            await self._keys(message.chat.id, message.message_id, reply.keyboard)
            return None
        if message is None or not (reply.text or reply.picture or reply.documents):
            return None
        chat_id = message.chat.id
        if reply.place is Place.HERE and not reply.documents and isinstance(message, Message):
            edited = await self._edit(message, reply)
            if edited is not None:
                return edited
        if reply.place is not Place.BELOW:
            await self.strip(chat_id, message.message_id)
        return await self.send(chat_id, reply)

    async def _answer(self, query: CallbackQuery, reply: Reply) -> None:
        async def call() -> bool:
            return await self._bot.answer_callback_query(
                query.id, text=reply.toast or None, show_alert=reply.alert or None
            )

        await self._delivery.answer(call)

    async def _edit(self, message: Message, reply: Reply) -> Message | None:
        """Edit a message in place; None where Telegram does not let this one be edited."""
        try:
            if reply.picture is not None:
                await self._edit_picture(message, reply, reply.picture)
            elif message.photo or message.animation or message.document:
                return None
            else:
                await self._call(self._edit_text(message, reply), message.chat.id)
        except NoPicture:
            return None  # the words come as a message of their own, not beside another's picture
        except BadRequest as refusal:
            if any(word in str(refusal).lower() for word in (*_GONE, *_NO_MEDIA)):
                return None
            raise
        return message

    async def _edit_picture(self, message: Message, reply: Reply, picture: Picture) -> None:
        def edit(picture: Picture, media: str | InputFile) -> Call:
            async def call() -> Message | bool:
                kind = InputMediaAnimation if moves(picture.drawing) else InputMediaPhoto
                return await self._bot.edit_message_media(
                    kind(media, caption=reply.text),
                    chat_id=message.chat.id,
                    message_id=message.message_id,
                    reply_markup=reply.keyboard,
                )

            return call

        await self._uploads.send(picture, edit, message.chat.id)

    async def _call(
        self, call: Callable[[], Awaitable[Message | bool]], chat_id: int
    ) -> Message | None:
        result = await self._delivery.call(call, chat_id=chat_id)
        return result if isinstance(result, Message) else None

    def _edit_text(self, message: Message, reply: Reply) -> Callable[[], Awaitable[Message | bool]]:
        async def call() -> Message | bool:
            return await self._bot.edit_message_text(
                reply.text,
                chat_id=message.chat.id,
                message_id=message.message_id,
                reply_markup=reply.keyboard,
            )

        return call


def _said(reply: Reply) -> Reply:
    """Say as a message what would have been a tap's toast: there was no tap."""
    empty = not (reply.text or reply.picture or reply.documents)
    return replace(reply, text=escape(reply.toast)) if empty else reply
