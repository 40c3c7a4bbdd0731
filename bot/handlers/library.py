"""The library: purposes, cards, knowledge notes."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import OpenCard, OpenLibrary, OpenNote, OpenNotes
from bot.context import BotContext, is_private, place_of
from bot.services import planned, player
from bot.views import cards, home
from bot.views import library as view


async def exercises(update: Update, context: BotContext) -> None:
    """Show the library's purposes."""
    reply = view.front(
        context.deps.catalogue, context.texts, mine=False, private=is_private(update)
    )
    await context.screen.show(update, reply)


async def open_library(update: Update, context: BotContext, tap: OpenLibrary) -> None:
    """Show the library's front, or all there is for one purpose."""
    catalogue, texts = context.deps.catalogue, context.texts
    private = is_private(update)
    if tap.purpose is None:
        reply = view.front(catalogue, texts, mine=tap.mine, private=private)
    else:
        found = view.entries(catalogue, tap.purpose)
        person = context.person if private else None
        undoable = (
            {e.key for e in found if not planned.doable(e, person, catalogue)} if person else ()
        )
        reply = view.for_purpose(
            tap.purpose, catalogue, undoable, texts, mine=tap.mine, private=private
        )
    await context.screen.show(update, reply)


async def open_card(update: Update, context: BotContext, tap: OpenCard) -> None:
    """Open a card, or turn it to another facet."""
    catalogue, user = context.deps.catalogue, update.effective_user
    group = not is_private(update)
    playing = await player.look(context.deps, user.id) if user and not group else None
    entry = catalogue.entry(tap.key)
    if playing is not None and playing.entry is not None and playing.entry.key == tap.key:
        entry = playing.entry  # as the session began with it
    if entry is None:
        await context.screen.show(update, home.toast("refused.unknown", context.texts))
        return
    reply = cards.card(
        entry,
        tap.facet,
        catalogue.media,
        context.texts,
        playing=playing,
        own_buttons=not group,
        place=place_of(update),
    )
    await context.screen.show(update, reply)


async def open_notes(update: Update, context: BotContext, tap: OpenNotes) -> None:
    """List the knowledge notes."""
    await context.screen.show(update, view.notes(context.deps.catalogue, context.texts, tap.first))


async def open_note(update: Update, context: BotContext, tap: OpenNote) -> None:
    """Show a knowledge note."""
    catalogue = context.deps.catalogue
    note = catalogue.notes.get(tap.key)
    if note is None:
        await context.screen.show(update, home.toast("refused.unknown", context.texts))
        return
    await context.screen.show(update, view.note(note, catalogue, context.texts))
