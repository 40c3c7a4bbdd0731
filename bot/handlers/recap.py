"""The weekly recap: the week so far, what it offers, and when it comes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from telegram import Update

from bot.board import plan_reply
from bot.callbacks import (
    AnswerProposal,
    OpenRecap,
    SetRecapDay,
    SetRecapTime,
    ShowWeek,
    SwitchRecap,
)
from bot.context import BotContext
from bot.domain.adaptation import Named
from bot.domain.recap import HOURS, USUAL, WEEK, Arranged, typed, with_day, with_time
from bot.domain.schedule import Rule
from bot.domain.schedule_words import parse_schedule
from bot.domain.session import Refused
from bot.domain.typed_text import NotUnderstood, Reason
from bot.domain.wishes import Set
from bot.reply import Place
from bot.services import arranging, deciding, recap
from bot.views import home
from bot.views import recap as view


async def show_week(update: Update, context: BotContext, _: ShowWeek) -> None:
    """Show how the running week goes."""
    week = await recap.so_far(context.deps, context.someone.id)
    await context.screen.show(update, view.so_far(week, context.texts))


async def answer(update: Update, context: BotContext, tap: AnswerProposal) -> None:
    """Do what the recap offered, or leave all as it is."""
    if not tap.accepts:
        refused = await deciding.decline(context.deps, context.someone.id, tap.proposal)
        toast = home.toast("refused.stale", context.texts)
        await context.screen.show(update, toast if refused else view.declined(context.texts))
        return
    result = await deciding.accept(context.deps, context.someone.id, tap.proposal)
    if isinstance(result, Named):
        reply = view.raised(result, context.texts)
    else:
        reply = plan_reply(context, result)
    if not isinstance(result, Refused):
        reply = replace(reply, place=Place.INSTEAD)
    await context.screen.show(update, reply)


async def page(update: Update, context: BotContext) -> None:
    """Show when the recap comes."""
    found = await arranging.show(context.deps, context.someone.id)
    await context.screen.show(update, view.page(found, context.texts))


async def open_page(update: Update, context: BotContext, _: OpenRecap) -> None:
    """Show when the recap comes, and leave what it told."""
    found = await arranging.show(context.deps, context.someone.id)
    await context.screen.show(update, view.page(found, context.texts, below=True))


async def ask_time(update: Update, context: BotContext) -> None:
    """Ask for another day and time."""
    found = await arranging.ask(context.deps, context.someone.id)
    if isinstance(found, Refused):
        await _show(update, context, found)
    else:
        await context.screen.show(update, view.ask_time(context.texts))


async def set_day(update: Update, context: BotContext, tap: SetRecapDay) -> None:
    """Let the recap come on another weekday."""
    if tap.day >= WEEK:  # made up
        await _show(update, context, arranging.STALE)
        return
    change = partial(with_day, day=tap.day)
    await _show(update, context, await arranging.move(context.deps, context.someone.id, change))


async def set_time(update: Update, context: BotContext, tap: SetRecapTime) -> None:
    """Let the recap come at another time."""
    at = next((each for each in HOURS if f"{each:%H%M}" == tap.clock), None)
    if at is None:  # made up
        await _show(update, context, arranging.STALE)
        return
    change = partial(with_time, at=at)
    await _show(update, context, await arranging.move(context.deps, context.someone.id, change))


async def typed_time(update: Update, context: BotContext, text: str) -> None:
    """Let the recap come as typed; raises NotUnderstood where that is no day and time."""
    today = context.deps.now().astimezone(context.someone.zone).date()
    wish = parse_schedule(text, today)
    if not isinstance(wish, Set) or typed(wish.rules, USUAL) is None:
        raise NotUnderstood(Reason.NO_TIME, text)

    def change(now: Rule) -> Rule:
        return typed(wish.rules, now) or now

    person_id = context.someone.id
    result = await arranging.move(context.deps, person_id, change)
    if isinstance(result, Refused):
        result = await arranging.show(context.deps, person_id)
    await _show(update, context, result)


async def switch(update: Update, context: BotContext, tap: SwitchRecap) -> None:
    """Mute the recap, or let it come again."""
    result = await arranging.switch(context.deps, context.someone.id, on=tap.on)
    await _show(update, context, result)


async def _show(update: Update, context: BotContext, result: Arranged | Refused) -> None:
    if isinstance(result, Refused):
        await context.screen.show(update, home.toast("refused.stale", context.texts))
    else:
        await context.screen.show(update, view.page(result, context.texts, changed=True))
