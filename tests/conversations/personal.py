"""What stories about a person's own data share: a day that is lived, files, rows about somebody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.stored import Row

ANA = 918273645546  # a number that turns up by chance nowhere
NUDGE = "12 minutes"


def file_of(house: House, message: Message) -> bytes:
    """Return the bytes of the document that a message carries."""
    kept = house.telegram.world.files.bytes_of(message.raw["document"]["file_id"])
    assert kept is not None
    return kept[0]


def document(house: House, message: Message) -> dict[str, list[dict[str, Any]]]:
    """Return the JSON document that a message carries."""
    found = json.loads(file_of(house, message))
    assert isinstance(found, dict)
    return found


def rows_about(house: House, person: int) -> list[tuple[str, Row]]:
    """Return every row of every table that has the number in any of its columns."""
    with house.stored() as database:
        return [
            (name, row)
            for name in database.tables()
            for row in database.rows(f'select * from "{name}"')
            if any(str(person) in str(value) for value in row)
        ]


def row_counts(house: House) -> dict[str, int]:
    """Return how many rows each table has."""
    with house.stored() as database:
        return {
            name: database.value(f'select count(*) from "{name}"') for name in database.tables()
        }


def files(house: House) -> Iterator[Path]:
    """Yield every file that the bot keeps; the sandbox's own are those of its Telegram."""
    for path in house.folder.rglob("*"):
        if path.is_file() and "telegram" not in path.relative_to(house.folder).parts[:1]:
            yield path


def kept(house: House) -> dict[str, bytes]:
    """Return all that the bot keeps: files as they are, and what stands in tables as text."""
    found = {path.name: path.read_bytes() for path in files(house)}
    with house.stored() as database:
        for name in database.tables():
            rows = database.rows(f'select * from "{name}"')
            found[f"table {name}"] = "\n".join(map(repr, rows)).encode()
    return found


async def lives_a_day(house: House, person: Person, onboarded: Walk) -> None:
    """Leave something in every table: reminders, a session with records, gate answers."""
    await onboarded(person)
    await person.send("/schedule add 21:00")
    await person.sees("21:00")
    await person.send("/breathe at 10:00")
    await person.sees("10:00")
    house.clock.push(minutes=30)
    await person.sees(NUDGE)
    await person.tap("Start")
    await person.sees("1/")
    await person.tap("Done")
    await person.sees("2/")
    await person.tap("Stop")
    await person.sees("stopped here")
    await person.tap("Just right")
    await person.sees("Noted")
    await person.send("/how psoas self release")
    await person.sees("Get ready")
    await person.tap("Do it now")
    await person.sees("question 1 of 9")
    await person.tap("No")
    await person.sees("question 2 of 9")
    await house.settled()
