"""setWebhook: what is refused, how updates are posted, and posted again where they are not taken.

The certificate beside this file is one for 127.0.0.1 that its own key has signed.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.server import TelegramServer
from sandbox.updates import Hook
from tests.sandbox.server.conftest import Call, HandClock

CERTIFICATE = Path(__file__).parent / "loopback-certificate.pem"
KEY = Path(__file__).parent / "loopback-key.pem"
SECRET = "x-telegram-bot-api-secret-token"


class Receiver:
    """A webhook that notes what is posted and answers as it is told, then with 200."""

    def __init__(self) -> None:
        self.posted: list[tuple[float, dict[str, str], Any]] = []
        self.answers: list[str] = []
        self.port = 0

    @property
    def numbers(self) -> list[int]:
        """Return the ids of what was posted, in order."""
        return [update["update_id"] for _, _, update in self.posted]

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        while head := await reader.readuntil(b"\r\n\r\n"):
            lines = head.decode().split("\r\n")[1:-2]
            headers = {name.lower(): value for name, value in (one.split(": ") for one in lines)}
            body = await reader.readexactly(int(headers["content-length"]))
            self.posted.append((time.monotonic(), headers, json.loads(body)))
            status = self.answers.pop(0) if self.answers else "200 OK"
            writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())


@asynccontextmanager
async def receiving(trust: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """Run a receiver on loopback."""
    found = Receiver()

    async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await found.handle(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(quietly, "127.0.0.1", 0, ssl=trust)
    found.port = server.sockets[0].getsockname()[1]
    yield found
    server.close()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver of plain http."""
    async with receiving() as found:
        yield found


