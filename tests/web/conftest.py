"""A webhook without a bot behind it: the inbox is a list, or fails as it is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Any

import httpx
import pytest

from bot.intake.gathering import Gathering
from bot.web.app import create_app
from bot.web.health import Health
from bot.web.webhook import Webhook

PATH = "/telegram/8f3a"
SECRET = "a-secret-of-ours"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Shelf:
    """Stands in for the inbox: keeps batches, or raises `fault` for those that hold `poison`."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.unprocessed = 0
        self.fault: Exception | None = None
        self.poison: int | None = None
        self.free = asyncio.Event()
        self.free.set()

    @property
    def kept(self) -> list[int]:
        """Return the ids of all that was kept."""
        return [number for batch in self.batches for number in batch]

    async def take(self, updates: Sequence[dict[str, Any]]) -> int:
        """Keep a batch, once that is let through."""
        await self.free.wait()
        numbers = [update["update_id"] for update in updates]
        if self.fault is not None and self.poison in (None, *numbers):
            raise self.fault
        json.dumps(updates)  # as the inbox does
        self.batches.append(numbers)
        return len(numbers)


class Telegram:
    """Posts to the webhook as Telegram does, or nearly so."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def post(
        self,
        body: Any = b'{"update_id": 7}',
        *,
        path: str = PATH,
        secret: str | bytes | None = SECRET,
        method: str = "POST",
    ) -> httpx.Response:
        """Return the answer to one request."""
        headers = {} if secret is None else {HEADER: secret}
        return await self._http.request(method, path, content=body, headers=headers)


@pytest.fixture
def shelf() -> Shelf:
    """An inbox that works."""
    return Shelf()


@pytest.fixture
def webhook(shelf: Shelf) -> Webhook:
    """The webhook with its inbox."""
    found = Webhook(f"https://bot.example.org{PATH}", SECRET)
    found.inbox = Gathering(shelf)
    return found


@pytest.fixture
async def telegram(webhook: Webhook) -> AsyncIterator[Telegram]:
    """Whoever posts."""
    transport = httpx.ASGITransport(create_app(Health(), webhook))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as http:
        yield Telegram(http)
