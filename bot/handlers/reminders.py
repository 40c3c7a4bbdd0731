"""A reminder's other buttons, and the pause of all reminders."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.callbacks import NotToday, Resume, Snooze
from bot.context import BotContext
from bot.domain.pause_words import parse_pause
from bot.domain.person import PauseReason
from bot.domain.session import Refused
from bot.domain.typed_text import NotUnderstood
from bot.reply import Place
from bot.services import reminding as service
from bot.views import easing, home
from bot.views import reminders as view


async def snooze(update: Update, context: BotContext, tap: Snooze) -> None:
    """Put a reminder off."""
    if tap.minutes not in view.SNOOZES:  # made up
        await context.screen.show(update, home.toast("refused.stale", context.texts))
        return
    person_id = context.someone.id
    result = await service.snooze(context.deps, person_id, tap.occurrence, tap.minutes)
    if isinstance(result, Refused):
        await context.screen.show(update, home.toast("refused.stale", context.texts))
        return
    reply = view.snoozed(result.until, result.person, context.texts)
    await context.screen.show(update, reply)


async def not_today(update: Update, context: BotContext, tap: NotToday) -> None:
    """Leave today out."""
    result = await service.not_today(context.deps, context.someone.id, tap.occurrence)
    if isinstance(result, Refused):
        await context.screen.show(update, home.toast("refused.stale", context.texts))
        return
    reply = easing.left_out(
        result.occurrence, result.next_at, result.person, result.now, context.texts
    )
    await context.screen.show(update, reply)


async def pause(update: Update, context: BotContext) -> None:
    """Stop all reminders: `/pause 5`, `/pause until DATE`, or without end."""
    typed = " ".join(context.args or ())
    today = service.today(context.someone, context.deps.now())
    try:
        returns = parse_pause(typed, today) if typed else None
    except NotUnderstood as misread:
        await context.screen.show(update, view.pause_not_understood(misread, context.texts))
        return
    found = await service.pause(context.deps, context.someone.id, returns)
    reply = view.paused(found.person, found.next_at, found.now, context.texts, returns=returns)
    await context.screen.show(update, reply)


async def resume(update: Update, context: BotContext) -> None:
    """Let reminders come again; after an emergency only by the button that says it is cleared."""
    if context.someone.pause_reason is PauseReason.SAFETY:
        await context.screen.show(update, view.not_cleared(context.texts))
        return
    found = await service.resume(context.deps, context.someone.id)
    reply = view.resumed(
        found.person, found.next_at, found.now, context.texts, changed=found.changed
    )
    await context.screen.show(update, reply)


async def resume_tap(update: Update, context: BotContext, _: Resume) -> None:
    """Let reminders come again, by button; what the button stood under stays to be read."""
    found = await service.resume(context.deps, context.someone.id)
    if not found.changed:
        await context.screen.show(update, home.toast("refused.stale", context.texts))
        return
    reply = view.resumed(found.person, found.next_at, found.now, context.texts, changed=True)
    await context.screen.show(update, replace(reply, place=Place.INSTEAD))
