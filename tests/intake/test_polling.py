"""Long polling: kept before acknowledged, stopped by nothing but a rejected token."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.intake.polling import Polling, TokenRejected
from bot.outgoing.request import AiohttpRequest
from db.queries import inbox as rows
from tests.intake.desk import Desk, message
from tests.outgoing.scripted import Step, hangs_up, read, refuses, says, serving, writes

ALLOWED = ["message", "callback_query"]


class UpdateServer:
    """Serves getUpdates as Telegram does: an offset confirms what is below it."""

    def __init__(self) -> None:
        self.waiting: list[Any] = []
        self.script: list[Step] = []  # answers given before any update
        self.polls: list[dict[str, Any]] = []
        self.changed = asyncio.Event()
        self.base = ""

    def send(self, *updates: Any) -> None:
        """Let updates arrive."""
        self.waiting += updates
        self.changed.set()

    def ids(self) -> list[Any]:
        """Return the ids of what is not confirmed."""
        return [one["update_id"] for one in self.waiting if "update_id" in one]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one poll."""
        given = await read(request)
        self.polls.append(given)
        if self.script:
            return await self.script.pop(0)(request)
        offset = int(given["offset"])
        self.waiting = [one for one in self.waiting if one.get("update_id", offset) >= offset]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(int(given["timeout"])):
                while not self.waiting:
                    self.changed.clear()
                    await self.changed.wait()
        return await says(self.waiting[:100])(request)


@pytest.fixture
async def server() -> AsyncIterator[UpdateServer]:
    """Serve updates on loopback."""
    served = UpdateServer()
    async with serving(served.answer) as served.base:
        yield served


@contextlib.asynccontextmanager
async def polling(server: UpdateServer, desk: Desk, **settings: Any) -> AsyncIterator[Polling]:
    """Run the poller beside the test; waits take no time."""
    async with AiohttpRequest(in_flight=1) as request:
        poller = Polling(
            request,
            server.base,
            desk.inbox,
            allowed_updates=ALLOWED,
            **{"sleep": desk.sleep, **settings},
        )
        task = asyncio.create_task(poller.run())
        yield poller
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled() and (error := task.exception()):
            raise error


async def until(met: Any) -> None:
    """Wait until a condition holds, five seconds at most."""
    async with asyncio.timeout(5):
        while not met():
            await asyncio.sleep(0.005)


async def test_updates_arrive(server: UpdateServer, desk: Desk) -> None:
    """Updates are processed in order, and the next poll confirms them."""
    await desk.inbox.start()
    server.send(message(10), message(11))
    async with polling(server, desk):
        await until(lambda: desk.done == [10, 11])
        server.send(message(12))
        await until(lambda: desk.done == [10, 11, 12])
        await until(lambda: server.ids() == [])
    assert server.polls[0]["allowed_updates"] == '["message", "callback_query"]'


async def test_ready_after_the_first_answer(server: UpdateServer, desk: Desk) -> None:
    """Readiness is told once, at the first answer, which an empty queue does not hold back."""
    calls: list[float] = []
    started = time.monotonic()
    with capture_logs() as logs:
        async with polling(server, desk, ready=lambda: calls.append(time.monotonic())):
            await until(lambda: len(server.polls) >= 2)
    assert len(calls) == 1
    assert calls[0] - started < 2
    assert [line["event"] for line in logs] == ["polling"]
    assert [poll["timeout"] for poll in server.polls] == ["0", "50"]


async def test_kept_before_confirmed(server: UpdateServer, desk: Desk) -> None:
    """At the moment a poll confirms updates they are in the database."""
    await desk.inbox.start()
    kept: list[tuple[int, set[int]]] = []

    async def look(request: web.Request) -> web.StreamResponse:
        async with desk.database.reading() as session:
            ids = {row.update_id for row in await rows.pending(session)}
        kept.append((int((await read(request))["offset"]), ids | set(desk.done)))
        return await says([])(request)

    server.script = [says([message(1), message(2)]), look]
    async with polling(server, desk):
        await until(lambda: kept)
    assert kept == [(3, {1, 2})]


async def test_not_confirmed_without_the_database(server: UpdateServer, desk: Desk) -> None:
    """While the database cannot write nothing is confirmed; later everything takes effect."""
    await desk.inbox.start()
    take, failures = desk.inbox.take, [OperationalError("INSERT", {}, Exception())] * 3

    async def failing(updates: Any) -> int:
        if failures:
            raise failures.pop()
        return await take(updates)

    desk.inbox.take = failing  # type: ignore[method-assign]
    server.send(message(1))
    async with polling(server, desk):
        await until(lambda: desk.done == [1])
        await until(lambda: server.ids() == [])
    assert [poll["offset"] for poll in server.polls][:5] == ["0", "0", "0", "0", "2"]


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(refuses(409, "Conflict: terminated by other getUpdates request"), id="409"),
        pytest.param(refuses(500, "Internal Server Error"), id="500"),
        pytest.param(writes("<html>bad gateway</html>", 502), id="502 page"),
        pytest.param(writes("{"), id="garbage"),
        pytest.param(writes('{"ok":true,"result":{}}'), id="no list"),
        pytest.param(hangs_up, id="connection dropped"),
    ],
)
async def test_faults_are_outlived(server: UpdateServer, desk: Desk, step: Step) -> None:
    """A poll that fails is made again after growing waits, and no update is lost."""
    await desk.inbox.start()
    server.script = [step] * 8
    server.send(message(1))
    async with polling(server, desk):
        await until(lambda: desk.done == [1])
    growing = [wait for wait in desk.slept if wait > 0.3][:4]
    assert len(growing) == 4
    assert growing == sorted(growing)
    assert max(desk.slept) <= 30


