"""Registers what the table of contents lists: the first handler that fits takes an update."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot import callbacks as tap
from bot import menu
from bot.allowing import tapped_within, within
from bot.button import Button
from bot.context import BotContext, is_private
from bot.domain.throttle import LOOKUPS, MADE, MESSAGES
from bot.handlers import fallback, inline, offers, onboarding, typed, typed_steps, zone
from bot.meeting import meet
from bot.profile import code_of
from bot.routes import (
    ADMIN_BUTTONS,
    ADMIN_COMMANDS,
    BUTTONS,
    COMMANDS,
    LEADS_IN,
    MADE_BUTTONS,
    MADE_COMMANDS,
    MADE_PAGES,
    OPEN_TO_ALL,
    PAGES,
    TAKERS,
    Handler,
    TapHandler,
)

B = TypeVar("B", bound=Button)

PRIVATE = filters.ChatType.PRIVATE
GROUP = filters.ChatType.GROUPS

Bot = Application[Any, BotContext, Any, Any, Any, Any]


def add_routes(application: Bot) -> None:
    """Register every handler; the first that fits takes the update."""
    application.add_handler(TypeHandler(Update, meet), group=-1)
    _add_commands(application)
    for button, handler in BUTTONS.items():
        made = button in MADE_BUTTONS
        _add_button(application, button, tapped_within(MADE, handler) if made else handler)
    for button, handler in ADMIN_BUTTONS.items():
        _add_button(application, button, _tapped_by_admin(handler))
    _add_button(application, tap.OpenPage, _open_page)
    application.add_handler(CallbackQueryHandler(fallback.stale_button))
    _add_texts(application)
    application.add_handler(InlineQueryHandler(within(LOOKUPS, inline.offer)))
    application.add_handler(ChatMemberHandler(fallback.member))


def _add_commands(application: Bot) -> None:
    fresh = filters.UpdateType.MESSAGE
    for command, plain in COMMANDS.items():
        handler = within(MADE, plain) if command in MADE_COMMANDS else plain
        private = handler if command in menu.FOR_STRANGERS else _known(handler)
        _add_command(application, command, private, PRIVATE & fresh)
        group = handler if command in menu.GROUP else fallback.group_command
        _add_command(application, command, group, GROUP & fresh)
    for command, handler in ADMIN_COMMANDS.items():
        private = handler if command in menu.FOR_ANY_ADMIN else _known(handler)
        _add_command(application, command, _for_admins(private), PRIVATE & fresh)
    unknown = filters.COMMAND & PRIVATE & fresh
    _add_message(application, unknown, fallback.unknown_command)


def _add_texts(application: Bot) -> None:
    # What people share through the bot itself is its own words, and no question.
    fresh = filters.UpdateType.MESSAGE & ~filters.VIA_BOT
    text = filters.TEXT & ~filters.COMMAND
    free_text = partial(
        typed.free_text, takers=TAKERS, welcome=onboarding.start, act=typed_steps.act
    )
    _add_message(application, filters.LOCATION & PRIVATE & fresh, _known(zone.location))
    _add_message(application, text & PRIVATE & fresh, free_text)
    file = filters.Document.ALL & ~filters.ANIMATION
    _add_message(application, file & PRIVATE & fresh, _known(within(MADE, offers.sent)))
    called = filters.REPLY | filters.Entity("mention")
    application.add_handler(MessageHandler(text & GROUP & called & fresh, _if_called))
    said = ~filters.StatusUpdate.ALL
    _add_message(application, PRIVATE & fresh & said, fallback.media)


def _add_command(
    application: Bot, command: str, handler: Handler, where: filters.BaseFilter
) -> None:
    application.add_handler(CommandHandler(command, within(MESSAGES, handler), where))


def _add_message(application: Bot, which: filters.BaseFilter, handler: Handler) -> None:
    application.add_handler(MessageHandler(which, within(MESSAGES, handler)))


def _add_button(application: Bot, button: type[B], handler: TapHandler) -> None:
    async def tapped(update: Update, context: BotContext) -> None:
        query = update.callback_query
        parsed = button.parse(query.data or "") if query else None
        private = is_private(update)
        if parsed is None:
            await fallback.stale_button(update, context)
        elif context.person is None and private and _for_strangers(parsed):
            await handler(update, context, parsed)
        elif context.person is None and private and button in LEADS_IN:
            await onboarding.start(update, context)  # a stranger who likes what a card shows
        elif context.person is None and button not in OPEN_TO_ALL:
            await fallback.stale_button(update, context)
        elif not private and button not in OPEN_TO_ALL:
            await fallback.private_button(update, context)
        else:
            await handler(update, context, parsed)

    application.add_handler(CallbackQueryHandler(tapped, pattern=rf"^{button.PREFIX}(:|$)"))


def _for_strangers(tapped: Button) -> bool:
    """Return whether a tap works for somebody the bot does not know, or does not know any more."""
    if isinstance(tapped, tap.OpenPage):
        return tapped.page in menu.FOR_STRANGERS
    return isinstance(tapped, tap.DeleteEverything) and tapped.sure


def _known(handler: Handler) -> Handler:
    """Lead somebody the bot does not know to the welcome first."""

    async def for_known(update: Update, context: BotContext) -> None:
        await (onboarding.start if context.person is None else handler)(update, context)

    return for_known


def _for_admins(handler: Handler) -> Handler:
    """Tell everybody else that there is no such command; who was an operator sees it no more."""

    async def for_admin(update: Update, context: BotContext) -> None:
        if _is_admin(update, context):
            await handler(update, context)
            return
        await fallback.unknown_command(update, context)
        if update.effective_chat is not None:
            codes = map(code_of, context.deps.languages)
            await context.screen.hide_commands(update.effective_chat.id, codes)

    return for_admin


def _tapped_by_admin(handler: TapHandler) -> TapHandler:
    """Tell everybody else that the button means nothing any more."""

    async def for_admin(update: Update, context: BotContext, button: Button) -> None:
        if _is_admin(update, context):
            await handler(update, context, button)
        else:
            await fallback.stale_button(update, context)

    return for_admin


def _is_admin(update: Update, context: BotContext) -> bool:
    user = update.effective_user
    return user is not None and user.id in context.deps.admin_ids


async def _open_page(update: Update, context: BotContext, page: tap.OpenPage) -> None:
    handler = PAGES.get(page.page, fallback.stale_button)
    await (within(MADE, handler) if page.page in MADE_PAGES else handler)(update, context)


async def _if_called(update: Update, context: BotContext) -> None:
    """Answer in a group only where the bot is spoken to: by name, or in reply to it."""
    message = update.effective_message
    if message is None:
        return
    answered = message.reply_to_message
    to_bot = answered is not None and answered.from_user == context.bot.bot
    if to_bot or f"@{context.bot.username}".lower() in (message.text or "").lower():
        await within(MESSAGES, typed.question)(update, context)
