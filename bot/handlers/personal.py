"""A person's own data: what is stored, all of it handed over, all of it deleted."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import DeleteEverything, PassOn
from bot.context import BotContext
from bot.services import personal as service
from bot.services import unanswered
from bot.views import personal as view


async def privacy(update: Update, context: BotContext) -> None:
    """Say what is stored."""
    passes_on = context.person.passes_on if context.person else None
    await context.screen.show(update, view.privacy(context.texts, passes_on))


async def pass_on(update: Update, context: BotContext, tap: PassOn) -> None:
    """Let the operator read questions that get no answer, or no more."""
    someone = await unanswered.allow(context.deps, context.someone.id, passes_on=tap.on)
    await context.screen.show(update, view.passed_on(context.texts, on=bool(someone.passes_on)))


async def export(update: Update, context: BotContext) -> None:
    """Hand over everything that is stored about the person."""
    taken = await service.export(context.deps, context.someone.id)
    await context.screen.show(update, view.exported(taken, context.texts))


async def delete(update: Update, context: BotContext) -> None:
    """Ask before everything is deleted."""
    await context.screen.show(update, view.ask_delete(context.texts))


async def delete_everything(update: Update, context: BotContext, tap: DeleteEverything) -> None:
    """Delete everything about the person, or keep it."""
    if tap.sure:
        await service.delete(context.deps, context.someone.id)
    reply = view.deleted(context.texts) if tap.sure else view.kept(context.texts)
    await context.screen.show(update, reply)
