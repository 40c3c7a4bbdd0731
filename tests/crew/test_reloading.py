"""Content read anew by all: each heeds what another one asked for, once, and nothing older."""

from __future__ import annotations

from bot.crew.reloading import Reloading
from db.engine import Database


class Reader:
    """A process that counts how often it was told to read anew."""

    def __init__(self, database: Database) -> None:
        self.times = 0
        self.reloading = Reloading(database, self._read)

    def _read(self) -> None:
        self.times += 1


async def test_who_heeds(database: Database) -> None:
    """The others do, once for each time; not who asked, nor who came after it."""
    first, second = Reader(database), Reader(database)
    for one in (first, second):
        await one.reloading.look()
    await first.reloading.ask()
    third = Reader(database)
    for _ in range(2):
        for one in (first, second, third):
            await one.reloading.look()
    assert [first.times, second.times, third.times] == [0, 1, 0]
    await second.reloading.ask()
    await first.reloading.ask()
    for one in (first, second, third):
        await one.reloading.look()
    assert third.times == 1
    assert second.times == 2
