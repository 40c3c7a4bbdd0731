"""Commands per scope and language, descriptions and the menu button."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.server import TelegramServer
from tests.sandbox.server.conftest import Call


def commands(*names: str) -> list[dict[str, str]]:
    """Return commands of these names."""
    return [{"command": name, "description": f"about {name}"} for name in names]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        pytest.param({"command": "Start", "description": "x"}, "BOT_COMMAND_INVALID", id="capital"),
        pytest.param({"command": "a-b", "description": "x"}, "BOT_COMMAND_INVALID", id="dash"),
        pytest.param({"command": "/", "description": "x"}, "command must be non-empty", id="empty"),
        pytest.param(
            {"command": "a" * 33, "description": "x"},
            "command length must not exceed 32",
            id="33 characters",
        ),
        pytest.param(
            {"command": "a", "description": " "},
            "command description must be non-empty",
            id="blank description",
        ),
        pytest.param(
            {"command": "a", "description": "x" * 257},
            "command description length must not exceed 256",
            id="257 characters",
        ),
        pytest.param(
            {"command": "a"},
            "can't parse BotCommand: Can't find field \"description\"",
            id="no description",
        ),
    ],
)
async def test_bad_commands_are_refused(call: Call, command: dict[str, str], words: str) -> None:
    """A command Telegram would not take is refused, and none of the list is kept."""
    refusal = await call("setMyCommands", commands=[*commands("good"), command])
    assert refusal == f"Bad Request: {words}"
    assert await call("getMyCommands") == []


async def test_at_most_100_commands(call: Call) -> None:
    """One hundred commands fit, one more does not."""
    names = [f"c{n}" for n in range(101)]
    assert (
        await call("setMyCommands", commands=commands(*names))
        == "Bad Request: BOT_COMMANDS_TOO_MUCH"
    )
    assert await call("setMyCommands", commands=commands(*names[:100])) is True


async def test_commands_are_kept_per_scope_and_language(call: Call) -> None:
    """Each scope and language has its own list, given back exactly and deleted alone."""
    private = {"type": "all_private_chats"}
    await call("setMyCommands", commands=commands("a"))
    await call("setMyCommands", commands=commands("b"), scope=private, language_code="de")
    assert await call("getMyCommands") == commands("a")
    assert await call("getMyCommands", scope=private) == []
    assert await call("getMyCommands", scope=private, language_code="de") == commands("b")
    await call("deleteMyCommands", scope=private, language_code="de")
    assert await call("getMyCommands", scope=private, language_code="de") == []
    assert await call("getMyCommands") == commands("a")


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"language_code": "eng"}, "invalid language code specified"),
        ({"scope": {"type": "moon"}}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"scope": {"type": "chat", "chat_id": 4711}}, "chat not found"),
        ({"scope": {"type": "chat"}}, "can't parse BotCommandScope: Empty chat_id specified"),
    ],
    ids=["language", "scope", "unknown chat", "no chat"],
)
async def test_bad_scopes_are_refused(call: Call, params: dict[str, Any], words: str) -> None:
    """Scopes and languages Telegram does not know are refused."""
    refusal = await call("setMyCommands", commands=commands("a"), **params)
    assert refusal == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de", "chat"), ("fr", "private_fr"), ("en", "private"), ("", "private")],
)
async def test_the_menu_is_the_narrowest(
    telegram: TelegramServer, call: Call, language: str, expected: str
) -> None:
    """A person sees the narrowest scope's commands, in it those of their language first."""
    telegram.person(1001, "Ana", language_code=language)
    private = {"type": "all_private_chats"}
    await call("setMyCommands", commands=commands("default"))
    await call("setMyCommands", commands=commands("private"), scope=private)
    await call("setMyCommands", commands=commands("private_fr"), scope=private, language_code="fr")
    chat = {"type": "chat", "chat_id": 1001}
    await call("setMyCommands", commands=commands("chat"), scope=chat, language_code="de")
    assert telegram.world.profile.menu(1001, language) == commands(expected)


@pytest.mark.parametrize(
    ("setter", "getter", "field", "limit"),
    [
        ("setMyDescription", "getMyDescription", "description", 512),
        ("setMyShortDescription", "getMyShortDescription", "short_description", 120),
        ("setMyName", "getMyName", "name", 64),
    ],
)
async def test_texts_about_the_bot(
    call: Call, setter: str, getter: str, field: str, limit: int
) -> None:
    """Name and descriptions are kept per language, fall back to the default, and are limited."""
    assert await call(setter, **{field: "x" * limit}) is True
    assert await call(setter, **{field: "zwei"}, language_code="de") is True
    assert await call(getter, language_code="de") == {field: "zwei"}
    assert await call(getter, language_code="fr") == {field: "x" * limit}
    assert "TOO_LONG" in await call(setter, **{field: "x" * (limit + 1)})


async def test_the_menu_button(telegram: TelegramServer, call: Call) -> None:
    """The menu button is kept for all and for one chat."""
    assert await call("getChatMenuButton") == {"type": "default"}
    assert await call("setChatMenuButton", menu_button={"type": "commands"}) is True
    assert await call("getChatMenuButton", chat_id=1001) == {"type": "commands"}
    await call("setChatMenuButton", chat_id=1001, menu_button={"type": "default"})
    assert await call("getChatMenuButton", chat_id=1001) == {"type": "default"}
    assert "unsupported type" in await call("setChatMenuButton", menu_button={"type": "moon"})
