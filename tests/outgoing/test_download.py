"""A file that a person sent is fetched: so much of it as is wanted, and without a trace."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest
from telegram import Bot

from bot.outgoing.download import NotFetched, TooLarge, download
from bot.outgoing.request import AiohttpRequest
from sandbox.server import TelegramServer
from tests.conftest import PushedClock

CONTENT = bytes(range(256)) * 400


async def fetched(folder: Path, most: int, *, file_id: str = "", base: str = "") -> bytes:
    """Send a file to a bot and let it fetch it; `file_id` and `base` are others than the true."""
    async with TelegramServer(folder, PushedClock()) as telegram:
        ana = telegram.person(1001, "Ana")
        message = await ana.send_file("a.yaml", CONTENT)
        request = AiohttpRequest()
        await request.initialize()
        bot = Bot(
            telegram.token,
            base_url=f"{telegram.url}/bot",
            base_file_url=base or f"{telegram.url}/file/bot",
            request=request,
        )
        try:
            return await download(bot, file_id or message.document or "", most)
        finally:
            await request.shutdown()


async def test_byte_for_byte(tmp_path: Path) -> None:
    """What fits comes whole."""
    assert await fetched(tmp_path, len(CONTENT)) == CONTENT


async def test_no_more_than_is_wanted(tmp_path: Path) -> None:
    """A byte more than wanted is refused, whatever the message said."""
    with pytest.raises(TooLarge):
        await fetched(tmp_path, len(CONTENT) - 1)


@pytest.mark.parametrize(
    ("file_id", "base"),
    [
        pytest.param("nonsense", "", id="no such file"),
        pytest.param("", "http://127.0.0.1:1/file/bot", id="nobody answers"),
        pytest.param("", "not an address/", id="no address"),
    ],
)
async def test_not_fetched(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, file_id: str, base: str
) -> None:
    """Where it cannot be had, neither the error nor a log shows the address with the token."""
    caplog.set_level("DEBUG", "bot")
    with pytest.raises(NotFetched) as caught:
        await fetched(tmp_path, 10**6, file_id=file_id, base=base)
    told = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert "SANDBOX-local" not in told
