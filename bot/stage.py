"""Puts a session on its one live message: the view for what happened, the buttons off the old."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from telegram import Message, Update

from bot.context import BotContext
from bot.domain.person import Question
from bot.domain.session import (
    Ended,
    GateAsked,
    GateClosed,
    Interrupted,
    OnboardingOpen,
    Playing,
    Started,
)
from bot.intake.storage import until_stored
from bot.reply import Place, Reply
from bot.services import player as service
from bot.views import onboarding, starting
from bot.views import player as view


async def show_session(
    update: Update,
    context: BotContext,
    result: Started | Ended,
    place: Place = Place.HERE,
    alert: str = "",
) -> None:
    """Show what became of a tap or command that starts, moves or ends a session.

    `alert` is said above the first step, to be tapped away.
    """
    if not isinstance(result, Playing):
        await context.screen.show(update, _reply(context, result))
        return
    if place is Place.HERE and _is_copy(update, result):
        place = Place.INSTEAD
    reply = view.step(result, context.deps.catalogue, context.texts, place)
    reply = replace(reply, toast=alert, alert=bool(alert))
    message = await context.screen.show(update, reply)
    context.screen.prepare(view.coming(result, context.deps.catalogue))
    if message is None:
        return
    if message.message_id != result.message_id:
        await _note(context, result, message)
    current = partial(_current, context, result.session, message.message_id)
    context.screen.swap_later(message, reply, current)


async def _note(context: BotContext, result: Playing, message: Message) -> None:
    """Remember which message shows the session, and take the buttons off the one before."""
    note = partial(service.shown, context.deps, result.session, message.message_id)
    await until_stored(note)
    if result.message_id is not None:
        await context.screen.strip(message.chat_id, result.message_id)
    else:
        context.deps.wake()  # it has just begun: reminders of it have buttons to lose


async def _current(context: BotContext, session: int, message: int) -> Reply | None:
    """Return what a message of a session should show now, None where another one shows it."""
    found = await service.standing(context.deps, context.someone.id, session)
    if found is None or (isinstance(found, Playing) and found.message_id != message):
        return None
    return _reply(context, found)


def _is_copy(update: Update, result: Playing) -> bool:
    """Return whether the tap was on an older copy of the screen, above the one that is known.

    A screen that seemed lost on its way was sent again; edited, the copy would stand below a step
    that is over.
    """
    query = update.callback_query
    tapped = query.message if query else None
    return bool(tapped and result.message_id and tapped.message_id < result.message_id)


def _reply(context: BotContext, result: Started | Ended) -> Reply:
    catalogue, texts = context.deps.catalogue, context.texts
    match result:
        case Ended():
            return view.ended(result, catalogue, texts)
        case Interrupted():
            return starting.interrupted(result, catalogue, texts)
        case GateAsked():
            return starting.gate(result, catalogue, texts)
        case GateClosed():
            return starting.gate_closed(result, catalogue, texts)
        case OnboardingOpen(question):
            screening = catalogue.safety.screening
            if question is Question.SCREENING:
                return onboarding.screen(screening, texts)
            return onboarding.safety(screening, texts)
        case Playing():
            return view.step(result, catalogue, texts)
        case _:
            return starting.refused(result, catalogue, texts)
