"""What stories of own routines share: one is built by buttons, and what is stored of them."""

from __future__ import annotations

from bot.domain.own import Own
from bot.services import own
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House


async def begun(person: Person, name: str = "Before work") -> Message:
    """Begin a routine and name it; return the page on which it is built."""
    await person.send("/routines")
    await person.sees("Routines")
    await person.tap("New routine")
    await person.sees("What shall it be called?")
    await person.send(name)
    return await person.sees("Nothing is in it yet")


async def built(person: Person, name: str = "Before work") -> Message:
    """Build a routine of a bridge, tilts and a breath; return the page on which it is built."""
    await begun(person, name)
    await person.tap("Add")
    await person.sees("What do you want to add?")
    await person.tap("Core")
    await person.tap("Glute bridge", on=await person.sees("What do you want"))
    await person.tap("Pelvic tilt", on=await person.sees("Glute bridge is in. 1 line"))
    await person.sees("2 lines now")
    await person.tap("All kinds")
    await person.tap("Breathing", on=await person.sees("What do you want to add?"))
    await person.tap("Long out-breath", on=await person.sees("What do you want"))
    await person.sees("3 lines now")
    await person.tap("The routine")
    return await person.sees("Tap a number")


async def owns(house: House, number: int = 1001) -> tuple[Own, ...]:
    """Return the person's own routines as they are stored."""
    assert house.limber is not None
    return await own.listed(house.limber.deps, number)
