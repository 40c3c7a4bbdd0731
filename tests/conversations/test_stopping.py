"""A stop answers what it has in hand, leaves the rest to the next start, and is no fault."""

from __future__ import annotations

import asyncio

import pytest

from bot.deps import Deps
from bot.outgoing.pace import Lane
from bot.services import claiming
from sandbox.person import Person
from tests.conftest import House, Walk

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


async def test_a_stop_amid_a_sweep_is_no_fault(
    house: House,
    ana: Person,
    onboarded: Walk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What is broken off by a stop is not logged as an error of the scheduler's."""
    await onboarded(ana)
    begun = asyncio.Event()

    async def endless(_: Deps) -> int:
        begun.set()
        await asyncio.Event().wait()
        return 0

    monkeypatch.setattr(claiming, "claim", endless)
    house.clock.push(minutes=31)
    await asyncio.wait_for(begun.wait(), 10)
    await house.stop()
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
