"""Inline mode: cards shared in any chat, warning signs answered as such."""

from __future__ import annotations

from sandbox.person import Person
from tests.conftest import House


async def test_a_card_is_shared(house: House, ana: Person) -> None:
    """What was meant comes first; the shared message has the card's words and the way here."""
    results = await ana.inline("bird dog")
    assert results[0].title == "Bird dog"
    assert results[0].description
    sent = await ana.choose(results[0])
    assert "Bird dog" in sent.text
    assert "Never to pain" in sent.text
    assert "start=ex_bird-dog-lumbar" in str(sent.raw["reply_markup"])


async def test_a_picture_comes_along_once_it_was_uploaded(house: House, ana: Person) -> None:
    """A still that the bot has uploaded before is shared with the words."""
    await ana.send("/how glute bridge")
    await ana.sees("Get ready")
    await house.settled()
    results = await ana.inline("glute bridge")
    assert results[0].photo
    sent = await ana.choose(results[0])
    assert sent.photo
    assert "Glute bridge" in sent.text


async def test_words_being_typed(ana: Person) -> None:
    """Half a word offers what begins like it; no words offer the daily routine's."""
    assert "Box hip stretch" in [result.title for result in await ana.inline("box hi")]
    assert "Constructive rest" in [result.title for result in await ana.inline("")]
    assert await ana.inline("zzzz qqq") == []


async def test_a_warning_sign_gets_its_script_alone(house: House, ana: Person) -> None:
    """Words of an emergency offer the script and no card, and set nothing in motion."""
    results = await ana.inline("chest pain in the bird dog")
    assert len(results) == 1
    assert "Please stop exercising" in results[0].text
    await house.settled()
    assert house.limber is not None
    assert not ana.messages


async def test_the_release_says_that_questions_come_first(ana: Person) -> None:
    """A gated card does not look like an invitation."""
    results = await ana.inline("psoas crusher")
    assert "Not for everyone" in results[0].text


async def test_notes_and_routines_are_shared(ana: Person) -> None:
    """Whatever can be asked for can be shared."""
    results = await ana.inline("muscle of the soul")
    assert "start=kn_kn-soul" in str(results[0].buttons)
    results = await ana.inline("desk reset")
    assert "start=rt_desk-reset-5" in str(results[0].buttons)


async def test_a_card_shared_with_the_bot_itself(house: House, ana: Person) -> None:
    """What is shared through the bot in its own chat is its own words, and no question."""
    results = await ana.inline("bird dog")
    await ana.choose(results[0])
    await house.settled()
    assert not [message for message in ana.messages if message.from_bot]
