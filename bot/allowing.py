"""Wraps handlers so that each person is heard within their allowance, and told once beyond it."""

from __future__ import annotations

from telegram import Update

from bot.button import Button
from bot.context import BotContext, is_private
from bot.domain.throttle import Allowance, Verdict
from bot.routes import Handler, TapHandler
from bot.views import home

ENOUGH = "fallback.enough"


def within(allowance: Allowance, handler: Handler) -> Handler:
    """Hear so much of one person; what is beyond it gets one sentence in all, in a group none."""

    async def heard(update: Update, context: BotContext) -> None:
        verdict = _take(allowance, update, context)
        if verdict is Verdict.HEARD:
            await handler(update, context)
        elif update.callback_query is not None:
            await _say_enough(update, context)
        elif verdict is Verdict.TOLD and update.message is not None and is_private(update):
            await context.screen.show(update, home.sentence(ENOUGH, context.texts))

    return heard


def tapped_within(allowance: Allowance, handler: TapHandler) -> TapHandler:
    """Do so much of what one person taps for; every tap beyond it is answered by the sentence."""

    async def heard(update: Update, context: BotContext, button: Button) -> None:
        if _take(allowance, update, context) is Verdict.HEARD:
            await handler(update, context, button)
        else:
            await _say_enough(update, context)

    return heard


def _take(allowance: Allowance, update: Update, context: BotContext) -> Verdict:
    user = update.effective_user
    if user is None:
        return Verdict.HEARD
    return context.throttle.take(allowance, user.id, context.deps.now())


async def _say_enough(update: Update, context: BotContext) -> None:
    await context.screen.show(update, home.toast(ENOUGH, context.texts))
