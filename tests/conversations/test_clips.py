"""Steps that move: clips uploaded once, stills until they are drawn, words where nothing can be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import gallery
from bot.domain.drawing import Clip
from bot.domain.script import Timing
from bot.studio import NotDrawn, Studio
from bot.views import pictures
from sandbox.message import Message
from sandbox.person import Person
from sandbox.server import TelegramServer
from tests.conftest import House, PushedClock, Walk

REFUSED_FILE = "Bad Request: wrong file identifier/HTTP URL specified"
SLOW = 60.0  # seconds: a clip is drawn in two, where nobody else needs the processor


@pytest.fixture
async def house(tmp_path: Path, clock: PushedClock) -> AsyncIterator[House]:
    """A bot that shows clips; those of the whole routine are not drawn ahead."""
    async with TelegramServer(tmp_path / "telegram", clock) as telegram:
        found = House(tmp_path, clock, telegram)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bot.app.rehearsal", lambda _: ())
            patch.setattr(gallery, "PATIENCE", 60.0)
            await found.start(PICTURES="moving")
            yield found
            await found.stop()


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every clip count two seconds, or drawing would take all day."""
    monkeypatch.setattr(pictures, "timing", lambda step, *_: Timing(seconds=2, side=_side(step)))


def _side(step: object) -> str:
    return str(getattr(step, "side", ""))[:1].upper()


