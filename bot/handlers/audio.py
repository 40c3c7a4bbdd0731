"""A whole session as one voice message."""

from __future__ import annotations

from functools import partial

from telegram import Update

from bot.callbacks import AudioDone, AudioSession
from bot.context import BotContext
from bot.domain.recording import Audible
from bot.domain.session import Refused, Wanted, Why
from bot.intake.storage import until_stored
from bot.reply import Place
from bot.services import audio
from bot.stage import show_session
from bot.views import audio as view


async def audio_session(update: Update, context: BotContext, tap: AudioSession) -> None:
    """Send what a button names to listen to; nothing begins by that."""
    deps, texts, person_id = context.deps, context.texts, context.someone.id
    wanted = Wanted.from_code(tap.wanted)
    found = await audio.audible(deps, person_id, wanted) if wanted else Refused(Why.STALE)
    if found is None:
        await context.screen.show(update, view.twice(texts))
    elif isinstance(found, Audible):
        await context.screen.show(update, view.session(found, deps.speech, texts))
        await until_stored(partial(audio.sent, deps, person_id))
    else:
        await show_session(update, context, found, Place.BELOW)


async def done(update: Update, context: BotContext, tap: AudioDone) -> None:
    """Call done what was listened to."""
    wanted = Wanted.from_code(tap.wanted)
    stale = Refused(Why.STALE)
    found = await audio.heard(context.deps, context.someone.id, wanted) if wanted else stale
    await show_session(update, context, found, Place.INSTEAD)
