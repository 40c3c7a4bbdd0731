"""A routine of one's own: begun, built line by line, named, shared, sent as a file, deleted."""

from __future__ import annotations

import secrets

from telegram import Update

from bot.callbacks import (
    AddEntry,
    DeleteOwn,
    KeepName,
    MoveLine,
    NewRoutine,
    OpenLine,
    OpenOwn,
    OpenShelf,
    PutLineBack,
    RemoveLine,
    RenameOwn,
    SendOwn,
    ShareOwn,
    StepLine,
)
from bot.context import BotContext
from bot.domain.own import Own, Unmade, parse_name
from bot.domain.person import Screened
from bot.reply import Reply
from bot.services import building, offering, writing
from bot.services.building import Deleted
from bot.views import offers as links
from bot.views import own as view

TOKEN = 12  # bytes of chance in a link: nobody guesses one


async def new(update: Update, context: BotContext, tap: NewRoutine) -> None:
    """Begin a routine and ask what it is called."""
    name = str(context.texts("own.unnamed").unescape())
    found = await building.begin(context.deps, context.someone.id, name, tap.known)
    await _show(update, context, found, naming=True)


async def open_own(update: Update, context: BotContext, tap: OpenOwn) -> None:
    """Show a routine as it is built."""
    found = await building.look(context.deps, context.someone.id, tap.own)
    await _show(update, context, found or Unmade.STALE)


async def rename(update: Update, context: BotContext, tap: RenameOwn) -> None:
    """Ask for another name."""
    found = await building.ask_name(context.deps, context.someone.id, tap.own)
    await _show(update, context, found, naming=True)


async def keep_name(update: Update, context: BotContext, tap: KeepName) -> None:
    """Leave the name as it is."""
    found = await building.unasked(context.deps, context.someone.id, tap.own)
    await _show(update, context, found or Unmade.STALE)


async def typed_name(update: Update, context: BotContext, typed: str) -> None:
    """Take a text as the name; raises NotUnderstood where it is none."""
    found = await building.rename(context.deps, context.someone.id, parse_name(typed))
    await _show(update, context, found)


async def open_shelf(update: Update, context: BotContext, tap: OpenShelf) -> None:
    """Show what can be added."""
    found = await building.look(context.deps, context.someone.id, tap.own)
    reply = view.unmade(Unmade.STALE, context.texts)
    if found is not None:
        reply = view.shelf(
            found, tap.purpose, context.deps.catalogue, context.texts, gentle=_gentle(context)
        )
    await context.screen.show(update, reply)


async def add(update: Update, context: BotContext, tap: AddEntry) -> None:
    """Put an entry at the end, and offer more of its kind."""
    deps, catalogue = context.deps, context.deps.catalogue
    found = await building.add(deps, context.someone.id, tap.own, tap.revision, tap.key)
    entry = catalogue.entry(tap.key)
    if isinstance(found, Unmade) or entry is None:
        why = found if isinstance(found, Unmade) else Unmade.STALE
        await context.screen.show(update, view.unmade(why, context.texts))
        return
    reply = view.shelf(
        found, entry.purpose, catalogue, context.texts, gentle=_gentle(context), added=entry.name
    )
    await context.screen.show(update, reply)


async def open_line(update: Update, context: BotContext, tap: OpenLine) -> None:
    """Show one line of a routine."""
    found = await building.look(context.deps, context.someone.id, tap.own)
    stale = found is None or found.revision != tap.revision
    await _show_line(update, context, found if found and not stale else Unmade.STALE, tap.line)


async def move(update: Update, context: BotContext, tap: MoveLine) -> None:
    """Move a line up or down; it stays open."""
    person_id, at = context.someone.id, tap.line - 1
    found = await building.move(context.deps, person_id, tap.own, tap.revision, at, up=tap.up)
    await _show_line(update, context, found, tap.line - 1 if tap.up else tap.line + 1)


async def step(update: Update, context: BotContext, tap: StepLine) -> None:
    """Give a line a larger or smaller dose; it stays open."""
    person_id, at = context.someone.id, tap.line - 1
    found = await building.step(context.deps, person_id, tap.own, tap.revision, at, more=tap.more)
    await _show_line(update, context, found, tap.line)


async def remove(update: Update, context: BotContext, tap: RemoveLine) -> None:
    """Take a line out."""
    person_id, at = context.someone.id, tap.line - 1
    found = await building.remove(context.deps, person_id, tap.own, tap.revision, at)
    await _show(update, context, found)


async def put_back(update: Update, context: BotContext, tap: PutLineBack) -> None:
    """Put the line back that was just taken out."""
    found = await building.put_back(context.deps, context.someone.id, tap.own, tap.revision)
    await _show(update, context, found)


async def share(update: Update, context: BotContext, tap: ShareOwn) -> None:
    """Show a link to a routine, or let it lead nowhere any more."""
    deps, person_id, texts = context.deps, context.someone.id, context.texts
    if tap.on:
        token = secrets.token_urlsafe(TOKEN)
        found = await offering.share(deps, person_id, tap.own, token)
    else:
        found = await offering.stop_sharing(deps, person_id, tap.own)
    if isinstance(found, Unmade):
        reply = view.unmade(found, texts)
    elif found.token is None:
        reply = links.unshared(found, texts)
    else:
        reply = links.shared(
            found, f"{context.bot.link}?start={offering.LINK}_{found.token}", texts
        )
    await context.screen.show(update, reply)


async def send(update: Update, context: BotContext, tap: SendOwn) -> None:
    """Send a routine as a file."""
    texts = context.texts
    found = await building.look(context.deps, context.someone.id, tap.own)
    summary = str(texts("own.file_summary").unescape())
    comment = str(texts("own.file_note").unescape())
    written = writing.file_of(found, context.deps.catalogue, summary, comment) if found else None
    if written is None:
        reply: Reply = view.unmade(Unmade.EMPTY if found else Unmade.STALE, texts)
    else:
        reply = view.file(*written, texts)
    await context.screen.show(update, reply)


async def delete(update: Update, context: BotContext, tap: DeleteOwn) -> None:
    """Ask whether a routine shall go, or delete it."""
    deps, person_id, texts = context.deps, context.someone.id, context.texts
    if tap.sure:
        gone = await building.delete(deps, person_id, tap.own, tap.revision)
        if isinstance(gone, Deleted):
            daily = deps.catalogue.name_of(gone.daily) if gone.daily else ""
            await context.screen.show(update, view.deleted(daily, texts))
            return
    found = await building.look(deps, person_id, tap.own)
    if found is None or found.revision != tap.revision:
        await context.screen.show(update, view.unmade(Unmade.STALE, texts))
        return
    await context.screen.show(update, view.ask_delete(found, texts))


async def _show(
    update: Update, context: BotContext, found: Own | Unmade, *, naming: bool = False
) -> None:
    if isinstance(found, Unmade):
        reply = view.unmade(found, context.texts)
    elif naming:
        reply = view.naming(found, context.texts)
    else:
        reply = view.editor(found, context.deps.catalogue, context.texts)
    await context.screen.show(update, reply)


async def _show_line(update: Update, context: BotContext, found: Own | Unmade, number: int) -> None:
    if isinstance(found, Own) and not 1 <= number <= len(found.items):
        found = Unmade.STALE
    if isinstance(found, Unmade):
        reply = view.unmade(found, context.texts)
    else:
        reply = view.line(found, number, context.deps.catalogue, context.texts)
    await context.screen.show(update, reply)


def _gentle(context: BotContext) -> bool:
    return context.someone.screened is Screened.APPLIES
