"""How reminders behave: quiet hours, repeats, around the time, the end of the day."""

from __future__ import annotations

from datetime import time

from telegram import Update

from bot.callbacks import (
    SetAround,
    SetDayEnd,
    SetQuiet,
    SetRepeat,
)
from bot.context import BotContext
from bot.domain.manners import read_hours
from bot.domain.person import Someone
from bot.domain.quiet_words import parse_quiet
from bot.domain.session import Refused
from bot.services import manners as service
from bot.views import home
from bot.views import manners as view


async def page(update: Update, context: BotContext) -> None:
    """Show how reminders behave."""
    person = await service.leave(context.deps, context.someone.id)
    await context.screen.show(update, view.page(person, context.texts))


async def quiet(update: Update, context: BotContext) -> None:
    """Ask for the quiet hours."""
    person = await service.ask_quiet(context.deps, context.someone.id)
    await context.screen.show(update, view.quiet(person, context.texts))


async def repeat(update: Update, context: BotContext) -> None:
    """Ask whether what is not answered comes again."""
    await context.screen.show(update, view.repeat(context.someone, context.texts))


async def around(update: Update, context: BotContext) -> None:
    """Ask whether reminders may come a little early or late."""
    await context.screen.show(update, view.around(context.someone, context.texts))


async def day_end(update: Update, context: BotContext) -> None:
    """Ask when the person's day ends."""
    await context.screen.show(update, view.day_end(context.someone, context.texts))


async def set_quiet(update: Update, context: BotContext, tap: SetQuiet) -> None:
    """Set the quiet hours by button."""
    try:
        hours = read_hours(tap.hours)
    except ValueError:  # made up
        await _stale(update, context)
        return
    await _show(update, context, await service.set_quiet(context.deps, context.someone.id, hours))


async def typed_quiet(update: Update, context: BotContext, typed: str) -> None:
    """Set the quiet hours as typed; raises NotUnderstood where they are none."""
    hours = parse_quiet(typed)
    person_id = context.someone.id
    result = await service.set_quiet(context.deps, person_id, hours)
    if isinstance(result, Refused):
        result = await service.leave(context.deps, person_id)
    await _show(update, context, result)


async def set_repeat(update: Update, context: BotContext, tap: SetRepeat) -> None:
    """Set whether what is not answered comes again."""
    minutes = tap.minutes or None
    result = await service.set_repeat(context.deps, context.someone.id, minutes)
    await _show(update, context, result)


async def set_around(update: Update, context: BotContext, tap: SetAround) -> None:
    """Set whether reminders may come a little early or late."""
    result = await service.set_around(context.deps, context.someone.id, on=tap.on)
    await _show(update, context, result)


async def set_day_end(update: Update, context: BotContext, tap: SetDayEnd) -> None:
    """Set when the person's day ends."""
    try:
        at = time.fromisoformat(tap.clock)
    except ValueError:  # made up
        await _stale(update, context)
        return
    await _show(update, context, await service.set_day_end(context.deps, context.someone.id, at))


async def _show(update: Update, context: BotContext, result: Someone | Refused) -> None:
    if isinstance(result, Refused):
        await _stale(update, context)
    else:
        await context.screen.show(update, view.page(result, context.texts, changed=True))


async def _stale(update: Update, context: BotContext) -> None:
    await context.screen.show(update, home.toast("refused.stale", context.texts))
