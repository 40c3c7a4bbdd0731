"""Has Telegram post updates to the bot's webhook, and sees that this stays so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken

from bot.intake.contact import Contact
from bot.intake.polling import TokenRejected
from bot.intake.reaching import until_reached

log = structlog.get_logger(__name__)

LOOK = 60.0  # seconds between two looks at what Telegram knows of the webhook
CONNECTIONS = 40  # that Telegram may open at once; each brings one update at a time


@dataclass(frozen=True, slots=True)
class Address:
    """Where Telegram is to post, what it says to be believed, and whom it believes."""

    url: str
    secret: str
    certificate: bytes | None = None  # where Telegram cannot know who signed it


class Hook:
    """Sets the webhook and looks after it until cancelled.

    A webhook that somebody removed is set again; one that leads elsewhere is left alone: two bots
    that took it from each other would each see half of what people do.
    """

    def __init__(
        self,
        bot: Bot,
        address: Address,
        contact: Contact,
        *,
        allowed_updates: Sequence[str],
        ready: Callable[[], None] = lambda: None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._address = address
        self._contact = contact
        self._allowed = list(allowed_updates)
        self._ready = ready
        self._sleep = sleep
        self._told: datetime | None = None  # the last failed delivery that was logged

    async def run(self) -> None:
        """Set the webhook, look after it; TokenRejected is the only other way out."""
        try:
            await until_reached(self._set, self._sleep)
            self._ready()
            while True:
                await self._sleep(LOOK)
                await until_reached(self._look, self._sleep)
        except InvalidToken:
            raise TokenRejected from None

    async def _set(self) -> None:
        await self._bot.set_webhook(
            self._address.url,
            certificate=self._address.certificate,
            secret_token=self._address.secret,
            max_connections=CONNECTIONS,
            allowed_updates=self._allowed,
        )
        self._contact.made()
        log.info("webhook_set")

    async def _look(self) -> None:
        info = await self._bot.get_webhook_info()
        if not info.url:
            log.warning("webhook_gone")
            return await self._set()
        elsewhere = info.url != self._address.url
        self._contact.made("another webhook is set" if elsewhere else "")
        if elsewhere:
            log.error("webhook_elsewhere")
        self._tell_failure(info)
        return None

    def _tell_failure(self, info: WebhookInfo) -> None:
        """Log, once each, why Telegram could not deliver; it goes on trying."""
        if info.last_error_date is not None and info.last_error_date != self._told:
            self._told = info.last_error_date
            waiting, reason = info.pending_update_count, info.last_error_message
            log.warning("webhook_not_reached", reason=reason, waiting=waiting)


async def remove(bot: Bot) -> None:
    """Take away a webhook that an earlier start has set; what waits for it comes by polling."""
    if (await bot.get_webhook_info()).url:
        await bot.delete_webhook(drop_pending_updates=False)
        log.warning("webhook_removed")
