"""The first thing that happens to an update: who is it, and which language do they speak?"""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.domain.person import Expecting
from bot.services import people


async def meet(update: Update, context: BotContext) -> None:
    """Put the person, their routines, language and what their text answers into the context."""
    user = update.effective_user
    if user is None:
        return
    met = await people.meet(context.deps, user.id)
    context.deps, context.person, context.expecting = met.deps, met.person, met.expecting
    if context.expecting is Expecting.BROADCAST and user.id not in context.deps.admin_ids:
        context.expecting = None  # asked of an operator, who is none any more
    known = context.person.language if context.person else None
    context.speak(known or user.language_code)
