"""Routines: choose the daily one, or look at one first."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import ChooseRoutine, OpenRoutine
from bot.context import BotContext, place_of
from bot.domain.person import Screened
from bot.domain.player import daily_key
from bot.domain.session import Refused
from bot.services import own, people, planned
from bot.views import home, starting
from bot.views import routines as view


async def routines(update: Update, context: BotContext) -> None:
    """List the routines."""
    catalogue = context.deps.catalogue
    daily = daily_key(catalogue, context.someone)
    gentle = context.someone.screened is Screened.APPLIES
    owns = await own.listed(context.deps, context.someone.id)
    reply = view.listing(catalogue, daily, context.texts, gentle=gentle, owns=owns)
    await context.screen.show(update, reply)


async def choose_routine(update: Update, context: BotContext, tap: ChooseRoutine) -> None:
    """Make a routine the daily one."""
    catalogue, texts = context.deps.catalogue, context.texts
    result = await people.choose_routine(context.deps, context.someone.id, tap.key)
    if isinstance(result, Refused):
        await context.screen.show(update, starting.refused(result, catalogue, texts))
        return
    gentle = context.someone.screened is Screened.APPLIES
    owns = await own.listed(context.deps, context.someone.id)
    reply = view.listing(catalogue, result.routine, texts, changed=True, gentle=gentle, owns=owns)
    await context.screen.show(update, reply)


async def open_routine(update: Update, context: BotContext, tap: OpenRoutine) -> None:
    """Show what a routine is made of as this person would do it today, at a level if tapped."""
    page = await planned.page(context.deps, context.someone.id, tap.key, tap.level)
    if page is None:
        await context.screen.show(update, home.toast("refused.unknown", context.texts))
        return
    await context.screen.show(update, view.page(page, context.texts, place=place_of(update)))
