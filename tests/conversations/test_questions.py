"""Questions: cards, warning signs before everything else, and an honest "I don't know"."""

from __future__ import annotations

import re

import pytest

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk

NUDGE = "12 minutes"
BIRD_DOG = "Bird dog"
EMERGENCY = "numb between my legs"
EMERGENCY_SCRIPT = "Call your local emergency number"
CLEARED = "A clinician has cleared me: resume"

FACETS = {
    "Feel": "Where you feel it",
    "Mistakes": "Watch out for",
    "Easier": "Easier",
    "Harder": "Harder",
    "Safety": "Stop if",
    "How much": "How much",
    "Equipment": "You need",
    "Why": "Why",
}


def labels(message: Message) -> str:
    """Return all words on the buttons of a message."""
    return " / ".join(label for row in message.buttons for label, _ in row)


@pytest.mark.parametrize(
    "typed",
    [
        "/how bird dog",
        "how do I do the bird dog?",
        "bird dog",
        "BIRDDOG",
        "/how brid dog",
        "/HOW bird dog",
    ],
)
async def test_card(ana: Person, onboarded: Walk, typed: str) -> None:
    """/how and any free text open the card with its picture, misspellings forgiven."""
    await onboarded(ana)
    await ana.send(typed)
    card = await ana.sees("Get ready")
    assert card.text.startswith(BIRD_DOG)
    assert card.photo
    assert "Do it now" in labels(card)


async def test_facet_by_facet(ana: Person, onboarded: Walk) -> None:
    """Every button of a card turns the same message to its page, and back to the first."""
    await onboarded(ana)
    await ana.send("/how couch stretch")
    card = await ana.sees("Get ready")
    first = card.text
    for word, heading in FACETS.items():
        await ana.tap(word, on=card)
        page = await ana.sees(heading)
        assert page.id == card.id, word
        assert page.text.split("\n")[0] == first.split("\n")[0], word
        assert f" {word} /" not in f" {labels(page)} /", "a page offers itself"
    await ana.tap("Steps", on=card)
    await ana.sees("1. ")


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("where do I feel the bridge?", "Where you feel it"),
        ("how many reps of the bird dog", "How much"),
        ("what mistakes in cat cow", "Watch out for"),
        ("easier version of the dead bug", "Easier"),
        ("what do I need for the couch stretch", "You need"),
        ("who should not do the psoas release", "Not for"),
    ],
)
async def test_facet_asked_for(ana: Person, onboarded: Walk, question: str, heading: str) -> None:
    """A question about one facet opens the card there."""
    await onboarded(ana)
    await ana.send(question)
    await ana.sees(heading)


async def test_unknown_with_suggestions(ana: Person, onboarded: Walk) -> None:
    """What is not known is said so, with up to three near cards to tap."""
    await onboarded(ana)
    await ana.send("march")
    answer = await ana.sees("I don't know that one")
    offered = [label for row in answer.buttons[:-1] for label, _ in row]
    assert 1 <= len(offered) <= 3
    await ana.tap(offered[0])
    card = await ana.sees("Get ready")
    assert card.text.startswith(offered[0])
    assert card.id != answer.id


async def test_of_which_exercise(ana: Person, onboarded: Walk) -> None:
    """A question that could be about any exercise is asked back, outside a session."""
    await onboarded(ana)
    await ana.send("how long?")
    answer = await ana.sees("Which exercise do you mean")
    assert not answer.buttons


@pytest.mark.parametrize("question", ["what is the capital of France", "hi", "?", "👍", "42"])
async def test_unknown(ana: Person, onboarded: Walk, question: str) -> None:
    """Nothing near: the library is named instead, and nothing is guessed."""
    await onboarded(ana)
    await ana.send(question)
    answer = await ana.sees("I don't know that one")
    assert "/exercises" in answer.text
    assert labels(answer) == "🙋 Pass such questions on / No, don't"


