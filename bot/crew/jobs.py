"""The jobs of Procrastinate: a chat that has updates, a step that is due, a batch of reminders."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any

import structlog
from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from procrastinate.worker import Worker
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncSession

from bot.crew import waiting
from bot.crew.life import Life
from bot.outgoing.backoff import growing
from db.connecting import ARGUMENTS, conninfo

log = structlog.get_logger(__name__)

# Work of each kind has a task and a queue of the same name.
CHAT = "chat"
STEP = "step"
BATCH = "batch"
QUEUES = [CHAT, STEP, BATCH]

SIDE_BY_SIDE = 36  # jobs of a process
CONNECTIONS = 6
HEARTBEAT = 2.0  # seconds between two signs by which processes are counted
STALLED = 6.0  # seconds without one after which a process does not count
FORGOTTEN = 3600.0  # seconds without one after which it is forgotten
POLL = 0.1  # seconds until a worker that was told of a job, and missed it, looks by itself
LASTED = 60.0  # seconds for which work went well: what fails after them is no longer the same
LOOKS = 5  # so often a job is seen that was ended, and ends before the next
LAST_WORDS = 1.0  # seconds in which a stop is told to the server
INSIST = 0.2  # seconds between two words to end to a worker whose time is over
AGAIN = 1  # seconds until a job that was broken off is run again

Work = Callable[..., Awaitable[None]]


class Jobs:
    """What is ready, said to all processes; `run` does the work of this one until cancelled.

    A job is never the truth about anything: the tables are, and a job that runs twice, late or in
    vain finds in them what there is to do.
    """

    def __init__(self, url: URL) -> None:
        waiting.mend()
        connector = PsycopgConnector(
            conninfo=conninfo(url), kwargs=ARGUMENTS, min_size=1, max_size=CONNECTIONS
        )
        self._app = App(connector=connector)
        self._life = Life(url)
        self._running = set[int]()
        self._worker: int | None = None  # our number, since the first job
        self._seen: dict[int, int] = {}  # how often jobs were ours without running here

    def add(self, task: str, work: Work) -> None:
        """Have jobs of a task done by `work`, which is told whether an earlier run broke off."""

        async def run(context: JobContext, /, **arguments: Any) -> None:
            assert context.job.id is not None
            self._running.add(context.job.id)
            try:
                await work(again=context.job.attempts > 0, **arguments)
            finally:
                self._running.discard(context.job.id)

        retry = RetryStrategy(wait=AGAIN, linear_wait=AGAIN)
        self._app.task(name=task, queue=task, pass_context=True, retry=retry)(run)

    @property
    def idle(self) -> bool:
        """Return whether no job runs in this process."""
        return not self._running

    async def open(self) -> None:
        """Connect with the server."""
        await self._app.open_async()

    async def close(self) -> None:
        """Disconnect."""
        await self._app.close_async()

    async def live(self) -> None:
        """Show others that this process lives, until cancelled."""
        await self._life.run()

    async def run(self, grace: float) -> None:
        """Do jobs until cancelled; what runs then gets `grace` seconds, and else is run again.

        Ends for nothing else: where the server is away it is tried again with growing waits.
        """
        waits = growing()
        while True:
            began = time.monotonic()
            try:
                await self._work(grace)
            except Exception as error:
                log.error("jobs_failed", error=type(error).__name__)
            finally:
                await self._life.let_go()
            if time.monotonic() - began > LASTED:
                waits = growing()
            await asyncio.sleep(next(waits))

    async def _work(self, grace: float) -> None:
        """Work until cancelled; then end in time, though the library would wait for the server."""
        worker = asyncio.create_task(self._run_worker(grace))
        try:
            await asyncio.shield(worker)
        except asyncio.CancelledError:
            worker.cancel()
            await asyncio.wait([worker], timeout=grace + LAST_WORDS)
            while not worker.done():  # each time it goes on to the next that it waits for
                worker.cancel()
                await asyncio.wait([worker], timeout=INSIST)
            raise

    async def _run_worker(self, grace: float) -> None:
        await self._app.run_worker_async(
            queues=QUEUES,
            concurrency=SIDE_BY_SIDE,
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=FORGOTTEN,
            shutdown_graceful_timeout=grace,
            delete_jobs="always",
            fetch_job_polling_interval=POLL,
            worker_middleware=[self._alive],
        )

    async def say(
        self,
        task: str,
        *,
        lock: str | None = None,
        within: AsyncSession | None = None,
        **arguments: Any,
    ) -> None:
        """Say that something is ready, `within` a transaction or at once.

        Of all jobs with the same lock one runs at a time, over all processes.
        """
        connection = await _connection_of(within) if within is not None else None
        priority = 0 if task == BATCH else 1  # people who are there go first
        deferred = self._app.configure_task(
            task, lock=lock, queue=task, priority=priority, connection=connection
        )
        await deferred.defer_async(**arguments)

    async def open_jobs(self, task: str) -> list[Mapping[str, Any]]:
        """Return the arguments of the jobs of a task that wait or run; others are not kept."""
        jobs = await self._app.job_manager.list_jobs_async(queue=task)
        return [job.task_kwargs for job in jobs]

    async def look_after(self) -> None:
        """Have jobs run again that others take for ours, and of which we know nothing more.

        They are done, but for the word that they are, which the server did not take.
        """
        if self._worker is None:
            return
        doing = await self._app.job_manager.list_jobs_async(
            status=Status.DOING.value, worker_id=self._worker
        )
        ended = {job.id for job in doing if job.id is not None} - self._running
        seen = {job: 1 + self._seen.get(job, 0) for job in ended}
        lost = {job for job, times in seen.items() if times > LOOKS}
        self._seen = {job: times for job, times in seen.items() if job not in lost}
        if lost:
            await self.take_over(lost)

    async def take_over(self, jobs: Collection[int]) -> None:
        """Let jobs that nobody does be run again."""
        taken = 0
        for job in jobs:
            # Somebody else may have done the same just now.
            with contextlib.suppress(ConnectorException):
                await self._app.job_manager.retry_job_by_id_async(job, retry_at=datetime.now(UTC))
                taken += 1
        log.warning("jobs_taken_over", jobs=taken)

    async def _alive(
        self, call_next: Callable[[], Awaitable[Any]], _: JobContext, worker: Worker
    ) -> Any:
        """Do a job only while others can see that we live."""
        assert worker.worker_id is not None
        self._worker = worker.worker_id
        await self._life.hold(worker.worker_id)
        return await call_next()


async def _connection_of(session: AsyncSession) -> Any:
    raw = await (await session.connection()).get_raw_connection()
    return raw.driver_connection


def chat_lock(chat_id: int) -> str:
    """Return the lock under which one thing at a time happens in a chat."""
    return f"chat:{chat_id}"
