"""Chooses how updates come, by the settings: posted to a webhook, or asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from telegram import Bot

from bot.intake.chat_of import KINDS
from bot.intake.contact import Contact
from bot.intake.hook import Address, Hook, remove
from bot.intake.polling import Keeps, Polling, Wire
from bot.intake.reaching import until_reached
from bot.settings import Settings

ALLOWED_UPDATES = KINDS


async def receive(
    settings: Settings,
    bot: Bot,
    wire: Wire,
    inbox: Keeps,
    contact: Contact,
    ready: Callable[[], None],
) -> None:
    """Have updates come until cancelled; raises TokenRejected where the token was revoked.

    `ready` is called once they come.
    """
    address = _address(settings)
    if address is not None:
        hook = Hook(bot, address, contact, allowed_updates=ALLOWED_UPDATES, ready=ready)
        return await hook.run()
    await until_reached(partial(remove, bot))
    polling = Polling(
        wire, bot.base_url, inbox, allowed_updates=ALLOWED_UPDATES, ready=ready, contact=contact
    )
    return await polling.run()


def _address(settings: Settings) -> Address | None:
    if settings.webhook_url is None:
        return None
    assert settings.webhook_secret is not None  # the settings saw to it
    certificate = settings.webhook_cert.read_bytes() if settings.webhook_cert else None
    return Address(settings.webhook_url, settings.webhook_secret.get_secret_value(), certificate)
