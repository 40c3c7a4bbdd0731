"""Hands-free: steps come by themselves, a pause keeps what is left, silence is asked into once."""

from __future__ import annotations

import asyncio
import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from content.loader import packaged
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import LEARNING, House, Walk
from tests.stored import Row

NUMBER = re.compile(r"^(\d+)/(\d+) · ")


def session(house: House) -> Row:
    """Return the newest session as it is stored."""
    with house.stored() as database:
        return database.row("select * from session order by id desc limit 1")


def deadline(house: House) -> datetime:
    """Return when the session goes on by itself."""
    return datetime.fromisoformat(session(house)["deadline"]).replace(tzinfo=UTC)


async def until_over(house: House) -> float:
    """Wait on the pushed clock until the current step is over; return how many seconds that was."""
    seconds = (deadline(house) - house.clock.now()).total_seconds()
    house.clock.push(seconds=seconds)
    await house.settled()
    return seconds


def buttons(message: Message) -> list[str]:
    """Return the labels of a message's buttons."""
    return [label for row in message.buttons for label, _ in row]


async def hands_free(ana: Person) -> None:
    """Choose the pace."""
    await ana.send("/pace")
    await ana.sees("By button")
    await ana.tap("Hands-free")
    await ana.sees("by themselves")


async def begin(house: House, ana: Person, onboarded: Walk) -> Message:
    """Choose hands-free and start today's routine; return its first step."""
    await onboarded(ana)
    await hands_free(ana)
    await ana.send("/today")
    first = await ana.sees("1/11")
    await house.settled()
    return first


async def test_runs_through_without_a_tap(house: House, ana: Person, onboarded: Walk) -> None:
    """Each step comes as a new message when the one before is over, which loses its buttons."""
    shown = [await begin(house, ana, onboarded)]
    total = 0.0
    while session(house)["state"] == "active":
        total += await until_over(house)
        shown.append(ana.screen)
    steps = [NUMBER.match(message.text) for message in shown[:-1]]
    assert [int(step[1]) for step in steps if step] == list(range(1, 12))
    assert len({message.id for message in shown}) == 12
    now = {message.id: message for message in ana.messages}
    assert not [one for one in shown[:-1] if now[one.id].buttons]
    assert "11 of 11 steps done in 12 minutes" in ana.screen.text
    assert 720 <= total <= 735  # twelve minutes, where five seconds to get ready are in the slot
    house.clock.push(hours=1)
    await house.settled()
    assert "11 of 11" in ana.screen.text


async def test_says_what_comes_and_when(house: House, ana: Person, onboarded: Walk) -> None:
    """The caption names the next step and its moment, and says when to switch sides."""
    await begin(house, ana, onboarded)
    for _ in range(3):
        await until_over(house)
    left = ana.screen
    assert "left side" in left.text
    moment = next(one for one in left.raw["caption_entities"] if one["type"] == "date_time")
    assert abs(moment["unix_time"] - deadline(house).timestamp()) <= 1
    await until_over(house)
    assert "Switch: right side" in ana.screen.text


async def test_two_requests_a_step(house: House, ana: Person, onboarded: Walk) -> None:
    """A step that comes by itself is a new message and the buttons off the old: no more."""
    await begin(house, ana, onboarded)
    while session(house)["position"] < 9:
        before = len(house.telegram.calls)
        await until_over(house)
        calls = [call.method for call in house.telegram.calls[before:]]
        assert len([one for one in calls if one != "getUpdates"]) == 2, calls


async def test_pause_keeps_what_is_left(house: House, ana: Person, onboarded: Walk) -> None:
    """A pause in the middle of a hold goes on with the rest of it, after five seconds."""
    await begin(house, ana, onboarded)
    whole = (deadline(house) - house.clock.now()).total_seconds()  # 10 to get ready, 80 held
    house.clock.push(seconds=whole - 30.4)
    await ana.tap("Pause")
    paused = await ana.sees("Paused · 1/11")
    assert "hold 31 s" in paused.text
    house.clock.push(minutes=9)
    await house.settled()
    assert ana.screen.text == paused.text
    await ana.tap("Go on")
    again = await ana.sees("1/11 ·")
    assert "hold 31 s" in again.text
    await house.settled()
    assert await until_over(house) == 36
    assert ana.screen.text.startswith("2/11")


async def test_pause_before_it_began(house: House, ana: Person, onboarded: Walk) -> None:
    """Paused while getting ready, the whole step is still to do."""
    await begin(house, ana, onboarded)
    house.clock.push(seconds=3)
    await ana.tap("Pause")
    await ana.sees("Paused · 1/11")
    await ana.tap("Go on")
    await ana.sees("1/11 ·")
    await house.settled()
    assert await until_over(house) == 90


