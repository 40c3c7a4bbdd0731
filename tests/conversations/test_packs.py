"""A coach's own pack: laid over the built-in one, read anew while the bot runs, remembered."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import skia

from content.loader import packaged
from sandbox.person import Person
from tests.conftest import LEARNING, House, Walk
from tests.content.media_files import mp4
from tests.conversations.gate import answer_no

SLIDE = (packaged() / "exercises" / "pelvic-tilt-supine.yaml").read_text()
ADMIN = 1001


def jpeg() -> bytes:
    """Return a small photograph."""
    surface = skia.Surface(320, 320)
    surface.getCanvas().clear(skia.ColorBLUE)
    data = surface.makeImageSnapshot().encodeToData(skia.EncodedImageFormat.kJPEG, 80)
    return io.BytesIO(bytes(data)).getvalue()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack with one exercise of its own, shown by a photograph, and a routine of it."""
    folder = tmp_path / "coach"
    (folder / "exercises").mkdir(parents=True)
    (folder / "routines").mkdir()
    (folder / "media").mkdir()
    (folder / "media" / "roll.jpg").write_bytes(jpeg())
    text = SLIDE.split("poses:")[0].replace("pelvic-tilt-supine", "slow-roll")
    names, _, rest = text.partition("aliases:")
    rest = rest[rest.index("position:") :]
    text = names.replace("name: Pelvic tilt", "name: Slow roll") + rest
    (folder / "exercises" / "slow-roll.yaml").write_text(text + "picture: roll.jpg\n")
    (folder / "routines" / "mine-2.yaml").write_text(
        "key: mine-2\nname: Mine 2\nsummary: Only mine.\nseconds: 2:00\nitems:\n"
        "  - entry: slow-roll\n    seconds: 2:00\n    dose:\n      reps: 10\n      tempo: 2-5-2\n"
    )
    (folder / "pack.yaml").write_text("daily: mine-2\n")
    return folder


async def restart(house: House, pack: Path) -> None:
    """Start the bot anew on a pack, with an operator."""
    await house.stop()
    await house.start(CONTENT_DIR=str(pack), ADMIN_IDS=str(ADMIN))


async def test_own_photograph(house: House, ana: Person, onboarded: Walk, pack: Path) -> None:
    """The coach's photograph stands beside their exercise; the built-in ones are still there."""
    await restart(house, pack)
    await onboarded(ana)
    await ana.send("/today")
    step = await ana.sees("1/1 · Slow roll")
    assert step.photo
    await ana.send("/how bird dog")
    assert (await ana.sees("Get ready")).photo


async def test_a_clip_is_sent_as_one(
    house: House, ana: Person, onboarded: Walk, pack: Path
) -> None:
    """A coach's MP4 goes out as an animation, uploaded once and sent by its id after."""
    (pack / "media" / "roll.mp4").write_bytes(mp4())
    file = pack / "exercises" / "slow-roll.yaml"
    file.write_text(file.read_text().replace("roll.jpg", "roll.mp4"))
    await restart(house, pack)
    await onboarded(ana)
    for _ in range(2):
        await ana.send("/start ex_slow-roll")
        await ana.sees("Get ready")
    await house.settled()
    sent = [call for call in house.telegram.calls if call.method == "sendAnimation"]
    assert len(sent) == 2
    assert "attach:" in str(sent[0].params["animation"])
    assert "attach:" not in str(sent[1].params["animation"])


async def test_a_lost_photograph_stops_nothing(
    house: House, ana: Person, onboarded: Walk, pack: Path
) -> None:
    """Where a picture cannot be had, the step comes as text."""
    await restart(house, pack)
    await onboarded(ana)
    (pack / "media" / "roll.jpg").unlink()
    await ana.send("/today")
    step = await ana.sees("1/1 · Slow roll")
    assert not step.photo
    await ana.tap("Done")
    await ana.sees("Mine 2: done")


async def test_reload(house: House, ana: Person, onboarded: Walk, pack: Path) -> None:
    """/reload takes a changed pack from the next update on; a bad one is told and not taken."""
    await restart(house, pack)
    await onboarded(ana)
    file = pack / "routines" / "mine-2.yaml"
    good = file.read_text()
    file.write_text(good.replace("Mine 2", "Mine two"))
    await ana.send("/reload")
    assert "23 exercises" in (await ana.sees("read anew", LEARNING)).text
    await ana.send("/start rt_mine-2")
    await ana.sees("Mine two")
    file.write_text(good.replace("slow-roll", "slow-rol"))
    await ana.send("/reload")
    refused = await ana.sees("was not taken")
    assert "routines/mine-2.yaml:6: there is no exercise or practice 'slow-rol'" in refused.text
    await ana.send("/start rt_mine-2")
    await ana.sees("Mine two")


