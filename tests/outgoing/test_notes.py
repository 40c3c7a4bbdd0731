"""Notes of what became of messages: together in one transaction, each told when it is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.intake.notes import Notes
from bot.jobs.due import again_after
from bot.services.noting import Note


def note(number: int) -> Note:
    """Return something that stands for a note."""
    return cast("Note", number)


async def test_those_that_wait_go_together() -> None:
    """While one transaction runs the others gather; each returns after its own."""
    batches: list[list[Any]] = []

    async def write(notes: Sequence[Note]) -> None:
        await asyncio.sleep(0.01)
        batches.append(list(notes))

    notes = Notes(write)
    takes = [asyncio.create_task(notes.take(note(0)))]
    await asyncio.sleep(0.005)
    takes += [asyncio.create_task(notes.take(note(number))) for number in range(1, 50)]
    assert all(await asyncio.gather(*takes))
    assert batches == [[0], list(range(1, 50))]


async def test_database_that_is_away_is_waited_for() -> None:
    """A note is taken once the database is back; nobody goes on before."""
    failures = [OperationalError("x", None, Exception()) for _ in range(2)]
    stored: list[Any] = []

    async def write(notes: Sequence[Note]) -> None:
        if failures:
            raise failures.pop()
        stored.extend(notes)

    with capture_logs():
        assert await Notes(write).take(note(1))
    assert stored == [1]


async def test_bad_note_spoils_no_other() -> None:
    """A note that cannot be stored is told to its taker alone."""
    stored: list[Any] = []

    async def write(notes: Sequence[Note]) -> None:
        if note(3) in notes:
            raise ValueError
        stored.extend(notes)

    notes = Notes(write)
    with capture_logs() as logs:
        told = await asyncio.gather(*(notes.take(note(number)) for number in range(6)))
    assert told == [True, True, True, False, True, True]
    assert sorted(stored) == [0, 1, 2, 4, 5]
    assert [line["event"] for line in logs] == ["note_failed"]


def test_doubtful_ones_come_ever_more_rarely() -> None:
    """A reminder that may have arrived is tried again soon, then up to a quarter of an hour on."""
    assert [again_after(attempts) for attempts in range(5)] == [15, 60, 240, 900, 900]


async def test_broken_off() -> None:
    """A stop ends what is being written, however long the database is away."""
    notes = Notes(lambda _: asyncio.sleep(3600))
    taking = asyncio.create_task(notes.take(note(1)))
    await asyncio.sleep(0.01)
    async with asyncio.timeout(1):
        await notes.stop()
    assert not taking.done()
    taking.cancel()
