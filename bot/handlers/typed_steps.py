"""Words typed in the middle of a session that mean one of its buttons: "done", "skip", "stop"."""

from __future__ import annotations

from telegram import Update

from bot.context import BotContext
from bot.domain.player import Outcome
from bot.domain.session import Ended, Playing, Refused
from bot.services import player
from bot.stage import show_session
from bot.texts import Texts

WORDS = ("done", "skip", "back", "stop", "undo")  # each with its list in the catalogue


async def act(update: Update, context: BotContext, typed: str) -> bool:
    """Do what the word means for the step of an open session; return whether it means anything."""
    meant = _meant(typed, context.texts)
    if meant is None or context.person is None:
        return False
    found = await player.look(context.deps, context.person.id)
    if found is None:
        return False
    result = await _done(context, found, meant)
    await show_session(update, context, result)
    if isinstance(result, Ended) and found.message_id is not None:
        await context.screen.strip(context.person.id, found.message_id)
    return True


async def _done(context: BotContext, found: Playing, meant: str) -> Playing | Ended | Refused:
    deps, person, at = context.deps, context.someone.id, (found.session, found.position)
    match meant:
        case "back":
            return await player.back(deps, person, *at)
        case "stop":
            return await player.stop(deps, person, *at)
        case "undo":
            return await player.undo(deps, person, found.session)
    outcome = Outcome.DONE if meant == "done" else Outcome.SKIPPED
    return await player.answer(deps, person, *at, outcome)


def _meant(typed: str, texts: Texts) -> str | None:
    """Return which button a text means; all of it must be such a word."""
    word = " ".join(typed.casefold().strip(" .!").split())
    lists = ((name, texts(f"typed.{name}").split(" | ")) for name in WORDS)
    return next((name for name, words in lists if word in words), None)
