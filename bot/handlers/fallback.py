"""What nothing else answers to: unknown commands, old buttons, pictures, groups."""

from __future__ import annotations

from telegram import ChatMember, Update

from bot.context import BotContext
from bot.services import people
from bot.views import home


async def unknown_command(update: Update, context: BotContext) -> None:
    """Say kindly that there is no such command."""
    await context.screen.show(update, home.sentence("fallback.command", context.texts))


async def stale_button(update: Update, context: BotContext) -> None:
    """Answer a tap that means nothing any more; nothing is changed."""
    await context.screen.show(update, home.toast("refused.stale", context.texts))


async def private_button(update: Update, context: BotContext) -> None:
    """Answer a tap in a group on what belongs into the private chat; nothing is changed."""
    await context.screen.show(update, home.toast("fallback.group", context.texts))


async def media(update: Update, context: BotContext) -> None:
    """Answer a photo, voice, sticker or file with a kind sentence."""
    await context.screen.show(update, home.sentence("fallback.media", context.texts))


async def group_command(update: Update, context: BotContext) -> None:
    """Say why routines are not walked in a group."""
    reply = home.private_only(context.bot.link, context.texts)
    await context.screen.show(update, reply)


async def member(update: Update, context: BotContext) -> None:
    """Note that somebody blocked the bot; who comes back sends /start by themselves."""
    change, chat = update.my_chat_member, update.effective_chat
    if change is None or chat is None or chat.type != "private":
        return
    if change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT):
        await people.unreachable(context.deps, chat.id)
