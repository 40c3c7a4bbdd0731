"""The Bot API that all peers talk to: answers at once, and hands out taps when it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import re
import sys
from collections import defaultdict
from typing import ClassVar

MOST = 100  # updates a poll
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"transfer-encoding: *chunked", re.IGNORECASE)
CALL = re.compile(rb"/bot(\d+):[^/]+/(\w+)")
CHAT = re.compile(rb'"chat_id": ?"?(\d+)|name="chat_id"(?:\r\n[^\r\n]+)*\r\n\r\n(\d+)')
OFFSET = re.compile(rb'"?offset"?[=:] ?"?(\d+)')
TIMEOUT = re.compile(rb'"?timeout"?[=:] ?"?(\d+)')
ME = b'{"id":1,"is_bot":true,"first_name":"Bench","username":"bench_bot"}'
NO_WEBHOOK = b'{"url":"","has_custom_certificate":false,"pending_update_count":0}'
ASKED = {b"getme": ME, b"getwebhookinfo": NO_WEBHOOK}
PHOTO = (
    b',"photo":[{"file_id":"photo","file_unique_id":"p","width":480,"height":480,"file_size":9}]'
)
MESSAGE = (
    b'{"message_id":%d,"date":1,"chat":{"id":%d,"type":"private","first_name":"P"}'
    b',"from":{"id":1,"is_bot":true,"first_name":"Bench","username":"bench_bot"}%b}'
)
SENDS = (b"send", b"editmessage")


class Bot:
    """What waits for one bot."""

    def __init__(self) -> None:
        self._updates: list[bytes] = []
        self._first = 1  # the id of the oldest that is not acknowledged
        self._poll: asyncio.Transport | None = None
        self._end: asyncio.TimerHandle | None = None  # of a poll that nothing came for

    def tap(self, first_chat: int, number: int) -> None:
        """Let so many people tap, each in a chat of their own."""
        ahead = self._first + len(self._updates)
        for place in range(number):
            self._updates.append(_tap(ahead + place, first_chat + place))
        self._answer()

    def poll(self, transport: asyncio.Transport, offset: int, seconds: int) -> None:
        """Answer a poll, at once where something waits."""
        del self._updates[: max(0, offset - self._first)]
        self._first = max(self._first, offset)
        if self._end is not None:
            self._end.cancel()
        self._poll = transport
        self._end = asyncio.get_running_loop().call_later(seconds, self._answer, True)
        self._answer()

    def _answer(self, over: bool = False) -> None:
        if self._poll is not None and (self._updates or over):
            answer(self._poll, b"[" + b",".join(self._updates[:MOST]) + b"]")
            self._poll = None


def _tap(number: int, chat: int) -> bytes:
    """Return somebody's tap on Done, below the first step of a session that has their number."""
    person = {"id": chat, "is_bot": False, "first_name": "P", "language_code": "en"}
    message = json.loads(MESSAGE % (7, chat, PHOTO))
    query = {"id": str(number), "from": person, "chat_instance": "1", "message": message}
    query["data"] = f"d:{chat}:0"
    return json.dumps({"update_id": number, "callback_query": query}).encode()


def answer(transport: asyncio.Transport, result: bytes) -> None:
    """Write one answer."""
    body = b'{"ok":true,"result":' + result + b"}"
    with contextlib.suppress(Exception):
        transport.write(HEAD % len(body) + body)


class Connection(asyncio.Protocol):
    """One connection: requests come one after the other."""

    bots: ClassVar[defaultdict[int, Bot]] = defaultdict(Bot)
    messages: ClassVar[int] = 0

    def __init__(self) -> None:
        self._read = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to answer."""
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Take each request that is whole."""
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._read[:end])
            whole = self._whole(head, end + 4)
            if whole < 0 or len(self._read) < whole:
                return
            body = bytes(self._read[end + 4 : whole])
            del self._read[:whole]
            self._take(head, body)

    def _whole(self, head: bytes, start: int) -> int:
        """Return where a request ends, -1 while that is not known."""
        if CHUNKED.search(head):
            end = self._read.find(b"0\r\n\r\n", start)
            return end + 5 if end >= 0 else -1
        found = LENGTH.search(head)
        return start + (int(found[1]) if found else 0)

    def _take(self, head: bytes, body: bytes) -> None:
        called = CALL.search(head)
        assert called is not None
        name = called[2].lower()
        if name == b"getupdates":
            asked = head.split(b"\r\n", 1)[0] + body
            offset, seconds = OFFSET.search(asked), TIMEOUT.search(asked)
            self.bots[int(called[1])].poll(
                self._transport,
                int(offset[1]) if offset else 0,
                int(seconds[1]) if seconds else 0,
            )
        elif name.startswith(SENDS):
            chat = CHAT.search(body)
            Connection.messages += 1
            photo = PHOTO if b"media" in name or b"photo" in name else b',"text":"one step"'
            number = int(chat[1] or chat[2]) if chat else 0
            answer(self._transport, MESSAGE % (self.messages, number, photo))
        else:
            answer(self._transport, ASKED.get(name, b"true"))


async def serve() -> None:
    """Serve until standard input ends; each line of it names a bot, its first chat, and how many.

    Prints the port first.
    """
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    gc.disable()
    while line := await asyncio.to_thread(sys.stdin.readline):
        bot, chat, number = map(int, line.split())
        Connection.bots[bot].tap(chat, number)


if __name__ == "__main__":
    asyncio.run(serve())
