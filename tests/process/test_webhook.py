"""A process that is posted to: killed around the commit of an update, stopped, its port taken."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.clock import FileClock
from sandbox.server import TelegramServer
from sandbox.timekeeping import write_offset
from tests import databases
from tests.conftest import LEARNING
from tests.conversations.test_by_webhook import free_port
from tests.process.burst import Burst
from tests.process.killing import Killing
from tests.process.runner import Nursery, Runner
from tests.process.test_kills import survive
from tests.process.test_process import TOKEN, run

SEED = 20261127
KILLS, PEOPLE = 10, 8
SECRET = "what-Telegram-repeats-to-us"


class Hooked(Runner):
    """A bot with a webhook; `extra` are more settings of the next start."""

    def __init__(self, folder: Path, telegram: TelegramServer, nursery: Nursery) -> None:
        super().__init__(folder, telegram, nursery)
        self.at = f"127.0.0.1:{free_port()}"
        self.path = "/telegram/8f3a9d"
        self.extra: dict[str, str] = {}

    def environment(self) -> dict[str, str]:
        """Return the settings of the process."""
        hook = {"WEBHOOK_URL": f"http://{self.at}{self.path}", "WEBHOOK_SECRET": SECRET}
        return super().environment() | hook | {"LISTEN": self.at} | self.extra

    async def again(self, **extra: str) -> None:
        """Start with these settings too, once the last process has ended."""
        await self.ended()
        self.extra = extra
        await self.start()


@pytest.fixture
async def bot(tmp_path: Path, nursery: Nursery) -> AsyncIterator[Hooked]:
    """A bot process that is posted to by a sandbox."""
    for name in ("clock", "telegram-clock"):
        write_offset(tmp_path / name, 0.0)
    clock = FileClock(tmp_path / "telegram-clock")
    async with TelegramServer(tmp_path / "telegram", clock, first_wait=0.1) as telegram:
        found = Hooked(tmp_path, telegram, nursery)
        await found.start()
        yield found
        await found.kill()
        databases.drop(found.url)
        assert telegram.unknown_methods == []


@pytest.mark.kill
async def test_a_burst_survives_kills(bot: Hooked) -> None:
    """Killed at any point of a minute with many due and taps that are posted: nothing is lost."""
    await bot.settled(LEARNING)
    chance = random.Random(SEED)
    burst = Burst(bot, chance, PEOPLE)
    await burst.prepare()
    killing = Killing(burst, chance, lambda kills: kills >= KILLS)
    await survive(burst, killing, lambda: killing.kills >= KILLS)
    assert killing.kills == KILLS


@pytest.mark.kill
async def test_killed_around_the_commit(bot: Hooked) -> None:
    """Killed before an update is committed, and after but before it is answered: one effect."""
    ana = bot.telegram.person(1001, "Ana", language_code="en")
    await bot.settled(LEARNING)
    await bot.terminate()
    await bot.again(KILL_TAKE="before")
    await ana.send("/start")
    assert await bot.ended() == -9
    assert bot.stored("select count(*) from inbox") == [(0,)]
    await bot.again(KILL_TAKE="after")
    assert await bot.ended() == -9
    assert bot.stored("select state from inbox") == [("pending",)]
    assert len(bot.telegram.world.updates) == 1  # it was not answered, so it comes again
    await bot.again()
    await ana.sees("Welcome", timeout=20)
    await bot.settled()
    assert bot.stored("select state from inbox") == [("done",)]
    assert len([message for message in ana.messages if message.from_bot]) == 1


@pytest.mark.kill
async def test_killed_between_taps(bot: Hooked) -> None:
    """Killed after each answer of onboarding, each is kept once and the next question comes."""
    ben = bot.telegram.person(1002, "Ben", language_code="en")
    for act, words, then in (
        (ben.send, "/start", "Welcome"),
        (ben.tap, "I understand", "apply"),
        (ben.tap, "None of these", "Where is your clock"),
        (ben.send, "UTC", "right?"),
    ):
        await act(words)
        await asyncio.sleep(0.05)
        await bot.kill()
        await bot.start()
        await bot.settled()
        assert then.casefold() in ben.screen.text.casefold(), ben.transcript()


async def test_a_stop(bot: Hooked) -> None:
    """SIGTERM ends it with 0 within ten seconds, half a request open; nothing secret is logged."""
    bot.extra = {"LOG_LEVEL": "DEBUG"}
    await bot.settled(LEARNING)
    await bot.terminate()
    await bot.start()
    ana = bot.telegram.person(1001, "Ana", language_code="en")
    await ana.send("/start")
    await ana.sees("Welcome", timeout=LEARNING)
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"http://{bot.at}{bot.path}", content=b"x")
        assert answer.status_code == 404
    host, _, port = bot.at.partition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /half HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
    await asyncio.sleep(0.1)
    began = time.monotonic()
    assert await bot.terminate() == 0
    assert time.monotonic() - began < 10
    writer.close()
    log = bot.log.read_text()
    for hidden in (SECRET, bot.telegram.token, bot.path, "Welcome"):
        assert hidden not in log


async def test_a_taken_port(tmp_path: Path) -> None:
    """A port that is taken ends with status 2 and one line."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        at = f"127.0.0.1:{taken.getsockname()[1]}"
        status, _, err = await run(tmp_path, "run", TELEGRAM_BOT_TOKEN=TOKEN, LISTEN=at)
    assert (status, len(err.splitlines())) == (2, 1)
    assert err.startswith(f"LISTEN: {at}: ")
