"""A session to listen to: sent once however often it is tapped, to everyone in a form they take."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import app, tracks
from bot.domain.recording import Recording
from bot.studio import NotDrawn, Studio
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk

SLOW = 60.0  # seconds: a recording is made in one, where nobody else needs the processor
LONG_AGO = 11.0  # seconds after which a second tap is meant
DESK = "/start rt_desk-reset-5"
REFUSED_FILE = "Bad Request: wrong file identifier/HTTP URL specified"


@pytest.fixture
async def desk(ana: Person, onboarded: Walk) -> Person:
    """Somebody who looks at a routine of five minutes."""
    await onboarded(ana)
    await ana.send(DESK)
    await ana.sees("Desk")
    return ana


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[Recording]:
    """Every recording that was asked for."""
    asked: list[Recording] = []
    record = Studio.record

    async def noting(self: Studio, recording: Recording, *, personal: bool = False) -> Path:
        asked.append(recording)
        return await record(self, recording, personal=personal)

    monkeypatch.setattr(Studio, "record", noting)
    return asked


def sent(house: House, *methods: str) -> list[tuple[str, bool]]:
    """Return the calls of these methods as (method, was it an upload)."""
    return [
        (call.method, "bytes>" in str(call.params))
        for call in house.telegram.calls
        if call.method in methods and call.status == 200
    ]


async def later(house: House) -> None:
    """Let so much time pass that a second tap is meant."""
    await house.settled()
    house.clock.push(seconds=LONG_AGO)


def stored(house: House) -> int:
    """Return how many sessions there are."""
    with house.stored() as database:
        return int(database.value("select count(*) from session"))


def heard(person: Person) -> list[Message]:
    """Return the voice messages and pieces of audio that somebody got."""
    return [one for one in person.messages if one.voice or one.audio]


async def test_a_session_to_listen_to(house: House, desk: Person) -> None:
    """A voice message of the whole length comes, with its chapters; no session is begun."""
    await desk.tap("Audio session")
    await desk.sees_toast("Coming right up")
    message = await desk.sees("0:00 ", SLOW)
    assert message.voice
    assert "5:15 min" in message.text
    assert message.raw["voice"]["duration"] == 320
    assert message.raw["voice"]["mime_type"] == "audio/ogg"
    chapters = [line for line in message.text.split("\n") if line[:1].isdigit()]
    assert len(chapters) == 5
    assert len(message.text.split("\n")) <= 15
    await house.settled()
    assert stored(house) == 0


async def test_who_takes_no_voice_messages(house: House, desk: Person) -> None:
    """They get the same as audio, with title and performer, the second time at once."""
    await desk.refuse_voice()
    await desk.tap("Audio session")
    message = await desk.sees("0:00 ", SLOW)
    audio = message.raw["audio"]
    assert (audio["title"], audio["performer"], audio["duration"]) == (
        "Desk reset 5",
        "Limber",
        320,
    )
    assert audio["file_name"] == "desk-reset-5.m4a"
    await later(house)
    await desk.tap("Audio session")
    await house.settled()
    assert [one.audio for one in heard(desk)] == [message.audio] * 2
    tries = [call.method for call in house.telegram.calls if call.method.startswith("sendVoice")]
    assert len(tries) == 1


async def test_it_is_recorded_and_uploaded_once(
    house: House, desk: Person, onboarded: Walk, recorded: list[Recording]
) -> None:
    """Whoever wants the same later, themselves or somebody else, gets it by its id."""
    await desk.tap("Audio session")
    await desk.sees("0:00 ", SLOW)
    await later(house)
    await desk.tap("Audio session")
    await house.settled()
    ben = await onboarded(house.person(2002, "Ben"))
    await ben.send(DESK)
    await ben.sees("Desk")
    await ben.tap("Audio session")
    await ben.sees("0:00 ", SLOW)
    assert sent(house, "sendVoice") == [("sendVoice", True), *[("sendVoice", False)] * 2]
    assert len(recorded) == 1


async def test_a_doubled_tap_sends_one(house: House, desk: Person) -> None:
    """The second of two quick taps says so and sends nothing, also where the first took long."""
    await desk.tap("Audio session")
    await desk.tap("Audio session")
    await desk.sees_toast("You have it already", SLOW)
    await house.settled()
    assert len(heard(desk)) == 1


async def test_another_length_is_another_session(house: House, desk: Person) -> None:
    """At a level of dose it is as long as the page says, right after the first."""
    await desk.tap("Audio session")
    await desk.sees("0:00 ", SLOW)
    await desk.tap("Advanced")
    page = await desk.sees("advanced")
    await desk.tap("Audio session", on=page)
    async with asyncio.timeout(SLOW):
        while len(heard(desk)) < 2:
            await asyncio.sleep(0.05)
    one, two = heard(desk)
    assert two.raw["voice"]["duration"] > one.raw["voice"]["duration"]


async def test_a_stop_in_between_sends_one(
    house: House, desk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped while it is recorded, the bot takes the tap up again and sends it once."""
    record = Studio.record

    async def never(self: Studio, recording: Recording, **_: bool) -> Path:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(app, "GRACE", 0.1)
    monkeypatch.setattr(Studio, "record", never)
    await desk.tap("Audio session")
    await desk.sees_toast("Coming right up")
    await house.stop()
    assert heard(desk) == []
    monkeypatch.setattr(Studio, "record", record)
    await house.start()
    await desk.sees("0:00 ", SLOW)
    await house.settled()
    assert len(heard(desk)) == 1


