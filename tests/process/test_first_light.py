"""First light: the whole day in a browser, on the page that `make run` opens without a token."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser import chromium, ready
from tests.process.conftest import ROOT
from tests.process.test_process import SETTINGS

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
START = 30.0  # seconds in which a process has started on a machine with much to do


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """The sandbox as a process, as `make run` starts it; it must end with 0."""
    clean = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        cwd=tmp_path,
        env=clean | {"SANDBOX_PORT": "0", "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), START)).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert found, line
    yield found[0]
    process.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(process.wait(), 15) == 0


async def say(page: Page, text: str) -> None:
    """Type a text and press Enter."""
    await page.fill("#composer", text)
    await page.press("#composer", "Enter")


async def tap(page: Page, words: str) -> None:
    """Press the newest button with these words."""
    await page.locator("button.inline", has_text=words).last.click()


async def sees(page: Page, words: str, within: float = 10.0) -> None:
    """Wait until a message of the bot has these words, for some seconds."""
    bubble = page.locator("[data-message-id] .text", has_text=words)
    await expect(bubble.last).to_be_visible(timeout=within * 1000)


async def onboard(page: Page) -> None:
    """Answer the five questions."""
    await say(page, "/start")
    await sees(page, "Welcome to Limber", START)
    await tap(page, "I understand")
    await sees(page, "Does any of this apply")
    await tap(page, "None of these")
    await sees(page, "Where is your clock")
    await say(page, "Lisbon")
    await sees(page, "for you now, right?")
    await tap(page, "Yes")
    await sees(page, "When shall I remind you")
    await tap(page, "07:30")
    await sees(page, "What do you have")
    await tap(page, "That is all")
    await sees(page, "All set")


async def test_a_day_on_a_phone(address: str) -> None:
    """Open, /start, onboard, jump to the reminder, Start, Done through to the end."""
    async with chromium() as browser:
        context = await browser.new_context(viewport=PHONE)
        page = await ready(await context.new_page(), address)
        await onboard(page)
        await page.click("#jump")
        await sees(page, "12 minutes")
        await tap(page, "Start")
        await sees(page, "1/")
        total = int((await page.locator(".text").last.inner_text()).split("/")[1].split(" ")[0])
        for number in range(1, total + 1):
            await sees(page, f"{number}/{total} ·")
            picture = page.locator("[data-message-id] img").last
            assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)")
            await tap(page, "Done")
        await sees(page, f"{total} of {total} steps done")
        await tap(page, "Just right")
        await sees(page, "Noted: just right")


async def test_start_afresh(address: str) -> None:
    """Start afresh forgets the person: the bot asks them everything anew."""
    async with chromium() as browser:
        context = await browser.new_context(viewport={"width": 1280, "height": 860})
        page = await ready(await context.new_page(), address)
        await onboard(page)
        await page.click("#fresh")
        await page.locator("dialog button", has_text="afresh").last.click()
        await expect(page.locator("[data-message-id]")).to_have_count(0, timeout=15_000)
        await say(page, "/start")
        await sees(page, "Welcome to Limber", START)
