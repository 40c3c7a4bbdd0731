"""Misfortunes on demand."""

from __future__ import annotations

import asyncio
import time

import httpx
import pytest

from sandbox.faults import Drop
from sandbox.server import TelegramServer
from tests.sandbox.server.conftest import Call


@pytest.fixture(autouse=True)
async def ana(telegram: TelegramServer) -> None:
    """Ana, who has started the bot."""
    await telegram.person(1001, "Ana").send("/start")


def bot_texts(telegram: TelegramServer) -> list[str]:
    """Return what the bot has written to Ana."""
    return [each.text for each in telegram.person(1001, "Ana").messages if each.from_bot]


async def test_flood_control(telegram: TelegramServer, http: httpx.AsyncClient) -> None:
    """A 429 names the wait in the body and in a header, as often as scripted, without effect."""
    telegram.faults.next("sendMessage", status=429, retry_after=3, times=2)
    form = {"chat_id": 1001, "text": "x"}
    for _ in range(2):
        answer = await http.post(f"/bot{telegram.token}/sendMessage", json=form)
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "3"
        assert answer.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 3",
            "parameters": {"retry_after": 3},
        }
    assert bot_texts(telegram) == []
    assert (await http.post(f"/bot{telegram.token}/sendMessage", json=form)).status_code == 200


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (500, "Internal Server Error: restart"),
    ],
)
async def test_refusals_on_demand(
    telegram: TelegramServer, call: Call, status: int, words: str
) -> None:
    """Other refusals come with Telegram's words, and are recorded with their status."""
    telegram.faults.next("sendMessage", status=status)
    assert await call("sendMessage", chat_id=1001, text="x") == words
    assert telegram.calls[-1].status == status


@pytest.mark.parametrize(
    ("drop", "texts"), [("before", ["two"]), ("after", ["one", "two"])], ids=["before", "after"]
)
async def test_a_cut_connection(
    telegram: TelegramServer, http: httpx.AsyncClient, call: Call, drop: str, texts: list[str]
) -> None:
    """A connection is cut without an answer, before or after the message was sent."""
    telegram.faults.next("sendMessage", drop=drop)  # type: ignore[arg-type]
    with pytest.raises(httpx.RemoteProtocolError):
        await call("sendMessage", chat_id=1001, text="one")
    assert telegram.calls[-1].status == 0
    await call("sendMessage", chat_id=1001, text="two")
    assert bot_texts(telegram) == texts


@pytest.mark.parametrize(
    ("garbage", "texts"), [("before", []), ("after", ["one"])], ids=["before", "after"]
)
async def test_garbage(
    telegram: TelegramServer, http: httpx.AsyncClient, garbage: Drop, texts: list[str]
) -> None:
    """Garbage comes with status 200, in place of the effect or after it; the record tells which."""
    telegram.faults.next("sendMessage", garbage=garbage)
    form = {"chat_id": 1001, "text": "one"}
    answer = await http.post(f"/bot{telegram.token}/sendMessage", json=form)
    assert (answer.status_code, answer.text[:6]) == (200, "<html>")
    assert bot_texts(telegram) == texts
    assert telegram.calls[-1].unheard is bool(texts)


async def test_a_delay_holds_one_call_alone(telegram: TelegramServer, call: Call) -> None:
    """A slow answer is late by the scripted real time and has its effect."""
    telegram.faults.next("sendMessage", delay=0.3)
    began = time.monotonic()
    await call("sendMessage", chat_id=1001, text="one")
    assert time.monotonic() - began >= 0.3
    began = time.monotonic()
    await call("sendMessage", chat_id=1001, text="two")
    assert time.monotonic() - began < 0.3


async def test_a_fault_meets_its_chat_and_method(telegram: TelegramServer, call: Call) -> None:
    """A fault for one chat or one method leaves the others alone, and can be called off."""
    await telegram.person(1002, "Ben").send("/start")
    telegram.faults.next("sendMessage", status=500, chat=1002, times=None)
    telegram.faults.next("*", status=403, times=1)
    assert "Forbidden" in await call("getMe")
    assert await call("sendMessage", chat_id=1001, text="x")
    for _ in range(3):
        assert "Internal" in await call("sendMessage", chat_id=1002, text="x")
    telegram.faults.clear()
    assert (await call("sendMessage", chat_id=1002, text="x"))["text"] == "x"


async def test_getting_updates_is_spared_by_the_star(telegram: TelegramServer, call: Call) -> None:
    """A fault for any method is not used up by the bot's polling."""
    telegram.faults.next("*", status=500)
    assert len(await call("getUpdates")) == 1
    assert "Internal" in await call("getMe")


async def test_calls_are_recorded(telegram: TelegramServer, call: Call) -> None:
    """What the bot asked for can be looked at; empty polls are left out."""
    await call("getUpdates", offset=-1)
    await call("getUpdates", offset=telegram.calls[-1].at.year * 10**6)
    await call("sendMessage", chat_id=1001, text="x")
    await call("sendMessage", chat_id=1001, text="")
    assert [(each.method, each.status) for each in telegram.calls] == [
        ("getUpdates", 200),
        ("sendMessage", 200),
        ("sendMessage", 400),
    ]
    assert telegram.calls[1].params == {"chat_id": 1001, "text": "x"}
    assert telegram.calls[1].at == telegram.world.clock.now()
    assert telegram.calls[1].at_monotonic <= time.monotonic()


async def test_the_date_of_an_answer_is_that_of_its_moment(http: httpx.AsyncClient) -> None:
    """A bot that compares its clock with the header Date is not misled by a long-lived server."""
    first = (await http.get("/")).headers["Date"]
    await asyncio.sleep(2.2)
    assert (await http.get("/")).headers["Date"] != first
