"""Says how much a step hurts, and walks on through a session, as several stories do."""

from __future__ import annotations

import re

from sandbox.message import Message
from sandbox.person import Person, Tap
from tests.conftest import House

KNEELING = "Half-kneeling"


def name_of(step: Message) -> str:
    """Return the line of a step that names it."""
    return step.text.split("\n")[0]


def labels(message: Message) -> list[str]:
    """Return the labels of a message's buttons."""
    return [label for row in message.buttons for label, _ in row]


async def walk_to(house: House, person: Person, name: str) -> Message:
    """Tap Done until the step shown has the name, and return it."""
    await house.settled()
    while name not in name_of(person.screen):
        assert re.match(r"\d+/", person.screen.text), person.screen.text
        await person.tap("Done")
        await house.settled()
    return person.screen


async def walk_on(house: House, person: Person) -> list[str]:
    """Tap Done to the end of the session and return the names of the steps on the way."""
    names: list[str] = []
    await house.settled()
    while re.match(r"\d+/", person.screen.text):
        names.append(name_of(person.screen))
        await person.tap("Done")
        await house.settled()
    return names


async def says(person: Person, pain: int, step: Message | None = None) -> Tap:
    """Tap Hurts and one of the numbers; return the tap on it."""
    await person.tap("Hurts", on=step)
    asked = await person.sees("How much does it hurt")
    return await person.tap("", on=asked, data=datum(asked, str(pain)))


def datum(message: Message, label: str) -> str:
    """Return what the button with just this label sends."""
    return next(data for row in message.buttons for found, data in row if found == label)
