"""What whole-bot tests share: a clock to push, a sandbox, a running bot, and people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zlib import crc32

import hypothesis
import pytest
import structlog

from bot import app
from bot.app import Limber
from bot.packs import read_content
from bot.settings import Settings, read_settings
from content.loader import packaged
from db.engine import Database
from db.opening import open_database
from sandbox.person import Person
from sandbox.server import TelegramServer
from tests import databases
from tests.stored import Stored, look

# Deadlines would make timed tests of properties; the counts keep the suite under five minutes.
hypothesis.settings.register_profile("limber", deadline=None, max_examples=60)
hypothesis.settings.load_profile("limber")

# As the bot itself writes errors: to draw what is around each of them takes seconds.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=True),
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        ),
    ]
)

LEARNING = 240.0  # seconds in which a pack with other names or questions is learned anew
BREATH = 0.02 if databases.ON_SERVER else 0.003  # seconds: a server is asked each time
START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)  # a Monday


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the longest stories first, so that no worker walks one alone at the end.

    The other files are mixed: no worker gets all that wait, and another all that compute.
    """
    items.sort(key=lambda item: (item.get_closest_marker("kill") is None, _place(item)))


def _place(item: pytest.Item) -> int:
    return crc32(item.path.name.encode())


class PushedClock:
    """A clock that stands still until a test moves it; everybody who waits then wakes."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Return the moment the test has set."""
        return self._now

    async def wait_until(self, instant: datetime) -> None:
        """Return once the test has moved the clock to `instant` or past it, or has put it back."""
        last = self._now
        while last <= self._now < instant:
            last = self._now
            await self._moved.wait()

    def set(self, now: datetime) -> None:
        """Jump to a moment."""
        self._now = now
        self._moved.set()
        self._moved = asyncio.Event()

    def push(self, **delta: float) -> None:
        """Move on by a timedelta's arguments."""
        self.set(self._now + timedelta(**delta))


class House:
    """A sandbox and the bot that talks to it; the bot can be stopped and started again."""

    def __init__(self, folder: Path, clock: PushedClock, telegram: TelegramServer) -> None:
        self.folder = folder
        self.clock = clock
        self.telegram = telegram
        self.url = databases.new_url(folder)
        self.limber: Limber | None = None
        self._running: asyncio.Task[None] | None = None

    def settings(self, **changes: str) -> Settings:
        """Return the bot's settings for this sandbox."""
        environ = {
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            "TELEGRAM_API_URL": self.telegram.url,
            "DATABASE_URL": self.url,
            "PICTURES": "still",  # drawing clips is tested on its own
            "SPEECH": "off",
        }
        return read_settings(environ | changes, env_file=None)

    async def start(self, **changes: str) -> Limber:
        """Start the bot and return once it polls."""
        self.limber = Limber(self.settings(**changes), self.clock)
        await self.limber.start()
        self._running = asyncio.create_task(self.limber.run())
        await asyncio.wait_for(self.limber.ready.wait(), 10)
        return self.limber

    async def stop(self) -> None:
        """Stop the bot as an operator would."""
        if self.limber is None or self._running is None:
            return
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        await self.limber.stop()
        self.limber = self._running = None

    async def settled(self) -> None:
        """Return when the bot has nothing left to do at this moment of its clock."""
        assert self.limber is not None
        for _ in range(round(6 / BREATH)):
            await asyncio.sleep(BREATH)
            if self.telegram.waiting and await self.limber.idle():
                return
        raise AssertionError("the bot did not come to rest")

    def stored(self) -> AbstractContextManager[Stored]:
        """Open the database beside the bot."""
        return look(self.url)

    def person(self, number: int = 1001, name: str = "Ana", language: str = "en") -> Person:
        """Return somebody with a phone."""
        return self.telegram.person(number, name, language_code=language)


class Walk(Protocol):
    """Walks a person through onboarding."""

    async def __call__(
        self, person: Person, zone: str = ..., at: str = ..., answer: str = ...
    ) -> Person:
        """Return the person, through with onboarding."""
        ...


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Read the packaged content once a worker, not at each of hundreds of starts."""
    pack = packaged()
    content = read_content(pack)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            app,
            "read_content",
            lambda folder: content if folder == pack else read_content(folder),
        )
        yield


@pytest.fixture
def clock() -> PushedClock:
    """A clock that stands at Monday 06:00 UTC."""
    return PushedClock()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Open a new database with its tables, close it after the test."""
    url = databases.new_url(tmp_path)
    opened = await open_database(url, START)
    yield opened
    await opened.close()
    databases.drop(url)


@pytest.fixture
async def house(tmp_path: Path, clock: PushedClock) -> AsyncIterator[House]:
    """A sandbox with the bot running; at the end no unknown method may have been called."""
    async with TelegramServer(tmp_path / "telegram", clock) as telegram:
        found = House(tmp_path, clock, telegram)
        await found.start()
        yield found
        await found.stop()
        databases.drop(found.url)
        assert telegram.unknown_methods == []


@pytest.fixture
def ana(house: House) -> Person:
    """Somebody who has not written yet."""
    return house.person()


@pytest.fixture
def onboarded(house: House) -> Walk:
    """Walks a person through onboarding by buttons: zone, time and screening as named."""

    async def walk(
        person: Person,
        zone: str = "Europe/Berlin",
        at: str = "07:30",
        answer: str = "None of these",
    ) -> Person:
        await person.send("/start")
        await person.sees("Welcome to Limber")
        await person.tap("I understand")
        await person.sees("apply")
        await person.tap(answer)
        await person.sees("Where is your clock")
        await person.send(zone)
        await person.sees("right?")
        await person.tap("Yes")
        await person.sees("When shall I remind you")
        await person.send(at)
        await person.sees("What do you have")
        await person.tap("That is all")
        await person.sees("All set")
        return person

    return walk
