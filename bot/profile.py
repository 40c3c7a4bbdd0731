"""What Telegram shows around the chat: commands by scope and language, descriptions, menu."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)
from telegram.error import TelegramError

from bot import menu
from bot.deps import Deps
from bot.outgoing.delivery import Delivery
from bot.outgoing.faults import Unreachable
from bot.texts import SOURCE, Texts

log = structlog.get_logger(__name__)

Scoped = tuple[BotCommandScope, tuple[str, ...]]

SCOPES: tuple[Scoped, ...] = (
    (BotCommandScopeAllPrivateChats(), menu.PRIVATE),
    (BotCommandScopeAllGroupChats(), menu.GROUP),
)


async def introduce(bot: Bot, delivery: Delivery, deps: Deps) -> None:
    """Tell Telegram the commands and descriptions in every language; a refusal is only logged.

    An operator who never wrote to the bot is refused, and told at the next start.
    """
    operators = map(BotCommandScopeChat, sorted(deps.admin_ids))
    scopes = (*SCOPES, *((one, menu.PRIVATE + menu.ADMIN) for one in operators))
    for call in _calls(bot, deps.languages, scopes):
        try:
            await delivery.call(call, chat_id=bot.id)
        except (TelegramError, Unreachable) as refusal:
            log.warning("introduction_refused", error=type(refusal).__name__)


def code_of(language: str) -> str | None:
    """Return the code for what is told in a language: two letters, as Telegram takes no more.

    English has none, because it stands for every language without a catalogue.
    """
    return None if language == SOURCE else language.split("-")[0][:2]


def _calls(
    bot: Bot, languages: Mapping[str, Texts], scopes: Iterable[Scoped]
) -> Iterator[Callable[[], Awaitable[bool]]]:
    yield lambda: bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    for language, texts in languages.items():
        code = code_of(language)
        for scope, commands in scopes:
            yield _set_commands(bot, scope, commands, texts, code)
        yield _set_descriptions(bot, texts, code)
        yield _set_short_description(bot, texts, code)


def _set_commands(
    bot: Bot,
    scope: BotCommandScope,
    commands: tuple[str, ...],
    texts: Texts,
    code: str | None,
) -> Callable[[], Awaitable[bool]]:
    listed = [BotCommand(name, texts(f"command.{name}").unescape()) for name in commands]
    return lambda: bot.set_my_commands(listed, scope=scope, language_code=code)


def _set_descriptions(bot: Bot, texts: Texts, code: str | None) -> Callable[[], Awaitable[bool]]:
    text = texts("profile.description").unescape()
    return lambda: bot.set_my_description(text, language_code=code)


def _set_short_description(
    bot: Bot, texts: Texts, code: str | None
) -> Callable[[], Awaitable[bool]]:
    text = texts("profile.short").unescape()
    return lambda: bot.set_my_short_description(text, language_code=code)
