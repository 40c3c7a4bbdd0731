"""A movement of the day's routine: done, skipped, or taken back."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import MovementDone, MovementSkip, UndoMovement
from bot.context import BotContext
from bot.domain.player import Outcome
from bot.domain.session import Refused
from bot.services import movements as service
from bot.views import home
from bot.views import movements as view


async def done(update: Update, context: BotContext, tap: MovementDone) -> None:
    """Record what a reminder asked for as done."""
    await _answer(update, context, tap.occurrence, Outcome.DONE)


async def skip(update: Update, context: BotContext, tap: MovementSkip) -> None:
    """Record what a reminder asked for as skipped."""
    await _answer(update, context, tap.occurrence, Outcome.SKIPPED)


async def undo(update: Update, context: BotContext, tap: UndoMovement) -> None:
    """Take back what was said about a movement: its reminder comes again."""
    refused = await service.undo(context.deps, context.someone.id, tap.occurrence)
    if refused is not None:
        toast = home.toast(f"refused.{refused.why.value}", context.texts)
        await context.screen.show(update, toast)
        return
    await context.screen.show(update, view.taken_back(context.texts))


async def _answer(update: Update, context: BotContext, occurrence: int, outcome: Outcome) -> None:
    found = await service.answer(context.deps, context.someone.id, occurrence, outcome)
    if isinstance(found, Refused):
        await context.screen.show(update, home.toast("refused.stale", context.texts))
        return
    reply = view.answered(found, context.deps.catalogue, context.texts)
    await context.screen.show(update, reply)
