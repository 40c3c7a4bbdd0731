"""The routes of the chat page: people, chats, events, clock, jump and a fresh start."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.clock import FileClock
from sandbox.images import png
from sandbox.server import TelegramServer
from tests.sandbox.server.conftest import Call

MENU = {"inline_keyboard": [[{"text": "Done", "callback_data": "done"}]]}


@pytest.fixture
async def plans() -> list[datetime]:
    """What the bot plans; the first is next."""
    return []


@pytest.fixture
async def telegram(tmp_path: Path, plans: list[datetime]) -> AsyncIterator[TelegramServer]:
    """A sandbox whose clock is a file, as `limber sandbox` runs it."""
    clock_file = tmp_path / "clock"
    async with TelegramServer(
        tmp_path / "telegram",
        FileClock(clock_file),
        clock_file=clock_file,
        next_due=lambda: min(plans, default=None),
    ) as server:
        yield server


@asynccontextmanager
async def listening(http: httpx.AsyncClient, person: int) -> AsyncIterator[AsyncIterator[Any]]:
    """Listen to a person's events: an iterator of (kind, data)."""

    async def read(response: httpx.Response) -> AsyncIterator[Any]:
        kind = ""
        async for line in response.aiter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            if line.startswith("data: "):
                yield kind, json.loads(line.removeprefix("data: "))

    async with http.stream("GET", f"/sandbox/events?person={person}") as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        yield read(response)


async def post(http: httpx.AsyncClient, path: str, **body: Any) -> Any:
    """Post JSON and return the JSON answer."""
    return (await http.post(f"/sandbox/{path}", json=body)).json()


async def test_people(http: httpx.AsyncClient) -> None:
    """There is one person at first; more can be added and get ids of their own."""
    you = {"id": 1001, "first_name": "You", "language_code": "en"}
    assert (await http.get("/sandbox/people")).json() == [you]
    ben = await post(http, "people", first_name="Ben", language_code="de")
    assert (ben["id"], ben["first_name"]) == (1002, "Ben")
    assert len((await http.get("/sandbox/people")).json()) == 2
    assert (await http.post("/sandbox/people", json={})).status_code == 400
    assert (await http.get("/sandbox/chat/4711")).status_code == 400


async def test_a_chat_is_shown(http: httpx.AsyncClient, call: Call) -> None:
    """The page gets bot, menu, messages with their keyboards, and whose they are."""
    await call("setMyCommands", commands=[{"command": "today", "description": "Start"}])
    await call("setMyDescription", description="Stretch.")
    sent = await post(http, "chat/1001/send", text="/start")
    assert (sent["out"], sent["entities"][0]["type"]) == (True, "bot_command")
    await call("sendMessage", chat_id=1001, text="Hello", reply_markup=MENU)
    chat = (await http.get("/sandbox/chat/1001")).json()
    assert chat["bot"] == {
        "first_name": "Limber",
        "username": "limber_sandbox_bot",
        "description": "Stretch.",
        "short_description": "",
    }
    assert chat["menu"] == [{"command": "today", "description": "Start"}]
    assert [(each["text"], each["out"]) for each in chat["messages"]] == [
        ("/start", True),
        ("Hello", False),
    ]
    assert chat["messages"][1]["reply_markup"] == MENU
    assert (chat["blocked"], chat["keyboard"]) == (False, None)
    assert abs(datetime.fromisoformat(chat["now"]) - datetime.now(UTC)) < timedelta(seconds=5)


