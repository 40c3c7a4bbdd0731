"""aiogram: bare, with a write, and answering taps; runs in an environment of its own."""

from __future__ import annotations

import asyncio
import os
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update
from outbox import Outbox, drain, in_thread, ready

TOKEN, API, EACH = os.environ["BENCH_TOKEN"], os.environ["BENCH_API"], int(os.environ["BENCH_EACH"])
KEYS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Done", callback_data="d:1:1")]]
)


class Taps:
    """Handles taps in one of the ways and says when a round of them is through."""

    def __init__(self, way: str) -> None:
        self._way, self._handled = way, 0
        self._outbox = None if way == "empty" else Outbox(os.environ["BENCH_DATABASE"])

    async def tapped(self, query: CallbackQuery, event_update: Update, bot: Bot) -> None:
        """Do nothing, or keep the tap, or keep it and answer and edit."""
        if self._outbox is not None:
            chat = query.message.chat.id
            # Its handlers run side by side: beside a commit in a thread the others go on.
            await in_thread(self._outbox.tapped, event_update.update_id, chat)
        if self._way == "tap":
            edit = query.message.edit_caption(caption="2/11", reply_markup=KEYS, parse_mode="HTML")
            await asyncio.gather(bot(query.answer()), bot(edit))
        self._handled += 1
        if self._handled % EACH == 0:
            ready()


async def main(way: str) -> None:
    """Poll until stopped, or send what is due whenever a line comes."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(API), limit=256)
    async with Bot(TOKEN, session=session) as bot:
        if way in ("empty", "write", "tap"):
            dispatcher = Dispatcher()
            dispatcher.callback_query.register(Taps(way).tapped)
            await dispatcher.start_polling(bot, allowed_updates=["callback_query"])
            return

        async def one(chat: int, text: str) -> int:
            sent = await bot.send_message(chat, text, parse_mode="HTML", reply_markup=KEYS)
            return sent.message_id

        await drain(way, one)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
