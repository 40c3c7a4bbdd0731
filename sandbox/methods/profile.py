"""Methods by which the bot describes itself: commands, name, descriptions, menu button."""

from __future__ import annotations

import re
from typing import Any

from sandbox.errors import (
    BLANK_COMMAND,
    BLANK_COMMAND_TEXT,
    COMMAND,
    LANGUAGE,
    LONG_COMMAND,
    LONG_COMMAND_TEXT,
    LONG_DESCRIPTION,
    LONG_NAME,
    MANY_COMMANDS,
    Refusal,
    bad,
)
from sandbox.parameters import Given, Kind, method
from sandbox.store import Json
from sandbox.world import World

NAME = re.compile(r"[a-z0-9_]+")
WORD_LANGUAGE = re.compile(r"[a-z]{2}|")
SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
MOST_COMMANDS = 100
LENGTHS = {"name": 64, "description": 512, "short_description": 120}

SCOPED = {"scope": Kind.OBJECT, "language_code": Kind.TEXT}
LANGUAGE_ONLY = {"language_code": Kind.TEXT}


def language_of(given: Given) -> str:
    """Return the two-letter language of a call, or nothing for all."""
    code = given.text("language_code")
    if not WORD_LANGUAGE.fullmatch(code):
        raise LANGUAGE
    return code


def scope_of(world: World, given: Given) -> Json:
    """Return the scope of a call, or refuse what is none."""
    scope: Json = given.get("scope") or {"type": "default"}
    if scope.get("type") in SCOPES:
        return {"type": scope["type"]}
    if scope.get("type") not in CHAT_SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    chat = str(scope.get("chat_id", ""))
    if not chat:
        raise bad("can't parse BotCommandScope: Empty chat_id specified")
    world.chat(int(chat) if chat.lstrip("-").isdecimal() else 0)
    member = {"user_id": scope.get("user_id")} if scope["type"] == "chat_member" else {}
    return {"type": scope["type"], "chat_id": int(chat), **member}


def command_of(given: Any) -> Json:
    """Return one command as Telegram keeps it, or refuse it."""
    if not isinstance(given, dict):
        raise bad("can't parse BotCommand: expected an Object")
    for field in ("command", "description"):
        if not isinstance(given.get(field), str):
            raise bad(f"can't parse BotCommand: Can't find field \"{field}\"")
    name = given["command"].strip().removeprefix("/")
    description = given["description"].strip()
    rules: list[tuple[bool, Refusal]] = [
        (not name, BLANK_COMMAND),
        (len(name) > 32, LONG_COMMAND),
        (not description, BLANK_COMMAND_TEXT),
        (len(description) > 256, LONG_COMMAND_TEXT),
        (not NAME.fullmatch(name), COMMAND),
    ]
    for broken, refusal in rules:
        if broken:
            raise refusal
    return {"command": name, "description": description}


def menus_changed(world: World) -> None:
    """Show every open page its commands anew."""
    for person in world.events.watched():
        if str(person) in world.people:
            language = world.user(person).get("language_code", "")
            world.events.publish(person, "menu", world.profile.menu(person, language))


@method("setMyCommands", commands=Kind.LIST, **SCOPED)
def set_my_commands(world: World, given: Given) -> bool:
    """Keep the commands of a scope and language."""
    commands = [command_of(command) for command in given.get("commands") or []]
    if len(commands) > MOST_COMMANDS:
        raise MANY_COMMANDS
    world.profile.set_commands(scope_of(world, given), language_of(given), commands)
    menus_changed(world)
    return True


@method("deleteMyCommands", **SCOPED)
def delete_my_commands(world: World, given: Given) -> bool:
    """Take the commands of a scope and language away."""
    world.profile.set_commands(scope_of(world, given), language_of(given), [])
    menus_changed(world)
    return True


@method("getMyCommands", **SCOPED)
def get_my_commands(world: World, given: Given) -> list[Json]:
    """Return what was set for exactly that scope and language."""
    return world.profile.commands(scope_of(world, given), language_of(given))


def set_text(world: World, given: Given, kind: str, refusal: Refusal) -> bool:
    """Keep a text about the bot."""
    text = given.text(kind)
    if len(text) > LENGTHS[kind]:
        raise refusal
    world.profile.set_text(kind, language_of(given), text)
    return True


@method("setMyName", name=Kind.TEXT, **LANGUAGE_ONLY)
def set_my_name(world: World, given: Given) -> bool:
    """Change the bot's name."""
    return set_text(world, given, "name", LONG_NAME)


@method("getMyName", **LANGUAGE_ONLY)
def get_my_name(world: World, given: Given) -> Json:
    """Return the bot's name."""
    return {"name": world.profile.name(language_of(given)) or world.bot["first_name"]}


@method("setMyDescription", description=Kind.TEXT, **LANGUAGE_ONLY)
def set_my_description(world: World, given: Given) -> bool:
    """Change what an empty chat shows."""
    return set_text(world, given, "description", LONG_DESCRIPTION)


@method("getMyDescription", **LANGUAGE_ONLY)
def get_my_description(world: World, given: Given) -> Json:
    """Return what an empty chat shows."""
    return {"description": world.profile.text("description", language_of(given))}


@method("setMyShortDescription", short_description=Kind.TEXT, **LANGUAGE_ONLY)
def set_my_short_description(world: World, given: Given) -> bool:
    """Change what the bot's profile shows."""
    return set_text(world, given, "short_description", LONG_DESCRIPTION)


@method("getMyShortDescription", **LANGUAGE_ONLY)
def get_my_short_description(world: World, given: Given) -> Json:
    """Return what the bot's profile shows."""
    return {"short_description": world.profile.text("short_description", language_of(given))}


@method("setChatMenuButton", chat_id=Kind.INTEGER, menu_button=Kind.OBJECT)
def set_chat_menu_button(world: World, given: Given) -> bool:
    """Change the button beside the text field."""
    button: Json = given.get("menu_button") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad("can't parse menu button: MenuButton has unsupported type")
    if given.get("chat_id") is not None:
        world.person(given.integer("chat_id"))
    world.profile.set_button(given.get("chat_id"), button)
    return True


@method("getChatMenuButton", chat_id=Kind.INTEGER)
def get_chat_menu_button(world: World, given: Given) -> Json:
    """Return the button beside the text field."""
    return world.profile.button(given.get("chat_id"))
