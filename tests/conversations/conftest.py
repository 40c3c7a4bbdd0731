"""What the stories share: their days pass in a moment."""

from __future__ import annotations

import pytest

from bot.outgoing import pace


@pytest.fixture(autouse=True)
def no_second_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep no second between two reminders to a chat, where days lie between them."""
    monkeypatch.setattr(pace, "CHAT_SECOND", 0.01)
