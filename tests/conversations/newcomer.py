"""The first minutes of somebody new, up to the question of when to be reminded."""

from __future__ import annotations

from sandbox.person import Person


async def asked_for_the_time(person: Person, zone: str = "Europe/Berlin") -> None:
    """Answer every question before that one: by button, and the zone by typing."""
    await person.send("/start")
    await person.sees("Welcome to Limber")
    await person.tap("I understand")
    await person.sees("apply")
    await person.tap("None of these")
    await person.sees("Where is your clock")
    await person.send(zone)
    await person.sees("right?")
    await person.tap("Yes")
    await person.sees("When shall I remind you")
