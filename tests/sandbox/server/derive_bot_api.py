"""Writes bot-api-10.1.json: python derive_bot_api.py FULL_DESCRIPTION.json

Only methods the sandbox knows and types it answers with are kept, each field as "Type|Type", with
a question mark behind where it is optional.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from sandbox import methods
from sandbox.parameters import METHODS

TYPES = [
    "Update",
    "Message",
    "User",
    "Chat",
    "ChatFullInfo",
    "AcceptedGiftTypes",
    "MessageEntity",
    "PhotoSize",
    "Animation",
    "Document",
    "Video",
    "Audio",
    "Voice",
    "Sticker",
    "Location",
    "InlineKeyboardMarkup",
    "InlineKeyboardButton",
    "CopyTextButton",
    "WebAppInfo",
    "CallbackQuery",
    "MaybeInaccessibleMessage",
    "InaccessibleMessage",
    "ChatMemberUpdated",
    "ChatMember",
    "ChatMemberOwner",
    "ChatMemberAdministrator",
    "ChatMemberMember",
    "ChatMemberRestricted",
    "ChatMemberLeft",
    "ChatMemberBanned",
    "File",
    "BotCommand",
    "BotName",
    "BotDescription",
    "BotShortDescription",
    "MenuButton",
    "MenuButtonCommands",
    "MenuButtonWebApp",
    "MenuButtonDefault",
    "WebhookInfo",
    "MessageId",
    "InlineQuery",
    "ChosenInlineResult",
]


def fields(entry: dict[str, Any]) -> dict[str, str]:
    """Return the fields of a type or method in the short form."""
    return {
        field["name"]: "|".join(field["types"]) + ("" if field["required"] else "?")
        for field in entry.get("fields", [])
    }


def derived(full: dict[str, Any]) -> dict[str, Any]:
    """Return the part of the description that the tests use."""
    assert methods.__all__
    names = sorted(method.name for method in METHODS.values())
    return {
        "source": f"{full['version']}, {full['release_date']}, core.telegram.org/bots/api",
        "methods": {
            name: {"returns": "|".join(full["methods"][name]["returns"])}
            | {"fields": fields(full["methods"][name])}
            for name in names
        },
        "types": {
            name: {"subtypes": full["types"][name]["subtypes"]}
            if full["types"][name].get("subtypes")
            else {"fields": fields(full["types"][name])}
            for name in TYPES
        },
    }


if __name__ == "__main__":
    result = derived(json.loads(Path(sys.argv[1]).read_text()))
    target = Path(__file__).with_name("bot-api-10.1.json")
    target.write_text(json.dumps(result, indent=1) + "\n")
