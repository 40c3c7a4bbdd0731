"""A person's own data: what is stored, all of it handed over, all of it deleted."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import DeleteEverything, PassOn
from bot.context import BotContext
from bot.services import personal as service
from bot.services import unanswered
from bot.views import home
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
    """Hand over everything that is stored about somebody."""
    taken = await service.export(context.deps, _who(update))
    reply = view.exported(taken, context.texts) if taken else view.nothing(context.texts)
    await context.screen.show(update, reply)


async def delete(update: Update, context: BotContext) -> None:
    """Show what would be deleted, and ask."""
    held = await service.held(context.deps, _who(update))
    reply = view.ask_delete(held, context.texts) if held else view.nothing(context.texts)
    await context.screen.show(update, reply)


async def delete_everything(update: Update, context: BotContext, tap: DeleteEverything) -> None:
    """Delete everything about somebody, or keep it."""
    if not tap.sure:
        reply = view.kept(context.texts)
    elif await service.delete(context.deps, _who(update)):
        reply = view.deleted(context.texts)
    else:
        reply = home.toast("refused.stale", context.texts)
    await context.screen.show(update, reply)


def _who(update: Update) -> int:
    """Return who asks, known or not."""
    assert update.effective_user is not None
    return update.effective_user.id
