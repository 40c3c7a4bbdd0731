"""How steps arrive: the choice, and in a session the pause and what else can be done."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import (
    SetPace,
    StepLast,
    StepLength,
    StepLess,
    StepMore,
    StepPace,
    StepPause,
    StepRounds,
    UndoAnswer,
)
from bot.context import BotContext
from bot.domain.session import Playing, Refused
from bot.services import lengths, pausing, player, rounds
from bot.services import pace as service
from bot.stage import show_session, show_stale
from bot.views import paces as view
from bot.views import steps


async def pace(update: Update, context: BotContext) -> None:
    """Show how steps arrive."""
    await context.screen.show(update, view.page(context.someone.pace, context.texts))


async def set_pace(update: Update, context: BotContext, tap: SetPace) -> None:
    """Choose how steps arrive."""
    person = await service.choose(context.deps, context.someone.id, tap.pace)
    await context.screen.show(update, view.page(person.pace, context.texts, chosen=True))


async def pause(update: Update, context: BotContext, tap: StepPause) -> None:
    """Stop the time of a step."""
    at = (tap.session, tap.position)
    await show_session(update, context, await pausing.pause(context.deps, context.someone.id, *at))


async def switch(update: Update, context: BotContext, tap: StepPace) -> None:
    """Let the steps of this session arrive another way."""
    at = (tap.session, tap.position)
    found = await pausing.switch(context.deps, context.someone.id, *at, tap.pace)
    toast = "" if isinstance(found, Refused) else context.texts(f"pace.toast.{tap.pace.value}")
    await show_session(update, context, found, toast=toast)


async def more(update: Update, context: BotContext, tap: StepMore) -> None:
    """Show what else can be done at a step, in the place of its buttons."""
    found = await _at(update, context, tap)
    if found is None:
        await show_stale(update, context)
        return
    await context.screen.show(update, view.more(found, context.texts))


async def less(update: Update, context: BotContext, tap: StepLess) -> None:
    """Show the buttons of a step again."""
    found = await _at(update, context, tap)
    if found is None:
        await show_stale(update, context)
        return
    await context.screen.show(update, steps.keys(found, context.texts))


async def choose_length(update: Update, context: BotContext, tap: StepLength) -> None:
    """Make a session that has just begun a full or a short one."""
    at = (tap.session, tap.position)
    found = await lengths.choose(context.deps, context.someone.id, *at, tap.length)
    await show_session(update, context, found)


async def choose_rounds(update: Update, context: BotContext, tap: StepRounds) -> None:
    """Make a breathing practice shorter or longer."""
    at = (tap.session, tap.position)
    found = await rounds.choose(context.deps, context.someone.id, *at, tap.rounds)
    await show_session(update, context, found)


async def finish_with(update: Update, context: BotContext, tap: StepLast) -> None:
    """Let the movement that is shown be the last one."""
    at = (tap.session, tap.position)
    found = await lengths.finish_with(context.deps, context.someone.id, *at)
    await show_session(update, context, found)


async def undo(update: Update, context: BotContext, tap: UndoAnswer) -> None:
    """Take the last answer in a session back."""
    found = await player.undo(context.deps, context.someone.id, tap.session)
    toast = "" if isinstance(found, Refused) else context.texts("undo.answer")
    await show_session(update, context, found, toast=toast)


async def _at(update: Update, context: BotContext, tap: StepMore | StepLess) -> Playing | None:
    """Return the open session where its own message was tapped, at the step that it shows."""
    found = await player.look(context.deps, context.someone.id)
    message = update.effective_message
    at = found and message and (found.session, found.position, found.message_id)
    tapped = message and (tap.session, tap.position, message.message_id)
    return found if tapped is not None and at == tapped else None
