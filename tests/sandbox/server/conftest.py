"""A running sandbox, a clock to move, and a caller that checks every answer's form."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest

from sandbox.parameters import METHODS
from sandbox.server import TelegramServer
from tests.sandbox.server.forms import SPEC, faults_of


class Call(Protocol):
    """Calls a method of the Bot API; returns the result, or the words of the refusal."""

    async def __call__(self, method: str, /, **params: Any) -> Any:
        """Make one call."""
        ...


class HandClock:
    """A clock that only moves when told to."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self.instant

    async def wait_until(self, instant: datetime) -> None:
        """Nothing in the sandbox waits by this clock."""
        raise NotImplementedError

    def advance(self, **by: float) -> None:
        """Move on."""
        self.instant += timedelta(**by)


@pytest.fixture
def clock() -> HandClock:
    """A clock at half past seven of a Monday in November."""
    return HandClock()


@pytest.fixture
async def telegram(tmp_path: Path, clock: HandClock) -> AsyncIterator[TelegramServer]:
    """A running sandbox in a folder of its own."""
    async with TelegramServer(tmp_path / "telegram", clock) as server:
        yield server


@pytest.fixture
async def http(telegram: TelegramServer) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the sandbox's own address."""
    async with httpx.AsyncClient(base_url=telegram.url, timeout=20) as client:
        yield client


@pytest.fixture
def call(telegram: TelegramServer, http: httpx.AsyncClient) -> Call:
    """A caller that checks every result against Telegram's own description of it."""

    async def made(method: str, /, **params: Any) -> Any:
        answer = await http.post(f"/bot{telegram.token}/{method}", json=params)
        body = answer.json()
        assert body["ok"] == (answer.status_code == 200)
        if not body["ok"]:
            assert body["error_code"] == answer.status_code
            return body["description"]
        returns = SPEC["methods"][METHODS[method.lower()].name]["returns"]
        assert not faults_of(body["result"], returns, method)
        return body["result"]

    return made
