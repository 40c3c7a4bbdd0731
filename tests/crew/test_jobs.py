"""Jobs follow each other at once, and a stop or a server that goes away ends none of them badly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException
from procrastinate.manager import JobManager
from sqlalchemy import make_url

from bot.crew import jobs as crew_jobs
from bot.crew.jobs import CHAT, Jobs, Work
from db.connecting import conninfo
from db.opening import open_database
from tests import databases

pytestmark = pytest.mark.server
MANY = 20
TAKES = 0.03  # seconds of a job: longer than a look for the next, which is missed meanwhile


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    """A database that nobody has a job on."""
    url = databases.new_url(tmp_path)
    await (await open_database(url, datetime.now(UTC))).close()
    yield url
    databases.drop(url)


async def test_who_waits_for_a_lock_is_next_at_once(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Jobs with one lock do not wait until a worker happens to look again."""
    monkeypatch.setattr(crew_jobs, "POLL", 1.0)
    done = list[int]()

    async def work(*, again: bool, chat: int) -> None:
        await asyncio.sleep(TAKES)
        done.append(chat)

    async with working(url, work) as (jobs, _):
        async with await psycopg.AsyncConnection.connect(conninfo(make_url(url))) as held:
            await held.execute("lock table jobs.procrastinate_jobs in access exclusive mode")
            saying = [
                asyncio.create_task(jobs.say(CHAT, lock="chat:7", chat=number))
                for number in range(MANY)
            ]
            await asyncio.sleep(0.1)  # all of them wait, so that they come at once
        await asyncio.gather(*saying)
        await until(lambda: len(done) == MANY, MANY / 2)
    assert sorted(done) == list(range(MANY))


async def test_a_job_is_done_again_whose_end_was_not_stored(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One statement that fails leaves no chat behind a job for ever that nobody does."""
    done = list[tuple[int, bool]]()
    finish, faults = JobManager.finish_job, [ConnectorException("gone")]

    async def failing(self: JobManager, *args: Any, **named: Any) -> None:
        if faults:
            raise faults.pop()
        await finish(self, *args, **named)

    async def work(*, again: bool, chat: int) -> None:
        done.append((chat, again))

    monkeypatch.setattr(JobManager, "finish_job", failing)
    monkeypatch.setattr(crew_jobs, "LOOKS", 2)
    async with working(url, work) as (jobs, _):
        for number in range(2):
            await jobs.say(CHAT, lock="chat:7", chat=number)
        async with asyncio.timeout(20):
            while len(done) < 3:
                await asyncio.sleep(0.05)
                await jobs.look_after()
    assert done == [(0, False), (0, True), (1, False)]


@pytest.mark.parametrize("seconds", [0.0, 3.0], ids=["just now", "for a while"])
async def test_a_stop_ends_without_the_server(url: str, seconds: float) -> None:
    """Who is told to stop while the server is away stops, and does not wait for it."""
    done = list[int]()

    async def work(*, again: bool, chat: int) -> None:
        done.append(chat)

    async with working(url, work) as (jobs, running):
        await jobs.say(CHAT, lock="chat:7", chat=7)
        await until(lambda: bool(done), 10)
        databases.shut(url)
        try:
            await asyncio.sleep(seconds)
            running.cancel()
            ended, _ = await asyncio.wait([running], timeout=8)
            assert ended
        finally:
            databases.reopen(url)


@asynccontextmanager
async def working(url: str, work: Work) -> AsyncIterator[tuple[Jobs, asyncio.Task[None]]]:
    """Do the jobs of chats as a process does."""
    jobs = Jobs(make_url(url))
    jobs.add(CHAT, work)
    await jobs.open()
    running = asyncio.create_task(jobs.run(1.0))
    try:
        yield jobs, running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await jobs.close()


async def until(true: Callable[[], bool], seconds: float) -> None:
    """Return when something is true; raise TimeoutError after so many seconds."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.01)
