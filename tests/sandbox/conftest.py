"""What the tests of the chat page share: one Chromium a file, one sandbox a test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser

from tests.browser import chromium
from tests.sandbox.page_site import Site, site


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of this file."""
    async with chromium() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def place(browser: Browser, tmp_path: Path) -> AsyncIterator[Site]:
    """A sandbox of its own for each test."""
    async with site(browser, tmp_path) as running:
        yield running
