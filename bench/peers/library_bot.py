"""python-telegram-bot as it is installed: bare, with a write, and answering taps."""

from __future__ import annotations

import asyncio
import os
import sys

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, ContextTypes

from bench.peers.outbox import Outbox, drain, ready

TOKEN, API, EACH = os.environ["BENCH_TOKEN"], os.environ["BENCH_API"], int(os.environ["BENCH_EACH"])
KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="d:1:1")]])


class Taps:
    """Handles taps in one of the ways and says when a round of them is through."""

    def __init__(self, way: str) -> None:
        self._way, self._handled = way, 0
        self._outbox = None if way == "empty" else Outbox(os.environ["BENCH_DATABASE"])

    async def tapped(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Do nothing, or keep the tap, or keep it and answer and edit."""
        query = update.callback_query
        if self._outbox is not None and query is not None and query.message is not None:
            self._outbox.tapped(update.update_id, query.message.chat.id)
        if self._way == "tap" and query is not None:
            edit = query.edit_message_caption("2/11", reply_markup=KEYS, parse_mode="HTML")
            await asyncio.gather(query.answer(), edit)
        self._handled += 1
        if self._handled % EACH == 0:
            ready()


def poll(way: str) -> None:
    """Poll until stopped."""
    application = ApplicationBuilder().token(TOKEN).base_url(f"{API}/bot").build()
    application.add_handler(CallbackQueryHandler(Taps(way).tapped))
    application.run_polling(allowed_updates=["callback_query"])


async def send(way: str) -> None:
    """Send what is due whenever a line comes."""
    async with Bot(TOKEN, base_url=f"{API}/bot") as bot:

        async def one(chat: int, text: str) -> int:
            return (await bot.send_message(chat, text, "HTML", reply_markup=KEYS)).message_id

        await drain(way, one)


if __name__ == "__main__":
    if sys.argv[1] in ("empty", "write", "tap"):
        poll(sys.argv[1])
    else:
        asyncio.run(send(sys.argv[1]))
