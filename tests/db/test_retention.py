"""What is kept long enough goes, what is younger stays, and nobody's progress changes by it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from bench.lived import Lived
from bot.deps import Deps
from bot.domain.broadcast import CopyState
from bot.domain.calendar import Mark
from bot.domain.proposal import ProposalKind
from bot.packs import read_content
from bot.services import personal, progress, retention
from bot.services.retention import BATCH, HISTORY
from bot.services.undoing import UNDOABLE
from bot.shelf import Content, Reloaded, Shelf
from content.loader import packaged
from db.models import (
    Base,
    Broadcast,
    BroadcastCopy,
    Correction,
    EntryVersion,
    GateAnswer,
    Occurrence,
    Pause,
    Person,
    Proposal,
    Session,
)
from db.opening import open_database
from db.queries import gates
from tests import databases

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ANA = 1001
DAYS = 420
OLD, YOUNG = NOW - HISTORY - timedelta(minutes=1), NOW - HISTORY + timedelta(minutes=1)


@dataclass
class Standing:
    """A clock that a test moves."""

    moment: datetime = NOW

    def now(self) -> datetime:
        """Return the moment it stands at."""
        return self.moment

    async def wait_until(self, instant: datetime) -> None:
        """Return at once."""
        self.moment = instant


@cache
def _content() -> Content:
    return read_content(packaged())


async def _never() -> Reloaded:
    raise AssertionError("the content is not read anew")


@pytest.fixture
async def deps(tmp_path: Path) -> AsyncIterator[Deps]:
    """Open a database in which somebody practised once a day for 420 days."""
    url = databases.new_url(tmp_path)
    database = await open_database(url, NOW)
    found = Deps(database, Standing(), Shelf(_content()), lambda: None, _never)
    async with found.write() as session:
        await Lived(ANA, NOW, DAYS, DAYS).store(session, found.catalogue)
    yield found
    await database.close()
    databases.drop(url)


async def add(deps: Deps, model: type[Base], *rows: dict[str, Any]) -> None:
    """Put rows into a table."""
    async with deps.write() as session:
        await session.execute(insert(model), list(rows))


async def column(deps: Deps, wanted: Any) -> Sequence[Any]:
    """Return what stands in a column of a table."""
    async with deps.read() as session:
        return (await session.scalars(select(wanted))).all()


async def test_old_occurrences_go(deps: Deps) -> None:
    """What was over more than 402 days ago goes, in batches; what is younger stays."""
    before = sorted(await column(deps, Occurrence.expires_at))
    assert before[0] < OLD
    await retention.prune(deps)
    assert sorted(await column(deps, Occurrence.expires_at)) == [
        moment for moment in before if moment >= NOW - HISTORY
    ]
    assert len(await column(deps, Session.id)) == DAYS


async def test_progress_is_the_same(deps: Deps) -> None:
    """Streak, score, calendar and totals do not change by what is pruned."""
    before = await progress.gather(deps, ANA)
    assert before.streak
    await retention.prune(deps)
    assert await progress.gather(deps, ANA) == before


async def test_batches(deps: Deps) -> None:
    """However much is old, all of it goes; others can write in between."""
    await add(
        deps,
        Proposal,
        *(
            {"person_id": ANA, "kind": ProposalKind.TIME, "offered": {}, "made_at": OLD}
            for _ in range(2 * BATCH + 3)
        ),
    )
    await retention.prune(deps)
    assert await column(deps, Proposal.id) == []


async def test_what_is_about_days(deps: Deps) -> None:
    """Proposals, pauses, corrected days and news go with the days they are about."""
    for at in (OLD, YOUNG):
        offered = {"kind": ProposalKind.TIME, "offered": {}, "made_at": at}
        await add(deps, Proposal, {"person_id": ANA, **offered})
        await add(deps, Pause, {"person_id": ANA, "since": at - timedelta(days=3), "until": at})
        said = {"said": Mark.DONE, "said_at": at}
        day = (at - timedelta(days=at is OLD)).date()
        await add(deps, Correction, {"person_id": ANA, "practice_day": day, **said})
        news = {"id": at.minute + 1, "author_id": 9, "text": "News", "made_at": at}
        await add(deps, Broadcast, news)
        copy = {"broadcast_id": news["id"], "person_id": ANA, "state": CopyState.DUE}
        await add(deps, BroadcastCopy, copy)
    await add(deps, Pause, {"person_id": ANA, "since": OLD, "until": None})
    await retention.prune(deps)
    assert await column(deps, Proposal.made_at) == [YOUNG]
    assert set(await column(deps, Pause.until)) == {YOUNG, None}
    assert await column(deps, Correction.said_at) == [YOUNG]
    assert await column(deps, Broadcast.made_at) == [YOUNG]
    assert len(await column(deps, BroadcastCopy.person_id)) == 1


@pytest.mark.parametrize("age", [-timedelta(seconds=1), timedelta(seconds=1)])
async def test_ten_minutes_of_undo(deps: Deps, age: timedelta) -> None:
    """What was before a change is forgotten when the change cannot be taken back any more."""
    at = NOW - UNDOABLE - age
    async with deps.write() as session:
        person = await session.get_one(Person, ANA)
        row = (await session.scalars(select(Session).limit(1))).one()
        person.undo, person.undo_at = {"reminders": []}, at
        row.undo, row.undo_at = {"records": []}, at
    await retention.prune(deps)
    gone = age > timedelta()
    kept = [one for one in await column(deps, Session.undo) if one is not None]
    assert (kept == []) == gone
    assert (await column(deps, Person.undo) == [None]) == gone
    assert await column(deps, Person.undo_at) == [at]


async def test_gate_answers(deps: Deps) -> None:
    """Answers go when the question is asked again, the closed day when it is over everywhere."""
    (gate,) = deps.catalogue.safety.gates.values()
    days = timedelta(days=gate.days)
    second = timedelta(seconds=1)
    rows = (
        (gate.key, 1, NOW - days - second),
        (gate.key, 2, NOW - days + second),
        ("gone", 1, OLD),
        ("gone", 2, YOUNG),
        (gate.key, gates.CLOSED, NOW - timedelta(days=2) - second),
        ("gone", gates.CLOSED, NOW - timedelta(days=2) + second),
    )
    for key, question, at in rows:
        row = {"gate": key, "question": question, "yes": False, "answered_at": at}
        await add(deps, GateAnswer, {"person_id": ANA, **row})
    await retention.prune(deps)
    left = {(row, at) for row, at in await _gates(deps)}
    assert left == {(key, at) for key, _, at in rows[1::2]}


async def _gates(deps: Deps) -> Sequence[tuple[str, datetime]]:
    async with deps.read() as session:
        query = select(GateAnswer.gate, GateAnswer.answered_at)
        return [(gate, at) for gate, at in await session.execute(query)]


async def test_versions_that_nobody_began_with(deps: Deps) -> None:
    """When sessions were deleted, what only they began with goes; today's content stays."""
    used, today = "used by others", next(iter(deps.catalogue.digests.values()))
    await add(deps, EntryVersion, *({"digest": d, "content": {}} for d in (used, today, "hers")))
    async with deps.write() as session:
        await Lived(ANA + 1, NOW, 10, 10).store(session, deps.catalogue)
    async with deps.write() as session:
        for row in await session.scalars(select(Session)):
            row.entries = {"it": "hers" if row.person_id == ANA else used}
    await retention.prune(deps)
    assert set(await column(deps, EntryVersion.digest)) == {used, today, "hers"}
    assert await personal.delete(deps, ANA)
    await retention.prune(deps)
    assert set(await column(deps, EntryVersion.digest)) == {used, today}


@pytest.mark.file
async def test_copies_of_the_database(deps: Deps) -> None:
    """A copy that an upgrade put aside goes after thirty days; other files are left alone."""
    folder = deps.database.path.parent
    for name, days in (("before-0003.db", 31), ("before-0004.db", 29), ("mine.db", 99)):
        (folder / name).touch()
        at = (NOW - timedelta(days=days)).timestamp()
        os.utime(folder / name, (at, at))
    await retention.prune(deps)
    assert sorted(path.name for path in folder.glob("*.db")) == [
        "before-0004.db",
        "limber.db",
        "mine.db",
    ]


async def test_nothing_to_do_is_cheap(deps: Deps) -> None:
    """Pruned anew, nothing is changed."""
    await retention.prune(deps)
    async with deps.read() as session:
        before = await session.scalar(select(func.count()).select_from(Occurrence))
    await retention.prune(replace(deps, clock=Standing(NOW + timedelta(minutes=1))))
    async with deps.read() as session:
        assert await session.scalar(select(func.count()).select_from(Occurrence)) == before
