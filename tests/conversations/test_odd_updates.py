"""Whatever arrives, in whatever order: a kind sentence, or nothing, and the chat goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot import menu
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk

NUDGE = "12 minutes"
STALE = "no longer applies"

# What /start shows at each question of onboarding, and the taps that lead there.
QUESTIONS = {
    "Welcome to Limber": (),
    "Does any of this apply": ("I understand",),
    "Where is your clock": ("I understand", "None of these"),
    "right?": ("I understand", "None of these", "Berlin"),
    "When shall I remind you": ("I understand", "None of these", "Berlin", "Yes"),
}


async def walk_to(house: House, person: Person, taps: tuple[str, ...]) -> Message:
    """Return the question of onboarding that a new person sees after these taps."""
    await person.send("/start")
    await house.settled()
    for word in taps:
        await person.tap(word)
        await house.settled()
    return person.screen


@pytest.mark.parametrize("sent", ["photo", "voice", "sticker"])
async def test_media(ana: Person, onboarded: Walk, sent: str) -> None:
    """A photo, a voice message or a sticker gets a kind sentence, once."""
    await onboarded(ana)
    before = len(ana.messages)
    acts: dict[str, Callable[[], Awaitable[Message]]] = {
        "photo": ana.send_photo,
        "voice": ana.send_voice,
        "sticker": ana.send_sticker,
    }
    await acts[sent]()
    await ana.sees("I can only read text")
    assert len(ana.messages) == before + 2


@pytest.mark.parametrize(
    "content",
    [
        {"document": {"file_id": "x", "file_unique_id": "x"}},
        {"contact": {"phone_number": "1", "first_name": "x"}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"video_note": {"file_id": "x", "file_unique_id": "x", "length": 1, "duration": 1}},
        {"something_of_next_year": {"a": 1}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_other_messages(
    house: House, ana: Person, onboarded: Walk, content: dict[str, Any]
) -> None:
    """Any other kind of message gets the same kind sentence."""
    await onboarded(ana)
    house.telegram.inject({"message": plain(ana) | content})
    await ana.sees("I can only read text")


async def test_media_while_a_time_is_asked(house: House, ana: Person) -> None:
    """A photo sent where a time is expected loses nothing: the next text is the time."""
    await walk_to(house, ana, QUESTIONS["When shall I remind you"])
    await ana.send_photo()
    await ana.sees("I can only read text")
    await ana.send("07:30")
    await ana.sees("What do you have")


def plain(person: Person, number: int = 900) -> dict[str, Any]:
    """Return the frame of a message in the person's private chat."""
    sender = {"id": person.id, "is_bot": False, "first_name": "Ana", "language_code": "en"}
    chat = {"id": person.id, "type": "private", "first_name": "Ana"}
    return {"message_id": number, "from": sender, "chat": chat, "date": 1772431200}


def channel(text: str) -> dict[str, Any]:
    """Return a post of a channel."""
    chat = {"id": -1009, "type": "channel", "title": "News"}
    return {"message_id": 7, "chat": chat, "sender_chat": chat, "date": 1772431200, "text": text}


COMMAND = [{"type": "bot_command", "offset": 0, "length": 6}]

SILENT: dict[str, Callable[[Person], dict[str, Any]]] = {
    "edited message": lambda who: {
        "edited_message": plain(who) | {"edit_date": 1772431260, "text": "how is cat cow done"}
    },
    "edited command": lambda who: {
        "edited_message": plain(who)
        | {"edit_date": 1772431260, "text": "/today", "entities": COMMAND}
    },
    "channel post": lambda _: {"channel_post": channel("/start") | {"entities": COMMAND}},
    "edited channel post": lambda _: {"edited_channel_post": channel("hi") | {"edit_date": 1}},
    "reaction": lambda who: {
        "message_reaction": {
            "chat": plain(who)["chat"],
            "user": plain(who)["from"],
            "message_id": 1,
            "date": 1772431200,
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": "👍"}],
        }
    },
    "inline query": lambda who: {
        "inline_query": {"id": "1", "from": plain(who)["from"], "query": "cat", "offset": ""}
    },
    "poll": lambda _: {
        "poll": {
            "id": "1",
            "question": "x",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
        }
    },
    "unknown kind": lambda who: {"kind_of_next_year": {"from": plain(who)["from"], "x": [1, 2]}},
    "nothing": lambda _: {},
    "pinned": lambda who: {"message": plain(who) | {"pinned_message": plain(who, 1)}},
}