async def test_reload_is_for_operators(house: House, ana: Person, onboarded: Walk) -> None:
    """For everybody else there is no such command."""
    await onboarded(ana)
    await ana.send("/reload")
    await ana.sees("I don't know that command")


async def test_a_session_keeps_what_it_began_with(
    house: House, ana: Person, onboarded: Walk, pack: Path
) -> None:
    """Changed or removed under a running session, an exercise goes on as it was, to the end."""
    await restart(house, pack)
    await onboarded(ana)
    routine, exercise = pack / "routines" / "mine-2.yaml", pack / "exercises" / "slow-roll.yaml"
    routine.write_text(
        routine.read_text().replace("seconds: 2:00", "seconds: 4:00", 1)
        + "  - entry: slow-roll\n    seconds: 2:00\n    dose:\n      reps: 9\n      tempo: 2-5-2\n"
    )
    await ana.send("/reload")
    await ana.sees("read anew", LEARNING)
    await ana.send("/today")
    await ana.sees("1/2 · Slow roll")
    exercise.write_text(exercise.read_text().replace("name: Slow roll", "name: Fast roll"))
    await ana.send("/reload")
    await ana.sees("read anew", LEARNING)
    await ana.tap("Done")
    await ana.sees("2/2 · Slow roll")
    routine.unlink()
    exercise.unlink()
    (pack / "pack.yaml").write_text("name: Empty\n")
    await ana.send("/reload")
    await ana.sees("read anew", LEARNING)
    await ana.tap("How?")
    card = await ana.sees("Slow roll")
    await ana.tap("Steps", on=card)
    await ana.sees("1. ")
    await ana.tap("Back to step 2")
    await ana.sees("2/2 · Slow roll")
    await house.stop()
    await house.start(CONTENT_DIR=str(pack), ADMIN_IDS=str(ADMIN))
    await ana.tap("Done")
    await ana.sees("Mine 2: done")
    await ana.send("/today")
    await ana.sees("Constructive rest")


async def test_added_gate_question(house: House, ana: Person, onboarded: Walk, pack: Path) -> None:
    """A question that a coach adds is asked after the nine that are always there."""
    (pack / "safety" / "gates").mkdir(parents=True)
    (pack / "safety" / "gates" / "release.yaml").write_text(
        "key: release\nquestions:\n  - A sore tooth?\n"
    )
    await restart(house, pack)
    await onboarded(ana)
    await ana.send("/how self release")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await answer_no(ana, total=10)
    await ana.sees("A sore tooth?")


async def test_a_question_worded_anew_is_asked_anew(
    house: House, ana: Person, onboarded: Walk, pack: Path
) -> None:
    """An answer counts for the question as it was put, and for no other."""
    gate = pack / "safety" / "gates" / "release.yaml"
    gate.parent.mkdir(parents=True)
    gate.write_text("key: release\nquestions:\n  - A sore tooth?\n")
    await restart(house, pack)
    await onboarded(ana)
    await ana.send("/how self release")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await answer_no(ana, range(1, 11), total=10)
    await ana.sees("Stage 1")
    await ana.tap("Stop")
    await ana.sees("stopped")
    gate.write_text("key: release\nquestions:\n  - A pacemaker?\n")
    await ana.send("/reload")
    await ana.sees("read anew", LEARNING)
    await ana.send("/how self release")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    assert "A pacemaker?" in (await ana.sees("question 10 of 10")).text


async def test_a_picture_that_telegram_refuses(
    house: House, ana: Person, onboarded: Walk, pack: Path
) -> None:
    """A coach's file that Telegram cannot read costs the picture, never the step."""
    await restart(house, pack)
    await onboarded(ana)
    house.telegram.faults.next(
        "sendPhoto", status=400, description="Bad Request: IMAGE_PROCESS_FAILED"
    )
    await ana.send("/today")
    step = await ana.sees("1/1 · Slow roll")
    assert not step.photo


async def test_a_clip_is_shared_by_its_words(
    house: House, ana: Person, onboarded: Walk, pack: Path
) -> None:
    """Inline, an exercise that is shown by a clip is shared as a text."""
    (pack / "media" / "roll.mp4").write_bytes(mp4())
    file = pack / "exercises" / "slow-roll.yaml"
    file.write_text(file.read_text().replace("roll.jpg", "roll.mp4"))
    await restart(house, pack)
    await onboarded(ana)
    await ana.send("/start ex_slow-roll")
    await ana.sees("Get ready")
    await house.settled()
    results = await ana.inline("slow roll")
    assert results[0].title == "Slow roll"
    assert not results[0].photo
