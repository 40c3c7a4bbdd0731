"""Settings, help, privacy and languages; no sentence stands outside the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import menu
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.pseudo import LANGUAGE, content_words, pack_with_pseudo, pseudo


async def test_page(ana: Person, onboarded: Walk) -> None:
    """/settings shows routine, reminders, zone with its clock, language, what screening allows."""
    await onboarded(ana)
    await ana.send("/settings")
    page = await ana.sees("Settings")
    for line in ("Routine: Daily 12", "Berlin, 07:00 now", "Language: English", "Exercises: all"):
        assert line in page.text
    assert "Reminders: 07:30 · every day" in page.text


async def test_page_of_the_careful(ana: Person, onboarded: Walk) -> None:
    """Where something applies, /settings says that it is the gentle set."""
    await onboarded(ana, answer="Something applies")
    await ana.send("/settings")
    assert "the gentle set" in (await ana.sees("Settings")).text


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("Reminders", "Times are for"),
        ("Time zone", "Your zone is"),
        ("Routine", "Routines"),
        ("Language", "Which language"),
        ("Safety question", "Does any of this apply"),
        ("My data", "What is stored"),
        ("Quiet hours and more", "How reminders come"),
        ("My things", "Your things"),
    ],
)
async def test_each_button(ana: Person, onboarded: Walk, button: str, words: str) -> None:
    """Each button of the settings opens its page, from which a button leads back."""
    await onboarded(ana)
    await ana.send("/settings")
    await ana.sees("Settings")
    await ana.tap(button)
    await ana.sees(words)
    await ana.tap("Back")
    await ana.sees("Settings")


async def test_zone_from_the_settings(ana: Person, onboarded: Walk) -> None:
    """The zone's page takes a typed city, as its words say."""
    await onboarded(ana)
    await ana.send("/settings")
    await ana.sees("Settings")
    await ana.tap("Time zone")
    assert "type a city" in (await ana.sees("Your zone is")).text
    await ana.send("Tokyo")
    await ana.sees("Tokyo: it is 15:00")


async def test_screening_again(ana: Person, onboarded: Walk) -> None:
    """The screening question can be answered anew; the routine follows the answer."""
    await onboarded(ana)
    await ana.send("/settings")
    await ana.sees("Settings")
    await ana.tap("Safety question")
    await ana.sees("Does any of this apply")
    await ana.tap("Something applies")
    await ana.sees("gentle set")
    await ana.send("/settings")
    await ana.sees("the gentle set")
    await ana.tap("Safety question")
    await ana.sees("Does any of this apply")
    await ana.tap("None of these")
    await ana.send("/settings")
    await ana.sees("Exercises: all")


async def test_routine(ana: Person, onboarded: Walk) -> None:
    """Choosing a routine makes it the daily one, which /today then walks."""
    await onboarded(ana)
    await ana.send("/routines")
    listed = await ana.sees("your daily one")
    chosen = next(label for row in listed.buttons for label, _ in row if "entle" in label)
    await ana.tap(chosen)
    await ana.sees("This is your daily routine now")
    await ana.send("/settings")
    assert chosen.partition(": ")[2] in (await ana.sees("Settings")).text


async def test_help(ana: Person, onboarded: Walk) -> None:
    """/help names every command."""
    await onboarded(ana)
    await ana.send("/help")
    shown = await ana.sees("What I understand")
    assert re.findall(r"^/(\w+) · \S", shown.text, re.MULTILINE) == list(menu.HELP)


async def test_privacy(ana: Person, onboarded: Walk) -> None:
    """/privacy says what is stored and opens both ways out."""
    await onboarded(ana)
    await ana.send("/privacy")
    shown = await ana.sees("What is stored")
    assert "Nothing leaves this machine" in shown.text
    await ana.tap("Export")
    await ana.sees("Everything that is stored about you")
    await ana.tap("Delete everything", on=shown)
    await ana.sees("for good")
    await ana.tap("Keep it")
    await ana.sees("Nothing was deleted")


async def test_only_language(ana: Person, onboarded: Walk) -> None:
    """/language offers the languages that have a catalogue, which may be one."""
    await onboarded(ana)
    await ana.send("/language")
    shown = await ana.sees("Which language")
    assert [label for row in shown.buttons for label, _ in row] == ["English", "⬅️ Back"]


@pytest.fixture
async def bilingual(house: House, tmp_path: Path) -> House:
    """A bot whose pack brings a second, made-up language."""
    await house.stop()
    await house.start(CONTENT_DIR=str(pack_with_pseudo(tmp_path)))
    return house


