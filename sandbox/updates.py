"""The queue of updates as getUpdates shows it: confirmed by offset, waited for, one reader."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from sandbox.errors import SECOND_POLLER, WEBHOOK_ACTIVE
from sandbox.store import FIRST_UPDATE, Json, Store

# What a bot is not sent unless it asks: the parameter allowed_updates of getUpdates. For chosen
# results Telegram wants BotFather's inline feedback too, off at first; asking stands for it here.
ON_REQUEST = frozenset(
    {"chat_member", "message_reaction", "message_reaction_count", "chosen_inline_result"}
)
MOST = 100
LONGEST_WAIT = 50.0  # LONG_POLL_MAX_TIMEOUT of the Bot API server


class Updates:
    """The updates that the bot has not confirmed, oldest first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._queue = store.shelf("update")
        self._settings = store.shelf("setting")
        self._reader: asyncio.Future[bool] | None = None

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def waiting(self) -> bool:
        """True while the bot waits for news and has been handed all there was."""
        return self._reader is not None and not self._queue

    @property
    def allowed(self) -> list[str]:
        """The kinds the bot last asked for; empty means all but those on request."""
        kinds: list[str] = self._settings.get("allowed_updates", [])
        return kinds

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Remember which kinds are wanted from now on; None keeps what was said before."""
        if kinds is not None and list(kinds) != self.allowed:
            self._settings["allowed_updates"] = list(kinds)

    @property
    def webhook(self) -> str:
        """The address that was set with setWebhook, or nothing."""
        url: str = self._settings.get("webhook", "")
        return url

    def set_webhook(self, url: str, drop: bool) -> None:
        """Remember the webhook's address; `drop` forgets the updates that wait."""
        self._settings["webhook"] = url
        if drop:
            self._queue.clear()

    def add(self, content: Json, *, forced: bool = False) -> int | None:
        """Queue an update and return its id, or None where the bot did not ask for its kind."""
        kind = next(iter(content), "")
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST
        if not wanted and not forced:
            return None
        number = self._store.count("update", FIRST_UPDATE)
        self._queue[str(number)] = {"update_id": number, **content}
        self._wake(True)
        return number

    async def get(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Return up to `limit` updates from `offset` on, waiting up to `seconds` for the first.

        An offset confirms all before it; a negative one keeps that many of the newest. Whoever
        waited before is sent away with a conflict, as only one may wait.
        """
        if self.webhook:
            raise WEBHOOK_ACTIVE
        self._confirm(offset)
        found = self._page(limit)
        if not found and seconds > 0:
            await self._news(min(seconds, LONGEST_WAIT))
            found = self._page(limit)
        return found

    def stop_waiting(self) -> None:
        """End the wait of the reader with an empty answer; the server is closing."""
        self._wake(True)

    async def _news(self, seconds: float) -> None:
        self._wake(False)
        mine = self._reader = asyncio.get_running_loop().create_future()
        try:
            if not await asyncio.wait_for(mine, seconds):
                raise SECOND_POLLER
        except TimeoutError:
            pass  # a long poll that found no news is answered with an empty list
        finally:
            if self._reader is mine:
                self._reader = None

    def _wake(self, served: bool) -> None:
        reader, self._reader = self._reader, None
        if reader is not None and not reader.done():
            reader.set_result(served)

    def _confirm(self, offset: int) -> None:
        numbers = [int(key) for key in self._queue]
        gone = (
            [number for number in numbers if number < offset] if offset >= 0 else numbers[:offset]
        )
        with self._store.together():
            for number in gone:
                del self._queue[str(number)]

    def _page(self, limit: int) -> list[Json]:
        return list(self._queue.values())[:limit]
