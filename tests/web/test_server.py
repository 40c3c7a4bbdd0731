"""The server itself: slow clients, too many clients, a port that is taken, a stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.web.app import create_app
from bot.web.health import Health
from bot.web.server import CannotListen, Impatient, WebServer
from bot.web.webhook import Webhook
from tests.web.conftest import HEADER, PATH, SECRET, Shelf

HOST = "127.0.0.1"
BODY = b'{"update_id": 7}'
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: bot\r\n{HEADER}: {SECRET}\r\n".encode()
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n%b" % (len(BODY), BODY)
ALIVE = b"GET /healthz HTTP/1.1\r\nHost: bot\r\nConnection: close\r\n\r\n"


@pytest.fixture
async def server(webhook: Webhook, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WebServer]:
    """A server that waits a short time for a request."""
    monkeypatch.setattr(Impatient, "arrival", 0.3)
    found = WebServer(create_app(Health(), webhook), HOST, 0)
    await found.start()
    yield found
    await found.stop()


async def talk(server: WebServer, *pieces: bytes, pause: float = 0.0) -> bytes:
    """Return all that comes back, to its end."""
    reader, writer = await asyncio.open_connection(HOST, server.port)
    try:
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(pause)
        return await asyncio.wait_for(reader.read(), 10)
    except ConnectionError:
        return b""
    finally:
        writer.close()


SLOW = {
    "nothing": [],
    "half a line": [b"POST /tele"],
    "head without end": [HEAD],
    "no body": [HEAD + b"Content-Length: 16\r\n\r\n"],
    "half a body": [HEAD + b"Content-Length: 16\r\n\r\n" + BODY[:8]],
    "half a chunk": [HEAD + b"Transfer-Encoding: chunked\r\n\r\n10\r\n" + BODY[:8]],
    "an unknown path": [b"POST /x HTTP/1.1\r\nHost: bot\r\nContent-Length: 16\r\n\r\n"],
}


@pytest.mark.parametrize("pieces", SLOW.values(), ids=SLOW)
async def test_a_slow_request_is_cut(server: WebServer, shelf: Shelf, pieces: list[bytes]) -> None:
    """Whoever does not finish a request is not waited for, and nothing is kept."""
    told = await talk(server, *pieces)
    assert b"200" not in told
    assert shelf.kept == []


async def test_drops_do_not_buy_time(server: WebServer, shelf: Shelf) -> None:
    """A byte now and then does not make the whole request wait longer."""
    drops = [WHOLE[place : place + 1] for place in range(len(WHOLE))]
    assert await talk(server, *drops, pause=0.02) == b""
    assert shelf.kept == []


async def test_a_request_that_takes_its_time_inside(server: WebServer, shelf: Shelf) -> None:
    """What has arrived is answered however long the database takes, and the connection lives on."""
    shelf.free.clear()
    reader, writer = await asyncio.open_connection(HOST, server.port)
    writer.write(WHOLE)
    await asyncio.sleep(0.6)
    shelf.free.set()
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    await reader.readuntil(b"\r\n\r\n")
    await asyncio.sleep(0.6)
    writer.write(WHOLE)
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.close()
    assert shelf.kept == [7, 7]


async def test_one_connection_too_many(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number of connections the next is cut at once; when one ends there is room."""
    monkeypatch.setattr(Impatient, "arrival", 5.0)
    monkeypatch.setattr(Impatient, "most", 3)
    held = [await asyncio.open_connection(HOST, server.port) for _ in range(3)]
    await asyncio.sleep(0.05)
    assert await talk(server, ALIVE) == b""
    held[0][1].close()
    await asyncio.sleep(0.05)
    assert (await talk(server, ALIVE)).endswith(b"alive\n")
    for _, writer in held:
        writer.close()


async def test_a_taken_port(server: WebServer, webhook: Webhook) -> None:
    """A port in use is said in words."""
    with pytest.raises(CannotListen, match="in use"):
        await WebServer(create_app(Health(), webhook), HOST, server.port).start()


async def test_what_is_in_hand_is_answered_at_a_stop(webhook: Webhook, shelf: Shelf) -> None:
    """An update that is being committed is committed and answered; a new one is not let in."""
    server = WebServer(create_app(Health(), webhook), HOST, 0)
    await server.start()
    shelf.free.clear()
    port = server.port
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(WHOLE)
    await asyncio.sleep(0.05)
    stopping = asyncio.create_task(server.stop())
    await asyncio.sleep(0.05)
    with pytest.raises(ConnectionError):
        await asyncio.open_connection(HOST, port)
    shelf.free.set()
    assert (await reader.read()).startswith(b"HTTP/1.1 200")
    await stopping
    assert shelf.kept == [7]
    writer.close()


async def test_nothing_of_the_server_is_told(server: WebServer) -> None:
    """No answer names the software behind it."""
    told = await talk(server, ALIVE.replace(b"/healthz", b"/x"))
    assert b"uvicorn" not in told.lower()
    assert b"server:" not in told.lower()
