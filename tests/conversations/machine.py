"""What state machines of whole chats share: a bot, one person who is through with onboarding."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis.stateful import RuleBasedStateMachine

from sandbox.person import Person
from sandbox.server import TelegramServer
from tests.conftest import House, PushedClock

T = TypeVar("T")

ONBOARDING = (
    ("/start", ""),
    ("", "I understand"),
    ("", "None of these"),
    ("Europe/Berlin", ""),
    ("", "Yes"),
    ("07:30", ""),
    ("", "That is all"),
)


class Chat(RuleBasedStateMachine):
    """A loop of its own, and a folder; `open` starts the bot and lets the person in."""

    house: House
    ana: Person

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._folder = tempfile.TemporaryDirectory()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what comes of something that is awaited."""
        return self._loop.run_until_complete(work)

    async def open(self, clock: PushedClock) -> None:
        """Start the bot and walk the person through onboarding."""
        folder = Path(self._folder.name)
        self.telegram = await TelegramServer(folder / "telegram", clock).__aenter__()
        self.house = House(folder, clock, self.telegram)
        await self.house.start()
        self.ana = self.house.person()
        for text, button in ONBOARDING:
            await (self.ana.tap(button) if button else self.ana.send(text))
            await self.house.settled()

    def say(self, text: str) -> None:
        """Let the person type something, and the bot come to rest."""
        self.do(self.ana.send(text))
        self.do(self.house.settled())

    @property
    def opened(self) -> bool:
        """Return whether the story has begun."""
        return hasattr(self, "ana")

    def teardown(self) -> None:
        """Close the chat."""
        if self.opened:
            self.do(self.house.stop())
            self.do(self.telegram.__aexit__(None, None, None))
        self._loop.close()
        self._folder.cleanup()