async def test_languages_found(bilingual: House, ana: Person, onboarded: Walk) -> None:
    """A catalogue put beside the others is offered, spoken at once, and kept."""
    await onboarded(ana)
    await ana.send("/language")
    shown = await ana.sees("Which language")
    assert len([label for row in shown.buttons for label, _ in row]) == 2 + 1  # and Back
    await ana.tap("Qps")
    await ana.sees(pseudo("From now on"))
    await bilingual.stop()
    await bilingual.start()  # the language is gone: English again, and no harm done
    await ana.send("/help")
    await ana.sees("What I understand")


# What is no sentence: the names of places and days, languages, and what people typed themselves.
PLACES = (
    *("Los Angeles", "New York", "Sao Paulo", "Portland", "Oregon", "Maine", "United States"),
    *("Chicago", "London", "Berlin", "Lagos", "Kolkata", "Sydney", "Tokyo", "Moscow", "Shanghai"),
)
DATES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mar", "Dec", "and")
OTHERS = ("UTC", "Qps", "English", "Xyzzyville", "yesterday")


def english_left(house: House, messages: list[Message]) -> list[str]:
    """Return what is left of the bot's words without content, commands, names and made-up ones."""
    assert house.limber is not None
    named = "|".join(map(re.escape, (*PLACES, *DATES, *OTHERS)))
    content = content_words(house.limber.deps.catalogue)
    texts = {message.text for message in messages}
    texts |= {label for message in messages for row in message.buttons for label, _ in row}
    left = []
    for text in texts:
        text = re.sub(r"“[^”]*”", " ", text)  # what people typed is said back in quotes
        words = " ".join(re.sub(r"/[a-z]+( [\w:. -]+)?", " ", text).split())
        for known in content:
            words = words.replace(known, " ")
        words = re.sub(rf"\b({named})\b", " ", words)
        left += [f"{word!r} in {text!r}" for word in re.findall(r"[A-Za-z]{3,}", words)]
    return sorted(left)


async def test_no_sentence_in_code(bilingual: House) -> None:
    """On a walk through every screen, all that is said comes from the catalogue or the pack."""
    house = bilingual
    zoe = house.person(1009, "Zoe", language=LANGUAGE)
    seen: list[Message] = []

    async def look() -> None:
        await house.settled()
        seen.extend(message for message in zoe.messages if message.from_bot)

    async def tap(word: str) -> None:
        await zoe.tap(word if word in {"Berlin", "07:30"} else pseudo(word))
        await look()

    async def send(text: str) -> None:
        await zoe.send(text)
        await look()

    await send("/start")
    for word in (
        "I understand",
        "None of these",
        "Berlin",
        "Yes",
        "07:30",
        "That is all",
        "Start now",
    ):
        await tap(word)
    for word in ("How?", "Done", "Done", "Back", "Skip"):
        await tap(word)
    await send("how long?")
    await send("/today")
    await tap("Continue")
    await tap("Stop")
    await tap("Too hard")
    for command in menu.PRIVATE:
        await send(f"/{command}")
    await send("/today")
    await tap("Start over")
    await tap("Stop")
    for typed in (
        *(
            "/schedule 7.30 pm mon wed fri",
            "/schedule add 21:00",
            "/schedule 25:00",
            "/schedule off",
        ),
        *("/breathe every 2h 9-18 weekdays", "/breathe every 45 min 9-18", "/breathe off"),
        *(
            "/pause 5",
            "/pause yesterday",
            "/resume",
            "/resume",
            "/pause until 2026-12-01",
            "/resume",
        ),
        *("/timezone Tokyo", "/timezone", "12 March", "/timezone UTC+2"),
        *("/timezone Xyzzyville", "/timezone Portland", "/how couch stretch"),
        *("/nonsense", "what is the capital of France", "side plank", "numb between my legs"),
        *("/start", "/resume"),
    ):
        await send(typed)
    await tap("A clinician has cleared me: resume")
    await send("/schedule 07:30")
    await send("/routines")
    await zoe.send_photo()
    await look()
    await send("/how psoas self release")
    await tap("Do it now")
    await tap("Yes")
    house.clock.push(days=1)
    await look()
    await send("/delete")
    await tap("Keep it")
    toast = await zoe.tap("", data="rr:9")
    assert not re.search("[A-Za-z]{3}", (await toast.answer()).text)
    assert len(seen) > 500
    left = english_left(house, seen)
    assert not left, "\n".join(left)
