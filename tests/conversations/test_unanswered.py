"""Questions without an answer are kept for the operator, their words only where that is allowed."""

from __future__ import annotations

import asyncio
import json

from click.testing import CliRunner, Result

from bot.cli import limber
from bot.services.unanswered import forget
from sandbox.person import Person
from tests.conftest import House, Walk

PIGEON = "pigeon pose how long"


async def unanswered(house: House, *options: str) -> Result:
    """Run `limber ask --unanswered` beside the running bot."""
    environ = {"DATABASE_URL": house.url, "TELEGRAM_BOT_TOKEN": None}
    command = ["ask", "--unanswered", *options]
    return await asyncio.to_thread(CliRunner().invoke, limber, command, env=environ)


def texts(house: House) -> list[str | None]:
    """Return the words that are kept, oldest first."""
    with house.stored() as database:
        return [text for (text,) in database.rows("select text from unanswered order by id")]


async def ask(house: House, person: Person, question: str = PIGEON) -> None:
    """Ask what has no answer."""
    await person.send(question)
    await person.sees("I don't know that one")
    await house.settled()


async def test_words_only_with_consent(house: House, ana: Person, onboarded: Walk) -> None:
    """Before a tap on Pass on, only that there was a question is kept; after it, its words."""
    await onboarded(ana)
    await ask(house, ana)
    assert texts(house) == [None]
    assert "(not passed on)" in (await unanswered(house)).stdout
    await ana.tap("Pass such questions")
    await ana.sees("can read the questions that I cannot answer")
    await ask(house, ana)
    assert texts(house) == [None, PIGEON]
    first, second = (await unanswered(house)).stdout.splitlines()
    assert PIGEON in first
    assert "(not passed on)" in second
    assert not [label for row in ana.screen.buttons for label, _ in row if "Pass such" in label]


async def test_as_objects(house: House, ana: Person, onboarded: Walk) -> None:
    """With --json each is one object a line."""
    await onboarded(ana)
    await ask(house, ana, "march")
    (line,) = (await unanswered(house, "--json")).stdout.splitlines()
    found = json.loads(line)
    assert (found["question"], len(found["near"])) == (None, 2)


async def test_taken_back(house: House, ana: Person, onboarded: Walk) -> None:
    """Who no longer allows it has the words removed, and is not asked again."""
    await onboarded(ana)
    await ana.send("/privacy")
    await ana.sees("What is stored")
    await ana.tap("Pass such questions")
    await ana.sees("only those")
    await ask(house, ana)
    await ana.send("/privacy")
    await ana.sees("What is stored")
    await ana.tap("Stop passing on")
    await ana.sees("are not kept")
    assert texts(house) == [None]
    await ask(house, ana)
    assert "Pass such" not in str(ana.screen.buttons)


async def test_not_in_the_way(house: House, ana: Person, onboarded: Walk) -> None:
    """What was answered, a greeting to nobody in a group, and a warning sign are not kept."""
    await onboarded(ana)
    await ana.send("how do I do the bird dog")
    await ana.sees("Get ready")
    await ana.send("how long?")
    await ana.sees("Which exercise")
    await ana.send("my chest hurts")
    await ana.sees("Please stop")
    await house.settled()
    assert texts(house) == []


async def test_forgotten_after_90_days(house: House, ana: Person, onboarded: Walk) -> None:
    """What is old goes by itself, and with the person at once."""
    await onboarded(ana)
    await ask(house, ana)
    assert house.limber is not None
    house.clock.push(days=89)
    await forget(house.limber.deps)
    assert len(texts(house)) == 1
    house.clock.push(days=2)
    await forget(house.limber.deps)
    assert texts(house) == []
    await ask(house, ana)
    await ana.send("/delete")
    await ana.sees("for good")
    await ana.tap("Delete everything")
    await ana.sees("is deleted")
    assert texts(house) == []


def test_without_a_database(tmp_path: object) -> None:
    """Where there is none yet the operator is told in a line."""
    environ = {"DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/none.db"}
    result = CliRunner().invoke(limber, ["ask", "--unanswered"], env=environ)
    assert result.exit_code == 2
    assert result.stderr.startswith("DATABASE_URL: ")
    assert result.stderr.count("\n") == 1


async def test_declined(house: House, ana: Person, onboarded: Walk) -> None:
    """Who says no is not asked again."""
    await onboarded(ana)
    await ask(house, ana)
    await ana.tap("No, don't")
    await ana.sees("are not kept")
    await ask(house, ana)
    assert "Pass such" not in str(ana.screen.buttons)
    assert texts(house) == [None, None]


async def test_one_line_each(house: House, ana: Person, onboarded: Walk) -> None:
    """What was typed over several lines, or for a terminal, is one harmless line."""
    await onboarded(ana)
    await ana.send("/privacy")
    await ana.sees("What is stored")
    await ana.tap("Pass such questions")
    await ana.sees("only those")
    await ask(house, ana, "pigeon pose\n2026-01-01 00:00  \x1b[2J forged")
    (line,) = (await unanswered(house)).stdout.splitlines()
    assert "pigeon pose 2026-01-01 00:00 [2J forged" in line
