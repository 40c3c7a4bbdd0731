"""Runs the bot so that it kills itself at a chosen point: `python -m tests.process.killed`.

The bot is wrapped from outside, in this process alone: its commits and its requests are counted.
KILL_SEED chooses the point (without it nothing is killed), or KILL_TAKE is "before" or "after" for
the commit that takes an update; just before the kill one line of JSON
goes to the file KILL_LOG, which tells the point and which requests were on their way. With
`--serve` bots are forked from this process, which has imported everything: a start takes a tenth.
A line on standard input is the environment of the next one.
"""

from __future__ import annotations

import functools
import json
import os
import random
import resource
import select
import signal
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NoReturn

import aiohttp
from aiohttp.client_reqrep import ClientRequest
from sqlalchemy.engine import default

from bot import app, running
from bot.crew.inbox import SharedInbox
from bot.intake import inbox
from bot.intake.inbox import Inbox
from bot.packs import read_content
from bot.shelf import Content
from content.loader import packaged
from tests.process.points import Kind, Place, Point, kind_of

IN_HAND: ContextVar[tuple[Kind, int]] = ContextVar("in hand")  # the request of a task
MIGRATIONS = "MIGRATIONS"  # names the folder with those of another version
LIMIT = "SIZE_FILE"  # names the file with the size beyond which SIGUSR1 lets no file grow


class Killer:
    """Counts what passes and ends the process at its point."""

    def __init__(self, point: Point, log: Path) -> None:
        self._point = point
        self._log = log
        self._counts: Counter[Kind] = Counter()
        self._flying: dict[tuple[Kind, int], tuple[str, int | None]] = {}  # method and chat

    def begin(self, kind: Kind) -> int:
        """Count one thing of a kind, before it happens; return its number."""
        self._counts[kind] += 1
        self.reach(kind, "before", self._counts[kind])
        return self._counts[kind]

    def reach(self, kind: Kind, place: Place, number: int) -> None:
        """Kill the process if this is the point."""
        if (kind, place, number) == (self._point.kind, self._point.place, self._point.count):
            self.kill()

    def kill(self) -> NoReturn:
        """Tell where, and end as in a power cut."""
        line = {"point": str(self._point), "flying": list(self._flying.values())}
        with self._log.open("a") as log:
            log.write(json.dumps(line) + "\n")
        os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(60)
        raise AssertionError("killed, and alive")

    def wrap(self) -> None:
        """Put the counting around the commits and requests of this process."""
        dialect, session, request = default.DefaultDialect, aiohttp.ClientSession, ClientRequest
        dialect.do_commit = self._commits(dialect.do_commit)  # type: ignore[method-assign]
        session._request = self._requests(session._request)  # type: ignore[method-assign]
        request.write_bytes = self._writes(request.write_bytes)  # type: ignore[method-assign]
        if self._point.kind == "time":
            threading.Thread(target=self._at_its_time, daemon=True).start()

    def _at_its_time(self) -> None:
        time.sleep(self._point.count)
        self.kill()

    def _commits(self, commit: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(commit)
        def counted(dialect: object, connection: object) -> None:
            number = self.begin("commit")
            commit(dialect, connection)
            self.reach("commit", "after", number)

        return counted

    def _requests(self, request: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(request)
        async def counted(session: object, verb: str, url: str, **options: Any) -> Any:
            method = url.rpartition("/")[2]
            kind = kind_of(method)
            number = self.begin(kind)
            self._flying[kind, number] = method, chat_of(options.get("data"))
            IN_HAND.set((kind, number))
            try:
                response = await request(session, verb, url, **options)
                await response.read()
                self.reach(kind, "after", number)
            finally:
                del self._flying[kind, number]
            return response

        return counted

    def _writes(self, write: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(write)
        async def counted(request: object, *arguments: Any) -> None:
            await write(request, *arguments)
            kind, number = IN_HAND.get()
            self.reach(kind, "sent", number)

        return counted


def kill_at_a_take(place: str) -> None:
    """End the process before an update is committed, or after, and before that is answered."""
    add = inbox.rows.add_once

    async def add_and_die(*given: Any) -> Any:
        await add(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    def dying(take: Callable[..., Any]) -> Callable[..., Any]:
        async def take_and_die(*given: Any) -> None:
            await take(*given)
            os.kill(os.getpid(), signal.SIGKILL)

        return take_and_die

    if place == "before":
        inbox.rows.add_once = add_and_die  # type: ignore[assignment]
    else:
        for kind in (Inbox, SharedInbox):
            kind.take = dying(kind.take)  # type: ignore[method-assign]


def chat_of(body: object) -> int | None:
    """Return the chat that the body of a request is about, as far as it can be told."""
    if isinstance(body, bytes):
        chat = json.loads(body).get("chat_id")
    elif isinstance(body, aiohttp.FormData):
        fields = {options.get("name"): value for options, _, value in body._fields}
        chat = fields.get("chat_id")
    else:
        return None
    return int(chat) if chat is not None else None


def run() -> int:
    """Run the bot to its end, or to its point; return its exit status."""
    if "KILL_SEED" in os.environ:
        point = Point.chosen(int(os.environ["KILL_SEED"]))
        Killer(point, Path(os.environ["KILL_LOG"])).wrap()
    if "KILL_TAKE" in os.environ:
        kill_at_a_take(os.environ["KILL_TAKE"])
    if MIGRATIONS in os.environ:
        folder = Path(os.environ[MIGRATIONS])
        app.open_database = functools.partial(app.open_database, migrations=folder)  # type: ignore[attr-defined]
    if LIMIT in os.environ:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        signal.signal(signal.SIGUSR1, limit_files)
    return running.run_bot()


def limit_files(*_: object) -> None:
    """Let no file grow beyond the size in the file SIZE_FILE: to SQLite, the disk is full."""
    size = int(Path(os.environ[LIMIT]).read_text())
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))


def serve() -> int:
    """Fork a bot for each line on standard input, one at a time; say its id and its status."""
    pack = packaged()
    content = read_content(pack)

    def read(folder: Path, **how: Any) -> Content:
        return content if folder == pack else read_content(folder, **how)

    app.read_content = read  # type: ignore[attr-defined]
    ended, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    for line in sys.stdin:
        bot = os.fork()
        if bot == 0:
            be_bot(json.loads(line))
        print(bot, flush=True)  # noqa: T201 - the answer to whoever asked
        if not ends(bot, ended):
            return 1
        ended_with = os.waitpid(bot, 0)[1]
        print(os.waitstatus_to_exitcode(ended_with), flush=True)  # noqa: T201
    return 0


def ends(bot: int, ended: int) -> bool:
    """Return once the bot has ended; False where whoever asked for it is gone, and so is it."""
    while True:
        ready, _, _ = select.select([ended, sys.stdin], [], [])
        if sys.stdin in ready:  # nothing is asked for while one runs: it was closed
            os.kill(bot, signal.SIGKILL)
            return False
        os.read(ended, 100)
        return True


def be_bot(environ: dict[str, str]) -> NoReturn:
    """Become a bot of that environment; LOG names the file for its output."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(environ)
        random.seed()
        with Path(environ["LOG"]).open("a") as log, Path(os.devnull).open() as nothing:
            os.dup2(nothing.fileno(), 0)
            for output in (1, 2):
                os.dup2(log.fileno(), output)
        status = run()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    sys.exit(serve() if "--serve" in sys.argv else run())
