"""What a handler is handed beside the update: the use cases' needs, the person, their language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext, ExtBot

from bot.deps import Deps
from bot.domain.person import Expecting, Someone
from bot.reply import Place
from bot.screen import Screen
from bot.texts import Texts, pick
from bot.throttling import Throttle


@dataclass(frozen=True, slots=True)
class House:
    """What the composition root puts into the application for every context."""

    deps: Deps
    screen: Screen
    throttle: Throttle


class BotContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """A context with typed needs; `person` is None for somebody the bot does not know yet."""

    deps: Deps
    screen: Screen
    throttle: Throttle
    person: Someone | None = None
    expecting: Expecting | None = None  # what the person's free text answers, if anything
    texts: Texts

    @classmethod
    def from_update(
        cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]
    ) -> Self:
        """Build the context of one update; its services act once for this update."""
        context = super().from_update(update, application)
        house: House = application.bot_data["house"]
        if isinstance(update, Update):
            user = update.effective_user
            context.deps = house.deps.for_update(update.update_id, user.id if user else None)
        else:
            context.deps = house.deps.for_update(None)
        context.screen, context.throttle = house.screen, house.throttle
        context.texts = pick(context.deps.languages, None)
        return context

    def speak(self, language: str | None) -> None:
        """Choose the language of the answers."""
        self.texts = pick(self.deps.languages, language)

    @property
    def someone(self) -> Someone:
        """Return the person; the router keeps strangers away from handlers that need one."""
        assert self.person is not None
        return self.person


def is_private(update: Update) -> bool:
    """Return whether an update comes from a person's own chat with the bot."""
    chat = update.effective_chat
    return chat is not None and chat.type == ChatType.PRIVATE


def in_group(update: Update) -> bool:
    """Return whether others see what is answered."""
    return update.effective_chat is not None and not is_private(update)


def place_of(update: Update) -> Place:
    """Return where a card goes: turned in place, but below a list, so that the list stays."""
    message = update.effective_message
    pictured = message is not None and (message.photo or message.animation)
    return Place.HERE if pictured else Place.BELOW
