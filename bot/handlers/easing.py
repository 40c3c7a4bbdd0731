"""Why not today, answers to the gentle question, and pauses by button."""

from __future__ import annotations

from datetime import datetime

from telegram import Update

from bot.board import ask_change, plan_reply
from bot.callbacks import (
    AnswerGently,
    Because,
    NoPause,
    OfferPause,
    PauseUntil,
    TypePause,
)
from bot.context import BotContext
from bot.domain.manners import PAUSES, Wish
from bot.domain.pause_words import parse_pause
from bot.domain.reminder import OF_ROUTINE, SkipReason
from bot.domain.session import Refused
from bot.reply import Reply
from bot.services import manners as service
from bot.services import reminding, scheduling
from bot.services.manners import Answered
from bot.services.reminding import LeftOut
from bot.views import easing as view
from bot.views import home, reminders


async def because(update: Update, context: BotContext, tap: Because) -> None:
    """Take the reason of a "not today", and offer what helps then."""
    person_id = context.someone.id
    found = await reminding.because(context.deps, person_id, tap.occurrence, tap.reason)
    if isinstance(found, Refused):
        await _stale(update, context)
        return
    await context.screen.show(update, _helps(context, found, tap.reason))


def _helps(context: BotContext, found: LeftOut, why: SkipReason) -> Reply:
    catalogue, texts = context.deps.catalogue, context.texts
    today = reminding.today(found.person, found.now)
    if why is SkipReason.PAIN:
        return view.pain(catalogue, texts)
    if why is SkipReason.ILL:
        return view.ill(today, texts)
    if why is SkipReason.TRAVELLING:
        return view.travelling(today, texts)
    routine = found.kind in OF_ROUTINE
    short, one = service.in_a_hurry(catalogue, found.person) if routine else (None, None)
    next_words = reminders.next_line(found.next_at, found.person, found.now, texts)
    return view.no_time(next_words, short, one, texts)


async def answer(update: Update, context: BotContext, tap: AnswerGently) -> None:
    """Take the answer to the gentle question, and show what was wished for."""
    person_id = context.someone.id
    found = await service.answer(context.deps, person_id, tap.occurrence, tap.wish)
    if isinstance(found, Refused):
        await _stale(update, context)
    elif tap.wish is Wish.OTHER_TIME:
        await _ask_other_time(update, context, found.reminder)
    else:
        await context.screen.show(update, _wished(context, found))


async def _ask_other_time(update: Update, context: BotContext, reminder: int | None) -> None:
    """Ask for another time of the one reminder there is; of several, show all to choose from."""
    plan = await scheduling.plan(context.deps, context.someone.id)
    if reminder is not None and [line.id for line in plan.lines] == [reminder]:
        await ask_change(update, context, reminder)
    else:
        await context.screen.show(update, plan_reply(context, plan))


def _wished(context: BotContext, found: Answered) -> Reply:
    catalogue, texts = context.deps.catalogue, context.texts
    if found.wish is Wish.SHORTER:
        short = service.shorter_ones(catalogue, found.person)
        return view.shorter(short, service.lighter(catalogue, found.person), texts)
    if found.wish is Wish.PAUSE:
        return view.offer_pause(reminding.today(found.person, found.now), texts)
    return view.stopped(found.undo, texts)


async def offer_pause(update: Update, context: BotContext, _: OfferPause) -> None:
    """Offer how long everything may rest."""
    today = reminding.today(context.someone, context.deps.now())
    await context.screen.show(update, view.offer_pause(today, context.texts))


async def pause_until(update: Update, context: BotContext, tap: PauseUntil) -> None:
    """Let everything rest until the date of the button, if that is still to come."""
    today = reminding.today(context.someone, context.deps.now())
    try:
        returns = datetime.strptime(tap.until, "%Y%m%d").date()  # noqa: DTZ007 - a local date
    except ValueError:  # made up
        returns = today
    if returns <= today or (returns - today).days > max(PAUSES):
        await _stale(update, context)
        return
    found = await reminding.pause(context.deps, context.someone.id, returns)
    if not found.changed:
        await _stale(update, context)
        return
    reply = reminders.paused(found.person, found.next_at, found.now, context.texts, returns=returns)
    await context.screen.show(update, reply)


async def type_pause(update: Update, context: BotContext, _: TypePause) -> None:
    """Ask until when everything shall rest."""
    await reminding.ask_until(context.deps, context.someone.id)
    await context.screen.show(update, view.ask_date(context.texts))


async def typed_pause(update: Update, context: BotContext, typed: str) -> None:
    """Let everything rest as long as typed; raises NotUnderstood where it is no time to rest."""
    today = reminding.today(context.someone, context.deps.now())
    returns = parse_pause(typed, today)
    found = await reminding.pause(context.deps, context.someone.id, returns)
    reply = reminders.paused(found.person, found.next_at, found.now, context.texts, returns=returns)
    await context.screen.show(update, reply)


async def no_pause(update: Update, context: BotContext, _: NoPause) -> None:
    """Leave all as it is."""
    found = await reminding.no_pause(context.deps, context.someone.id)
    if not found.changed:
        await _stale(update, context)
        return
    await context.screen.show(
        update, view.no_pause(found.next_at, found.person, found.now, context.texts)
    )


async def _stale(update: Update, context: BotContext) -> None:
    await context.screen.show(update, home.toast("refused.stale", context.texts))
