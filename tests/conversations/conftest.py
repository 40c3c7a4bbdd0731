"""What the stories share: their days pass in a moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.outgoing import pace
from tests.databases import ON_SERVER


@pytest.fixture(autouse=True)
def no_second_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep no second between two reminders to a chat, where days lie between them."""
    monkeypatch.setattr(pace, "CHAT_SECOND", 0.01)


@pytest.fixture(autouse=True)
def files_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the files of a bot on a server, which are where it was started, out of other stories."""
    if ON_SERVER:
        monkeypatch.chdir(tmp_path)
