"""Jobs follow each other at once, and a stop or a server that goes away ends none of them badly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.crew import jobs as crew_jobs
from bot.crew.jobs import CHAT, Jobs
from db.opening import open_database
from tests import databases

pytestmark = pytest.mark.server
MANY = 20


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
    jobs, done = Jobs(make_url(url)), list[int]()

    async def work(*, again: bool, chat: int) -> None:
        done.append(chat)

    jobs.add(CHAT, work)
    await jobs.open()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(jobs.close)
        for number in range(MANY):
            await jobs.say(CHAT, lock="chat:7", chat=number)
        running = asyncio.create_task(jobs.run(1.0))
        async with asyncio.timeout(MANY / 2):
            while len(done) < MANY:  # noqa: ASYNC110 - jobs are done by a worker of the library
                await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert done == list(range(MANY))
