"""Sessions: start, the five buttons of a step, the end, and the safety gate before them."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import (
    Continue,
    DoNow,
    Felt,
    GateAgain,
    GateAnswered,
    Start,
    StartLength,
    StartNow,
    StartOccurrence,
    StartOver,
    StepBack,
    StepDone,
    StepHow,
    StepPulse,
    StepSkip,
    StepStop,
)
from bot.context import BotContext
from bot.domain.player import Outcome, SessionKind
from bot.domain.session import Ended, Playing, Refused, Started, Wanted
from bot.reply import Place
from bot.services import feeling, pausing, player, starting
from bot.stage import show_session, show_stale
from bot.views import cards
from bot.views import player as view


async def today(update: Update, context: BotContext) -> None:
    """Start today's routine."""
    started = await starting.start_today(context.deps, context.someone.id)
    await show_session(update, context, started)


async def start_now(update: Update, context: BotContext, _: StartNow) -> None:
    """Start today's routine from a button."""
    started = await starting.start_today(context.deps, context.someone.id, tapped=True)
    await show_session(update, context, started, Place.INSTEAD)


async def start_occurrence(update: Update, context: BotContext, tap: StartOccurrence) -> None:
    """Start what a reminder is about."""
    person_id = context.someone.id
    started = await starting.start_occurrence(context.deps, person_id, tap.occurrence)
    await show_session(update, context, started, Place.INSTEAD)


async def start_length(update: Update, context: BotContext, tap: StartLength) -> None:
    """Start so much of the routine that a reminder is about."""
    at = (context.someone.id, tap.occurrence, tap.length)
    started = await starting.start_occurrence(context.deps, *at)
    await show_session(update, context, started, Place.INSTEAD)


async def do_now(update: Update, context: BotContext, tap: DoNow) -> None:
    """Start one exercise or practice on its own."""
    practice = tap.key in context.deps.catalogue.practices
    kind = SessionKind.PRACTICE if practice else SessionKind.EXERCISE
    wanted = Wanted(kind, tap.key)
    started = await starting.start(context.deps, context.someone.id, wanted, tapped=True)
    await show_session(update, context, started, Place.BELOW)


async def done(update: Update, context: BotContext, tap: StepDone) -> None:
    """Record a step as done."""
    at = (tap.session, tap.position)
    result = await player.answer(context.deps, context.someone.id, *at, Outcome.DONE)
    await _show(update, context, tap.session, result)


async def skip(update: Update, context: BotContext, tap: StepSkip) -> None:
    """Record a step as skipped."""
    at = (tap.session, tap.position)
    result = await player.answer(context.deps, context.someone.id, *at, Outcome.SKIPPED)
    await _show(update, context, tap.session, result)


async def back(update: Update, context: BotContext, tap: StepBack) -> None:
    """Go one step back."""
    result = await player.back(context.deps, context.someone.id, tap.session, tap.position)
    await _show(update, context, tap.session, result)


async def stop(update: Update, context: BotContext, tap: StepStop) -> None:
    """End the session here."""
    result = await player.stop(context.deps, context.someone.id, tap.session, tap.position)
    await _show(update, context, tap.session, result)


async def how(update: Update, context: BotContext, tap: StepHow) -> None:
    """Open the card of the current step's exercise below it; the place is kept."""
    at = (tap.session, tap.position)
    playing = await pausing.look_away(context.deps, context.someone.id, at)
    if playing is None or playing.entry is None:
        await show_stale(update, context)
        return
    media, texts = context.deps.catalogue.media, context.texts
    reply = cards.card(playing.entry, "how", media, texts, playing=playing, place=Place.BELOW)
    await context.screen.show(update, reply)


async def pulse(update: Update, context: BotContext, tap: StepPulse) -> None:
    """End a step in which a beat was felt, and say what that means."""
    result = await player.pulse(context.deps, context.someone.id, tap.session, tap.position)
    if isinstance(result, Refused):
        await show_stale(update, context)
        return
    await context.screen.show(update, view.pulse(result, context.deps.catalogue, context.texts))


async def resume(update: Update, context: BotContext, tap: Continue) -> None:
    """Go on with an interrupted session, or come back from a card."""
    result = await player.resume(context.deps, context.someone.id, tap.session)
    await show_session(update, context, result, Place.INSTEAD)


async def start_wanted(update: Update, context: BotContext, tap: Start) -> None:
    """Start the routine or entry that a button names."""
    wanted = Wanted.from_code(tap.wanted)
    if wanted is None:
        await show_stale(update, context)
        return
    started = await starting.start(context.deps, context.someone.id, wanted, tapped=True)
    await show_session(update, context, started, Place.BELOW)


async def start_over(update: Update, context: BotContext, tap: StartOver) -> None:
    """Drop an interrupted session and start what was wanted."""
    wanted = Wanted.from_code(tap.wanted)
    if wanted is None:
        await show_stale(update, context)
        return
    before = await player.standing(context.deps, context.someone.id, tap.session)
    started = await starting.start(context.deps, context.someone.id, wanted, over=tap.session)
    await show_session(update, context, started, Place.INSTEAD)
    if isinstance(before, Playing) and before.message_id and isinstance(started, Playing):
        await context.screen.strip(context.someone.id, before.message_id)


async def felt(update: Update, context: BotContext, tap: Felt) -> None:
    """Store how a session felt."""
    result = await feeling.say(context.deps, context.someone.id, tap.session, tap.feedback)
    await show_session(update, context, result)


async def answer_gate(update: Update, context: BotContext, tap: GateAnswered) -> None:
    """Store one answer of a safety gate."""
    wanted = Wanted.from_code(tap.wanted)
    if wanted is None:
        await show_stale(update, context)
        return
    person_id = context.someone.id
    result = await starting.answer_gate(
        context.deps, person_id, tap.gate, tap.question, tap.yes, wanted
    )
    passed = context.deps.catalogue.safety.gates[tap.gate].passed if _began(result) else ""
    await show_session(update, context, result, alert=passed)


async def gate_again(update: Update, context: BotContext, tap: GateAgain) -> None:
    """Ask a safety gate from its first question."""
    wanted = Wanted.from_code(tap.wanted)
    if wanted is None:
        await show_stale(update, context)
        return
    result = await starting.ask_gate_again(context.deps, context.someone.id, tap.gate, wanted)
    await show_session(update, context, result)


def _began(result: Started) -> bool:
    return isinstance(result, Playing)


async def _show(
    update: Update, context: BotContext, session_id: int, result: Playing | Ended | Refused
) -> None:
    """Show what a step's button did; on a stray copy of an old step, where the session stands."""
    query = update.callback_query
    if isinstance(result, Refused) and query is not None and query.message is not None:
        stray = query.message.message_id
        stands = await player.stands(context.deps, context.someone.id, session_id, stray)
        result = stands or result
    await show_session(update, context, result)