@pytest.mark.parametrize("kind", SILENT)
async def test_ignored(house: House, ana: Person, onboarded: Walk, kind: str) -> None:
    """Edited messages, channel posts and kinds of update we never asked for change nothing."""
    await onboarded(ana)
    before = [str(message) for message in ana.messages]
    house.telegram.inject(SILENT[kind](ana))
    await house.settled()
    assert [str(message) for message in ana.messages] == before
    await ana.send("/help")
    await ana.sees("What I understand")
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)


@pytest.mark.parametrize(
    "broken",
    [
        {"text": ["no", "text"]},
        {"chat": {"id": "x"}},
        {"from": 5},
        {"text": "/how x", "entities": [{"type": "bot_command", "offset": 99, "length": 5}]},
        {"location": {"latitude": "north"}},
    ],
    ids=str,
)
async def test_poison(house: House, ana: Person, onboarded: Walk, broken: dict[str, Any]) -> None:
    """An update nobody can read is set aside; the same chat, and everybody else's, goes on."""
    await onboarded(ana)
    house.telegram.inject({"message": plain(ana) | broken})
    await ana.send("/help")
    await ana.sees("What I understand")
    ben = await onboarded(house.person(1002, "Ben"))
    await ben.send("/help")
    await ben.sees("What I understand")


async def test_failed_update_is_apologised_for(house: House, ana: Person, onboarded: Walk) -> None:
    """What fails three times is set aside with one sentence; a tap is answered all the same."""
    await onboarded(ana)
    house.telegram.faults.next("sendMessage", status=400, times=3, chat=ana.id)
    await ana.send("/help")
    await ana.sees("Something went wrong on my side")
    await ana.send("/settings")
    page = await ana.sees("Settings")
    house.telegram.faults.next("editMessageText", status=400, times=3, chat=ana.id)
    await ana.tap("Language", on=page)
    await ana.sees("Something went wrong")
    await ana.tap("Language", on=page)
    await ana.sees("Which language")


async def test_longest_message(ana: Person, onboarded: Walk) -> None:
    """A message as long as Telegram lets it be is answered, also where a time is expected."""
    await onboarded(ana)
    longest = ("cat <b>&amp; " * 400)[:4095] + "x"
    await ana.send(longest)
    await ana.sees("")
    for command in ("/schedule", "/timezone", "/breathe", "/pause", "/how"):
        await ana.send(f"{command} {longest}"[:4096])
        answer = await ana.sees("")
        assert "went wrong" not in answer.text, command
        assert len(answer.text) < 1100, command
    await ana.send("/schedule")
    await ana.sees("07:30")
    await ana.tap("Add a reminder")
    await ana.sees("At what time")
    await ana.send("9" * 4096)
    await ana.sees("Type a time like")
    await ana.send("/help")
    await ana.sees("What I understand")


@pytest.mark.parametrize("command", ["/nonsense", "/startle", "/today_", "/x@limber_sandbox_bot"])
async def test_unknown_command(ana: Person, onboarded: Walk, command: str) -> None:
    """A command that does not exist is said not to, with the way to those that do."""
    await onboarded(ana)
    await ana.send(command)
    assert "/help" in (await ana.sees("I don't know that command")).text


@pytest.mark.parametrize(
    "command", [name for name in menu.PRIVATE if name not in menu.FOR_STRANGERS]
)
async def test_commands_before_onboarding(ana: Person, command: str) -> None:
    """Whoever begins with another command is led to the welcome."""
    await ana.send(f"/{command}")
    await ana.sees("Welcome to Limber")
    await ana.tap("I understand")
    await ana.sees("apply")


