"""Inline mode: `@bot bird dog` in any chat offers cards to share there."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.services import asking
from bot.views import inline as view


async def offer(update: Update, context: BotContext) -> None:
    """Offer what the words may mean; words that tell of a warning sign get its script alone."""
    query = update.inline_query
    if query is None:
        return
    found = await asking.find(context.deps, query.query)
    shared = view.shared(found, context.deps.catalogue, context.bot.link, context.texts)
    personal = len(context.deps.languages) > 1
    await context.screen.offer(query.id, shared, personal=personal)
