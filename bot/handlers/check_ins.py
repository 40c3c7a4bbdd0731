"""How tight it feels before and after a session."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import AskTight, SetCheckIns, TightSaid
from bot.context import BotContext
from bot.domain.check_in import When
from bot.services import check_ins, player
from bot.stage import show_session, show_stale
from bot.views import check_ins as view


async def ask(update: Update, context: BotContext, tap: AskTight) -> None:
    """Ask how tight it feels, below the first step."""
    if await check_ins.ask(context.deps, context.someone.id, tap.session):
        await show_stale(update, context)
        return
    await context.screen.show(update, view.before(tap.session, context.texts))


async def said(update: Update, context: BotContext, tap: TightSaid) -> None:
    """Store how tight it feels, or that they would rather not say."""
    answer = (tap.session, tap.moment, tap.tight)
    if await check_ins.say(context.deps, context.someone.id, *answer):
        await show_stale(update, context)
    elif tap.moment is When.BEFORE:
        await context.screen.show(update, view.noted(tap.tight, context.texts))
    elif end := await player.standing(context.deps, context.someone.id, tap.session):
        await show_session(update, context, end)


async def switch(update: Update, context: BotContext, tap: SetCheckIns) -> None:
    """Ask from now on, or no more."""
    await check_ins.set_asked(context.deps, context.someone.id, on=tap.on)
    await context.screen.show(update, view.switched(context.texts, on=tap.on))
