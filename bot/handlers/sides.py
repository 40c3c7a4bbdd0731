"""Which side felt stiffer, said at the end of a session."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import SideSaid
from bot.context import BotContext
from bot.services import sides
from bot.stage import show_session


async def side_said(update: Update, context: BotContext, tap: SideSaid) -> None:
    """Store which side felt stiffer: it gets one set more from now on."""
    result = await sides.say(context.deps, context.someone.id, tap.session, tap.stiffer)
    await show_session(update, context, result)