@pytest.mark.parametrize(
    ("words", "script"),
    [
        ("my chest hurts when I do the bird dog", EMERGENCY_SCRIPT),
        ("/how to do the bridge with chest pain", EMERGENCY_SCRIPT),
        ("I have a sharp pain in my knee during the couch stretch", "ease back"),
        ("can I do cat cow, I am pregnant", "pregnan"),
        ("I feel a pulse under the ball", "over an artery"),
    ],
)
async def test_safety_before_a_card(ana: Person, onboarded: Walk, words: str, script: str) -> None:
    """A warning sign gets its script whatever exercise is named, with no exercise beside it."""
    await onboarded(ana)
    before = len(ana.messages)
    await ana.send(words)
    answer = await ana.sees(script)
    assert len(ana.messages) == before + 2
    assert not answer.photo
    assert not re.search("do it now|steps|start", labels(answer).lower())


async def test_emergency_pauses_until_resumed(house: House, ana: Person, onboarded: Walk) -> None:
    """After an emergency nothing reminds, whatever the person sets, until they resume."""
    await onboarded(ana)
    await ana.send(EMERGENCY)
    answer = await ana.sees(EMERGENCY_SCRIPT)
    assert "reminders rest" in answer.text
    await ana.send("/schedule 08:00")
    await ana.sees("Saved")
    await ana.send("/timezone Europe/London")
    await ana.sees("for you now")
    await ana.send("/pause 1")
    assert labels(await ana.sees("a clinician has cleared you")) == CLEARED
    await ana.send("/start")
    await ana.sees("because of what you described")
    for _ in range(8):
        house.clock.push(hours=9)
        await house.settled()
    assert not [message for message in ana.messages if NUDGE in message.text]
    await ana.send("/resume")
    assert labels(await ana.sees("because of what you described")) == CLEARED
    await ana.tap("cleared me")
    await ana.sees("Reminders are back")
    house.clock.push(hours=2)
    await ana.sees(NUDGE)


async def test_emergency_resumed_by_button(house: House, ana: Person, onboarded: Walk) -> None:
    """The script's own button brings the reminders back, once, and the script stays in the chat."""
    await onboarded(ana)
    await ana.send(EMERGENCY)
    script = await ana.sees(EMERGENCY_SCRIPT)
    await ana.send("/today")
    refusal = await ana.sees("sign that needs to be checked first")
    await ana.tap("cleared me", on=script)
    await ana.sees("Reminders are back")
    await house.settled()
    kept = next(message for message in ana.messages if message.id == script.id)
    assert EMERGENCY_SCRIPT in kept.text
    assert not kept.buttons
    again = await ana.tap("cleared me", on=refusal)
    assert "no longer applies" in (await again.answer()).text
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)


async def test_milder_sign_pauses_nothing(house: House, ana: Person, onboarded: Walk) -> None:
    """A sign to ease back leaves the reminders alone."""
    await onboarded(ana)
    await ana.send("sharp pain in my knee during the stretch")
    assert "paused" not in (await ana.sees("ease back")).text
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)


async def test_emergency_of_a_stranger(ana: Person) -> None:
    """Somebody the bot does not know gets the script too, and is asked for nothing first."""
    await ana.send(EMERGENCY)
    answer = await ana.sees(EMERGENCY_SCRIPT)
    assert "paused" not in answer.text
    assert not answer.buttons


async def test_current_step(house: House, ana: Person, onboarded: Walk) -> None:
    """In a session "how long?" is about its current step, with the way back; the place is kept."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/")
    await ana.tap("Done")
    step = await ana.sees("2/")
    name = step.text.split("\n")[0].partition(" · ")[2]
    await ana.send("how long?")
    card = await ana.sees("How much")
    assert card.text.startswith(name)
    assert "Back to step 2" in labels(card)
    assert "Do it now" not in labels(card)
    await ana.tap("Back to step 2")
    again = await ana.sees(step.text.split("\n")[0])
    assert again.photo
    await ana.tap("Done")
    await ana.sees("3/")


async def test_other_questions_in_a_session(house: House, ana: Person, onboarded: Walk) -> None:
    """In a session any answer offers the way back, and the step's own buttons still work."""
    await onboarded(ana)
    await ana.send("/today")
    step = await ana.sees("1/")
    await ana.send("couch stretch")
    assert "Back to step 1" in labels(await ana.sees("Get ready"))
    await ana.send("what is the capital of France")
    assert "Back to step 1" in labels(await ana.sees("I don't know"))
    await ana.tap("Done", on=step)
    await ana.sees("2/")


