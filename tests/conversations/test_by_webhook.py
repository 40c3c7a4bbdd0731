"""Whole stories in which Telegram posts to the bot's webhook, beside the same ones by polling."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
from sqlalchemy import Dialect, event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.intake import contact, hook
from bot.intake.hook import CONNECTIONS
from bot.intake.receiving import ALLOWED_UPDATES
from db import quick_cursor
from sandbox.server import TelegramServer
from sandbox.updates import Hook
from tests.conftest import House, PushedClock, Walk
from tests.databases import ON_SERVER

SECRET = "what-Telegram-repeats"  # of letters and digits, as Telegram wants it


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class WebHouse(House):
    """A bot that is posted to."""

    def __init__(self, folder: Path, clock: PushedClock, telegram: TelegramServer) -> None:
        super().__init__(folder, clock, telegram)
        self.at = f"127.0.0.1:{free_port()}"
        self.hook_url = f"http://{self.at}/telegram/8f3a"

    def hooked(self) -> dict[str, str]:
        """Return the settings that make it so."""
        return {"WEBHOOK_URL": self.hook_url, "WEBHOOK_SECRET": SECRET, "LISTEN": self.at}


@pytest.fixture
async def house(
    tmp_path: Path, clock: PushedClock, request: pytest.FixtureRequest
) -> AsyncIterator[WebHouse]:
    """A bot that gets its updates as the parameter says, by a webhook where there is none."""
    async with TelegramServer(tmp_path / "telegram", clock, first_wait=0.05) as telegram:
        found = WebHouse(tmp_path, clock, telegram)
        polls = getattr(request, "param", "webhook") == "polling"
        await found.start(**({} if polls else found.hooked()))
        yield found
        await found.stop()
        assert telegram.unknown_methods == []


both_ways = pytest.mark.parametrize("house", ["polling", "webhook"], indirect=True)


@both_ways
async def test_onboarding_a_routine_and_a_reminder(house: WebHouse, onboarded: Walk) -> None:
    """Somebody new is asked all there is to ask, walks a routine, and is reminded the next day."""
    ana = await onboarded(house.person(), zone="UTC", at="07:30")
    await ana.send("/today")
    await ana.sees("1/")
    steps = 0
    while re.match(r"\d+/", ana.screen.text):
        steps += 1
        await ana.tap("Done")
        await house.settled()
    assert steps > 5
    house.clock.push(days=1, hours=1, minutes=31)
    await house.settled()
    await ana.tap("Snooze 10")
    await house.settled()
    house.clock.push(minutes=11)
    await house.settled()
    await ana.tap("Start")
    await ana.sees("1/")


@both_ways
async def test_several_people_at_once(house: WebHouse, onboarded: Walk) -> None:
    """Nobody waits for another, and each gets the answers in the order of what they wrote."""
    people = [house.person(1001 + number, f"P{number}") for number in range(6)]
    for person in people:
        for text in ("/help", "/privacy", "/start"):
            await person.send(text)
    await house.settled()
    for person in people:
        assert "Welcome" in person.screen.text, person.transcript()
        assert len([message for message in person.messages if message.from_bot]) == 3


async def test_what_was_sent_meanwhile_comes_at_the_next_start(
    house: WebHouse, onboarded: Walk
) -> None:
    """A stop leaves the webhook where it is; the next start gets what Telegram kept for it."""
    ana = await onboarded(house.person())
    await house.stop()
    await ana.send("/help")
    await asyncio.sleep(0.1)
    assert len(house.telegram.world.updates) == 1
    await house.start(**house.hooked())
    await ana.sees("/today")


async def test_back_to_polling(house: WebHouse, onboarded: Walk) -> None:
    """Started without the setting the bot takes its webhook away and loses nothing that waits."""
    ana = await onboarded(house.person())
    await house.stop()
    await ana.send("/help")
    await house.start()
    await ana.sees("/today")
    assert house.telegram.world.updates.hook is None


async def test_what_telegram_is_told(house: WebHouse) -> None:
    """The webhook is set with its secret and its kinds, and drops nothing that waits."""
    (call,) = [one for one in house.telegram.calls if one.method == "setWebhook"]
    assert call.params == {
        "url": house.hook_url,
        "secret_token": SECRET,
        "max_connections": str(CONNECTIONS),
        "allowed_updates": json.dumps(ALLOWED_UPDATES),
    }


async def get(house: WebHouse, path: str) -> tuple[int, str]:
    """Return what the bot answers at a path."""
    async with httpx.AsyncClient() as http:
        answer = await http.get(f"http://{house.at}{path}")
    return answer.status_code, answer.text


async def test_alive_and_ready(house: WebHouse) -> None:
    """A bot that runs says so."""
    assert await get(house, "/healthz") == (200, "alive\n")
    assert await get(house, "/readyz") == (200, "ready\n")
    assert (await get(house, "/metrics"))[0] == 404  # off unless told


async def test_ready_without_a_webhook(house: WebHouse) -> None:
    """A bot that polls says it too, where LISTEN is set; without it nothing listens."""
    await house.stop()
    await house.start(LISTEN=house.at)
    assert await get(house, "/readyz") == (200, "ready\n")
    await house.stop()
    await house.start()
    with pytest.raises(httpx.ConnectError):
        await get(house, "/healthz")


async def test_not_ready_without_telegram(house: WebHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """While Telegram is not reached /readyz is red and says so; /healthz is not."""
    monkeypatch.setattr(contact, "SILENCE", 0.2)
    monkeypatch.setattr(hook, "LOOK", 0.05)
    await house.stop()
    await house.start(**house.hooked())
    house.telegram.faults.next("getWebhookInfo", status=500, times=None)
    await asyncio.sleep(1)
    status, told = await get(house, "/readyz")
    assert (status, told.partition(" for ")[0]) == (503, "Telegram: not reached")
    assert await get(house, "/healthz") == (200, "alive\n")


def away(dialect: Dialect, *_: object) -> NoReturn:
    """Let nobody connect."""
    raise dialect.dbapi.OperationalError("away")  # type: ignore[union-attr]


async def test_without_the_database(house: WebHouse) -> None:
    """It is red; what comes meanwhile is answered so that it comes again, and then takes effect."""
    assert house.limber is not None
    engines = [
        one for one in vars(house.limber.deps.database).values() if isinstance(one, AsyncEngine)
    ]
    for engine in engines:
        if not ON_SERVER:
            event.remove(engine.sync_engine, "do_connect", quick_cursor.connect)
        event.listen(engine.sync_engine, "do_connect", away)
        await engine.dispose()
    assert await get(house, "/readyz") == (503, "database: fails with OperationalError\n")
    ana = house.person()
    await ana.send("/start")
    async with asyncio.timeout(10):
        while (told := house.telegram.world.updates.error) is None:
            await asyncio.sleep(0.02)
    assert told[1] == "Wrong response from the webhook: 503 Service Unavailable"
    for engine in engines:
        event.remove(engine.sync_engine, "do_connect", away)
        if not ON_SERVER:
            event.listen(engine.sync_engine, "do_connect", quick_cursor.connect)
    assert await get(house, "/readyz") == (200, "ready\n")
    await ana.sees("Welcome", timeout=15)


async def test_a_webhook_that_was_taken_away(
    house: WebHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is set again where none is, and left alone where another is."""
    monkeypatch.setattr(hook, "LOOK", 0.05)
    await house.stop()
    await house.start(**house.hooked())
    updates = house.telegram.world.updates
    updates.set_webhook(None, drop=False)
    await asyncio.sleep(0.5)
    assert updates.hook is not None
    assert updates.hook.url == house.hook_url
    updates.set_webhook(Hook("https://127.0.0.1:9/other"), drop=False)
    await asyncio.sleep(0.5)
    assert updates.hook.url == "https://127.0.0.1:9/other"
    assert await get(house, "/readyz") == (503, "Telegram: another webhook is set\n")
