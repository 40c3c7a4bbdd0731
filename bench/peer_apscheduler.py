"""One APScheduler 3 job a person, in memory or in its SQLAlchemy store; default settings."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Iterable
from datetime import time
from pathlib import Path
from typing import Any

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bench.peer_gauges import FIRINGS, ZONE


async def remind(person: int) -> None:
    """Be what the job of a person calls."""
    FIRINGS.fired()


def add_job(scheduler: AsyncIOScheduler, person: int, at: time, **settings: Any) -> None:
    """Schedule one person daily as the user guide does: by an id of their own, replacing."""
    scheduler.add_job(
        remind,
        "cron",
        args=(person,),
        id=str(person),
        replace_existing=True,
        hour=at.hour,
        minute=at.minute,
        second=at.second,
        timezone=ZONE,
        **settings,
    )


class MemoryJobs:
    """A scheduler that forgets everything at a restart."""

    stored = False

    def __init__(self, folder: Path, *, patient: bool = False) -> None:
        self.scheduler = AsyncIOScheduler(timezone="UTC")
        self._settings = {"misfire_grace_time": None} if patient else {}
        self._prepare(folder)

    def _prepare(self, folder: Path) -> None:
        self.scheduler.add_jobstore(MemoryJobStore())

    def add(self, person: int, at: time) -> None:
        """Remind a person daily at a local time."""
        add_job(self.scheduler, person, at, **self._settings)

    async def begin(self) -> None:
        """Start the scheduler."""
        self.scheduler.start()

    async def end(self) -> None:
        """Stop it."""
        self.scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # it stops in a callback of the loop


class StoredJobs(MemoryJobs):
    """A scheduler that keeps its jobs in an SQLite file."""

    stored = True

    def _prepare(self, folder: Path) -> None:
        self._url = f"sqlite:///{folder / 'jobs.db'}"
        self.scheduler.add_jobstore(SQLAlchemyJobStore(url=self._url))

    def fill(self, people: Iterable[tuple[int, time]]) -> None:
        """Put jobs into the store in one transaction, which its users cannot; never timed."""
        store = _AtOnce(url=self._url)
        scheduler = AsyncIOScheduler(timezone="UTC")
        scheduler.add_jobstore(store)
        scheduler.start(paused=True)
        for person, at in people:
            add_job(scheduler, person, at, **self._settings)
        store.write()


class _AtOnce(SQLAlchemyJobStore):  # type: ignore[misc]
    """Collects the jobs it is given and writes them at once."""

    def __init__(self, url: str) -> None:
        super().__init__(url=url)
        self._jobs: list[Any] = []

    def add_job(self, job: Any) -> None:
        self._jobs.append(job)

    def write(self) -> None:
        rows = [
            {
                "id": job.id,
                "next_run_time": job.next_run_time.timestamp(),
                "job_state": pickle.dumps(job.__getstate__(), self.pickle_protocol),
            }
            for job in self._jobs
        ]
        with self.engine.begin() as connection:
            connection.execute(self.jobs_t.insert().prefix_with("OR REPLACE"), rows)
        self.engine.dispose()
