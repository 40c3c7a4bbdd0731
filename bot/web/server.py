"""The HTTP server in the bot's process: uvicorn, with bounds on who may take how long."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

KEEP_ALIVE = 75  # seconds that an idle connection stays open: Telegram and proxies use it again
LAST_WORDS = 1  # seconds that requests in hand get at a stop


class CannotListen(Exception):  # noqa: N818 - says what became of it
    """The address is taken, or not this machine's."""


class Impatient(H11Protocol):
    """Cuts a connection whose request does not arrive in time, and one connection too many.

    uvicorn itself waits for ever for the rest of a request.
    """

    arrival: ClassVar[float] = 10.0  # seconds for a whole request, from its first byte on
    most: ClassVar[int] = 200  # connections at once; Telegram opens 40, as the bot asks it to

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        self._late: asyncio.TimerHandle | None = None
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.abort()
        else:
            self._wait()

    def data_received(self, data: bytes) -> None:
        """Take a piece of a request, and wait on where it is not the last."""
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._wait()
        else:
            self._wait_no_more()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(self.arrival, self.transport.abort)

    def _wait_no_more(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


class _Server(uvicorn.Server):
    """uvicorn without its own signals and its tick ten times a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answers = asyncio.Event()
        self.told = asyncio.Event()

    async def main_loop(self) -> None:
        self.answers.set()
        await self.told.wait()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class WebServer:
    """Serves an application on an address from `start` to `stop`; port 0 takes any."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._at = host, port
        self._server = _Server(
            uvicorn.Config(
                app,
                http=Impatient,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                date_header=False,  # without the tick it would tell the moment of the start
                timeout_keep_alive=KEEP_ALIVE,
                timeout_graceful_shutdown=LAST_WORDS,
            )
        )
        self._socket: socket.socket | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """Return the port it listens on."""
        assert self._socket is not None
        return int(self._socket.getsockname()[1])

    async def start(self) -> None:
        """Listen and answer from now on; raises CannotListen."""
        try:
            self._socket = _listening(*self._at)
        except OSError as error:
            raise CannotListen(f"{self._at[0]}:{self._at[1]}: {error.strerror}") from None
        self._task = asyncio.create_task(self._server.serve([self._socket]))
        answers = asyncio.create_task(self._server.answers.wait())
        await asyncio.wait([self._task, answers], return_when=asyncio.FIRST_COMPLETED)
        answers.cancel()
        if self._task.done():
            await self._task  # raises what kept it from answering
            raise CannotListen(f"{self._at[0]}:{self._at[1]}")

    async def stop(self) -> None:
        """Take no more, answer what is in hand, close."""
        self._server.should_exit = True
        self._server.told.set()
        if self._task is not None:
            await self._task


def _listening(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
    )[0]
    # The protocol is named, or asyncio would leave Nagle's delay on: 40 ms an answer.
    found = socket.socket(family, kind, protocol)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found
