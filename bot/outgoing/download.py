"""Fetches a file that a person sent, so much of it as is wanted."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.outgoing.request import AiohttpRequest

log = structlog.get_logger(__name__)


class TooLarge(Exception):  # noqa: N818 - says what the file is
    """The file is larger than wanted, whatever the message said of it."""


class NotFetched(Exception):  # noqa: N818 - says what became of it
    """Telegram does not hand the file out, or cannot be reached; no text of it is kept."""


async def download(bot: Bot, file_id: str, most: int) -> bytes:
    """Return the bytes of a file; raises TooLarge beyond `most` of them, and NotFetched.

    No error carries the address, which holds the token.
    """
    request = cast("AiohttpRequest", bot.request)
    content: bytes | None = None
    try:
        file = await request.call(f"{bot.base_url}/getFile", {"file_id": file_id})
        path = file.get("file_path") if isinstance(file, dict) else None
        if isinstance(path, str):
            content = await request.fetch(f"{bot.base_file_url}/{quote(path)}", most + 1)
    except TelegramError as error:
        log.warning("file_not_fetched", fault=type(error).__name__)
    if content is None:
        raise NotFetched
    if len(content) > most:
        raise TooLarge
    return content
