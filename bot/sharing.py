"""What is offered to share in another chat, as Telegram's inline results."""

from __future__ import annotations

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InputTextMessageContent,
)

from bot.reply import Shared


def result_of(shared: Shared, file_id: str | None) -> InlineQueryResult:
    """Return the result for what is shared: a picture where it was uploaded before, else words."""
    keys = None
    if shared.link is not None:
        label, address = shared.link
        keys = InlineKeyboardMarkup([[InlineKeyboardButton(label, url=address)]])
    if file_id is not None:
        return InlineQueryResultCachedPhoto(
            shared.key,
            file_id,
            title=shared.title,
            description=shared.description,
            caption=shared.text,
            reply_markup=keys,
        )
    return InlineQueryResultArticle(
        shared.key,
        shared.title,
        InputTextMessageContent(shared.text),
        reply_markup=keys,
        description=shared.description,
    )
