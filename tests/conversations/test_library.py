"""The library: by purpose, by what one has, the notes, routines, and links to all of them."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import Catalogue, Purpose
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk


def labels(message: Message) -> list[str]:
    """Return the words on the buttons of a message."""
    return [label for row in message.buttons for label, _ in row]


def catalogue(house: House) -> Catalogue:
    """Return the pack in use."""
    assert house.limber is not None
    return house.limber.deps.catalogue


async def test_every_entry_is_served(house: House, ana: Person, onboarded: Walk) -> None:
    """Every exercise and practice is on one shelf, and its button opens its card below the list."""
    await onboarded(ana)
    pack, found = catalogue(house), []
    for purpose in Purpose:
        await ana.send("/exercises")
        await ana.sees("What are you after")
        await ana.tap(purpose.value)
        shelf = await ana.sees(": tap")
        named = {entry.name: key for key, entry in pack.entries.items()}
        keys = [named[label.removeprefix("🧰 ")] for label in labels(shelf)[:-3]]
        found += keys
        for key in keys:
            await ana.tap(pack.name_of(key), on=shelf)
            card = await ana.sees("Get ready")
            assert card.text.startswith(pack.name_of(key))
            assert card.photo
            assert card.id != shelf.id
    assert sorted(found) == sorted(pack.entries)


async def test_every_note_is_served(house: House, ana: Person, onboarded: Walk) -> None:
    """Every knowledge note is listed by its question, and shown with its words."""
    await onboarded(ana)
    notes = list(catalogue(house).notes.values())
    await ana.send("/exercises")
    await ana.sees("What are you after")
    await ana.tap("Good to know")
    await ana.sees("What people ask")
    seen: list[str] = []
    while True:
        await house.settled()
        page = ana.screen
        for label in labels(page):
            note = next((note for note in notes if note.name == label), None)
            if note is not None:
                await ana.tap(label, on=page)
                shown = await ana.sees(note.name)
                assert " ".join(note.text.split()) in " ".join(shown.text.split())
                await ana.tap("Good to know")
                await house.settled()
                seen.append(note.key)
                for _ in range((len(seen) - 1) // 8):
                    await ana.tap("More")
                    await house.settled()
        if "More ▶️" not in labels(ana.screen):
            break
        await ana.tap("More")
    assert seen == [note.key for note in notes]


async def test_what_one_has(house: House, ana: Person, onboarded: Walk) -> None:
    """What lacks a thing is marked in a list, and left out where only what one can do is wanted."""
    await onboarded(ana)
    await ana.send("/equipment no sofa, no bed, no stairs, no table")
    await ana.sees("Saved")
    await ana.send("/exercises")
    await ana.sees("What are you after")
    await ana.tap("Stretch")
    shelf = await ana.sees("needs something you do not have")
    assert "🧰 Box hip stretch" in labels(shelf)
    await ana.tap("What I have")
    await house.settled()
    assert "Box hip" not in str(labels(ana.screen))
    assert "Half-kneeling hip stretch" in labels(ana.screen)
    await ana.tap("Show all")
    await ana.sees("needs something you do not have")


async def test_alone_it_is_not_begun_without_its_things(ana: Person, onboarded: Walk) -> None:
    """An exercise whose things are missing is explained, and is not begun."""
    await onboarded(ana)
    await ana.send("/equipment no sofa, no bed, no stairs, no table")
    await ana.sees("Saved")
    await ana.send("/how couch stretch")
    await ana.sees("Get ready")
    await ana.tap("Do it now")
    refusal = await ana.sees("something you do not have")
    assert "🧰 My things" in labels(refusal)


async def test_routines_can_be_looked_at(house: House, ana: Person, onboarded: Walk) -> None:
    """A routine shows its items, what replaces what is missing, and its length at every level."""
    await onboarded(ana)
    await ana.send("/routines")
    listed = await ana.sees("Tap a name")
    assert "box or bench, massage ball, foam roller" in listed.text
    looks = [data for row in listed.buttons for label, data in row if "Look" in label]
    index = list(catalogue(house).routines).index("full-article-25")
    await ana.tap("", on=listed, data=looks[index])
    page = await ana.sees("The full 25 · 25 min")
    assert page.photo
    assert "No box or bench: sofa" in page.text
    assert "2. Box hip stretch · 3 min" in page.text
    shorter = next(label for label in labels(page) if label.startswith("Beginner"))
    await ana.tap("Beginner ·")
    await ana.sees("The full 25 · Beginner")
    assert int(shorter.split()[2]) < 25
    await ana.tap("As written")
    await house.settled()
    await ana.tap("Make it daily")
    changed = await ana.sees("This is your daily routine now")
    assert "⭐ The full 25" in changed.text


async def test_a_level_changes_the_doses(ana: Person, onboarded: Walk) -> None:
    """Started at a level, a routine has that level's doses; as written it has its own."""
    await onboarded(ana)
    await ana.send("/start rt_daily-psoas-12")
    await ana.sees("Daily 12 · 12 min")
    await ana.tap("Beginner ·")
    await ana.sees("Daily 12 · Beginner")
    await ana.tap("Start now")
    assert "hold 2:30 min" in (await ana.sees("1/")).text or "hold 2 min" in ana.screen.text
    await ana.tap("Stop")
    await ana.sees("stopped here")
    await ana.send("/today")
    assert "hold 1:20 min" in (await ana.sees("1/")).text


