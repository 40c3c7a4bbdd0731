"""What stories of broadcasts share: an operator, people who get news, what is stored."""

from __future__ import annotations

from collections import Counter

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House
from tests.conversations.test_clocks import stored

NEWS = "We are away tomorrow <b>at 5 & 6</b>.\n\nBe well!"
NO_MORE = "No more news"


async def operate(house: House, *numbers: int) -> None:
    """Start the bot anew with these operators, as fast as it may send."""
    await house.stop()
    await house.start(ADMIN_IDS=",".join(map(str, numbers)), SEND_RATE="1000")
    await house.settled()


async def previewed(person: Person, text: str = NEWS) -> Message:
    """Write news and return what asks whether it shall go out."""
    await person.send(f"/broadcast {text}")
    return await person.sees("So it will look")


async def sent(house: House, person: Person, text: str = NEWS) -> None:
    """Write news and confirm it; return when all that can go out now is out."""
    await previewed(person, text)
    await person.tap("Send to")
    await person.sees("On its way")
    await house.settled()


def got(person: Person, text: str = NEWS) -> list[Message]:
    """Return the copies a person got, with the preview where they wrote it."""
    return [one for one in person.messages if one.from_bot and one.text == text]


def states(house: House) -> dict[str, int]:
    """Return how many copies are in each state."""
    return dict(Counter(state for (state,) in stored(house, "select state from broadcast_copy")))
