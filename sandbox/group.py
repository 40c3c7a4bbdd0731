"""A chat as tests look at it, and the wait for something to happen there."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from sandbox.message import Message, seen
from sandbox.world import World

Found = TypeVar("Found")

PATIENCE = 5.0  # seconds a person waits for an answer


class Group:
    """A chat of several people and the bot."""

    def __init__(self, world: World, number: int) -> None:
        self._world = world
        self.id = number

    @property
    def messages(self) -> list[Message]:
        """All messages of the chat, oldest first."""
        return [seen(self._world, raw) for raw in self._world.messages(self.id)]

    @property
    def screen(self) -> Message:
        """The bot's newest message."""
        found = [message for message in self.messages if message.from_bot]
        assert found, f"the bot has not written yet\n{self.transcript()}"
        return found[-1]

    def transcript(self) -> str:
        """Return the whole chat as lines of text."""
        return "\n".join(map(str, self.messages)) or "(empty chat)"


async def until(world: World, look: Callable[[], Found | None], seconds: float) -> Found | None:
    """Return the first thing that `look` finds, looking at every change; None when time is up."""
    end = time.monotonic() + seconds
    while (found := look()) is None and (left := end - time.monotonic()) > 0:
        await world.events.changed(left)
    return found
