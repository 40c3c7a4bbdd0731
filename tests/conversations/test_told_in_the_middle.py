"""A condition told of in the middle of something: what presses is left out of it at once."""

from __future__ import annotations

import pytest

from bot.services import gating
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.gate import answer_no
from tests.conversations.hurting import datum, labels, name_of, walk_on, walk_to
from tests.conversations.spread import AT, at_pace, movement
from tests.conversations.test_hands_free import hands_free, session
from tests.conversations.test_pulse import start_release

TOLD = "I take blood thinners"
SAID = "What presses is left out of your session"
RELEASE = "self-release"
PRESSES = ("release", "crusher")


def presses(names: list[str]) -> list[str]:
    """Return those of the names that are about something that presses."""
    return [name for name in names if any(word in name.lower() for word in PRESSES)]


async def full_article(ana: Person) -> None:
    """Begin the long routine with what presses, its questions answered with no."""
    await ana.send("/start rt_full-article-25")
    await ana.sees("The full 25")
    await ana.tap("Start now")
    await answer_no(ana)
    await ana.sees("1/")


async def test_before_the_ball(house: House, ana: Person, onboarded: Walk) -> None:
    """Told before the step with the ball, the session goes on without it, and she is told."""
    await onboarded(ana)
    await full_article(ana)
    step = ana.screen
    await ana.send(TOLD)
    said = await ana.sees("No pressing on the belly")
    assert SAID in said.text
    await house.settled()
    assert labels(next(one for one in ana.messages if one.id == step.id))
    await ana.send("/start")
    await ana.sees("Welcome back")
    await ana.tap("Back to step 1")
    await ana.sees("1/")
    names = await walk_on(house, ana)
    assert len(names) > 5
    assert not presses(names)
    assert "The full 25: done" in ana.screen.text


async def test_on_the_ball(house: House, ana: Person, onboarded: Walk) -> None:
    """Told during the step with the ball, that step is over; its buttons go and do nothing."""
    await onboarded(ana)
    await full_article(ana)
    step = await walk_to(house, ana, RELEASE)
    done = datum(step, "✅ Done")
    await ana.send(TOLD)
    said = await ana.sees("No pressing on the belly")
    assert SAID in said.text
    await house.settled()
    now = next(one for one in ana.messages if one.id == step.id)
    assert not labels(now)
    assert "no longer applies" in (await (await ana.tap("", on=now, data=done)).answer()).text
    await ana.send("/start")
    await ana.sees("Welcome back")
    await ana.tap("Back to step")
    await house.settled()
    assert "Undo" not in str(labels(ana.screen))
    assert not presses([name_of(ana.screen), *await walk_on(house, ana)])


async def test_nothing_else_was_in_it(house: House, ana: Person, onboarded: Walk) -> None:
    """Alone, what presses is over when she tells of it, and is asked about anew."""
    await onboarded(ana)
    await start_release(ana)
    await answer_no(ana)
    step = await ana.sees("Stage 1")
    await ana.send(TOLD)
    await ana.sees(SAID)
    await house.settled()
    assert not labels(next(one for one in ana.messages if one.id == step.id))
    assert session(house)["state"] == "stopped"
    await start_release(ana)
    await ana.sees("question 1 of 9")


async def test_hands_free(house: House, ana: Person, onboarded: Walk) -> None:
    """Where steps come by themselves none with the ball comes; it waits until she goes on."""
    await onboarded(ana)
    await hands_free(ana)
    await full_article(ana)
    await walk_to(house, ana, RELEASE)
    await ana.send(TOLD)
    await ana.sees(SAID)
    await house.settled()
    assert session(house)["awaits"] == "ask"
    at = session(house)["position"]
    house.clock.push(minutes=9)
    await house.settled()
    assert session(house)["position"] == at


async def test_what_does_not_press_goes_on(house: House, ana: Person, onboarded: Walk) -> None:
    """A session without anything that presses is not touched, and nothing is said of it."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    await ana.send(TOLD)
    said = await ana.sees("No pressing on the belly")
    assert SAID not in said.text
    await ana.send("/start")
    await ana.sees("Welcome back")
    await ana.tap("Back to step 1")
    await ana.sees("1/11")


@pytest.fixture
async def spread(house: House, ana: Person, onboarded: Walk) -> Person:
    """Ana, whose long routine is spread through the day, with all of its questions answered."""
    await at_pace(await onboarded(ana))
    await start_release(ana)
    await answer_no(ana)
    await ana.sees("Stage 1")
    await ana.tap("Stop")
    await ana.send("/routines")
    await house.settled()
    await ana.tap("Full")
    await house.settled()
    return ana


async def test_through_the_day(house: House, spread: Person) -> None:
    """Told in the middle of a day, none of its later reminders presses, nor do those of before."""
    for hour in AT:
        found = await movement(house, spread, hour)
        if presses([found.text]):
            break
        await spread.tap("Done")
        await house.settled()
    await spread.send(TOLD)
    await spread.sees("No pressing on the belly")
    await spread.tap("Answer the safety question")
    await spread.sees("apply")
    await spread.tap("None of these")
    await house.settled()
    await spread.tap("Start", on=found)
    await spread.sees("1/")
    assert not presses(await walk_on(house, spread))
    for later in [later for later in AT if later > hour]:
        assert not presses([(await movement(house, spread, later)).text])
        await spread.tap("Done")
        await house.settled()
    assert "1 day kept" in spread.screen.text


async def test_asks_a_gate_once(
    house: House, spread: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many steps press, a reminder looks once whether a beat was felt today."""
    looked: list[str] = []
    closed_today = gating.closed_today

    async def counted(*given: object) -> bool:
        looked.append(str(given[2]))
        return await closed_today(*given)  # type: ignore[arg-type]

    await movement(house, spread, 10)
    monkeypatch.setattr(gating, "closed_today", counted)
    await movement(house, spread, 13)
    assert looked == ["release"]
