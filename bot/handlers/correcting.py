"""Correcting or filling in one of the last days."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import OpenDay, SayDay, UndoDay
from bot.context import BotContext
from bot.domain.calendar import Corrected
from bot.domain.session import Refused
from bot.services import correcting
from bot.views import correcting as view
from bot.views import home


async def days(update: Update, context: BotContext) -> None:
    """Offer the last days."""
    found = await correcting.week(context.deps, context.someone.id)
    await context.screen.show(update, view.week(found, context.texts))


async def open_day(update: Update, context: BotContext, tap: OpenDay) -> None:
    """Show one day."""
    found = await correcting.look(context.deps, context.someone.id, tap.day)
    await _show(update, context, found)


async def say(update: Update, context: BotContext, tap: SayDay) -> None:
    """Store what became of a day."""
    found = await correcting.say(context.deps, context.someone.id, tap.day, tap.said)
    await _show(update, context, found)


async def undo(update: Update, context: BotContext, tap: UndoDay) -> None:
    """Take back what was said of a day."""
    found = await correcting.undo(context.deps, context.someone.id, tap.day)
    await _show(update, context, found)


async def _show(update: Update, context: BotContext, found: Corrected | Refused) -> None:
    if isinstance(found, Refused):
        reply = home.toast(f"refused.{found.why.value}", context.texts)
    else:
        reply = view.day(found, context.texts)
    await context.screen.show(update, reply)
