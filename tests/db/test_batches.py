"""A batch of reminders costs SQLite the same whether few or many people have gone before."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, update
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection
from sqlalchemy.pool import Pool

from bot.deps import Deps
from bot.domain.person import PersonState, Question, Screened
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.stored_rules import dump
from bot.packs import read_content
from bot.services import claiming, handing, noting, sending
from bot.services.noting import Went
from bot.shelf import Shelf
from content.loader import packaged
from db.models import Person, Reminder
from db.opening import open_database
from tests import databases

DUE = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
BATCHES = 8
HANDED = 10  # people of a batch whose movements are handed out
STEPS = 50  # of SQLite's virtual machine, from one count to the next


@dataclass
class Standing:
    """A clock that stands."""

    moment: datetime = DUE

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self.moment

    async def wait_until(self, instant: datetime) -> None:
        """Return at once."""
        self.moment = instant


# The work is counted in steps of SQLite's machine; PostgreSQL has the same statements and indexes.
pytestmark = pytest.mark.file


class Work:
    """Counts what SQLite does."""

    def __init__(self) -> None:
        self.counted = 0

    def watch(self, connection: Any, _record: object) -> None:
        """Count on a new connection too."""
        if isinstance(connection, AsyncAdapt_aiosqlite_connection):  # migrations have the plain one
            connection.run_async(lambda driver: driver.set_progress_handler(self._step, STEPS))

    def _step(self) -> int:
        self.counted += 1
        return 0

    def since(self, before: int) -> int:
        """Return how much was done since it had counted so much."""
        return self.counted - before


@contextmanager
def watched() -> Iterator[Work]:
    """Count what every connection does that is opened meanwhile."""
    work = Work()
    event.listen(Pool, "connect", work.watch)
    try:
        yield work
    finally:
        event.remove(Pool, "connect", work.watch)


@pytest.fixture
async def crowd(tmp_path: Path) -> AsyncIterator[tuple[Deps, Work]]:
    """Open a database of many people who are all due in the same minute."""
    with watched() as work:
        database = await open_database(databases.new_url(tmp_path), DUE)
        ids = range(1, BATCHES * claiming.BATCH + 1)
        async with database.sessions.begin() as session:
            await session.execute(insert(Person), [_person(one) for one in ids])
            await session.execute(insert(Reminder), [_reminder(one) for one in ids])
        shelf = Shelf(read_content(packaged()))
        yield Deps(database, Standing(), shelf, lambda: None, _never), work
        await database.close()


def _person(one: int) -> dict[str, Any]:
    return {
        "id": one,
        "state": PersonState.ACTIVE,
        "zone": "UTC",
        "onboarding": Question.DONE,
        "created_at": DUE,
    }


def _reminder(one: int) -> dict[str, Any]:
    return {
        "person_id": one,
        "kind": ReminderKind.ROUTINE,
        "rule": dump(Rule((time(6, 30),))),
        "next_at": DUE,
        "wake_at": DUE,
        "created_at": DUE,
    }


async def _never() -> Any:
    raise AssertionError


async def _claim_and_send(deps: Deps) -> None:
    """Take one batch from due to sent."""
    assert await claiming.claim(deps) == claiming.BATCH
    chunk = await sending.to_send(deps, claiming.BATCH)
    assert len(chunk.nudges) == claiming.BATCH
    await noting.note(deps, [Went(nudge, nudge.person_id) for nudge in chunk.nudges])


async def test_late_batch_costs_what_an_early_one_does(crowd: tuple[Deps, Work]) -> None:
    """Of many people due in the same minute the last cost no more than the first."""
    deps, work = crowd
    costs = []
    for _ in range(BATCHES):
        before = work.counted
        await _claim_and_send(deps)
        costs.append(work.since(before))
    assert costs[0] > 100, "the work is counted"
    assert max(costs) < 1.02 * costs[0], costs


async def test_handing_out_costs_the_same_late(crowd: tuple[Deps, Work]) -> None:
    """What one person's movement costs to be handed out does not depend on the others."""
    deps, work = crowd
    async with deps.write() as session:
        await session.execute(update(Reminder).values(kind=ReminderKind.MOVEMENT))
        await session.execute(update(Person).values(screened=Screened.NONE))
    costs = []
    for batch in range(BATCHES):
        assert await claiming.claim(deps) == claiming.BATCH
        before, first = work.counted, batch * claiming.BATCH + 1
        for one in range(first, first + HANDED):
            await handing.hand_out(deps, one)
        costs.append(work.since(before))
    chunk = await sending.to_send(deps, HANDED)
    assert not any(nudge.waits_for_share for nudge in chunk.nudges)
    assert len(chunk.nudges) == HANDED
    assert max(costs) < 1.2 * costs[0], costs


async def test_what_expires_is_let_go_in_batches(crowd: tuple[Deps, Work]) -> None:
    """What nobody answered is missed the day after; others may write in between."""
    deps, work = crowd
    for _ in range(BATCHES):
        await _claim_and_send(deps)
    assert isinstance(deps.clock, Standing)
    deps.clock.moment += timedelta(days=2)
    costs = []
    before = work.counted
    while await claiming.expire(deps):
        costs.append(work.since(before))
        before = work.counted
    assert len(costs) == BATCHES
    assert max(costs) < 1.1 * min(costs), costs
