"""After /delete not a byte of a person is left in the database or in a file beside it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.jobs.upkeep import upkeep
from db.models import Base, Media
from db.queries.personal import owned
from sandbox.person import Person
from tests import databases
from tests.conftest import House, Walk
from tests.conversations.building import built
from tests.conversations.personal import ANA, files, kept, lives_a_day, row_counts
from tests.conversations.test_audio import SLOW
from tests.databases import ON_SERVER
from tests.db.filled import MARK, fill

NAME = "Zsuzsannax"
QUESTION = "quixotrelle pose how long"
THINGS = "mat and a plumbuskor"
WORDS = (MARK, NAME, "quixotrelle", "plumbuskor")


@pytest.fixture
def ana(house: House) -> Person:
    """Somebody whose number and name turn up by chance nowhere."""
    return house.person(ANA, NAME)


def varint(number: int) -> bytes:
    """Return a number as SQLite writes it into a row's head or as a row's id."""
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))


# As a text, as a column's value (in six bytes; with two zeros before it in eight), as a row's id.
NUMBERS = (str(ANA).encode(), ANA.to_bytes(6, "big"), varint(ANA))


def test_a_varint() -> None:
    """The examples of SQLite's file format."""
    assert (varint(0), varint(127), varint(128)) == (b"\x00", b"\x7f", b"\x81\x00")


def traces(house: House) -> list[str]:
    """Return what of the person is in which file or table."""
    sought = [*(word.encode() for word in WORDS), *NUMBERS]
    return [
        f"{sign!r} in {name}"
        for name, stored in kept(house).items()
        for sign in sought
        if sign in stored
    ]


def counts(house: House) -> dict[str, int]:
    """Return how many rows about her each of the tables has."""
    tables = {model.__tablename__ for model in owned(ANA)}
    return {name: count for name, count in row_counts(house).items() if name in tables}


async def leaves_something_everywhere(house: House, ana: Person, onboarded: Walk) -> None:
    """Live a day, write down odd words, have an update set aside, and put a row in every table."""
    await lives_a_day(house, ana, onboarded)
    await ana.send(f"/equipment {THINGS}")
    await ana.sees("know")
    await ana.send("/privacy")
    await ana.sees("What is stored")
    await ana.tap("Pass such questions")
    await ana.sees("can read the questions")
    await ana.send(QUESTION)
    await ana.sees("I don't know that one")
    house.telegram.faults.next("sendMessage", status=400, times=3, chat=ANA)
    await ana.send(f"/help {QUESTION}")
    await ana.sees("Something went wrong")
    await house.settled()
    assert house.limber is not None
    async with house.limber.deps.write() as session:
        await fill(session, ANA)
    assert min(counts(house).values()) > 0


async def deletes_everything(house: House, ana: Person) -> None:
    """Delete everything."""
    await ana.send("/delete")
    await ana.sees("for good")
    await ana.tap("Delete everything")
    await ana.sees("Everything about you is deleted")
    await house.settled()


async def test_not_a_byte_is_left(house: House, ana: Person, onboarded: Walk) -> None:
    """With VACUUM and the log taken in, no number, name or word of hers is in any file."""
    await leaves_something_everywhere(house, ana, onboarded)
    found = traces(house)
    # Of a server only the rows are seen: none of what the last words say is in one any more.
    there = (*WORDS_IN_BYTES[:-1], NUMBERS[0]) if ON_SERVER else (*WORDS_IN_BYTES, *NUMBERS[:2])
    assert all(any(repr(sign) in one for one in found) for sign in there)
    await deletes_everything(house, ana)
    databases.vacuum(house.url)
    assert traces(house) == []


async def test_nothing_waits_for_a_vacuum(house: House, ana: Person, onboarded: Walk) -> None:
    """What is deleted is overwritten; within the hour the log is emptied, too."""
    await leaves_something_everywhere(house, ana, onboarded)
    await deletes_everything(house, ana)
    assert house.limber is not None
    await upkeep(house.limber.deps, house.limber.mode.inbox)
    assert traces(house) == []


async def test_others_are_still_there(house: House, ana: Person, onboarded: Walk) -> None:
    """What is stored of somebody else stays, row by row."""
    ben = await onboarded(house.person(1002, "Ben"))
    assert house.limber is not None
    async with house.limber.deps.write() as session:
        await fill(session, ben.id)
    before = counts(house)
    await onboarded(ana)
    await deletes_everything(house, ana)
    after = counts(house)
    assert {name: n for name, n in after.items() if name != "inbox"} == {
        name: n for name, n in before.items() if name != "inbox"
    }


async def test_own_routine_leaves_no_file(house: House, ana: Person, onboarded: Walk) -> None:
    """A person's own routine to listen to, and its poster, are sent and kept nowhere."""
    await onboarded(ana)
    await house.settled()
    uploaded, files_before = await uploads(house), set(files(house))
    await built(ana)
    await ana.tap("Done")
    assert (await ana.sees("Before work")).photo
    await ana.tap("Audio session")
    assert (await ana.sees("0:00 ", SLOW)).voice
    await house.settled()
    assert await uploads(house) == uploaded
    assert {path.name for path in set(files(house)) - files_before if path.suffix != ".db"} == set()


async def uploads(house: House) -> list[str]:
    """Return what is remembered of uploaded files."""
    assert house.limber is not None
    async with house.limber.deps.read() as session:
        return sorted(await session.scalars(select(Media.fingerprint)))


WORDS_IN_BYTES = tuple(word.encode() for word in WORDS)


def test_no_table_is_forgotten() -> None:
    """Every table is somebody's, or says that it is nobody's; the test above fills all of them."""
    assert {model.__tablename__ for model in owned(ANA)} <= set(Base.metadata.tables)