async def test_silence_is_asked_into_once(house: House, ana: Person, onboarded: Walk) -> None:
    """Ten minutes after a pause the person is asked; ten more and the session is parked."""
    await begin(house, ana, onboarded)
    await until_over(house)
    await ana.tap("Pause")
    paused = await ana.sees("Paused · 2/11")
    house.clock.push(minutes=10)
    asked = await ana.sees("Still there?")
    assert asked.id != paused.id
    await house.settled()
    assert not next(one for one in ana.messages if one.id == paused.id).buttons
    house.clock.push(minutes=10)
    await house.settled()
    assert session(house)["deadline"] is None
    house.clock.push(hours=5)
    await house.settled()
    assert ana.screen.id == asked.id
    await ana.send("/today")
    await ana.sees("in the middle of")
    await ana.tap("Continue")
    await ana.sees("2/11 ·")
    await house.settled()
    await until_over(house)
    assert ana.screen.text.startswith("3/11")


async def test_a_question_stops_the_time(house: House, ana: Person, onboarded: Walk) -> None:
    """Whoever asks in the middle of a step finds it where they left it."""
    await begin(house, ana, onboarded)
    house.clock.push(seconds=50)
    await ana.send("why does my hip feel tight?")
    await house.settled()
    house.clock.push(minutes=3)
    await house.settled()
    await ana.tap("Back to step 1")
    await ana.sees("1/11 ·")
    await house.settled()
    assert await until_over(house) == 45


async def test_how_stops_the_time(house: House, ana: Person, onboarded: Walk) -> None:
    """Reading how a step is done takes none of its time."""
    await begin(house, ana, onboarded)
    house.clock.push(seconds=5)
    await ana.tap("How?")
    await ana.sees("Get ready")
    house.clock.push(minutes=3)
    await house.settled()
    await ana.tap("Back to step 1")
    await ana.sees("1/11 ·")
    await house.settled()
    assert await until_over(house) == 90


async def test_switched_in_the_middle(house: House, ana: Person, onboarded: Walk) -> None:
    """The pace of a session can be changed at any step, both ways."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    await ana.tap("More")
    await house.settled()
    await ana.tap("Hands-free")
    await house.settled()
    await until_over(house)
    assert ana.screen.text.startswith("2/11")
    await ana.tap("More")
    await house.settled()
    await ana.tap("By button")
    await house.settled()
    assert session(house)["deadline"] is None
    house.clock.push(hours=1)
    await house.settled()
    assert ana.screen.text.startswith("2/11")
    assert "Done" in " ".join(buttons(ana.screen))


async def test_done_early(house: House, ana: Person, onboarded: Walk) -> None:
    """A tap before the time is up goes on at once, and the next step has its whole time."""
    await begin(house, ana, onboarded)
    house.clock.push(seconds=20)
    await ana.tap("Done")
    await ana.sees("2/11")
    await house.settled()
    assert await until_over(house) == 60
    assert ana.screen.text.startswith("3/11")


async def test_after_a_long_absence_of_the_bot(house: House, ana: Person, onboarded: Walk) -> None:
    """A bot that was away for long does not go on as if nothing had been: it asks."""
    await begin(house, ana, onboarded)
    await house.stop()
    house.clock.push(hours=1)
    await house.start()
    await ana.sees("Still there?")
    assert session(house)["position"] == 0
    await ana.tap("Go on")
    await ana.sees("1/11 ·")
    await house.settled()
    assert await until_over(house) == 90  # all of the step: nobody knows what was done of it


async def test_survives_restarts_at_random_moments(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Stopped and started at ten random moments, the session runs through as without."""
    await begin(house, ana, onboarded)
    chance = random.Random(20261126)
    moments = sorted(chance.uniform(0, 715) for _ in range(10))
    start, seen = house.clock.now(), [ana.screen.text]
    for moment in moments:
        await _walk_to(house, ana, start + timedelta(seconds=moment), seen)
        await house.stop()
        await house.start()
        await house.settled()
    await _walk_to(house, ana, start + timedelta(seconds=800), seen)
    numbers = [int(found[1]) for text in seen if (found := NUMBER.match(text))]
    assert list(dict.fromkeys(numbers)) == list(range(1, 12))
    assert "11 of 11 steps done" in ana.screen.text


async def _walk_to(house: House, ana: Person, moment: datetime, seen: list[str]) -> None:
    """Let the clock come to a moment, stopping at each deadline before it."""
    while session(house)["deadline"] and deadline(house) <= moment:
        await until_over(house)
        seen.append(ana.screen.text)
    if house.clock.now() < moment:
        house.clock.set(moment)
        await house.settled()


async def test_a_session_across_midnight(house: House, ana: Person, onboarded: Walk) -> None:
    """Begun before the day ends and over after it, a session keeps the day on which it began."""
    await begin(house, ana, onboarded)
    await ana.tap("Stop")
    await ana.sees("stopped here")
    house.clock.set(datetime(2026, 3, 3, 1, 55, tzinfo=UTC))  # 02:55; the day ends at 03:00
    await house.settled()
    await ana.send("/today")
    await ana.sees("1/11")
    await house.settled()
    while session(house)["state"] == "active":
        await until_over(house)
    assert house.clock.now() > datetime(2026, 3, 3, 2, 5, tzinfo=UTC)
    assert session(house)["practice_day"] == "2026-03-02"


