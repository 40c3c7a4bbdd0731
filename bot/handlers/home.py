"""Settings, help, the rules for everything, and a person's own data."""

from __future__ import annotations

from telegram import Update

from bot import menu
from bot.callbacks import ChooseLanguage, DeleteEverything, PassOn
from bot.context import BotContext, is_private
from bot.domain.player import daily_key
from bot.services import people, personal, scheduling, unanswered
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


async def privacy(update: Update, context: BotContext) -> None:
    """Say what is stored."""
    passes_on = context.person.passes_on if context.person else None
    await context.screen.show(update, home.privacy(context.texts, passes_on))


async def pass_on(update: Update, context: BotContext, tap: PassOn) -> None:
    """Let the operator read questions that get no answer, or no more."""
    someone = await unanswered.allow(context.deps, context.someone.id, passes_on=tap.on)
    await context.screen.show(update, home.passed_on(context.texts, on=bool(someone.passes_on)))


async def export(update: Update, context: BotContext) -> None:
    """Hand over everything that is stored about the person."""
    stored = await personal.export(context.deps, context.someone.id)
    await context.screen.show(update, home.exported(stored, context.texts))


async def delete(update: Update, context: BotContext) -> None:
    """Ask before everything is deleted."""
    await context.screen.show(update, home.ask_delete(context.texts))


async def delete_everything(update: Update, context: BotContext, tap: DeleteEverything) -> None:
    """Delete everything about the person, or keep it."""
    if tap.sure:
        await personal.delete(context.deps, context.someone.id)
    reply = home.deleted(context.texts) if tap.sure else home.kept(context.texts)
    await context.screen.show(update, reply)
