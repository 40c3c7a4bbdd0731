"""A Bot API that only counts: it notes when each message arrives, and has some people tap."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import re
import sys
import time
from array import array
from collections import deque
from pathlib import Path

LATENCY = 0.03  # seconds from a call to its answer, as over the internet, unless said otherwise
THINK = 1.0  # seconds until somebody taps the reminder they got
ME = b'{"id":1,"is_bot":true,"first_name":"Limber","username":"limber_bot"}'
NO_WEBHOOK = b'{"url":"","has_custom_certificate":false,"pending_update_count":0}'
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
CHAT = re.compile(rb'"chat_id": ?"?(\d+)')
DATA = re.compile(r'callback_data\\": \\"(o[zn]:[^\\"]+)')
PACED = (b"sendmessage", b"editmessagetext", b"editmessagereplymarkup", b"sendphoto")


class Counter:
    """What came in, and the taps that go back."""

    def __init__(self, tap_every: int, latency: float = LATENCY) -> None:
        self.tap_every = tap_every
        self._latency = latency
        self.paced = array("d")  # arrivals of whatever counts against the rate
        self.received: dict[int, int] = {}
        self.answers: list[float] = []  # seconds from a tap to the edit that it brought
        self.unknown: dict[str, int] = {}
        self._tapped: dict[int, float] = {}
        self._updates: deque[str] = deque()
        self._poll: asyncio.Transport | None = None
        self._number = 0
        self.polls = 0

    def take(self, transport: asyncio.Transport, method: bytes, body: bytes) -> None:
        """Note one call and answer it."""
        now = time.monotonic()
        name = method.lower()
        if name == b"getupdates":
            self._hold(transport, body)
            return
        if name in PACED:
            self.paced.append(now)
        result: bytes = b"true"
        if name == b"sendmessage":
            self._number += 1
            chat = int(CHAT.search(body)[1])  # type: ignore[index]
            self.received[chat] = self.received.get(chat, 0) + 1
            result = b'{"message_id":%d,"date":0,"chat":{"id":%d,"type":"private"}}' % (
                self._number,
                chat,
            )
            if self.tap_every and self._number % self.tap_every == 0:
                self._tap_soon(chat, body)
        elif name == b"editmessagetext":
            chat = int(CHAT.search(body)[1])  # type: ignore[index]
            since = self._tapped.pop(chat, None)
            if since is not None:
                self.answers.append(now - since)
        elif name == b"getme":
            result = ME
        elif name == b"getwebhookinfo":
            result = NO_WEBHOOK
        elif name not in (b"answercallbackquery", b"editmessagereplymarkup"):
            self.unknown[name.decode()] = self.unknown.get(name.decode(), 0) + 1
        loop = asyncio.get_running_loop()
        loop.call_later(self._latency, _answer, transport, result)

    def _tap_soon(self, chat: int, body: bytes) -> None:
        found = DATA.findall(body.decode())
        number, loop = self._number, asyncio.get_running_loop()
        if found:
            data = found[number // self.tap_every % len(found)]
            loop.call_later(THINK, self._tap, chat, number, data)

    def _tap(self, chat: int, message: int, data: str) -> None:
        person = {"id": chat, "is_bot": False, "first_name": "P", "language_code": "en"}
        query = {
            "id": str(message),
            "from": person,
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": message,
                "date": 1,
                "chat": {"id": chat, "type": "private", "first_name": "P"},
                "text": "now",
            },
        }
        self._tapped[chat] = time.monotonic()
        self._updates.append(json.dumps({"update_id": message, "callback_query": query}))
        self._flush()

    def _hold(self, transport: asyncio.Transport, body: bytes) -> None:
        self._poll = transport
        self.polls += 1
        if self._updates or b'"timeout": "0"' in body or b'"timeout":"0"' in body:
            self._flush(force=True)

    def _flush(self, *, force: bool = False) -> None:
        if self._poll is not None and (self._updates or force):
            transport, self._poll = self._poll, None
            _answer(transport, f"[{','.join(self._updates)}]".encode())
            self._updates.clear()

    def report(self) -> dict[str, object]:
        """Return the figures."""
        return {
            "messages": sum(self.received.values()),
            "people": len(self.received),
            "twice": sum(number - 1 for number in self.received.values()),
            "paced": list(self.paced),
            "answers": self.answers,
            "unanswered": len(self._tapped),
            "unknown": self.unknown,
        }


def _answer(transport: asyncio.Transport, result: bytes) -> None:
    body = b'{"ok":true,"result":' + result + b"}"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    with contextlib.suppress(Exception):
        transport.write(head % len(body) + body)


class Connection(asyncio.Protocol):
    """One connection: requests come one after the other."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to answer."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take each request that is whole."""
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = self._read[:end]
            found = LENGTH.search(head)
            whole = end + 4 + (int(found[1]) if found else 0)
            if len(self._read) < whole:
                return
            body, self._read = self._read[end + 4 : whole], self._read[whole:]
            method = head.split(b" ", 2)[1].rsplit(b"/", 1)[1]
            self._counter.take(self._transport, method, body)  # type: ignore[arg-type]


async def serve(report: Path, tap_every: int, latency: float = LATENCY) -> None:
    """Serve until standard input ends, then write the report."""
    counter, loop = Counter(tap_every, latency), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(counter), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    gc.disable()
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip() == "count":
            print(len(counter.paced), len(counter.received), counter.polls, flush=True)
    report.write_text(json.dumps(counter.report()))


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), *map(float, sys.argv[3:])))
