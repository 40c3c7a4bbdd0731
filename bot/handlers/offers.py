"""A routine comes from somebody else: a file sent in the chat, or what a link leads to."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import AddShared, AnswerOffer
from bot.context import BotContext
from bot.domain.own import Own, Unmade
from bot.outgoing.download import NotFetched, TooLarge, download
from bot.services import offering
from bot.views import home
from bot.views import offers as view
from bot.views.own import unmade

ENDINGS = (".yaml", ".yml")


async def sent(update: Update, context: BotContext) -> None:
    """Read a routine's file, and ask whether they want what is in it."""
    message = update.effective_message
    document = message.document if message else None
    assert document is not None  # the router saw to it
    if not (document.file_name or "").lower().endswith(ENDINGS):
        await context.screen.show(update, home.sentence("own.other_file", context.texts))
        return
    try:
        if (document.file_size or 0) > offering.LARGEST:
            raise TooLarge
        content = await download(context.bot, document.file_id, offering.LARGEST)
    except TooLarge:
        await context.screen.show(update, home.sentence("own.large_file", context.texts))
    except NotFetched:
        await context.screen.show(update, home.sentence("own.no_file", context.texts))
    else:
        await _take(update, context, content)


async def _take(update: Update, context: BotContext, content: bytes) -> None:
    deps, texts = context.deps, context.texts
    read = await offering.read(deps.catalogue, content)
    if isinstance(read, list):
        wrong = [(fault.line, fault.text) for fault in read]
        await context.screen.show(update, view.refused_file(wrong, texts))
        return
    found = await offering.offer(deps, context.someone.id, *read)
    if isinstance(found, Unmade):
        await context.screen.show(update, unmade(found, texts))
        return
    yes, no = AnswerOffer(found.id, True), AnswerOffer(found.id, False)
    await context.screen.show(update, view.preview(found, deps.catalogue, texts, yes, no))


async def add_shared(update: Update, context: BotContext, tap: AddShared) -> None:
    """Copy what a link leads to; what has changed since it was shown is shown anew."""
    deps, texts = context.deps, context.texts
    kept = await offering.accept_shared(deps, context.someone.id, tap.token, tap.revision)
    if kept is Unmade.STALE:
        now = await offering.shared(deps, tap.token)
        if now is None:
            await context.screen.show(update, home.sentence("own.link_gone", texts))
        else:
            yes, no = AddShared(tap.token, now.revision), AnswerOffer(None, False)
            await context.screen.show(update, view.preview(now, deps.catalogue, texts, yes, no))
        return
    await _kept(update, context, kept)


async def answer_offer(update: Update, context: BotContext, tap: AnswerOffer) -> None:
    """Keep what was offered, or forget it."""
    if tap.yes:
        kept = await offering.accept(context.deps, context.someone.id, tap.own or 0)
        await _kept(update, context, kept)
        return
    await offering.decline(context.deps, context.someone.id, tap.own or 0)
    await context.screen.show(update, view.declined(context.texts))


async def _kept(update: Update, context: BotContext, kept: Own | Unmade) -> None:
    texts = context.texts
    reply = unmade(kept, texts) if isinstance(kept, Unmade) else view.accepted(kept, texts)
    await context.screen.show(update, reply)