async def until(
    look: Callable[[], object | Coroutine[Any, Any, object]], seconds: float = 10
) -> None:
    """Return when something is so."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if await found if isinstance(found, Coroutine) else found:
            return
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


REFUSED = {
    "An HTTPS URL must be provided": {"url": "http://e.org/x"},
    "can be set up only on ports": {"url": "https://e.org:8080/x"},
    "secret token contains unallowed": {"url": "https://e.org/x", "secret_token": "a b"},
    "secret token is too long": {"url": "https://e.org/x", "secret_token": "a" * 257},
    "no certificate": {"url": "https://e.org/x", "certificate": "PEM"},
}


@pytest.mark.parametrize(("words", "given"), REFUSED.items(), ids=REFUSED)
async def test_refused(call: Call, words: str, given: dict[str, str]) -> None:
    """A webhook Telegram would not take is refused in its words, and none is set."""
    assert words in await call("setWebhook", **given)
    assert (await call("getWebhookInfo"))["url"] == ""


async def test_posted_with_the_secret(
    telegram: TelegramServer, call: Call, receiver: Receiver
) -> None:
    """What waits is posted at once, in order, with the secret, and waits no longer."""
    ana = telegram.person(1001, "Ana")
    for text in "abc":
        await ana.send(text)
    url = f"http://127.0.0.1:{receiver.port}/x"
    assert await call("setWebhook", url=url, secret_token="hush-1", max_connections=7) is True
    await telegram.idle()
    assert [update["message"]["text"] for _, _, update in receiver.posted] == ["a", "b", "c"]
    assert {headers[SECRET] for _, headers, _ in receiver.posted} == {"hush-1"}
    info = await call("getWebhookInfo")
    assert info["pending_update_count"] == 0
    assert info["max_connections"] == 7
    assert "last_error_date" not in info


async def test_posted_again(telegram: TelegramServer, call: Call, receiver: Receiver) -> None:
    """An update that is not taken comes again after growing waits, the next of its chat after it.

    What others do is not kept back by it.
    """
    receiver.answers = ["502 Bad Gateway"]
    await call("setWebhook", url=f"http://127.0.0.1:{receiver.port}/x")
    ana, ben = telegram.person(1001, "Ana"), telegram.person(1002, "Ben")
    await ana.send("first")
    await until(lambda: telegram.world.updates.error)
    receiver.answers = []
    await ana.send("second")
    await ben.send("other")
    await telegram.idle()
    texts = [update["message"]["text"] for _, _, update in receiver.posted]
    assert texts == ["first", "other", "first", "second"]
    assert receiver.posted[2][0] - receiver.posted[0][0] > 0.9
    info = await call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 502 Bad Gateway"
    assert info["last_error_date"] == telegram.world.now()


async def test_the_waits_grow(tmp_path: Path, clock: HandClock, receiver: Receiver) -> None:
    """Each wait is longer than the last."""
    receiver.answers = ["500 Oops"] * 3
    async with TelegramServer(tmp_path, clock, first_wait=0.1) as telegram:
        telegram.world.updates.set_webhook(Hook(f"http://127.0.0.1:{receiver.port}/x"), drop=False)
        await telegram.person(1001, "Ana").send("first")
        await telegram.idle()
    moments = [moment for moment, _, _ in receiver.posted]
    first, second, third = (later - sooner for sooner, later in pairwise(moments))
    assert 0.09 < first < second < third


async def test_waits_as_long_as_it_is_asked_to(
    telegram: TelegramServer, call: Call, receiver: Receiver
) -> None:
    """Retry-After is heeded."""
    receiver.answers = ["503 Service Unavailable\r\nRetry-After: 1"]
    await call("setWebhook", url=f"http://127.0.0.1:{receiver.port}/x")
    await telegram.person(1001, "Ana").send("first")
    await telegram.idle()
    (one, _, _), (two, _, _) = receiver.posted
    assert 0.9 < two - one < 5


async def test_nobody_answers(telegram: TelegramServer, call: Call) -> None:
    """A webhook that is not there is told of in words, and the updates wait."""
    await call("setWebhook", url="http://127.0.0.1:9/x")
    await telegram.person(1001, "Ana").send("first")
    await until(lambda: telegram.world.updates.error)
    info = await call("getWebhookInfo")
    assert "refused" in info["last_error_message"]
    assert info["pending_update_count"] == 1


async def test_a_self_signed_certificate(
    telegram: TelegramServer, call: Call, http: httpx.AsyncClient
) -> None:
    """It is believed where it came along with setWebhook, and only there."""
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(CERTIFICATE, KEY)
    async with receiving(trust) as receiver:
        url = f"https://127.0.0.1:{receiver.port}/x"
        await call("setWebhook", url=url)
        await telegram.person(1001, "Ana").send("first")
        await until(lambda: telegram.world.updates.error)
        info = await call("getWebhookInfo")
        assert info["last_error_message"].startswith("SSL error")
        assert info["has_custom_certificate"] is False
        assert receiver.posted == []
        await http.post(
            f"/bot{telegram.token}/setWebhook",
            data={"url": url},
            files={"certificate": CERTIFICATE.read_bytes()},
        )
        await telegram.idle()
        assert len(receiver.posted) == 1
        assert (await call("getWebhookInfo"))["has_custom_certificate"] is True


async def test_ends_the_poll_that_waits(telegram: TelegramServer, call: Call) -> None:
    """Whoever polls is sent away when a webhook is set."""
    poll = asyncio.create_task(call("getUpdates", timeout=10))
    await telegram.idle()
    await call("setWebhook", url="https://127.0.0.1:9/x")
    assert await poll == "Conflict: terminated by setWebhook request"


async def test_goes_on_after_a_restart(
    tmp_path: Path, clock: HandClock, receiver: Receiver
) -> None:
    """The webhook and what waits for it are there again after a restart."""
    async with TelegramServer(tmp_path, clock) as before:
        async with httpx.AsyncClient(base_url=before.url) as http:
            url = f"http://127.0.0.1:{receiver.port}/x"
            receiver.answers = ["500 Oops"]
            await http.get(f"/bot{before.token}/setWebhook", params={"url": url})
        await before.person(1001, "Ana").send("first")
        await until(lambda: receiver.posted)
    async with TelegramServer(tmp_path, clock) as after:
        await after.idle()
    assert receiver.numbers[0] == receiver.numbers[1]
