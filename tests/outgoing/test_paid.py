"""What Telegram may charge for: messages that nobody asked for, and only where that is allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from markupsafe import Markup
from telegram import Bot

from bot.gallery import Gallery
from bot.outgoing.delivery import Delivery
from bot.outgoing.lanes import Lanes
from bot.outgoing.request import AiohttpRequest
from bot.reply import Reply
from bot.screen import Screen
from tests.outgoing.scripted import TOKEN, ScriptedApi

HELLO = Reply(Markup("Hello"))


@pytest.fixture
def screen(api: ScriptedApi, request_class: AiohttpRequest) -> Callable[[bool], Screen]:
    """Build a screen, paid or not."""
    bot = Bot(TOKEN, base_url=api.base.removesuffix(TOKEN), request=request_class)

    def make(paid: bool) -> Screen:
        return Screen(bot, Delivery(Lanes(1000)), cast("Gallery", None), paid=paid)

    return make


def flags(api: ScriptedApi) -> list[Any]:
    """Return what each call said about being paid for."""
    return [given.get("allow_paid_broadcast") for _, given in api.calls]


async def hello() -> Reply:
    """Write a message when its turn has come."""
    return HELLO


@pytest.mark.parametrize(("paid", "said"), [(True, "true"), (False, None)])
async def test_unasked(
    api: ScriptedApi, screen: Callable[[bool], Screen], paid: bool, said: str | None
) -> None:
    """Reminders and news may be charged where it is allowed, and say nothing of it elsewhere."""
    await screen(paid).remind(5, hello)
    await screen(paid).remind(6, hello, silent=True)
    assert flags(api) == [said, said]


async def test_answers(api: ScriptedApi, screen: Callable[[bool], Screen]) -> None:
    """Answers to people are never charged."""
    await screen(True).send(5, HELLO)
    await screen(True).strip(5, 7)
    assert flags(api) == [None, None]