async def test_deep_link_known(ana: Person, onboarded: Walk) -> None:
    """/start ex_KEY opens the card of that exercise."""
    await onboarded(ana)
    await ana.send("/start ex_glute-bridge")
    card = await ana.sees("Get ready")
    assert "Glute bridge" in card.text
    assert card.photo


async def test_deep_link_new(house: House, ana: Person) -> None:
    """Somebody new sees the card at once; nothing is started before the safety note."""
    await ana.send("/start ex_glute-bridge")
    card = await ana.sees("Get ready")
    assert "Glute bridge" in card.text
    await ana.tap("Do it now")
    await ana.sees("Welcome to Limber")
    await ana.tap("I understand")
    await ana.sees("apply")


@pytest.mark.parametrize("link", ["ex_nothing", "ex_", "hello", "ex_<b>", "ex_daily-psoas-12"])
async def test_deep_link_unknown(house: House, ana: Person, onboarded: Walk, link: str) -> None:
    """A link to what is not there is as good as a plain /start, for new and known people."""
    await ana.send(f"/start {link}")
    await ana.sees("Welcome to Limber")
    ben = await onboarded(house.person(1002, "Ben"))
    await ben.send(f"/start {link}")
    await ben.sees("Welcome back")


async def test_release_is_explained_before_its_gate(ana: Person, onboarded: Walk) -> None:
    """The self-release can be read about by everyone; doing it asks the nine questions first."""
    await onboarded(ana, answer="Something applies")
    await ana.send("/how psoas self release")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    await ana.sees("gentle")
    await ana.send("/start")
    assert "Back to step" not in labels(await ana.sees("Welcome back"))


@pytest.mark.parametrize("command", ["/how", "/how ", "/how@limber_sandbox_bot"])
async def test_empty_how(ana: Person, onboarded: Walk, command: str) -> None:
    """/how without a question says how to ask."""
    await onboarded(ana)
    await ana.send(command)
    await ana.sees("Ask like this")


async def test_an_emergency_ends_the_session(house: House, ana: Person, onboarded: Walk) -> None:
    """After a described emergency nothing is walked on, nor started, until it is resumed."""
    await onboarded(ana)
    await ana.send("/today")
    step = await ana.sees("1/")
    await ana.send("numb between my legs since last night")
    await ana.sees("Please stop exercising")
    await house.settled()
    assert not next(message for message in ana.messages if message.id == step.id).buttons
    await ana.send("/today")
    await ana.sees("sign that needs to be checked first")
    await ana.send("/start")
    standing = await ana.sees("Welcome back")
    assert [label for row in standing.buttons for label, _ in row] == [
        "A clinician has cleared me: resume"
    ]
    await ana.tap("cleared me")
    await ana.sees("Reminders are back")
    await ana.send("/today")
    await ana.sees("1/")


async def test_this_step_first(ana: Person, onboarded: Walk) -> None:
    """In a session "how long?" says first how long this step takes."""
    await onboarded(ana)
    await ana.send("/today")
    await ana.sees("1/11")
    await ana.send("how long?")
    answer = await ana.sees("This step")
    assert answer.text.index("This step: hold 1:20 min") < answer.text.index("Beginner")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("next", "3/11"),
        ("Done!", "3/11"),
        ("skip this", "3/11"),
        ("back", "1/11"),
        ("undo", "1/11"),
        ("stop", "stopped here"),
    ],
)
async def test_typed_in_place_of_a_tap(
    house: House, ana: Person, onboarded: Walk, typed: str, seen: str
) -> None:
    """Words that mean a button of the step do what it does, and the step shown is below them."""
    await onboarded(ana)
    await ana.send("/today")
    before = await ana.sees("1/11")
    await ana.tap("Done")
    await ana.sees("2/11")
    sent = await ana.send(typed)
    shown = await ana.sees(seen)
    assert shown.id > sent.id
    await house.settled()
    assert not [one for one in ana.messages if one.id == before.id and one.buttons]


async def test_typed_outside_a_session(ana: Person, onboarded: Walk) -> None:
    """Without a session the same words are what they were: no question we know."""
    await onboarded(ana)
    await ana.send("next")
    await ana.sees("I don't know that one")
