"""A sandbox with an open chat page and a bot whose every word the test says."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
from playwright.async_api import Browser, BrowserContext, Locator, Page

from bot.clock import FileClock
from sandbox.server import TelegramServer
from tests.browser import ready

YOU = 1001
SOON = 5000  # milliseconds
DESKTOP = {"width": 1280, "height": 860}


class Bot:
    """Speaks the Bot API of one sandbox."""

    def __init__(self, http: aiohttp.ClientSession, base: str, token: str) -> None:
        self._http = http
        self._base = f"{base}/bot{token}"
        self._offset = 0

    async def call(self, method: str, **parameters: Any) -> Any:
        """Call a method and return its result; bytes are uploaded as files."""
        form = aiohttp.FormData()
        for name, value in parameters.items():
            if isinstance(value, bytes):
                form.add_field(name, value, filename=f"{name}.bin")
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self._http.post(f"{self._base}/{method}", data=form) as response:
            body = await response.json()
        assert body["ok"], body
        return body["result"]

    async def say(self, text: str, *rows: list[Any], to: int = YOU, **more: Any) -> dict[str, Any]:
        """Send HTML with rows of inline buttons; a plain word is a button with itself as data."""
        more |= keyboard(*rows) if rows else {}
        message: dict[str, Any] = await self.call(
            "sendMessage", chat_id=to, text=text, parse_mode="HTML", **more
        )
        return message

    async def update(self) -> dict[str, Any]:
        """Return the next thing the person did, waiting for it up to five seconds."""
        updates = await self.call("getUpdates", offset=self._offset, timeout=5, limit=1)
        assert updates, "the person did nothing"
        self._offset = updates[0]["update_id"] + 1
        update: dict[str, Any] = updates[0]
        return update


def keyboard(*rows: list[Any]) -> dict[str, Any]:
    """Return the parameter `reply_markup` with these inline buttons."""
    buttons = [
        [{"text": it, "callback_data": it} if isinstance(it, str) else it for it in row]
        for row in rows
    ]
    return {"reply_markup": {"inline_keyboard": buttons}}


@dataclass
class Site:
    """One sandbox, its bot, and the page of whoever looks at it; `plans` is what is due next."""

    folder: Path
    browser: Browser
    http: aiohttp.ClientSession
    plans: list[datetime] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    server: TelegramServer = field(init=False)
    bot: Bot = field(init=False)

    @property
    def address(self) -> str:
        """Where the chat page is."""
        return f"{self.server.url}/"

    async def start(self, port: int = 0) -> None:
        """Start the sandbox; on the same folder a later one goes on."""
        offset = self.folder / "clock"
        self.server = TelegramServer(
            self.folder / "data",
            FileClock(offset),
            port=port,
            clock_file=offset,
            next_due=lambda: self.plans[0] if self.plans else None,
        )
        await self.server.start()
        self.bot = Bot(self.http, self.server.url, self.server.token)

    async def restart(self) -> None:
        """Cut every line and come back at the same address, as after a crash."""
        port = int(self.server.url.rpartition(":")[2])
        await self.server.stop()
        await self.start(port)

    async def page(self, **options: Any) -> Page:
        """Open the chat page in a browser of its own; its errors and foreign requests are kept."""
        context = await self.browser.new_context(**{"viewport": DESKTOP} | options)
        self.contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(SOON)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self._watch(request.url))
        return await ready(page, self.address, len(self.server.world.people))

    def _watch(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"a request to {url}")

    async def started(self, **options: Any) -> Page:
        """Open the page where the person has sent /start already."""
        page = await self.page(**options)
        await write(page, "/start")
        await self.bot.update()
        return page


@asynccontextmanager
async def site(browser: Browser, folder: Path) -> AsyncIterator[Site]:
    """Run a sandbox; a page that failed or asked elsewhere fails the test at its end."""
    async with aiohttp.ClientSession() as http:
        place = Site(folder, browser, http)
        await place.start()
        try:
            yield place
        finally:
            for context in place.contexts:
                await context.close()
            await place.server.stop()
    assert place.faults == []


async def write(page: Page, text: str, person: int = YOU) -> None:
    """Type into a person's chat and press Enter."""
    box = page.locator(f'[data-person="{person}"] textarea')
    await box.fill(text)
    await box.press("Enter")


def button(page: Page, words: str) -> Locator:
    """Return the newest inline button with exactly these words."""
    return page.locator("button.inline").get_by_text(words, exact=True).last


async def picture(page: Page, width: int, height: int) -> bytes:
    """Return a JPEG of that size, drawn by the browser."""
    script = """async ([width, height]) => {
        const canvas = new OffscreenCanvas(width, height);
        const brush = canvas.getContext("2d");
        brush.fillStyle = "#d8c8a0";
        brush.fillRect(0, 0, width, height);
        const blob = await canvas.convertToBlob({ type: "image/jpeg" });
        return [...new Uint8Array(await blob.arrayBuffer())];
    }"""
    return bytes(await page.evaluate(script, [width, height]))