async def test_strangers(house: House, ana: Person) -> None:
    """Help, privacy, the library and questions work for somebody new; nothing is stored of them."""
    for command, words in {
        "help": "What I understand",
        "privacy": "What is stored",
        "exercises": "What are you after",
        "how cat cow": "Get ready",
    }.items():
        await ana.send(f"/{command}")
        await ana.sees(words)
    await ana.send("where do I feel the bridge?")
    await ana.sees("Where you feel it")
    await ana.send("/start")
    await ana.sees("Welcome to Limber")


@pytest.mark.parametrize("question", QUESTIONS)
async def test_start_again(house: House, ana: Person, question: str) -> None:
    """A second /start asks the open question of onboarding again; the new buttons go on."""
    first = await walk_to(house, ana, QUESTIONS[question])
    assert question in first.text
    await ana.send("/start")
    again = await ana.sees(question)
    assert again.text == first.text
    assert again.id != first.id
    word = {"Welcome to Limber": "I understand", "Does any of this apply": "None of these"}
    await ana.tap(word.get(question, "Yes" if question == "right?" else "Later"), on=again)
    await house.settled()
    assert question not in ana.screen.text


@pytest.mark.parametrize("question", list(QUESTIONS)[:2])
async def test_today_before_the_safety_questions(house: House, ana: Person, question: str) -> None:
    """Nothing starts before the safety note and the screening; they are asked instead."""
    await walk_to(house, ana, QUESTIONS[question])
    for command in ("/today", "/breathe diaphragmatic"):
        await ana.send(command)
        await ana.sees(question)


async def test_doubled_taps(house: House, ana: Person, onboarded: Walk) -> None:
    """Each button of a whole walk, tapped twice at once: acted on once, answered twice."""
    words = ("I understand", "None of these", "Berlin", "Yes", "07:30", "That is all")
    await ana.send("/start")
    await house.settled()
    for word in (*words, "Start now", "Done", "Skip", "Back", "Stop", "Just right"):
        await twice(house, ana, word)
    assert "Noted: just right" in ana.screen.text
    await ana.send("/schedule add 21:00")
    await house.settled()
    for word in ("Remove 2", "Add a reminder"):
        await twice(house, ana, word)
    await ana.send("9:00")
    assert len((await ana.sees("Saved")).text.split("Routine:")) == 3
    house.clock.push(days=1, minutes=30)
    await ana.sees(NUDGE)
    await twice(house, ana, "Snooze 10 min")
    house.clock.push(minutes=10)
    await ana.sees(NUDGE)
    await twice(house, ana, "Not today")
    assert "All right, not today" in ana.screen.text
    for command, word in {
        "/routines": "Desk reset",
        "/equipment": "Yoga block",
        "/exercises": "Core",
        "/settings": "Reminders",
        "/language": "English",
        "/pause": "Resume",
        "/delete": "Keep it",
        "/how cat cow": "Feel",
    }.items():
        await ana.send(command)
        await house.settled()
        await twice(house, ana, word)


async def twice(house: House, person: Person, word: str) -> None:
    """Tap a button twice before the bot can answer; both taps must be answered without a fault."""
    message = next(
        m
        for m in reversed(person.messages)
        if any(word.casefold() in label.casefold() for row in m.buttons for label, _ in row)
    )
    data = next(
        data
        for row in message.buttons
        for label, data in row
        if word.casefold() in label.casefold()
    )
    before = len(person.messages)
    taps = [await person.tap(word, on=message, data=data) for _ in range(2)]
    answers = [(await tap.answer()).text for tap in taps]
    await house.settled()
    assert not [text for text in answers if "went wrong" in text], word
    assert not answers[0], word
    new = person.messages[before:]
    assert len({str(m) for m in new}) == len({m.text for m in new}), word
    assert len([m for m in new if "went wrong" in m.text]) == 0, word
