"""How a person is doing, in one picture."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.callbacks import HideStreak
from bot.context import BotContext
from bot.reply import Place
from bot.services import progress as service
from bot.views import progress as view


async def progress(update: Update, context: BotContext) -> None:
    """Show twelve weeks of days, the streak and the score."""
    found = await service.gather(context.deps, context.someone.id)
    await context.screen.show(update, view.progress(found, context.texts))


async def hide_streak(update: Update, context: BotContext, tap: HideStreak) -> None:
    """Show the streak no more, or again."""
    found = await service.hide_streak(context.deps, context.someone.id, hidden=tap.hidden)
    await context.screen.show(
        update, replace(view.progress(found, context.texts), place=Place.HERE)
    )
