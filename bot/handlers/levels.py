"""How much of an exercise a person does: what moved, and what they change by hand."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import (
    AnotherOne,
    ForRoutine,
    ForYou,
    KeepDose,
    LowerInstead,
    MoveNotch,
    OfferSwaps,
    SetExcluded,
    SetSwap,
)
from bot.context import BotContext, place_of
from bot.domain.adaptation import Fitted, Named
from bot.domain.session import Refused
from bot.reply import Place
from bot.services import keeping, levels
from bot.stage import show_session, show_stale
from bot.views import home, starting
from bot.views import levels as view


async def for_routine(update: Update, context: BotContext, tap: ForRoutine) -> None:
    """List how much the person does of each exercise of a routine."""
    found = await levels.of_routine(context.deps, context.someone.id, tap.key)
    if found is None:
        await context.screen.show(update, home.toast("refused.unknown", context.texts))
        return
    await context.screen.show(update, view.of_routine(*found, context.texts))


async def for_you(update: Update, context: BotContext, tap: ForYou) -> None:
    """Show how much the person does of an exercise."""
    found = await levels.page(context.deps, context.someone.id, tap.key)
    if found is None:
        await context.screen.show(update, home.toast("refused.unknown", context.texts))
        return
    await _show(update, context, found, place_of(update))


async def move_notch(update: Update, context: BotContext, tap: MoveNotch) -> None:
    """Do more or less of an exercise, or as much as is written."""
    at = (tap.key, tap.wish, tap.last)
    await _show(update, context, await levels.move(context.deps, context.someone.id, *at))


async def set_excluded(update: Update, context: BotContext, tap: SetExcluded) -> None:
    """Leave an exercise out for good, or bring it back."""
    deps, person_id = context.deps, context.someone.id
    found = await levels.set_excluded(deps, person_id, tap.key, excluded=tap.excluded)
    await _show(update, context, found)


async def offer_swaps(update: Update, context: BotContext, tap: OfferSwaps) -> None:
    """Offer what can be done in place of an exercise."""
    found = await levels.page(context.deps, context.someone.id, tap.key)
    if found is None:
        await context.screen.show(update, home.toast("refused.unknown", context.texts))
        return
    await context.screen.show(
        update, view.swaps(found, context.deps.catalogue.media, context.texts)
    )


async def set_swap(update: Update, context: BotContext, tap: SetSwap) -> None:
    """Do another exercise in place of one for good, or that one again."""
    found = await levels.set_swap(context.deps, context.someone.id, tap.key, tap.other)
    await _show(update, context, found)


async def keep(update: Update, context: BotContext, tap: KeepDose) -> None:
    """Refuse a change: what there was before stays."""
    found = await keeping.keep(context.deps, context.someone.id, tap.change, tap.at)
    if isinstance(found, Named):
        await context.screen.show(update, view.kept(found, context.texts))
    elif isinstance(found, Fitted):
        await _show(update, context, found)
    else:
        await show_session(update, context, found)


async def another_one(update: Update, context: BotContext, tap: AnotherOne) -> None:
    """Offer what else of a session could go down, or go back to its end."""
    deps, person_id = context.deps, context.someone.id
    if not tap.offer:
        await show_session(update, context, await levels.look_back(deps, person_id, tap.session))
        return
    found = await levels.lowerable(deps, person_id, tap.session)
    if isinstance(found, Refused):
        await show_stale(update, context)
        return
    media = context.deps.catalogue.media
    await context.screen.show(update, view.others(*found, media, context.texts))


async def lower_instead(update: Update, context: BotContext, tap: LowerInstead) -> None:
    """Let another exercise of a session go down instead."""
    at = (tap.session, tap.key)
    result = await levels.lower_instead(context.deps, context.someone.id, *at)
    await show_session(update, context, result)


async def _show(
    update: Update, context: BotContext, found: Fitted | Refused, place: Place = Place.HERE
) -> None:
    """Show the page of an exercise as it is now."""
    if isinstance(found, Refused):
        reply = starting.refused(found, context.deps.catalogue, context.texts)
    else:
        media = context.deps.catalogue.media
        reply = view.page(found, media, context.texts, place=place)
    await context.screen.show(update, reply)
