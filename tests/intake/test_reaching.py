"""Telegram is asked until it answers, and answers what it should."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import WebhookInfo
from telegram.error import InvalidToken, NetworkError, RetryAfter

from bot.intake.reaching import until_reached


class Line:
    """Answers as scripted: raises an error, or has an object of the library read an answer."""

    def __init__(self, *script: Any) -> None:
        self._script = list(script)
        self.slept = list[float]()

    async def call(self) -> None:
        """Do the next of the script."""
        one = self._script.pop(0)
        if isinstance(one, Exception):
            raise one
        WebhookInfo.de_json(one)

    async def sleep(self, seconds: float) -> None:
        """Note how long is waited."""
        self.slept.append(seconds)

    @property
    def over(self) -> bool:
        """Return whether all of the script was met."""
        return not self._script


GOOD = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}


@pytest.mark.parametrize(
    "trouble",
    [NetworkError("away"), RetryAfter(3), "<html>", 7, ["url"], {"url": ""}],
    ids=["away", "flood", "text", "number", "list", "less than it should have"],
)
async def test_trouble_is_waited_out(trouble: Any) -> None:
    """Whatever comes instead of an answer, it is asked again after a while."""
    line = Line(trouble, trouble, GOOD)
    await until_reached(line.call, line.sleep)
    assert line.over
    assert len(line.slept) == 2
    assert all(seconds > 0 for seconds in line.slept)


async def test_a_rejected_token_is_told() -> None:
    """Asking again would not help."""
    line = Line(InvalidToken())
    with pytest.raises(InvalidToken):
        await until_reached(line.call, line.sleep)
    assert line.slept == []