async def test_conflict_is_logged(server: UpdateServer, desk: Desk) -> None:
    """A second poller is told of in the log, as a warning."""
    server.script = [refuses(409, "Conflict")]
    with capture_logs() as logs:
        async with polling(server, desk):
            await until(lambda: len(server.polls) >= 2)
    assert ("poll_conflict", "warning") in [(line["event"], line["log_level"]) for line in logs]


async def test_flood_is_waited_for_as_told(server: UpdateServer, desk: Desk) -> None:
    """A 429 is waited for exactly as long as told."""
    server.script = [refuses(429, "Too Many Requests", retry_after=42)]
    async with polling(server, desk):
        await until(lambda: len(server.polls) >= 2)
    assert desk.slept[0] == 42


@pytest.mark.parametrize("status", [401, 404])
async def test_rejected_token(server: UpdateServer, desk: Desk, status: int) -> None:
    """A token the Bot API does not know ends the polling."""
    server.script = [refuses(status, "Unauthorized")]
    async with AiohttpRequest() as request:
        poller = Polling(request, server.base, desk.inbox, allowed_updates=ALLOWED)
        with pytest.raises(TokenRejected):
            await asyncio.wait_for(poller.run(), 5)


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({"message": {}}, id="no id"),
        pytest.param({"update_id": "7"}, id="id is text"),
        pytest.param({"update_id": True}, id="id is a truth value"),
        pytest.param({"update_id": 2**70}, id="id too large"),
        pytest.param("words", id="no object"),
        pytest.param(None, id="nothing"),
    ],
)
async def test_odd_element_is_passed_over(server: UpdateServer, desk: Desk, odd: Any) -> None:
    """An element that is no update is logged and the others take effect."""
    await desk.inbox.start()
    server.script = [says([message(1), odd, message(2)])]
    with capture_logs() as logs:
        async with polling(server, desk):
            await until(lambda: desk.done == [1, 2])
            await until(lambda: len(server.polls) >= 2)
    assert "update_without_id" in [line["event"] for line in logs]
    assert server.polls[1]["offset"] == "3"


async def test_unknown_kinds_are_kept(server: UpdateServer, desk: Desk) -> None:
    """An update of a kind nobody knows is kept and confirmed as any other."""
    server.send({"update_id": 1, "not_yet_invented": {"from": {"id": 5}}})
    async with polling(server, desk):
        await until(lambda: server.ids() == [] and len(server.polls) > 1)
    assert (await desk.row(1)).chat_id == 5


async def test_back_pressure(server: UpdateServer, desk: Desk) -> None:
    """Polling pauses while too much is unprocessed and goes on by itself."""
    await desk.inbox.start()
    gate = asyncio.Event()
    desk.acts[0] = lambda stored: gate.wait()  # type: ignore[assignment,return-value]
    server.send(*(message(number) for number in range(900)))
    async with polling(server, desk):
        await until(lambda: len(server.polls) == 6)
        await asyncio.sleep(0.1)
        assert len(server.polls) == 6
        gate.set()
        async with asyncio.timeout(30):
            await desk.inbox.room(0)
            while len(desk.done) < 900:
                await asyncio.sleep(0.01)
    assert desk.done == list(range(900))


@pytest.mark.parametrize("answers", [[], [{"no": "id"}]], ids=["nothing", "nothing usable"])
async def test_hasty_server_is_not_rushed(
    server: UpdateServer, desk: Desk, answers: list[Any]
) -> None:
    """A server that answers at once with nothing new is not asked in a busy loop."""
    server.script = [says(answers)] * 10_000
    async with polling(server, desk, sleep=asyncio.sleep):
        await asyncio.sleep(0.3)
    assert len(server.polls) < 10


async def test_offset_is_forgotten_after_silence(server: UpdateServer, desk: Desk) -> None:
    """After a day without updates ids may start anywhere, so the offset starts anew."""
    await desk.inbox.start()
    now = 0.0

    async def a_day_later(request: web.Request) -> web.StreamResponse:
        nonlocal now
        now += 90_000.0
        return await says([])(request)

    server.script = [says([message(900)]), says([]), a_day_later, says([message(3)]), says([])]
    async with polling(server, desk, clock=lambda: now):
        await until(lambda: desk.done == [900, 3] and len(server.polls) >= 5)
    assert [poll["offset"] for poll in server.polls][:5] == ["0", "901", "901", "0", "4"]


async def test_stops_within_a_second(server: UpdateServer, desk: Desk) -> None:
    """An open long poll is broken off by a stop."""
    async with polling(server, desk):
        await until(lambda: len(server.polls) >= 2)
        started = time.monotonic()
    assert time.monotonic() - started < 1


async def test_stop_while_committing(server: UpdateServer, desk: Desk) -> None:
    """A stop in the middle of a commit lets it end, so nothing is half kept."""
    take = desk.inbox.take
    begun, ended = asyncio.Event(), []

    async def slow(updates: Any) -> int:
        begun.set()
        await asyncio.sleep(0.05)
        ended.append(await take(updates))
        return ended[-1]

    desk.inbox.take = slow  # type: ignore[method-assign]
    server.send(message(1))
    async with polling(server, desk):
        await begun.wait()
    assert ended == [1]
    assert (await desk.row(1)).state == rows.PENDING
