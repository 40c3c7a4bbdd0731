"""How a person is doing, in one picture."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.services import progress as service
from bot.views import progress as view


async def progress(update: Update, context: BotContext) -> None:
    """Show twelve weeks of days, the streak and the score."""
    found = await service.gather(context.deps, context.someone.id)
    await context.screen.show(update, view.progress(found, context.texts))
