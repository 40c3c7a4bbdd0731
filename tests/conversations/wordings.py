"""Tells reminders of the routine from other messages, whatever their wording."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache

from babel.messages.pofile import read_po

from content.loader import packaged
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House


@cache
def wordings() -> re.Pattern[str]:
    """Return what matches every wording of a reminder of a routine."""
    with (packaged() / "texts" / "en.po").open("rb") as file:
        found = [
            sentence
            for message in read_po(file)
            if message.id and str(message.id[0]).startswith("nudge.routine.")
            for sentence in message.string
        ]
    assert found
    plain = (re.escape(re.sub(r"</?b>", "", sentence)) for sentence in found)
    return re.compile("|".join(re.sub(r"\\\{\w+\\\}", ".+", sentence) for sentence in plain))


def is_nudge(message: Message) -> bool:
    """Say whether a message reminds of the routine."""
    return message.from_bot and wordings().search(message.text) is not None


def reminded_at(person: Person) -> list[datetime]:
    """Return when the person was reminded of the routine."""
    return [message.date for message in person.messages if is_nudge(message)]


async def nudged(house: House, person: Person) -> Message:
    """Return the newest reminder of the routine once the bot has come to rest."""
    await house.settled()
    found = [message for message in person.messages if is_nudge(message)]
    assert found, person.transcript()
    return found[-1]
