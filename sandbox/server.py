"""A running sandbox, as tests and `limber sandbox` hold it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from bot.clock import Clock
from sandbox import acts
from sandbox.api import Transports
from sandbox.app import create_app
from sandbox.calls import Call
from sandbox.faults import Faults
from sandbox.group import Group
from sandbox.person import Person
from sandbox.posting import FIRST_WAIT, Posting
from sandbox.store import Json, Store
from sandbox.world import TOKEN, World

HOST = "127.0.0.1"
GRACE = 1  # seconds for requests in flight when the server closes
KEEP_ALIVE = 75  # seconds that an idle connection stays open


class HttpServer(uvicorn.Server):
    """A uvicorn server that leaves the signals to whoever runs it, and ends when it is told."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.told = asyncio.Event()

    async def main_loop(self) -> None:
        """Serve until told to end, with no tenth of a second lost; a tick sets the header Date."""
        while not self.told.is_set():
            await self.on_tick(0)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.told.wait(), 1)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Install nothing."""
        yield


class TelegramServer:
    """A sandbox on a loopback port: `async with TelegramServer(folder, clock) as telegram`.

    `folder` keeps its messages and files; a later server on the same folder goes on. `port` 0
    takes a free one; a port in use raises OSError. `first_wait` is how many seconds pass before a
    webhook that failed is tried again.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        token: str = TOKEN,
        *,
        port: int = 0,
        clock_file: Path | None = None,
        next_due: Callable[[], datetime | None] | None = None,
        start_afresh: Callable[[], Awaitable[None]] | None = None,
        first_wait: float = FIRST_WAIT,
    ) -> None:
        self.token = token
        self._store = Store(folder)
        self._port = port
        self._people: dict[int, Person] = {}
        app = create_app(
            self._store,
            clock,
            token=token,
            clock_file=clock_file,
            next_due=next_due,
            start_afresh=start_afresh,
        )
        self.world: World = app.state.world
        config = uvicorn.Config(
            Transports(app),
            log_level="critical",
            access_log=False,
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            timeout_keep_alive=KEEP_ALIVE,
        )
        self._server = HttpServer(config)
        self._posting = Posting(self.world.updates, self.world.now, first_wait)
        self._post: asyncio.Task[None] | None = None
        self._socket: socket.socket | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The base address of the Bot API, without /bot; the chat page is there too."""
        assert self._socket is not None
        return f"http://{HOST}:{self._socket.getsockname()[1]}"

    @property
    def faults(self) -> Faults:
        """Where misfortunes are scripted."""
        return self.world.faults

    @property
    def calls(self) -> list[Call]:
        """What the bot asked for since the start, oldest first; empty polls are left out."""
        return self.world.calls.made

    @property
    def unknown_methods(self) -> list[str]:
        """The methods the bot called that the sandbox does not know."""
        return self.world.calls.unknown

    @property
    def waiting(self) -> bool:
        """True while the bot's getUpdates waits, or its webhook, and no update is undelivered."""
        return self.world.updates.waiting

    def person(self, number: int, first_name: str, language_code: str = "en") -> Person:
        """Return the person of that id; their private chat has the same id."""
        self.world.meet(number, first_name, language_code)
        return self._people.setdefault(number, Person(self.world, number))

    def group(self, number: int, title: str, members: Sequence[Person] = ()) -> Group:
        """Return a group of these people; a new one gets the bot, which is told so."""
        acts.make_group(self.world, number, title, [member.id for member in members])
        return Group(self.world, number)

    def inject(self, update: Json) -> int:
        """Queue any update, poison and unknown kinds too, whatever the bot asked for; its id."""
        number = self.world.updates.add(update, forced=True)
        assert number is not None
        return number

    async def idle(self, seconds: float = 5.0) -> None:
        """Return once the bot has fetched everything and waits for more."""
        for _ in range(int(seconds * 100)):
            if self.waiting:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"the bot did not fetch its updates within {seconds} s")

    async def start(self) -> None:
        """Answer from now on; raises OSError where the port is taken."""
        # The protocol is named, or asyncio would leave Nagle's delay on: 40 ms an answer.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((HOST, self._port))
            self._socket.listen(128)
        except OSError:
            self._socket.close()
            self._store.close()
            raise
        self._task = asyncio.create_task(self._server.serve([self._socket]))
        self._post = asyncio.create_task(self._posting.run())
        while not self._server.started:
            if self._task.done():
                self._task.result()
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Close every connection and the store."""
        self.world.events.close()
        self.world.updates.stop_waiting()
        if self._post is not None:
            self._post.cancel()
            await asyncio.gather(self._post, return_exceptions=True)
        self._server.should_exit = True
        self._server.told.set()
        if self._task is not None:
            await self._task
        self._store.close()
