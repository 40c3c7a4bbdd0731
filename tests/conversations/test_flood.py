"""Somebody who asks without end is heard for a while, told once, and delays nobody else."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.domain.throttle import LOOKUPS, MADE, MESSAGES
from sandbox.person import Group, Person
from tests.conftest import House, Walk

ENOUGH = "That was a lot at once"
FLOOD = 500


def said(person: Person, words: str) -> int:
    """Return how many messages of the bot have these words."""
    return sum(each.from_bot and words in each.text for each in person.messages)


async def flood(house: House, person: Person, text: str, times: int) -> None:
    """Send the same over and over, and wait until the bot is through with it."""
    for _ in range(times):
        await person.send(text)
    await house.settled()


@pytest.fixture
async def flooding(house: House, ana: Person, onboarded: Walk) -> Person:
    """Somebody who has just sent one unknown command too many."""
    await onboarded(ana)
    house.clock.push(minutes=5)
    await flood(house, ana, "/nonsense", MESSAGES.burst + 1)
    return ana


async def test_told_once(house: House, flooding: Person) -> None:
    """Beyond the allowance one sentence comes, and then nothing however much is sent."""
    assert said(flooding, "I don't know that command") == MESSAGES.burst
    assert said(flooding, ENOUGH) == 1
    before = len(flooding.messages)
    house.clock.push(seconds=20)
    await flood(house, flooding, "cat cow", 10)
    assert len(flooding.messages) == before + 10
    assert not [each for each in flooding.messages[before:] if each.from_bot]


async def test_heard_again(house: House, flooding: Person) -> None:
    """After some calm everything is as before."""
    house.clock.push(seconds=MESSAGES.calm.total_seconds())
    await flooding.send("where do I feel the bridge?")
    await flooding.sees("Where you feel it")


async def test_taps_are_never_lost(house: House, ana: Person, onboarded: Walk) -> None:
    """Done, Skip and Back work while nothing that is typed is heard, a whole routine long."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    await flood(house, ana, "/nonsense", MESSAGES.burst + 1)
    for number, word in enumerate(("Done", "Skip", "Back", "Done") * 2, start=1):
        answer = await (await ana.tap(word)).answer()
        await house.settled()
        assert ENOUGH not in answer.text, number
    assert "5/11" in "".join(each.text for each in ana.messages)


async def test_a_fast_routine_meets_no_bound(house: House, ana: Person, onboarded: Walk) -> None:
    """Somebody who taps through routines without a pause, and types in between, is always heard."""
    await onboarded(ana)
    for _ in range(3):
        await ana.send("/today")
        await ana.sees("1/11")
        for _ in range(11):
            await ana.tap("Done")
            await house.settled()
        await ana.sees("How did it feel")
        await ana.tap("Just right")
        await house.settled()
    assert said(ana, ENOUGH) == 0


async def test_what_is_made_has_a_smaller_bound(house: House, ana: Person, onboarded: Walk) -> None:
    """Exports and pictures of one's own are bounded more tightly, by command as by button."""
    await onboarded(ana)
    await flood(house, ana, "/export", MADE.burst + 5)
    assert said(ana, ENOUGH) == 1
    files = sum(bool(each.from_bot and each.document) for each in ana.messages)
    await ana.send("/privacy")
    await ana.sees("What is stored")
    taps = [await ana.tap("Export") for _ in range(2)]
    assert [ENOUGH in (await tap.answer()).text for tap in taps] == [True, True]
    await house.settled()
    assert sum(bool(each.from_bot and each.document) for each in ana.messages) == files
    house.clock.push(seconds=MADE.calm.total_seconds())
    await ana.tap("Export")
    await house.settled()
    assert sum(bool(each.from_bot and each.document) for each in ana.messages) > files


async def test_inline_mode_falls_silent(house: House, ana: Person) -> None:
    """Inline queries have a bound of their own: beyond it they get no answer, messages do."""
    for number in range(LOOKUPS.burst):
        await ana.inline(f"bridge {number}")
    with pytest.raises(AssertionError, match="not answered"):
        await ana.inline("bridge again", timeout=0.3)
    await ana.send("/help")
    await ana.sees("What I understand")


async def test_in_a_group_nothing_is_said(house: House, ana: Person, onboarded: Walk) -> None:
    """Who floods a group is not answered any more; the others are, and read no sentence of it."""
    ben = await onboarded(house.person(1002, "Ben"))
    group: Group = house.telegram.group(-1001, "Stretchers", members=[ana, ben])
    for _ in range(MESSAGES.burst + 5):
        await ana.send("/help@limber_sandbox_bot", chat=group)
    await house.settled()
    assert sum(each.from_bot for each in group.messages) == MESSAGES.burst
    assert ENOUGH not in "".join(each.text for each in group.messages)
    await ben.send("/how cat cow", chat=group)
    await ben.sees("Get ready", chat=group)


async def test_others_are_not_delayed(house: House, ana: Person, onboarded: Walk) -> None:
    """While one sends 500 questions, every Done of another is shown soon, and none is lost."""
    ben = await onboarded(house.person(1002, "Ben"))
    await onboarded(ana)
    await ben.send("/today")
    await ben.sees("1/11")
    assert house.limber is not None
    inbox, began, waits = house.limber.mode.inbox, time.monotonic(), []
    for number in range(FLOOD):
        await ana.send(f"where do I feel the bridge, time {number}?")
    for step in range(2, 10):
        tapped = time.monotonic()
        await ben.tap("Done")
        await ben.sees(f"{step}/11")
        waits.append(time.monotonic() - tapped)
    assert inbox.unprocessed  # the flood was still on
    await asyncio.wait_for(inbox.room(0), 60)
    assert max(waits) < (time.monotonic() - began) / 3
    assert said(ana, ENOUGH) == 1
