"""One reminder alone: let it rest, move its next moment; and taking a change back."""

from __future__ import annotations

from telegram import Update

from bot.board import show_moved, show_plan
from bot.callbacks import MoveMoment, OpenMove, OpenReminder, RestReminder, UndoChange
from bot.context import BotContext
from bot.domain.agenda import NotUndone, Plan
from bot.domain.session import Refused
from bot.services import rescheduling, scheduling
from bot.views import home
from bot.views import moving as view
from bot.views import schedule as all_of_them


async def open_reminder(update: Update, context: BotContext, tap: OpenReminder) -> None:
    """Show one reminder alone."""
    found = await scheduling.one(context.deps, context.someone.id, tap.reminder)
    if isinstance(found, Refused):
        await context.screen.show(update, home.toast("refused.stale", context.texts))
        return
    reply = all_of_them.one(found, context.deps.catalogue, context.texts)
    await context.screen.show(update, reply)


async def rest(update: Update, context: BotContext, tap: RestReminder) -> None:
    """Let one reminder rest, or come again."""
    result = await scheduling.rest(context.deps, context.someone.id, tap.reminder, rests=tap.rests)
    if isinstance(result, Plan) and not result.changed:
        result = scheduling.STALE
    await show_plan(update, context, result)


async def open_move(update: Update, context: BotContext, tap: OpenMove) -> None:
    """Ask when the next moment of a reminder shall come instead."""
    found = await rescheduling.coming(context.deps, context.someone.id, tap.reminder)
    if isinstance(found, Refused):
        reply = home.toast("refused.stale", context.texts)
    elif found.moment is None:
        reply = home.toast("move.nothing", context.texts)
    else:
        reply = view.ask(found, found.moment, context.texts)
    await context.screen.show(update, reply)


async def move_moment(update: Update, context: BotContext, tap: MoveMoment) -> None:
    """Move a moment to the time of the button."""
    due, to = view.moment_of(tap.due), view.moment_of(tap.to)
    found = (
        await rescheduling.move_to(context.deps, context.someone.id, tap.reminder, due, to)
        if due and to
        else scheduling.STALE
    )
    if isinstance(found, Refused):
        await context.screen.show(update, home.toast("refused.stale", context.texts))
    else:
        await show_moved(update, context, found)


async def undo(update: Update, context: BotContext, tap: UndoChange) -> None:
    """Take the change of the button back, if it is the last one and not long ago."""
    found = await scheduling.undo(context.deps, context.someone.id, tap.moment)
    if isinstance(found, NotUndone):
        key = all_of_them.NOT_UNDONE[found] if found is not NotUndone.NOTHING else "refused.stale"
        await context.screen.show(update, home.toast(key, context.texts))
    else:
        await show_plan(update, context, found)
