"""What an operator tells everybody, and whether a person hears it."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import (
    CancelBroadcast,
    ConfirmBroadcast,
    HearNews,
    LeaveBroadcast,
    NoMoreNews,
    StopBroadcast,
)
from bot.context import BotContext
from bot.domain.broadcast import LONGEST, Tally, Why, length
from bot.services import asking, hearing
from bot.services import broadcasting as service
from bot.views import answers
from bot.views import broadcasts as view


async def broadcast(update: Update, context: BotContext) -> None:
    """Show the text behind the command as everybody would get it; without one, ask for it."""
    message = update.effective_message
    words = ((message and message.text) or "").split(maxsplit=1)  # lines of the text stay lines
    if len(words) > 1:
        await _write(update, context, words[1].strip())
        return
    going = await service.ask(context.deps, context.someone.id)
    reply = view.ask(context.texts) if going is None else view.going(going, context.texts)
    await context.screen.show(update, reply)


async def typed(update: Update, context: BotContext, text: str) -> None:
    """Take a text as what everybody is told; what reads as a warning sign is answered first."""
    script = (await asking.find(context.deps, text)).script
    if script is not None:
        found = context.deps.catalogue.safety.scripts[script]
        warning = answers.safety(found, context.texts, paused=False, screen=False)
        await context.screen.show(update, warning)
    message = update.effective_message
    await _write(update, context, ((message and message.text) or text).strip())


async def _write(update: Update, context: BotContext, text: str) -> None:
    """Show the text as its own message, then whom it would reach."""
    if (characters := length(text)) > LONGEST:
        await context.screen.show(update, view.too_long(characters, context.texts))
        return
    found = await service.draft(context.deps, context.someone.id, text)
    if isinstance(found, Tally):
        await context.screen.show(update, view.going(found, context.texts, refused=True))
        return
    await context.screen.show(update, view.copy(found.broadcast, found.text, context.texts))
    await context.screen.show(update, view.confirm(found, context.texts))


async def leave(update: Update, context: BotContext, _: LeaveBroadcast) -> None:
    """Write none after all."""
    why = await service.leave(context.deps, context.someone.id)
    reply = view.refused(why, context.texts) if why else view.cancelled(context.texts)
    await context.screen.show(update, reply)


async def confirm(update: Update, context: BotContext, tap: ConfirmBroadcast) -> None:
    """Let it go out."""
    found = await service.confirm(context.deps, context.someone.id, tap.broadcast)
    if isinstance(found, Why):
        await context.screen.show(update, view.refused(found, context.texts))
    else:
        await context.screen.show(update, view.going(found, context.texts))


async def cancel(update: Update, context: BotContext, tap: CancelBroadcast) -> None:
    """Let it never go out."""
    why = await service.cancel(context.deps, context.someone.id, tap.broadcast)
    reply = view.refused(why, context.texts) if why else view.cancelled(context.texts)
    await context.screen.show(update, reply)


async def stop(update: Update, context: BotContext, tap: StopBroadcast) -> None:
    """Let go out no more of it."""
    why = await service.stop(context.deps, tap.broadcast)
    reply = view.refused(why, context.texts) if why else view.stopped(context.texts)
    await context.screen.show(update, reply)


async def no_more(update: Update, context: BotContext, tap: NoMoreNews) -> None:
    """Send no news to this person any more."""
    why = await hearing.opt_out(context.deps, context.someone.id, tap.broadcast)
    reply = view.refused(why, context.texts) if why else view.no_more(context.texts)
    await context.screen.show(update, reply)


async def hear(update: Update, context: BotContext, tap: HearNews) -> None:
    """Send news to this person from now on, or no more."""
    why = await hearing.set_hears(context.deps, context.someone.id, hears=tap.on)
    reply = view.hearing(context.texts, hears=tap.on)
    await context.screen.show(update, view.refused(why, context.texts) if why else reply)


async def page(update: Update, context: BotContext) -> None:
    """Show whether news come."""
    reply = view.hearing(context.texts, hears=context.someone.hears)
    await context.screen.show(update, reply)
