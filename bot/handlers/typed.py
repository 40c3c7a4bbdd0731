"""Free text: the answer to an open question of ours, or a question of theirs; safety first."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping

from telegram import Update

from bot import metrics
from bot.context import BotContext, in_group
from bot.domain.person import Expecting, Question, Someone
from bot.domain.typed_text import NotUnderstood
from bot.reply import Reply
from bot.services import asking, planned, unanswered
from bot.services.asking import Asked
from bot.views import answers, equipment, home, manners, own, recap, reminders, routines, zone
from bot.views import schedule as view

A_WORD_OR_TWO = 2

# Takes a text as the answer to one question of ours; raises NotUnderstood where it is none.
Handler = Callable[[Update, BotContext], Awaitable[None]]
Taker = Callable[[Update, BotContext, str], Awaitable[None]]
Act = Callable[[Update, BotContext, str], Awaitable[bool]]


async def how(update: Update, context: BotContext) -> None:
    """Answer the question behind /how; without one, say how to ask."""
    question = " ".join(context.args or ())
    if not question:
        await context.screen.show(update, home.sentence("how.ask", context.texts))
        return
    await _answer(update, context, await _ask(update, context, question))


async def free_text(
    update: Update,
    context: BotContext,
    takers: Mapping[Expecting, Taker],
    welcome: Handler,
    act: Act,
) -> None:
    """Take a text as the answer to what was asked, unless it tells of a warning sign.

    What is not known from somebody who is not through with the safety questions gets `welcome`;
    `act` takes the words that mean a button of the session.
    """
    text = text_of(update, context)
    if context.expecting is Expecting.BROADCAST:  # whatever it says, it is for others
        await takers[context.expecting](update, context, text)
        return
    if context.expecting in (None, Expecting.ROUTINE_NAME) and await act(update, context, text):
        return
    asked = await _ask(update, context, text)
    # "Bridge" is one letter from Bruges, Seoul from soul, and 25:00 no routine: where something is
    # expected, a name or more than a word or two asks for something else.
    kind = asked.answer.kind
    asks = kind != "unknown" and (asked.answer.named or len(text.split()) > A_WORD_OR_TWO)
    known = asks and context.expecting in (Expecting.ZONE, Expecting.ROUTINE_NAME)
    if kind == "unknown" and not _screened(context.person):
        await welcome(update, context)
        return
    if kind == "safety" or known or context.expecting is None:
        await _answer(update, context, asked)
        return
    try:
        await takers[context.expecting](update, context, text)
    except NotUnderstood as misread:
        if asks:
            await _answer(update, context, asked)
        else:
            await context.screen.show(update, _example(context, misread))


async def question(update: Update, context: BotContext) -> None:
    """Answer a text that is surely a question, as in a group."""
    await _answer(update, context, await _ask(update, context, text_of(update, context)))


def text_of(update: Update, context: BotContext) -> str:
    """Return what was typed, without the bot's own name where it was called by it."""
    message = update.effective_message
    text = (message.text if message else None) or ""
    own_name = re.compile(rf"@{re.escape(context.bot.username)}\b", re.IGNORECASE)
    return own_name.sub(" ", text).strip()


async def _ask(update: Update, context: BotContext, question: str) -> Asked:
    user = update.effective_user
    assert user is not None
    return await asking.ask(context.deps, user.id, question, group=in_group(update))


async def _answer(update: Update, context: BotContext, asked: Asked) -> None:
    answer, playing, group = asked.answer, asked.playing, in_group(update)
    metrics.ANSWERS.labels(answer.kind).inc()
    catalogue, texts = context.deps.catalogue, context.texts
    reply: Reply
    if answer.kind == "safety":
        script = catalogue.safety.scripts[answer.script or answer.tier or ""]
        paused = answer.pauses and context.person is not None and not group
        screen = answer.tier == "condition" and context.person is not None and not group
        soft = playing if answer.tier == "stop" else None
        less = asked.lessened
        reply = answers.safety(script, texts, soft, paused=paused, screen=screen, lessened=less)
    elif answer.kind in ("exercise", "practice") and answer.key:
        reply = answers.entry(answer.key, answer.facet, catalogue, texts, playing, group=group)
    elif answer.kind == "knowledge" and answer.key:
        reply = answers.note(answer.key, catalogue, texts, playing, group=group)
    elif answer.kind == "routine" and answer.key:
        known = context.person is not None and not group
        reply = await _routine(context, answer.key, known=known)
    else:
        reply = await _unknown(update, context, asked)
    shown = await context.screen.show(update, reply)
    if shown and asked.over is not None:
        await context.screen.strip(shown.chat_id, asked.over)


async def _unknown(update: Update, context: BotContext, asked: Asked) -> Reply:
    """Say that it is not known, or ask of which exercise; what is not known is kept in mind."""
    answer, person, group = asked.answer, context.person, in_group(update)
    catalogue, texts = context.deps.catalogue, context.texts
    if answer.names_none:
        return answers.which(catalogue, texts, None if group else asked.playing)
    known = person is not None and not group
    if person is not None and known:
        await unanswered.note(context.deps, person.id, asked.question, answer.suggestions)
    offers = known and person is not None and person.passes_on is None
    return answers.unknown(
        answer.suggestions, catalogue, texts, asked.playing, group=group, offers=offers
    )


async def _routine(context: BotContext, key: str, *, known: bool) -> Reply:
    """Show a routine as this person would do it, in a group and to strangers as it is written."""
    if known:
        page = await planned.page(context.deps, context.someone.id, key, None)
    else:
        page = planned.as_written(context.deps.catalogue, key)
    assert page is not None
    return routines.page(page, context.texts, buttons=known)


def _screened(person: Someone | None) -> bool:
    """Return whether the safety note and the screening question are answered."""
    return person is not None and person.onboarding not in (Question.SAFETY, Question.SCREENING)


def _example(context: BotContext, misread: NotUnderstood) -> Reply:
    if context.expecting is Expecting.ZONE:
        return zone.no_zone(misread.part, context.texts)
    if context.expecting is Expecting.TRAVEL:
        return zone.date_not_understood(misread, context.texts)
    if context.expecting in (Expecting.THINGS, Expecting.EQUIPMENT):
        return equipment.not_understood(misread, context.texts)
    if context.expecting is Expecting.PAUSE:
        return reminders.pause_not_understood(misread, context.texts)
    if context.expecting is Expecting.ROUTINE_NAME:
        return own.name_not_understood(misread, context.texts)
    if context.expecting is Expecting.QUIET:
        return manners.quiet_not_understood(misread, context.texts)
    if context.expecting is Expecting.RECAP:
        return recap.not_understood(misread, context.texts)
    return view.time_not_understood(misread, context.texts)
