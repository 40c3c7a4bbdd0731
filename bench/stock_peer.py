"""The peer of the tap benchmark: the least bot the stock library can be, no database, no queue."""

from __future__ import annotations

import os

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
)

BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="done")]])


async def start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Send a message with a button."""
    assert update.message is not None
    await update.message.reply_text("0 taps", reply_markup=BUTTON)


async def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer the tap, then edit the message."""
    query = update.callback_query
    assert query is not None
    count = context.bot_data["count"] = context.bot_data.get("count", 0) + 1
    await query.answer()
    await query.edit_message_text(f"{count} taps", reply_markup=BUTTON)


def main() -> None:
    """Poll until stopped."""
    application = (
        ApplicationBuilder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(f"{os.environ['TELEGRAM_API_URL']}/bot")
        .build()
    )
    application.add_handler(CommandHandler("today", start))
    application.add_handler(CallbackQueryHandler(tapped))
    application.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main()
