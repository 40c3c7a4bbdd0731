"""Posts updates to the bot's webhook, as Telegram does: again with growing waits until taken.

What one chat does is posted in its order, chats side by side. Of self-signed certificates only
the one that came with setWebhook is believed.
"""

from __future__ import annotations

import asyncio
import json
import os
import ssl
from collections.abc import Callable
from http import HTTPStatus

import aiohttp

from sandbox.store import Json
from sandbox.updates import Hook, Updates

FIRST_WAIT = 1.0  # seconds until an update is posted again; doubled each time
LONGEST_WAIT = 60.0
PATIENCE = 30.0  # seconds that the webhook gets to answer
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class Posting:
    """Posts what waits in the queue while a webhook is set; `now` is the second of an error."""

    def __init__(
        self, updates: Updates, now: Callable[[], int], first_wait: float = FIRST_WAIT
    ) -> None:
        self._updates = updates
        self._now = now
        self._first_wait = first_wait
        self._posting: dict[int, asyncio.Task[None]] = {}  # by chat
        self._hook: Hook | None = None

    async def run(self) -> None:
        """Post until cancelled."""
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout) as self._http:
            try:
                while True:
                    self._updates.moved.clear()
                    if self._updates.hook is not self._hook:
                        await self._start_over()
                    self._begin()
                    await self._updates.moved.wait()
            finally:
                await self._break_off()

    async def _start_over(self) -> None:
        """Forget the waits: a webhook that is set anew is tried at once."""
        await self._break_off()
        self._hook = hook = self._updates.hook
        if hook is not None:
            self._slots = asyncio.Semaphore(hook.max_connections)
            self._trust = ssl.create_default_context(cadata=hook.certificate or None)

    def _begin(self) -> None:
        """Post the oldest update of each chat that is not being posted to."""
        if self._hook is None:
            return
        for update in self._updates.undelivered():
            chat = chat_of(update)
            if chat not in self._posting:
                self._posting[chat] = asyncio.create_task(self._deliver(chat, update, self._hook))

    async def _deliver(self, chat: int, update: Json, hook: Hook) -> None:
        wait = self._first_wait
        while (retry_after := await self._post(update, hook)) is not None:
            await asyncio.sleep(retry_after or wait)
            wait = min(2 * wait, LONGEST_WAIT)
        self._updates.delivered(update)
        del self._posting[chat]
        self._updates.moved.set()

    async def _post(self, update: Json, hook: Hook) -> float | None:
        """Post once; return None where it was taken, else the seconds that were asked for."""
        body = json.dumps(update, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        headers |= {SECRET: hook.secret} if hook.secret else {}
        try:
            async with (
                self._slots,
                self._http.post(
                    hook.url, data=body, headers=headers, allow_redirects=False, ssl=self._trust
                ) as response,
            ):
                if HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
                    return None
                told = f"Wrong response from the webhook: {response.status} {response.reason}"
                asked = response.headers.get("Retry-After", "")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            told, asked = words_of(error), ""
        self._updates.failed(self._now(), told)
        return float(asked) if asked.isdecimal() else 0.0

    async def _break_off(self) -> None:
        """End all posting; raise the first error only when nothing runs any more."""
        tasks = list(self._posting.values())
        self._posting.clear()
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended


def chat_of(update: Json) -> int:
    """Return the chat whose order an update keeps; 0 where it tells none."""
    for body in update.values():
        if isinstance(body, dict):
            message = body.get("message")
            places = (body, message) if isinstance(message, dict) else (body,)
            found = [place[key] for key in ("chat", "from") for place in places if key in place]
            if found and isinstance(found[0], dict) and isinstance(found[0].get("id"), int):
                return int(found[0]["id"])
    return 0


def words_of(error: Exception) -> str:
    """Return what getWebhookInfo says of a post that failed."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError):
        return f"SSL error {{{getattr(error, 'certificate_error', error)}}}"
    if isinstance(error, TimeoutError):
        return "Read timeout expired"
    if isinstance(error, OSError) and error.errno is not None and error.errno > 0:
        return os.strerror(error.errno)
    return "Connection closed"
