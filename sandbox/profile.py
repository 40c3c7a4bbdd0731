"""What the bot says about itself: commands per scope and language, descriptions, menu button."""

from __future__ import annotations

import json

from sandbox.store import Json, Store

DEFAULT_BUTTON: Json = {"type": "default"}


class Profile:
    """The bot's own settings, as BotFather and the setMy… methods keep them."""

    def __init__(self, store: Store) -> None:
        self._commands = store.shelf("commands")
        self._texts = store.shelf("text")
        self._buttons = store.shelf("button")

    def set_commands(self, scope: Json, language: str, commands: list[Json]) -> None:
        """Keep the commands of a scope and a language; none takes them away."""
        key = scope_key(scope, language)
        if commands:
            self._commands[key] = commands
        else:
            self._commands.pop(key, None)

    def commands(self, scope: Json, language: str) -> list[Json]:
        """Return exactly what was set for a scope and a language."""
        found: list[Json] = self._commands.get(scope_key(scope, language), [])
        return found

    def menu(self, chat: int, language: str, *, private: bool = True) -> list[Json]:
        """Return the commands seen in a chat: narrowest scope first, in it the own language."""
        kind = "all_private_chats" if private else "all_group_chats"
        for scope in ({"type": "chat", "chat_id": chat}, {"type": kind}, {"type": "default"}):
            for code in dict.fromkeys([language[:2], ""]):
                if found := self.commands(scope, code):
                    return found
        return []

    def set_text(self, kind: str, language: str, text: str) -> None:
        """Keep the name, description or short description in a language."""
        self._texts[f"{kind}/{language}"] = text

    def text(self, kind: str, language: str = "") -> str:
        """Return a text in a language, or in the default one where there is none."""
        found = self._texts.get(f"{kind}/{language}") or self._texts.get(f"{kind}/")
        return found or ""

    def name(self, language: str = "") -> str:
        """Return the bot's name, if it set one."""
        return self.text("name", language)

    def set_button(self, chat: int | None, button: Json) -> None:
        """Keep the menu button of a chat, or of all."""
        self._buttons[str(chat or "")] = button

    def button(self, chat: int | None) -> Json:
        """Return the menu button of a chat."""
        found: Json | None = self._buttons.get(str(chat or "")) or self._buttons.get("")
        return found or DEFAULT_BUTTON


def scope_key(scope: Json, language: str) -> str:
    """Return the key of a scope and a language; the order of a scope's fields does not matter."""
    return f"{json.dumps(scope, sort_keys=True)}/{language}"
