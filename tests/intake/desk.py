"""Somebody who processes updates for the tests and writes down what took effect."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from bot.intake.attempt import StoredUpdate
from bot.intake.inbox import Inbox
from db.engine import Database
from db.models import Inbox as Row
from db.queries import inbox as rows

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
Act = Callable[[StoredUpdate], Awaitable[None]]


def message(update_id: int, chat: int = 1, text: str = "hello") -> dict[str, Any]:
    """Return a raw update with a text message."""
    sender = {"id": chat, "is_bot": False, "first_name": "Ann"}
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 0,
            "chat": {"id": chat, "type": "private"},
            "from": sender,
            "text": text,
        },
    }


class Desk:
    """An inbox with scripted processing; `acts` says what happens to an update, by its id."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.acts: dict[int, Act] = {}
        self.begun: list[int] = []
        self.done: list[int] = []  # in the order they took effect
        self.apologies: list[int] = []
        self.slept: list[float] = []
        self.running: Counter[int] = Counter()
        self.most_at_once = 0
        self.inbox = self.open()

    def open(self, **settings: Any) -> Inbox:
        """Build an inbox as a new process would."""
        self.inbox = Inbox(
            self.database.sessions,
            self.process,
            self.apologise,
            now=lambda: NOW,
            sleep=self.sleep,
            **settings,
        )
        return self.inbox

    async def process(self, stored: StoredUpdate) -> None:
        """Do what the act of this update says, then note it as done."""
        chat = stored.raw["message"]["chat"]["id"]
        self.begun.append(stored.update_id)
        self.running[chat] += 1
        assert self.running[chat] == 1, "two updates of one chat at once"
        self.most_at_once = max(self.most_at_once, self.running.total())
        try:
            if act := self.acts.get(stored.update_id):
                await act(stored)
            self.done.append(stored.update_id)
        finally:
            self.running[chat] -= 1

    async def apologise(self, stored: StoredUpdate) -> None:
        """Note who was apologised to."""
        self.apologies.append(stored.update_id)

    async def sleep(self, seconds: float) -> None:
        """Note the wait; let others run."""
        self.slept.append(seconds)
        await asyncio.sleep(0)

    async def idle(self) -> None:
        """Wait until everything is processed, five seconds at most."""
        await asyncio.wait_for(self.inbox.room(0), 5)

    async def begins(self, update_id: int, times: int = 1) -> None:
        """Wait until an update was begun so many times in all, five seconds at most."""
        async with asyncio.timeout(5):
            while self.begun.count(update_id) < times:
                await asyncio.sleep(0.001)

    async def closes(self, update_id: int) -> None:
        """Wait until an update is recorded as done, five seconds at most."""
        async with asyncio.timeout(5):
            while (await self.row(update_id)).state != rows.DONE:
                await asyncio.sleep(0.001)

    async def row(self, update_id: int) -> Row:
        """Return the stored row of an update."""
        async with self.database.reading() as session:
            row = await rows.find(session, update_id)
        assert row is not None
        return row

    async def kill(self) -> None:
        """End the inbox as a kill would: nothing is written any more."""
        tasks = [*self.inbox._chats.values()]
        if self.inbox._opening:
            tasks.append(self.inbox._opening)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.running.clear()


def raises(*errors: BaseException) -> Act:
    """Return an act that fails with each error in turn, then works."""
    left = list(errors)

    async def act(stored: StoredUpdate) -> None:
        if left:
            raise left.pop(0)

    return act


def always(error: Exception) -> Act:
    """Return an act that never works."""

    async def act(stored: StoredUpdate) -> None:
        raise error

    return act


async def hangs(stored: StoredUpdate) -> None:
    """Never end."""
    await asyncio.Event().wait()


def takes(seconds: float) -> Act:
    """Return an act that takes its time."""

    async def act(stored: StoredUpdate) -> None:
        await asyncio.sleep(seconds)

    return act
