"""getUpdates: confirmed by offset, waited for, one reader at a time, kept over a restart."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import httpx
import pytest

from sandbox.server import TelegramServer
from tests.sandbox.server.conftest import Call, HandClock


async def texts(call: Call, **params: object) -> list[str]:
    """Return the texts of the updates a call gets."""
    return [update["message"]["text"] for update in await call("getUpdates", **params)]


async def three(telegram: TelegramServer, call: Call) -> int:
    """Send a, b and c; return the id of the first update."""
    ana = telegram.person(1001, "Ana")
    for text in "abc":
        await ana.send(text)
    return int((await call("getUpdates"))[0]["update_id"])


async def test_unconfirmed_updates_come_again(telegram: TelegramServer, call: Call) -> None:
    """An update is given as often as it is asked for until a higher offset confirms it."""
    first = await three(telegram, call)
    assert await texts(call) == ["a", "b", "c"]
    assert await texts(call, offset=first + 1) == ["b", "c"]
    assert await texts(call) == ["b", "c"]
    assert await texts(call, offset=first + 3) == []
    assert await texts(call) == []


async def test_a_negative_offset_keeps_the_newest(telegram: TelegramServer, call: Call) -> None:
    """Offset -1 forgets all but the last update."""
    await three(telegram, call)
    assert await texts(call, offset=-1) == ["c"]
    assert await texts(call) == ["c"]


@pytest.mark.parametrize(("limit", "count"), [(2, 2), (0, 1), (1000, 3)])
async def test_limit_is_kept_within_1_and_100(
    telegram: TelegramServer, call: Call, limit: int, count: int
) -> None:
    """At most `limit` updates come, and a limit out of range is drawn into it."""
    await three(telegram, call)
    assert len(await texts(call, limit=limit)) == count


async def test_a_poll_waits_for_news(telegram: TelegramServer, call: Call) -> None:
    """A long poll answers as soon as something happens."""
    poll = asyncio.create_task(texts(call, timeout=10))
    await telegram.idle()
    assert telegram.waiting
    began = time.monotonic()
    await telegram.person(1001, "Ana").send("hello")
    assert await poll == ["hello"]
    assert time.monotonic() - began < 1
    assert not telegram.waiting


async def test_a_poll_ends_empty_after_its_time(telegram: TelegramServer, call: Call) -> None:
    """A long poll without news answers an empty list after the time it named."""
    began = time.monotonic()
    assert await texts(call, timeout=1) == []
    assert 0.9 < time.monotonic() - began < 3


async def test_a_second_poller_sends_the_first_away(telegram: TelegramServer, call: Call) -> None:
    """Only one may wait: the older poll is answered with a conflict."""
    older = asyncio.create_task(call("getUpdates", timeout=10))
    await telegram.idle()
    newer = asyncio.create_task(texts(call, timeout=10))
    assert await older == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    await telegram.idle()
    await telegram.person(1001, "Ana").send("hello")
    assert await newer == ["hello"]


async def test_allowed_updates_are_remembered(telegram: TelegramServer, call: Call) -> None:
    """What is not allowed is not queued, also in later polls that do not repeat the list."""
    ana = telegram.person(1001, "Ana")
    await call("getUpdates", allowed_updates=["my_chat_member"])
    await ana.send("unwanted")
    await call("getUpdates")
    await ana.block()
    assert [list(each)[1] for each in await call("getUpdates")] == ["my_chat_member"]
    await call("getUpdates", allowed_updates=[])
    await ana.send("wanted")
    assert len(await call("getUpdates")) == 3  # the lifted block and the message


async def test_anything_can_be_injected(telegram: TelegramServer, call: Call) -> None:
    """Poison and unknown kinds reach the bot, whatever it allowed."""
    await call("getUpdates", allowed_updates=["message"])
    number = telegram.inject({"message": {"message_id": 1}})
    telegram.inject({"telepathy": {}})
    # Not through `call`, whose check of forms would rightly refuse these.
    updates = await telegram.world.updates.get(0, 100, 0)
    assert updates == [
        {"update_id": number, "message": {"message_id": 1}},
        {"update_id": number + 1, "telepathy": {}},
    ]


async def test_a_webhook_forbids_polling(telegram: TelegramServer, call: Call) -> None:
    """getUpdates is a conflict while a webhook is set; deleteWebhook ends that."""
    await three(telegram, call)
    assert "HTTPS URL" in await call("setWebhook", url="http://e.org")
    assert await call("setWebhook", url="https://127.0.0.1:9/hook") is True
    assert (await call("getUpdates")).startswith("Conflict: can't use getUpdates method while")
    info = await call("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == ("https://127.0.0.1:9/hook", 3)
    assert await call("deleteWebhook", drop_pending_updates=True) is True
    assert await texts(call) == []


async def test_a_restart_goes_on(tmp_path: Path, clock: HandClock) -> None:
    """Messages, unconfirmed updates, numbers and commands are there again after a restart."""
    async with TelegramServer(tmp_path, clock) as before:
        ana = before.person(1001, "Ana")
        await ana.send("first")
        await ana.send_photo()
        before.world.profile.set_commands({"type": "default"}, "", [{"command": "a"}])
    async with TelegramServer(tmp_path, clock) as after:
        ana = after.person(1001, "Ana")
        await ana.send("third")
        assert [message.text for message in ana.messages] == ["first", "", "third"]
        assert ana.messages[1].photo is not None
        assert after.world.files.bytes_of(ana.messages[1].photo) is not None
        updates = await after.world.updates.get(0, 100, 0)
        numbers = [update["update_id"] for update in updates]
        assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]
        assert after.world.profile.menu(1001, "en") == [{"command": "a"}]


async def test_a_bot_that_hangs_up_waits_no_more(
    telegram: TelegramServer, http: httpx.AsyncClient
) -> None:
    """A poll whose caller is gone is not taken for a waiting bot."""
    with pytest.raises(httpx.ReadTimeout):
        await http.get(f"/bot{telegram.token}/getUpdates?timeout=30", timeout=0.3)
    for _ in range(100):
        if not telegram.waiting:
            break
        await asyncio.sleep(0.01)
    assert not telegram.waiting