async def test_everything_is_pushed(http: httpx.AsyncClient, call: Call) -> None:
    """New messages, edits, deletions, answers, typing, keyboards and menus reach an open page."""
    async with listening(http, 1001) as events:
        await post(http, "chat/1001/send", text="/start")
        assert (await anext(events))[1]["out"] is True
        sent = await call("sendMessage", chat_id=1001, text="Hello", reply_markup=MENU)
        where = {"chat_id": 1001, "message_id": sent["message_id"]}
        assert await anext(events) == ("message", sent | {"out": False})
        tap = await post(http, "chat/1001/tap", message_id=sent["message_id"], data="done")
        await call("answerCallbackQuery", **tap, text="Well done")
        assert await anext(events) == ("answer", tap | {"text": "Well done", "show_alert": False})
        await call("sendChatAction", chat_id=1001, action="typing")
        assert await anext(events) == ("action", {"action": "typing"})
        await call("editMessageText", **where, text="Bye")
        assert (await anext(events))[0] == "edit"
        await call("deleteMessage", **where)
        assert await anext(events) == ("delete", {"message_id": sent["message_id"]})
        await call("setMyCommands", commands=[{"command": "a", "description": "b"}])
        assert await anext(events) == ("menu", [{"command": "a", "description": "b"}])
        await call("sendMessage", chat_id=1001, text="?", reply_markup={"keyboard": [["a"]]})
        assert [(await anext(events))[0] for _ in range(2)] == ["message", "keyboard"]
        await post(http, "clock", advance=60)
        kind, shown = await anext(events)
        assert (kind, shown["offset"]) == ("clock", pytest.approx(60, abs=1))


async def test_another_persons_page_is_left_alone(http: httpx.AsyncClient) -> None:
    """An event goes to the pages of its person only."""
    await post(http, "people", first_name="Ben")
    async with listening(http, 1002) as events:
        await post(http, "chat/1001/send", text="mine")
        await post(http, "chat/1002/send", text="yours")
        assert (await anext(events))[1]["text"] == "yours"


async def test_a_person_acts_from_the_page(http: httpx.AsyncClient, call: Call) -> None:
    """Replies, locations, files, stickers, voice and blocks become the updates Telegram sends."""
    first = await post(http, "chat/1001/send", text="/start")
    await post(http, "chat/1001/send", text="again", reply_to=first["message_id"])
    await post(http, "chat/1001/location", latitude=52.5, longitude=13.4)
    for kind in ("photo", "voice", "sticker"):
        assert kind in (await http.post(f"/sandbox/chat/1001/{kind}")).json()
    files = {"file": ("p.png", png(7, 5, (1, 2, 3)))}
    photo = (await http.post("/sandbox/chat/1001/photo", files=files)).json()["photo"][0]
    assert (photo["width"], photo["height"]) == (7, 5)
    document = {"document": ("a.yaml", b"key: a")}
    sent = (await http.post("/sandbox/chat/1001/document", files=document)).json()["document"]
    assert (sent["file_name"], sent["file_size"]) == ("a.yaml", 6)
    assert (await http.post("/sandbox/chat/1001/document")).status_code == 400
    described = await call("getFile", file_id=sent["file_id"])
    assert described["file_size"] == 6
    assert await post(http, "chat/1001/voices", refused=True) == {"refuses_voice": True}
    assert (await http.get("/sandbox/chat/1001")).json()["refuses_voice"] is True
    assert await post(http, "chat/1001/block", blocked=True) == {"blocked": True}
    updates = await call("getUpdates")
    assert updates[1]["message"]["reply_to_message"]["text"] == "/start"
    assert updates[2]["message"]["location"]["latitude"] == 52.5
    assert "my_chat_member" in updates[-1]
    assert updates[-2]["message"]["document"] == sent
    assert len(updates) == 9
    answer = await http.get(f"/sandbox/file/{photo['file_id']}")
    assert (answer.headers["content-type"], answer.content) == ("image/png", files["file"][1])
    assert (await http.get("/sandbox/file/nonsense")).status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        pytest.param("chat/1001/send", {"text": " "}, id="blank text"),
        pytest.param("chat/1001/location", {"latitude": "x"}, id="no location"),
        pytest.param("chat/1001/tap", {"message_id": 99, "data": "x"}, id="no such message"),
        pytest.param("chat/4711/send", {"text": "x"}, id="nobody"),
        pytest.param("clock", {"offset": "soon"}, id="no number"),
        pytest.param("clock", {"offset": 1e300}, id="beyond the calendar"),
        pytest.param("clock", {"offset": "nan"}, id="not a number"),
        pytest.param("people", {"first_name": ""}, id="no name"),
    ],
)
async def test_nonsense_is_refused(http: httpx.AsyncClient, path: str, body: Any) -> None:
    """What makes no sense is answered with a reason."""
    answer = await http.post(f"/sandbox/{path}", json=body)
    assert answer.status_code == 400
    assert answer.json()["reason"].startswith("Bad Request: ")


