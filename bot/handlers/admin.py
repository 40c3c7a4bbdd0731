"""What only operators may ask for."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.services import stats as service
from bot.views import home
from bot.views import stats as view


async def stats(update: Update, context: BotContext) -> None:
    """Show how the bot is doing."""
    found = await service.gather(context.deps)
    await context.screen.show(update, view.stats(found, context.texts))


async def reload(update: Update, context: BotContext) -> None:
    """Read the content anew; where it has faults, what is in use stays and they are told."""
    came = await context.deps.reload()
    await context.screen.show(update, home.reloaded(came.catalogue, came.wrong, context.texts))