async def test_programme(house: House, ana: Person, onboarded: Walk) -> None:
    """A programme goes a day further each day; a missed day brings the last one again."""
    await onboarded(ana)
    await ana.send("/routines")
    await house.settled()
    await ana.tap("Beginner week")
    await ana.sees("your daily routine now")
    for days, expected in ((0, "Day 1"), (1, "Day 2"), (1, "Day 3"), (3, "Day 3"), (1, "Day 4")):
        house.clock.push(days=days)
        await house.settled()
        await ana.send("/start rt_beginner-week")
        await ana.sees(f"Today: {expected} of 7")
        await ana.send("/today")
        await ana.sees("1/")
        while "/" in ana.screen.text.split(" ")[0]:
            await ana.tap("Done")
            await house.settled()
        assert f"Beginner week · {expected}: done" in ana.screen.text


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("ex_cat-cow", "Welcome back"),
        ("ex_segmented-cat-cow", "Get ready"),
        ("ex_breath-box-4444", "Get ready"),
        ("rt_desk-reset-5", "Desk reset 5 · 5 min"),
        ("rt_nothing", "Welcome back"),
        ("kn_kn-soul", "muscle of the soul"),
    ],
)
async def test_deep_links(ana: Person, onboarded: Walk, link: str, words: str) -> None:
    """Links lead to cards, routines and notes; to nothing, they are a plain /start."""
    await onboarded(ana)
    await ana.send(f"/start {link}")
    await ana.sees(words)


async def test_routine_link_of_somebody_new(ana: Person) -> None:
    """A linked routine can be looked at by somebody new; starting it leads to the safety note."""
    await ana.send("/start rt_desk-reset-5")
    await ana.sees("Desk reset 5 · 5 min")
    await ana.tap("Start now")
    await ana.sees("Welcome to Limber")


async def test_the_broomstick_is_never_begun(ana: Person, onboarded: Walk) -> None:
    """The broomstick release is explained when asked for, and there is no way to begin it."""
    await onboarded(ana)
    await ana.send("/how broomstick release")
    card = await ana.sees("Get ready")
    assert "Do it now" not in str(labels(card))
    await ana.tap("", on=card, data="do:psoas-broomstick-release")
    await ana.sees_toast("only explained here")


async def test_safety_rules_are_a_tap_away(ana: Person, onboarded: Walk) -> None:
    """Every card's safety page leads to the rules for everything."""
    await onboarded(ana)
    await ana.send("/how bird dog")
    await ana.sees("Get ready")
    await ana.tap("Safety")
    await ana.sees("Stop if")
    await ana.tap("Safety rules")
    assert "Worse the next day" in (await ana.sees("For every exercise")).text


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("box", "Box breathing"),
        ("478", "4-7-8"),
        ("crocodile", "Breathing on your front"),
        ("belly", "360 belly breath"),
        ("long exhale", "Long out-breath"),
    ],
)
async def test_breathe_by_name(ana: Person, onboarded: Walk, typed: str, name: str) -> None:
    """/breathe with a word of a practice's name begins that practice."""
    await onboarded(ana)
    await ana.send(f"/breathe {typed}")
    await ana.sees(f"1/1 · {name}")


async def test_gentle_people_stay_below_what_is_written(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """To whom something applies no harder level is offered, and a forged one is refused."""
    await onboarded(ana, answer="Something applies")
    await ana.send("/start rt_gentle-8")
    page = await ana.sees("Gentle 8 · 8 min")
    assert "Advanced" not in str(labels(page))
    for wanted in ("r.gentle-8.a", "r.gentle-8.s", "e.glute-bridge.a", "r.daily-psoas-12.b"):
        await ana.tap("", on=page, data=f"st:{wanted}")
        await ana.sees("something on the safety list applies")
    await ana.tap("", on=page, data="st:r.gentle-8.b")
    assert "Flat is uncomfortable, or pregnant?" in (await ana.sees("1/")).text


async def test_screening_ends_what_is_not_gentle(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Who tells in the middle that something applies is not walked on through the rest."""
    await onboarded(ana)
    await ana.send("/today")
    step = await ana.sees("1/")
    await ana.send("/settings")
    await ana.sees("Settings")
    await ana.tap("Safety question")
    await ana.sees("Does any of this apply")
    await ana.tap("Something applies")
    await house.settled()
    tap = await ana.tap("Done", on=step)
    assert "no longer applies" in (await tap.answer()).text


async def test_start_over_that_is_refused_keeps_the_session(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Where nothing of the new one can be done, the open session goes on."""
    await onboarded(ana)
    await ana.send("/equipment no sofa, no bed, no stairs, no table")
    await ana.sees("Saved")
    await ana.send("/today")
    await ana.sees("1/")
    await ana.send("/start ex_psoas-box-stretch")
    await ana.sees("Box hip stretch")
    tap = await ana.tap("", on=ana.screen, data="st:e.psoas-box-stretch.")
    await tap.answer()
    await ana.sees("in the middle of")
    await ana.tap("Start over")
    await ana.sees("something you do not have")
    await ana.send("/today")
    await ana.sees("in the middle of")
    await ana.tap("Continue")
    await ana.sees("1/")


async def test_strangers_are_led_to_the_welcome(house: House) -> None:
    """What somebody new taps in the library leads to the welcome, not to a dead end."""
    zoe = house.person(1007, "Zoe")
    await zoe.send("/exercises")
    await zoe.sees("What are you after")
    await zoe.tap("My things")
    await zoe.sees("Welcome to Limber")
