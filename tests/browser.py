"""Headless Chromium for the tests that carry the marker `browser`; the system's own is used."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str | None:
    """Return the path of a Chromium on this machine (`CHROMIUM` names another), or None."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ((named,) if named else NAMES))
    return next((path for path in found if path), None)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Run a headless Chromium; a machine without one raises LookupError."""
    path = executable()
    if path is None:
        raise LookupError("no Chromium found; install one or name it in CHROMIUM")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


async def ready(page: Page, address: str, people: int = 1) -> Page:
    """Open the chat page and return it when that many chats are connected and shown."""
    await page.goto(address)
    chats = page.locator("[data-person][data-ready]")
    await chats.nth(people - 1).wait_for(state="attached")
    return page