async def test_taps_on_three_old_sessions(house: House, ana: Person, onboarded: Walk) -> None:
    """No button of a session that is over touches the one that runs."""
    await begin(house, ana, onboarded)
    old = [ana.screen]
    for _ in range(2):
        await ana.tap("Stop")
        await ana.sees("stopped here")
        await ana.send("/today")
        old.append(await ana.sees("1/11"))
        await house.settled()
    await ana.tap("Stop")
    await ana.sees("stopped here")
    await ana.send("/today")
    await ana.sees("1/11")
    await house.settled()
    before = tuple(session(house))
    for message in old:
        for row in message.buttons:
            for label, data in row:
                await ana.tap(label, data=data)
                await ana.sees_toast("no longer applies")
    assert tuple(session(house)) == before


async def test_changed_content_on_the_way(
    house: House, ana: Person, onboarded: Walk, tmp_path: Path
) -> None:
    """Content that is read anew in the middle leaves a session that goes on by itself as it was."""
    pack = tmp_path / "coach"
    (pack / "routines").mkdir(parents=True)
    routine = pack / "routines" / "daily-psoas-12.yaml"
    await house.stop()
    await house.start(CONTENT_DIR=str(pack), ADMIN_IDS=str(ana.id))
    await begin(house, ana, onboarded)
    await until_over(house)
    text = (packaged() / "routines" / "daily-psoas-12.yaml").read_text()
    routine.write_text(
        text.replace("name: Daily 12", "name: Daily twelve").replace("hold: 30", "hold: 28")
    )
    await ana.send("/reload")
    await ana.sees("read anew", LEARNING)
    while session(house)["state"] == "active":
        await until_over(house)
    assert "Daily 12: done" in ana.screen.text
    assert "11 of 11 steps done" in ana.screen.text


async def test_an_old_how_leaves_the_time(house: House, ana: Person, onboarded: Walk) -> None:
    """A button of a step that is over does not stop the time of the one that runs."""
    first = await begin(house, ana, onboarded)
    await until_over(house)
    how = next(data for row in first.buttons for label, data in row if "How" in label)
    await ana.tap("", data=how)
    await ana.sees_toast("no longer applies")
    assert session(house)["awaits"] == "step"


async def test_the_last_movement_keeps_its_time(house: House, ana: Person, onboarded: Walk) -> None:
    """Making the movement the last one neither takes from its hold nor adds to it."""
    await begin(house, ana, onboarded)
    before = deadline(house)
    house.clock.push(seconds=60)
    await ana.tap("More")
    await house.settled()
    await ana.tap("One more")
    await ana.sees("1/1 ·")
    await house.settled()
    assert deadline(house) == before


async def test_nobody_waits_for_anothers_step(house: House, ana: Person, onboarded: Walk) -> None:
    """While one chat is held by Telegram, the steps of others come in time."""
    await begin(house, ana, onboarded)
    ben = house.person(1002, "Ben")
    house.clock.push(seconds=30)
    await begin(house, ben, onboarded)
    house.telegram.faults.next("sendPhoto", chat=ana.id, status=429, retry_after=15, times=1)
    house.clock.push(seconds=60)  # Ana's step is over
    await asyncio.sleep(0.3)
    house.clock.push(seconds=31)  # and now Ben's
    await ben.sees("2/11")
    assert ana.screen.text.startswith("1/11")  # hers is still held back


@pytest.mark.parametrize("restarted", [True, False])
async def test_an_empty_room_after_an_outage(
    house: House, ana: Person, onboarded: Walk, *, restarted: bool
) -> None:
    """A step that could not be sent for long is followed by a question, not by the next step."""
    await begin(house, ana, onboarded)
    house.telegram.faults.next("*", chat=ana.id, drop="before", times=None)
    house.clock.set(deadline(house))
    await asyncio.sleep(0.3)
    if restarted:
        await house.stop()
    house.clock.push(hours=8)
    house.telegram.faults.clear()
    if restarted:
        await house.start()
    await ana.sees("Still there?", timeout=20)
    await house.settled()
    house.clock.push(hours=1)
    await house.settled()
    assert session(house)["position"] == 1
    assert session(house)["state"] == "active"


async def test_a_clock_that_was_set_back(house: House, ana: Person, onboarded: Walk) -> None:
    """Once a clock that went back far is believed, no session waits for what it showed before."""
    await begin(house, ana, onboarded)
    house.clock.push(hours=-13)
    await house.settled()
    assert ana.screen.text.startswith("1/11")
    house.clock.push(minutes=10)
    await ana.sees("2/11")
    assert session(house)["position"] == 1
