"""Breathing practices as sessions: cautions first, shorter and longer by rounds, and the end."""

from __future__ import annotations

import json

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.test_hands_free import buttons, session


async def test_cautions_come_first(house: House, ana: Person, onboarded: Walk) -> None:
    """A practice with held breaths says who should not hold theirs; then it begins."""
    await onboarded(ana)
    await ana.send("/breathe box")
    step = await ana.sees("1/1 · Box breathing")
    warning = ana.messages[-2]
    assert "No holds when pregnant" in warning.text
    assert "4 breaths" in step.text
    await ana.tap("Stop")
    await ana.sees("stopped here")
    await ana.send("/breathe box")
    await ana.sees("1/1 · Box breathing")
    assert "No holds" not in ana.messages[-2].text
    await ana.tap("Stop")
    await ana.sees("stopped here")
    house.clock.push(days=31)
    await house.settled()
    await ana.send("/breathe box")
    await ana.sees("1/1 · Box breathing")
    assert "No holds when pregnant" in ana.messages[-2].text


async def test_no_cautions_without_holds(house: House, ana: Person, onboarded: Walk) -> None:
    """Where no breath is held, the practice begins at once."""
    await onboarded(ana)
    await ana.send("/breathe 4-6")
    await ana.sees("1/1 · Long out-breath")
    assert ana.messages[-2].text == "/breathe 4-6"


async def test_shorter_and_longer(house: House, ana: Person, onboarded: Walk) -> None:
    """Rounds go by the levels of the practice, and the ends of the scale have one way only."""
    await onboarded(ana)
    await ana.send("/breathe box")
    first = await ana.sees("1/1 · Box breathing")
    assert not [one for one in buttons(first) if "Shorter" in one]
    await ana.tap("Longer")
    await ana.sees("6 breaths")
    await ana.tap("Longer")
    last = await ana.sees("8 breaths, about 2:08 min")
    assert not [one for one in buttons(last) if "Longer" in one]
    await ana.tap("Shorter")
    await ana.sees("6 breaths")
    (step,) = json.loads(session(house)["steps"])
    assert (step["reps"], step["seconds"]) == (6, 96)
    made_up = next(data for row in last.buttons for label, data in row if "Shorter" in label)
    await ana.tap("", data=made_up[: made_up.rindex(":")] + ":999")
    await ana.sees_toast("no longer applies")
    await ana.tap("Done")
    await ana.sees("1 of 1 steps done")


async def test_hands_free(house: House, ana: Person, onboarded: Walk) -> None:
    """At the hands-free pace a practice ends by itself."""
    await onboarded(ana)
    await ana.send("/pace")
    await ana.sees("By button")
    await ana.tap("Hands-free")
    await ana.sees("by themselves")
    await ana.send("/breathe 4-6")
    await ana.sees("1/1 · Long out-breath")
    await house.settled()
    house.clock.push(seconds=5 + 6 * 10 * 3)
    await house.settled()
    await ana.sees("1 of 1 steps done")