async def test_a_step_moves_and_is_uploaded_once(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """The first who comes to a step uploads its clip; the next gets it by its id."""
    ben = house.person(2002, "Ben")
    for person in (ana, ben):
        await onboarded(person)
        await person.send("/today")
        await person.sees("1/", SLOW)
    first, second = [await person.sees("1/", SLOW) for person in (ana, ben)]
    assert first.animation
    assert first.animation == second.animation


async def test_both_sides_are_clips_of_their_own(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Left and right look different, and each step is edited into the same message."""
    await onboarded(ana)
    await ana.send("/how kneeling hip flexor stretch")
    card = await ana.sees("Half-kneeling")
    assert card.photo
    await ana.send("/today")
    seen = [await ana.sees("1/", SLOW)]
    while "left side" not in seen[-1].text:
        await ana.tap("Done")
        seen.append(await ana.sees(f"{len(seen) + 1}/", SLOW))
    await ana.tap("Done")
    right = await ana.sees(f"{len(seen) + 1}/", SLOW)
    assert "right side" in right.text
    assert right.id == seen[-1].id
    assert right.animation
    assert right.animation != seen[-1].animation


async def test_what_takes_too_long_is_stood_in_for(
    house: House, ana: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step whose clip is not there in time comes with a still; the next time it moves."""
    await onboarded(ana)
    monkeypatch.setattr(gallery, "PATIENCE", 0.01)
    await ana.send("/today")
    step = await ana.sees("1/", SLOW)
    assert step.photo
    assert not step.animation
    monkeypatch.setattr(gallery, "PATIENCE", 60.0)
    await ana.tap("Done")
    await ana.sees("2/", SLOW)
    await ana.tap("Back")
    assert (await ana.sees("1/", SLOW)).animation


async def test_a_still_gives_way_to_its_clip(
    house: House, ana: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the clip is drawn it takes the still's place: same message, same words and buttons."""
    still = await _started_with_a_still(ana, onboarded, monkeypatch)
    clip = await _moving(ana, "1/")
    assert (clip.id, clip.text, clip.buttons) == (still.id, still.text, still.buttons)


@pytest.fixture
def slow_studio(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Draw nothing until the event is set; nobody waits for it."""
    drawn = asyncio.Event()
    draw = Studio.clip

    async def slowly(self: Studio, clip: Clip) -> Path:
        await drawn.wait()
        return await draw(self, clip)

    monkeypatch.setattr(Studio, "clip", slowly)
    monkeypatch.setattr(gallery, "PATIENCE", 0.01)
    return drawn


@pytest.mark.parametrize(("act", "shows"), [("Done", "2/"), ("Stop", "stopped here")])
async def test_a_clip_that_comes_too_late_is_left(
    house: House, ana: Person, onboarded: Walk, slow_studio: asyncio.Event, act: str, shows: str
) -> None:
    """Who has gone on meanwhile keeps what they are at."""
    await onboarded(ana)
    await ana.send("/today")
    first = await ana.sees("1/")
    await ana.tap(act)
    await ana.sees(shows)
    slow_studio.set()
    await asyncio.sleep(3)
    await house.settled()
    (now,) = [message for message in ana.messages if message.id == first.id]
    assert shows in now.text


async def test_a_step_shown_anew_keeps_its_old_message_without_buttons(
    house: House, ana: Person, onboarded: Walk, slow_studio: asyncio.Event
) -> None:
    """A clip that comes after **Continue** goes where the session is, not where it was."""
    await onboarded(ana)
    await ana.send("/today")
    old = await ana.sees("1/")
    await ana.send("/today")
    await ana.sees("in the middle")
    await ana.tap("Continue")
    await _newer(ana, old)
    slow_studio.set()
    await _moving(ana, "1/")
    await asyncio.sleep(0.5)
    await house.settled()
    (first,) = [message for message in ana.messages if message.id == old.id]
    assert first.buttons == []
    assert len([m for m in ana.messages if m.animation]) == 1


async def test_a_tap_while_the_clip_is_on_its_way_has_the_last_word(
    house: House, ana: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever edit arrives last, the message ends up with the step that one is at."""
    first = await _started_with_a_still(ana, onboarded, monkeypatch)
    house.telegram.faults.next("editMessageMedia", delay=1.0)
    await asyncio.sleep(2.2)  # the clip is drawn, and its edit hangs
    await ana.tap("Done")
    await ana.sees("2/")
    await asyncio.sleep(3)
    (now,) = [message for message in ana.messages if message.id == first.id]
    assert "2/" in now.text


async def _started_with_a_still(
    person: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> Message:
    """Start today's routine with no patience; return its first step, which stands still."""
    await onboarded(person)
    monkeypatch.setattr(gallery, "PATIENCE", 0.01)
    await person.send("/today")
    step = await person.sees("1/")
    assert step.photo
    return step


async def _newer(person: Person, old: Message) -> Message:
    """Return the step once a newer message than its old one shows it."""
    for _ in range(100):
        last = person.messages[-1]
        if last.id > old.id and "1/" in last.text and last.buttons:
            return last
        await asyncio.sleep(0.05)
    raise AssertionError(f"the step did not come anew\n{person.transcript()}")


async def _moving(person: Person, words: str) -> Message:
    """Return the message with these words once it is a clip."""
    for _ in range(400):
        found = [m for m in person.messages if m.from_bot and words in m.text and m.animation]
        if found:
            return found[-1]
        await asyncio.sleep(0.05)
    raise AssertionError(f"no clip came\n{person.transcript()}")


async def test_a_clip_that_cannot_be_drawn_stops_nobody(
    house: House, ana: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The still comes instead; where that fails too, the words alone; the session goes on."""

    async def broken(self: Studio, clip: Clip) -> Path:
        raise NotDrawn("broken")

    monkeypatch.setattr(Studio, "clip", broken)
    await onboarded(ana)
    await ana.send("/today")
    assert (await ana.sees("1/", SLOW)).photo

    def nothing(_: object) -> bytes:
        raise ValueError("no pencil")

    monkeypatch.setattr(gallery, "draw", nothing)
    await ana.tap("Done")
    step = await ana.sees("2/", SLOW)
    assert not step.photo
    assert not step.animation
    await ana.tap("Done")
    await ana.sees("3/")


async def test_a_clip_that_telegram_lost_is_uploaded_again(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """A file id that is no longer taken is forgotten, and the file kept beside the bot goes up."""
    await onboarded(ana)
    await ana.send("/today")
    first = await ana.sees("1/", SLOW)
    ben = house.person(2002, "Ben")
    await onboarded(ben)
    house.telegram.faults.next("sendAnimation", status=400, description=REFUSED_FILE)
    await ben.send("/today")
    again = await ben.sees("1/", SLOW)
    assert again.animation
    assert again.animation != first.animation


async def test_stills_where_the_operator_wants_them(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """PICTURES=still shows pictures, also to a person who saw clips before."""
    await onboarded(ana)
    await ana.send("/today")
    assert (await ana.sees("1/", SLOW)).animation
    await house.stop()
    await house.start(PICTURES="still")
    await ana.tap("Done")
    step = await ana.sees("2/", SLOW)
    await ana.tap("Back")
    step = await ana.sees("1/", SLOW)
    assert step.photo
    assert not step.animation


def test_the_whole_routine_is_drawn_ahead() -> None:
    """What most people see first is drawn as soon as the bot is up, in the order of its steps."""
    from content.loader import load, packaged

    catalogue = load(packaged())
    ahead = list(pictures.rehearsal(catalogue))
    assert ahead[0].name == catalogue.items(catalogue.routines[catalogue.daily])[0].entry
    assert all(isinstance(picture.drawing, Clip) for picture in ahead)
    assert replace(ahead[0]).meanwhile is not None