async def test_the_clock_is_moved(http: httpx.AsyncClient, tmp_path: Path) -> None:
    """The offset is set, advanced, shown and written to the file the bot reads."""
    assert (await post(http, "clock", offset=3600))["offset"] == pytest.approx(3600, abs=0.1)
    assert (await post(http, "clock", advance=60))["offset"] == pytest.approx(3660, abs=0.5)
    assert float((tmp_path / "clock").read_text()) == pytest.approx(3660, abs=0.5)
    shown = (await http.get("/sandbox/clock")).json()
    ahead = datetime.fromisoformat(shown["now"]) - datetime.now(UTC)
    assert ahead.total_seconds() == pytest.approx(3660, abs=2)


async def test_a_jump_goes_to_what_is_due(
    http: httpx.AsyncClient, telegram: TelegramServer, plans: list[datetime]
) -> None:
    """A jump lands on the next planned moment; without one, or once it has come, nothing moves."""
    answer = await http.post("/sandbox/jump")
    assert (answer.status_code, answer.json()) == (409, {"reason": "nothing is planned"})
    due = datetime.now(UTC) + timedelta(hours=20)
    plans.append(due)
    jumped = await post(http, "jump")
    assert datetime.fromisoformat(jumped["jumped_to"]) == due
    landed = telegram.world.clock.now()
    assert timedelta() <= landed - due < timedelta(seconds=2)
    again = await post(http, "jump")
    assert datetime.fromisoformat(again["now"]) - landed < timedelta(seconds=2)


async def test_a_fresh_start(http: httpx.AsyncClient, call: Call, telegram: TelegramServer) -> None:
    """A fresh start leaves one person, no message, no update; numbers are not used again."""
    await post(http, "people", first_name="Ben")
    before = await post(http, "chat/1001/send", text="/start")
    async with listening(http, 1001) as events:
        await post(http, "fresh")
        assert (await anext(events))[0] == "fresh"
    chat = (await http.get("/sandbox/chat/1001")).json()
    assert (chat["messages"], chat["menu"]) == ([], [])
    assert [each["id"] for each in (await http.get("/sandbox/people")).json()] == [1001]
    assert await call("getUpdates") == []
    refusal = await call("sendMessage", chat_id=1001, text="x")
    assert refusal == "Forbidden: bot can't initiate conversation with a user"
    after = await post(http, "chat/1001/send", text="/start")
    assert after["message_id"] > before["message_id"]


async def test_only_loopback_names_are_answered(http: httpx.AsyncClient) -> None:
    """Another host name that was led here, as a hostile site can do, is refused."""
    answer = await http.get("/sandbox/people", headers={"Host": "evil.example"})
    assert answer.status_code == 400


async def test_open_pages_do_not_hold_the_server_up(tmp_path: Path) -> None:
    """The server closes at once though a page listens and the bot polls."""
    server = TelegramServer(tmp_path / "other", FileClock(tmp_path / "clock"))
    await server.start()
    async with httpx.AsyncClient(base_url=server.url) as client, listening(client, 1001):
        poll = asyncio.create_task(
            client.get(f"/bot{server.token}/getUpdates?timeout=30", timeout=40)
        )
        await server.idle()
        await asyncio.wait_for(server.stop(), 3)
        assert (await poll).json() == {"ok": True, "result": []}
