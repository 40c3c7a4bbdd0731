"""A step that hurts: how much, leaving it out for the day, and the warning signs behind it."""

from __future__ import annotations

from dataclasses import replace

from telegram import Update

from bot.callbacks import AskSigns, LeaveOut, PainSaid, SignTold, StepHurts
from bot.context import BotContext
from bot.domain.hurting import Relief
from bot.domain.session import Hurting, Refused
from bot.reply import Place
from bot.services import hurting, player
from bot.stage import show_session, show_stale
from bot.views import hurting as view


async def hurts(update: Update, context: BotContext, tap: StepHurts) -> None:
    """Ask how much a step hurts, below it; the place is kept."""
    found = await hurting.ask(context.deps, context.someone.id, tap.session, tap.position)
    if isinstance(found, Refused):
        await show_stale(update, context)
        return
    await context.screen.show(update, view.how_much(found, context.texts))


async def pain_said(update: Update, context: BotContext, tap: PainSaid) -> None:
    """Store how much it hurts, and go on with what is left of the session."""
    query = update.callback_query
    asked_in = query.message.message_id if query and query.message else None
    at = (tap.session, tap.position, tap.pain)
    found = await hurting.say(context.deps, context.someone.id, *at, asked_in=asked_in)
    if isinstance(found, Refused):
        await show_stale(update, context)
    elif found.relief in (Relief.LESS, Relief.EASE):
        noted = view.noted(found, tap.pain, context.texts)
        await show_session(update, context, found.result, Place.INSTEAD, toast=noted)
    else:
        await _answer(update, context, found, asked_in)


async def leave_out(update: Update, context: BotContext, tap: LeaveOut) -> None:
    """Leave out for today what has no easier way."""
    found = await hurting.leave_out(context.deps, context.someone.id, tap.session, tap.position)
    if isinstance(found, Refused):
        await show_stale(update, context)
    else:
        await _answer(update, context, found)


async def ask_signs(update: Update, context: BotContext, tap: AskSigns) -> None:
    """Ask whether a warning sign applies, the most urgent first."""
    if await player.standing(context.deps, context.someone.id, tap.session) is None:
        await show_stale(update, context)
        return
    reply = view.signs(tap.session, context.deps.catalogue, context.texts)
    await context.screen.show(update, reply)


async def sign_told(update: Update, context: BotContext, tap: SignTold) -> None:
    """Say what a warning sign calls for, ask for the next ones, or go on where none applies."""
    deps, person_id, catalogue = context.deps, context.someone.id, context.deps.catalogue
    if tap.applies:
        sign = await hurting.tell_sign(deps, person_id, tap.session, emergency=tap.emergency)
        if isinstance(sign, Refused):
            await show_stale(update, context)
            return
        reply = view.told(catalogue, context.texts, emergency=tap.emergency)
        await context.screen.show(update, reply)
        await _strip(update, context, sign.shown_in)
        return
    found = await player.standing(deps, person_id, tap.session)
    if found is None:
        await show_stale(update, context)
    elif tap.emergency and catalogue.safety.asked("today"):
        today = view.signs(tap.session, catalogue, context.texts, emergency=False)
        await context.screen.show(update, today)
    else:
        await context.screen.show(update, view.no_sign(found, context.texts))


async def _answer(
    update: Update, context: BotContext, found: Hurting, asked_in: int | None = None
) -> None:
    """Say what was left out, and take the buttons off the step that is over.

    It is said below whatever came after the question.
    """
    reply = view.answered(found, context.deps.catalogue, context.texts)
    if asked_in is not None and found.shown_in is not None and asked_in < found.shown_in:
        reply = replace(reply, place=Place.INSTEAD)
    await context.screen.show(update, reply)
    if found.relief is Relief.DROP:
        await _strip(update, context, found.shown_in)


async def _strip(update: Update, context: BotContext, message_id: int | None) -> None:
    chat = update.effective_chat
    if chat is not None and message_id is not None:
        await context.screen.strip(chat.id, message_id)
