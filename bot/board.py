"""Puts a person's reminders on the screen: the list, the question of a change, what was moved."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.domain.agenda import Moved, NotMoved, NotUndone, Plan
from bot.domain.person import Expecting
from bot.domain.session import Refused
from bot.reply import Reply
from bot.services import composing, scheduling
from bot.views import home, moving
from bot.views import schedule as view


def plan_reply(context: BotContext, result: Plan | Refused) -> Reply:
    """Return the view of all reminders; a toast where nothing was changed."""
    if isinstance(result, Refused):
        return home.toast("refused.stale", context.texts)
    return view.plan(result, context.deps.catalogue, context.texts)


async def show_plan(update: Update, context: BotContext, result: Plan | Refused) -> None:
    """Show all reminders, or say that nothing was changed."""
    await context.screen.show(update, plan_reply(context, result))


async def ask_change(update: Update, context: BotContext, reminder: int) -> None:
    """Ask for another time of one reminder."""
    person_id, texts = context.someone.id, context.texts
    asked = await composing.begin(context.deps, person_id, reminder)
    if isinstance(asked, Refused):
        await context.screen.show(update, home.toast("refused.stale", texts))
        return
    await scheduling.expect(context.deps, person_id, Expecting.SCHEDULE_CHANGE, reminder)
    await context.screen.show(update, view.ask_change(reminder, asked, texts))


async def show_moved(update: Update, context: BotContext, found: Moved | NotMoved) -> None:
    """Say which moment comes when instead, or why nothing was moved."""
    if isinstance(found, Moved):
        await context.screen.show(update, moving.moved(found, context.texts))
    else:
        await context.screen.show(update, moving.not_moved(found, context.texts))


async def show_undone(update: Update, context: BotContext, found: Plan | NotUndone) -> None:
    """Show the reminders as they were before, or say why nothing was taken back."""
    if isinstance(found, NotUndone):
        await context.screen.show(update, view.not_undone(found, context.texts))
    else:
        await show_plan(update, context, found)
