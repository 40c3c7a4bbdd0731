"""Breathing practices as sessions: cautions first, shorter and longer by rounds, and the end."""

from __future__ import annotations

import json

from bot.domain.player import SessionKind
from bot.domain.session import Playing, Wanted
from bot.services import starting
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.hurting import says
from tests.conversations.test_hands_free import buttons, hands_free, session

UPDATE = 987_654


def keep_update(house: House, update_id: int) -> None:
    """Put an update into the inbox, as if it had just come."""
    row = (update_id, 1001, "{}", "pending", False, 0, "2026-03-02 06:00:00.000000")
    columns = "update_id, chat_id, raw, state, applied, attempts, received_at"
    with house.stored() as database:
        database.change(f"insert into inbox ({columns}) values (?, ?, ?, ?, ?, ?, ?)", *row)


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
    await hands_free(ana)
    await ana.send("/breathe 4-6")
    await ana.sees("1/1 · Long out-breath")
    await house.settled()
    house.clock.push(seconds=5 + 6 * 10 * 3)
    await house.settled()
    await ana.sees("1 of 1 steps done")
    assert session(house)["state"] == "done"
    assert not [message for message in ana.messages if "Pause" in " ".join(buttons(message))]


async def test_cautions_survive_a_kill(house: House, ana: Person, onboarded: Walk) -> None:
    """An update that is processed again after a kill says the cautions again."""
    await onboarded(ana)
    assert house.limber is not None
    deps = house.limber.deps.for_update(UPDATE)
    keep_update(house, UPDATE)
    wanted = Wanted(SessionKind.PRACTICE, "breath-box-4444")
    began = [await starting.start(deps, ana.id, wanted) for _ in range(2)]
    assert [isinstance(one, Playing) and one.warns for one in began] == [True, True]


async def test_no_longer_than_a_beginner(house: House, ana: Person, onboarded: Walk) -> None:
    """Somebody to whom something applies is offered no more rounds than a beginner does."""
    await onboarded(ana, answer="Something applies")
    await ana.send("/breathe coherent")
    step = await ana.sees("1/1")
    assert not [one for one in buttons(step) if "Longer" in one]


async def test_not_longer_where_it_hurt(house: House, ana: Person, onboarded: Walk) -> None:
    """A practice that hurt is not offered longer again."""
    await onboarded(ana)
    await ana.send("/breathe 4-6")
    await ana.sees("1/1")
    await ana.tap("Longer")
    await house.settled()
    await says(ana, 5)
    await house.settled()
    assert not [one for one in buttons(ana.screen) if "Longer" in one]
