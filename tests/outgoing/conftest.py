"""A scripted Bot API and a request class that talks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.outgoing.request import AiohttpRequest
from tests.outgoing.scripted import ScriptedApi, serving


@pytest.fixture
async def api() -> AsyncIterator[ScriptedApi]:
    """Serve a scripted Bot API on loopback."""
    scripted = ScriptedApi()
    async with serving(scripted.answer) as scripted.base:
        yield scripted


@pytest.fixture
async def request_class() -> AsyncIterator[AiohttpRequest]:
    """Open a request class with short waits."""
    async with AiohttpRequest(read_timeout=0.3, connect_timeout=0.5, pool_timeout=0.2) as request:
        yield request
