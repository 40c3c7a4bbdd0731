"""The database of a peer: who is due, what went out, who tapped; the pragmas are those of Limber.

On the standard library alone: it runs beside whatever a peer brings along.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

# A test holds these to what db/sqlite.py says.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
TEXT = "Time for your <b>daily psoas routine</b>, about 12 minutes. Shall we begin?"
BARE = 32  # messages in flight that nobody notes
NOTED = 250  # what Limber has on its way at 1,000 a second
TABLES = """
    create table if not exists due
        (id integer primary key, chat integer, text text, sent_at text, message integer);
    create index if not exists due_unsent on due (id) where sent_at is null;
    create table if not exists seen (id integer primary key);
    create table if not exists session (chat integer primary key, position integer);
"""
Sent = tuple[int, int]  # message, id of the row
Send = Callable[[int, str], Awaitable[int]]

_thread = ThreadPoolExecutor(1)


def ready() -> None:
    """Tell the bench that what it waits for is done."""
    print("", flush=True)


async def in_thread(work: Callable[..., None], *given: object) -> None:
    """Do what waits for the disk beside the loop, one thing after the other."""
    await asyncio.get_running_loop().run_in_executor(_thread, work, *given)


class Outbox:
    """A file with one connection."""

    def __init__(self, path: str) -> None:
        self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            self._database.execute(f"PRAGMA {pragma}")
        self._database.executescript(TABLES)
        self._lock = threading.Lock()

    def fill(self, number: int) -> list[tuple[int, int, str]]:
        """Make so many due; return them as (id, chat, text)."""
        with self._lock:
            self._database.execute("begin immediate")
            rows = ((chat, TEXT) for chat in range(1, number + 1))
            self._database.executemany("insert into due (chat, text) values (?, ?)", rows)
            self._database.execute("commit")
            query = "select id, chat, text from due where sent_at is null order by id limit ?"
            return self._database.execute(query, (number,)).fetchall()

    def went(self, sent: Sequence[Sent]) -> None:
        """Note in one transaction what went out."""
        query = "update due set sent_at = current_timestamp, message = ? where id = ?"
        with self._lock:
            self._database.execute("begin immediate")
            self._database.executemany(query, sent)
            self._database.execute("commit")

    def tapped(self, update: int, chat: int) -> None:
        """Let a tap take effect once, in one transaction."""
        move = (
            "insert into session values (?, 1)"
            " on conflict (chat) do update set position = position + 1"
        )
        with self._lock:
            self._database.execute("begin immediate")
            if self._database.execute("insert or ignore into seen values (?)", (update,)).rowcount:
                self._database.execute(move, (chat,))
            self._database.execute("commit")


class Together:
    """Commits in one transaction what became of all messages that wait for it."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._waiting: list[tuple[Sent, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def went(self, sent: Sent) -> None:
        """Return once the note is stored."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((sent, stored))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await stored

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            await in_thread(self._outbox.went, [sent for sent, _ in batch])
            for _, stored in batch:
                stored.set_result(None)
        self._writing = None


async def drain(way: str, send: Send) -> None:
    """Send what is due each time a line with its number comes: bare, alone or together noted."""
    outbox = None if way == "bare" else Outbox(os.environ["BENCH_DATABASE"])
    together = Together(outbox) if outbox is not None and way == "together" else None
    ready()
    while line := await asyncio.to_thread(sys.stdin.readline):
        number = int(line)
        rows = outbox.fill(number) if outbox else [(0, n, TEXT) for n in range(1, number + 1)]
        await send_all(rows, send, outbox, together)
        ready()


async def send_all(
    rows: Sequence[tuple[int, int, str]],
    send: Send,
    outbox: Outbox | None,
    together: Together | None,
) -> None:
    """Send all, many in flight, and note each as it is to be."""
    waiting = iter(rows)

    async def work() -> None:
        for row, chat, text in waiting:
            message = await send(chat, text)
            if together is not None:
                await together.went((message, row))
            elif outbox is not None:
                await in_thread(outbox.went, [(message, row)])

    await asyncio.gather(*(work() for _ in range(NOTED if outbox else BARE)))
