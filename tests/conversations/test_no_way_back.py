"""What safety closed stays closed: no Undo, no timer and no old button leads back into it."""

from __future__ import annotations

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.gate import answer_no
from tests.conversations.hurting import labels, walk_to
from tests.conversations.test_hands_free import hands_free, session, until_over
from tests.conversations.test_pulse import start_release

RELEASE = "elease"  # in the name of the step that presses


async def at_the_release(house: House, ana: Person) -> None:
    """Start the full routine, pass its gate, and go to the step that presses."""
    await ana.send("/start rt_full-article-25")
    await ana.sees("The full 25")
    await ana.tap("Start now")
    await answer_no(ana)
    await ana.sees("1/")
    await walk_to(house, ana, RELEASE)


async def test_after_an_emergency(house: House, ana: Person, onboarded: Walk) -> None:
    """A session that was stopped just before does not come back by Undo."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    await ana.tap("Stop")
    end = await ana.sees("stopped here")
    await ana.send("I have numbness in my saddle area and cannot pee")
    await ana.sees("emergency")
    await ana.tap("Undo", on=end)
    await ana.sees_toast("no longer applies")
    assert session(house)["state"] == "stopped"


async def test_after_something_applies(house: House, ana: Person, onboarded: Walk) -> None:
    """Nor does one that is not open to somebody to whom something applies."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    await ana.tap("Done")
    step = await ana.sees("2/11")
    await ana.tap("More")
    await house.settled()
    await ana.send("/settings")
    await ana.sees("Settings")
    await ana.tap("Safety question")
    await ana.sees("Does any of this apply")
    await ana.tap("Something applies")
    await ana.sees("gentle set")
    await ana.tap("Undo", on=step.id)
    await ana.sees_toast("no longer applies")
    assert session(house)["state"] == "stopped"


async def test_after_a_beat_in_another_session(house: House, ana: Person, onboarded: Walk) -> None:
    """A beat under the ball closes what presses in every session, also in one that was stopped."""
    await onboarded(ana)
    await at_the_release(house, ana)
    await ana.tap("Stop")
    end = await ana.sees("stopped here")
    await start_release(ana)
    await ana.sees("Stage 1")
    await ana.tap("pulse")
    await ana.sees("Take the ball off")
    await ana.tap("Undo", on=end)
    await ana.sees_toast("no longer applies")
    assert session(house)["state"] == "stopped"


async def test_a_beat_stops_the_time(house: House, ana: Person, onboarded: Walk) -> None:
    """Hands-free waits while somebody reads what a beat means; the next step is not passed over."""
    await onboarded(ana)
    await hands_free(ana)
    await at_the_release(house, ana)
    await ana.tap("pulse")
    await ana.sees("Take the ball off")
    await house.settled()
    at = session(house)["position"]
    await until_over(house)
    assert session(house)["position"] == at
    await ana.sees("Still there?")


async def test_a_beat_in_a_pause(house: House, ana: Person, onboarded: Walk) -> None:
    """Paused at a step that presses, a beat can be told all the same."""
    await onboarded(ana)
    await hands_free(ana)
    await at_the_release(house, ana)
    await ana.tap("Pause")
    paused = await ana.sees("Paused")
    assert [label for label in labels(paused) if "pulse" in label]
