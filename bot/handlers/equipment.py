"""What people have: by button, by typing, and as onboarding's last question."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Update

from bot.callbacks import OpenThings, ThingsDone, ToggleThing
from bot.context import BotContext
from bot.domain.equipment import Own
from bot.domain.equipment_words import parse_things
from bot.domain.person import Expecting
from bot.domain.session import Refused
from bot.domain.typed_text import NotUnderstood
from bot.greeting import ask_next
from bot.services import equipment as service
from bot.services import onboarding, scheduling
from bot.views import equipment as view
from bot.views import home


async def equipment(update: Update, context: BotContext) -> None:
    """Show what they have, or take what was typed."""
    typed = " ".join(context.args or ())
    if not typed:
        await scheduling.expect(context.deps, context.someone.id, Expecting.EQUIPMENT)
        await _page(update, context, household=False)
        return
    try:
        await typed_things(update, context, typed)
    except NotUnderstood as misread:
        await context.screen.show(update, view.not_understood(misread, context.texts))


async def typed_things(update: Update, context: BotContext, typed: str) -> None:
    """Take what was typed as what they have; raises NotUnderstood at what is no thing."""
    said = parse_things(typed, context.deps.catalogue.things)
    found = await service.say(context.deps, context.someone.id, said, typed=True)
    assert not isinstance(found, Refused)  # what was read is in the pack
    gear = [key for key, thing in context.deps.catalogue.things.items() if thing.own is Own.GEAR]
    reply = view.page(
        context.deps.catalogue,
        found.has,
        context.texts,
        household=not set(gear) & set(said),
        asked=found.asked,
        changed=True,
    )
    await context.screen.show(update, reply)


async def typed_first(update: Update, context: BotContext, typed: str) -> None:
    """Take what was typed as onboarding's answer; raises NotUnderstood at what is no thing."""
    await _done(update, context, parse_things(typed, context.deps.catalogue.things))


async def toggle(update: Update, context: BotContext, tap: ToggleThing) -> None:
    """Note that they have a thing, or have it not."""
    found = await service.say(context.deps, context.someone.id, {tap.thing: tap.has})
    if isinstance(found, Refused):
        await context.screen.show(update, home.toast("refused.stale", context.texts))
        return
    household = context.deps.catalogue.things[tap.thing].own is Own.HOUSEHOLD
    reply = view.page(
        context.deps.catalogue, found.has, context.texts, household=household, asked=found.asked
    )
    await context.screen.show(update, reply)


async def open_things(update: Update, context: BotContext, tap: OpenThings) -> None:
    """Turn between the gear and what is at home."""
    await _page(update, context, household=tap.household)


async def things_done(update: Update, context: BotContext, _: ThingsDone) -> None:
    """Go on with onboarding."""
    await _done(update, context, {})


async def _page(update: Update, context: BotContext, *, household: bool) -> None:
    found = await service.things(context.deps, context.someone.id)
    reply = view.page(
        context.deps.catalogue, found.has, context.texts, household=household, asked=found.asked
    )
    await context.screen.show(update, reply)


async def _done(update: Update, context: BotContext, said: Mapping[str, bool]) -> None:
    welcome = await onboarding.choose_things(context.deps, context.someone.id, said)
    await ask_next(update, context, welcome)
