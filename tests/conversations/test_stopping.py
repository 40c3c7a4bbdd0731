"""A stop answers what it has in hand: nobody waits for the next start because of the pace."""

from __future__ import annotations

import asyncio

from bot.outgoing.pace import Lane
from tests.conftest import House

PEOPLE = 3


async def test_replies_that_wait_for_their_turn_go_out(house: House) -> None:
    """With one message a second, what is being answered at the stop is answered before its end."""
    await house.stop()
    limber = await house.start(SEND_RATE="1")
    people = [house.person(1001 + number, f"Ana {number}") for number in range(PEOPLE)]
    for person in people:
        await person.send("/start")
    async with asyncio.timeout(10):
        while limber.mode.lanes.depth(Lane.REPLY) < PEOPLE - 1:
            await asyncio.sleep(0.002)
    await house.stop()
    for person in people:
        assert "Limber" in person.messages[-1].text
