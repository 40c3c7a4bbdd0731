"""Settings, help, and the rules for everything."""

from __future__ import annotations

from telegram import Update

from bot import menu
from bot.callbacks import ChooseLanguage
from bot.context import BotContext, is_private
from bot.domain.player import daily_key
from bot.services import people, scheduling
from bot.views import home
from bot.views import onboarding as first


async def settings(update: Update, context: BotContext) -> None:
    """Show what is set."""
    catalogue = context.deps.catalogue
    plan = await scheduling.plan(context.deps, context.someone.id)
    reply = home.settings(plan, daily_key(catalogue, plan.person), catalogue, context.texts)
    await context.screen.show(update, reply)


async def screening(update: Update, context: BotContext) -> None:
    """Ask the screening question again."""
    await context.screen.show(
        update,
        first.screen(context.deps.catalogue.safety.screening, context.texts, again=True),
    )


async def rules(update: Update, context: BotContext) -> None:
    """Say what holds for every exercise."""
    await context.screen.show(update, home.rules(context.deps.catalogue, context.texts))


async def language(update: Update, context: BotContext) -> None:
    """Offer the languages that have a catalogue."""
    found = context.deps.languages.values()
    await context.screen.show(update, home.languages(found, context.texts))


async def choose_language(update: Update, context: BotContext, tap: ChooseLanguage) -> None:
    """Speak another language from now on."""
    refusal = await people.choose_language(context.deps, context.someone.id, tap.language)
    if refusal is not None:
        await context.screen.show(update, home.toast("refused.stale", context.texts))
        return
    context.speak(tap.language)
    await context.screen.show(update, home.language_set(context.texts))


async def help_page(update: Update, context: BotContext) -> None:
    """Say what the bot understands; in a group, what it does there."""
    private = is_private(update)
    commands = menu.HELP if private else menu.GROUP
    await context.screen.show(update, home.help_page(commands, context.texts, private=private))


async def typing(update: Update, context: BotContext) -> None:
    """Show how reminders are typed."""
    await context.screen.show(update, home.typing(context.texts))
