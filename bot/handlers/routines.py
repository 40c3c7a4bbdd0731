"""Routines: choose the daily one, or look at one first."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import ChooseRoutine, OpenRoutine
from bot.context import BotContext
from bot.domain.dose import Level
from bot.domain.player import daily_key
from bot.domain.session import Refused
from bot.reply import Place
from bot.services import people, planned
from bot.views import home, starting
from bot.views import routines as view


async def routines(update: Update, context: BotContext) -> None:
    """List the routines."""
    catalogue = context.deps.catalogue
    daily = daily_key(catalogue, context.someone)
    await context.screen.show(update, view.listing(catalogue, daily, context.texts))


async def choose_routine(update: Update, context: BotContext, tap: ChooseRoutine) -> None:
    """Make a routine the daily one."""
    catalogue, texts = context.deps.catalogue, context.texts
    result = await people.choose_routine(context.deps, context.someone.id, tap.key)
    if isinstance(result, Refused):
        await context.screen.show(update, starting.refused(result, catalogue, texts))
        return
    reply = view.listing(catalogue, result.routine, texts, changed=True)
    await context.screen.show(update, reply)


async def open_routine(update: Update, context: BotContext, tap: OpenRoutine) -> None:
    """Show what a routine is made of, at a level where one was tapped."""
    message = update.effective_message
    place = Place.HERE if message and message.photo else Place.BELOW
    await show_routine(update, context, tap.key, tap.level, place)


async def show_routine(
    update: Update,
    context: BotContext,
    key: str,
    level: Level | None = None,
    place: Place = Place.HERE,
) -> None:
    """Show a routine as this person would do it today."""
    page = await planned.page(context.deps, context.someone.id, key, level)
    if page is None:
        await context.screen.show(update, home.toast("refused.unknown", context.texts))
        return
    daily = key == daily_key(context.deps.catalogue, context.someone)
    reply = view.page(page, context.texts, daily=daily, place=place)
    await context.screen.show(update, reply)