async def test_the_chat_tells_that_it_is_being_recorded(
    house: House, desk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it takes longer than a moment, the chat says what the bot is doing."""
    monkeypatch.setattr(tracks, "BUSY_AFTER", 0.0)
    await desk.tap("Audio session")
    await desk.sees("0:00 ", SLOW)
    actions = [c.params for c in house.telegram.calls if c.method == "sendChatAction"]
    assert actions
    assert actions[0]["action"] == "record_voice"


async def test_words_are_spoken(house: House, desk: Person, recorded: list[Recording]) -> None:
    """With an engine each new name is said, then the side; the bells are where they were."""
    engine = house.folder / "engine.py"
    engine.write_text(
        "import sys, wave\n"
        "file = wave.open(sys.stdout.buffer, 'wb')\n"
        "file.setparams((1, 2, 8000, 0, 'NONE', ''))\n"
        "file.writeframes(bytes(range(256)) * 20)\n"
    )
    await house.stop()
    await house.start(SPEECH=f"{sys.executable} {engine} {{language}}")
    await desk.tap("Audio session")
    assert (await desk.sees("0:00 ", SLOW)).voice
    (recording,) = recorded
    assert recording.engine == (sys.executable, str(engine), "en")
    said = [cue.text for cue in recording.score.cues if cue.text]
    assert "right side" in said
    assert any(words.endswith(". left side") for words in said)


async def test_an_engine_that_fails_is_done_without(
    house: House, desk: Person, recorded: list[Recording]
) -> None:
    """The recording comes with bells alone, and one line of the log says why."""
    await house.stop()
    with capture_logs() as lines:
        await house.start(SPEECH="false")
        await desk.tap("Audio session")
        assert (await desk.sees("0:00 ", SLOW)).voice
    assert [bool(one.engine) for one in recorded] == [True, False]
    failed = [line for line in lines if line["event"] == "recording_failed"]
    assert [line["error"] for line in failed] == ["SpeechFailed"]


async def test_what_cannot_be_recorded_is_apologised_for(
    house: House, desk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A studio that makes nothing is said to be our fault, and the chat goes on."""

    async def broken(self: Studio, recording: Recording, **_: bool) -> Path:
        raise NotDrawn("broken")

    monkeypatch.setattr(Studio, "record", broken)
    await desk.tap("Audio session")
    await desk.sees("went wrong on my side", SLOW)
    assert heard(desk) == []
    await desk.send("/help")
    await desk.sees("/today")


async def test_a_file_that_telegram_lost_is_uploaded_again(house: House, desk: Person) -> None:
    """An id that is no longer taken is forgotten, and the file kept beside the bot goes up."""
    await desk.tap("Audio session")
    first = await desk.sees("0:00 ", SLOW)
    await later(house)
    house.telegram.faults.next("sendVoice", status=400, description=REFUSED_FILE)
    await desk.tap("Audio session")
    await house.settled()
    assert len(heard(desk)) == 2
    assert heard(desk)[-1].voice != first.voice


async def test_open_questions_leave_their_steps_out(
    house: House, ana: Person, onboarded: Walk, recorded: list[Recording]
) -> None:
    """Of a routine with the ball one hears what is open to them, and where the questions are."""
    await onboarded(ana)
    await ana.send("/start rt_full-article-25")
    await ana.sees("Full")
    await ana.tap("Audio session")
    message = await ana.sees("0:00 ", 2 * SLOW)
    assert "Without the ball" in message.text
    assert "release" not in message.text.lower()
    await house.settled()
    assert stored(house) == 0


@pytest.mark.parametrize(
    ("link", "words"),
    [("rt_daily-psoas-12", "gentle"), ("rt_gentle-8", "0:00 ")],
    ids=["others are refused", "the gentle one is sent"],
)
async def test_the_doors_are_those_of_a_session(
    house: House, ana: Person, onboarded: Walk, link: str, words: str
) -> None:
    """For whom something applies, only the gentle routine is there to listen to."""
    await onboarded(ana, answer="Something applies")
    await ana.send(f"/start {link}")
    await ana.sees("min")
    await ana.tap("Audio session")
    await ana.sees(words, SLOW)
    assert bool(heard(ana)) is (words == "0:00 ")


async def test_where_one_stands_offers_it(house: House, ana: Person, onboarded: Walk) -> None:
    """`/start` offers today's routine to listen to, but not in the middle of a session."""
    await onboarded(ana)
    await ana.send("/start")
    message = await ana.sees("Welcome back")
    assert [label for label, _ in message.buttons[0]] == ["▶️ Start now", "🎧 Audio session"]
    await ana.tap("Audio session", on=message)
    assert (await ana.sees("0:00 ", SLOW)).voice
    await ana.send("/today")
    await ana.sees("1/")
    await ana.send("/start")
    message = await ana.sees("Welcome back")
    assert "Audio" not in str(message.buttons)


async def test_a_forged_button_does_nothing(house: House, desk: Person) -> None:
    """What no button says is answered like any stale one."""
    for data in ("au:nonsense", "au:r.no-such-routine.", "au:m.desk-reset-5."):
        tap = await desk.tap("", data=data)
        assert (await tap.answer(SLOW)).text
    assert heard(desk) == []


async def test_done_by_ear(house: House, desk: Person) -> None:
    """Whoever listened to all of it taps Done below it: the day is kept, once."""
    await desk.tap("Audio session")
    await desk.sees("0:00 ", SLOW)
    await desk.tap("Done")
    end = await desk.sees("done.")
    assert re.search(r"(\d+) of \1 steps done", end.text)
    await desk.send("/start")
    await desk.sees("1 day kept")
    voice = heard(desk)[0]
    assert not voice.buttons
