"""Which reminders reached whom: noted as they arrive, for later edits take their buttons away."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass

from bot.callbacks import StartOccurrence
from sandbox.message import Message, labels, plain
from sandbox.person import Person
from sandbox.server import TelegramServer
from sandbox.store import Json

BUTTONS = ("start", "snooze 10 min", "snooze 1 h", "not today")


def nudges(person: Person) -> list[Message]:
    """Return the reminders that a person has and did nothing with."""
    return [message for message in person.messages if reminds(message.raw)]


async def reminded(person: Person, seconds: float) -> Message:
    """Return the person's reminder once it is there."""
    for _ in range(round(seconds / 0.02)):
        if found := nudges(person):
            return found[-1]
        await asyncio.sleep(0.02)
    raise AssertionError(f"no reminder within {seconds} s\n{person.transcript()}")


def reminds(message: Json) -> bool:
    """Tell a reminder by its buttons: its words change from day to day."""
    found = {plain(label) for row in labels(message) for label, _ in row}
    return found.issuperset(BUTTONS)


def recaps(message: Message) -> bool:
    """Tell a weekly recap, which comes late where the clock was pushed over its hour."""
    return any(plain(label) == "change or mute" for row in message.buttons for label, _ in row)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message that reminds; `at` by the monotonic clock."""

    person: int
    message_id: int
    occurrence: int
    at: float


class Deliveries:
    """Every reminder that a sandbox put into a chat, told by its buttons, oldest first."""

    def __init__(self, telegram: TelegramServer) -> None:
        self.by_occurrence: defaultdict[int, list[Delivery]] = defaultdict(list)
        self.by_person: defaultdict[int, list[Delivery]] = defaultdict(list)
        self._telegram = telegram
        world = telegram.world
        post = world.post

        def noting(chat: int, sender: Json, content: Json, reply_to: int | None = None) -> Json:
            message = post(chat, sender, content, reply_to)
            self._note(chat, message)
            return message

        world.post = noting  # type: ignore[method-assign]

    def message_ids(self, person: int) -> set[int]:
        """Return the messages that reminded a person."""
        return {one.message_id for one in self.by_person[person]}

    def unheard(self, person: int, *methods: str) -> int:
        """Return how many messages reached a person by `sendMessage`, or the methods named.

        Those of which the bot could not know it.
        """
        return sum(
            call.unheard
            for call in self._telegram.calls
            if call.method in (methods or ("sendMessage",))
            and str(call.params.get("chat_id")) == str(person)
        )

    def _note(self, chat: int, message: Json) -> None:
        if not reminds(message):
            return
        found = {plain(label): data for row in labels(message) for label, data in row}
        start = StartOccurrence.parse(found["start"])
        assert start is not None, found
        new = Delivery(chat, message["message_id"], start.occurrence, time.monotonic())
        self.by_occurrence[start.occurrence].append(new)
        self.by_person[chat].append(new)
