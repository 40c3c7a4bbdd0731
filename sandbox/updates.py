"""The queue of updates as getUpdates shows it: confirmed by offset, waited for, one reader."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sandbox.errors import SECOND_POLLER, WEBHOOK_ACTIVE, WEBHOOK_SET, Refusal
from sandbox.store import FIRST_UPDATE, Json, Store

# What a bot is not sent unless it asks: the parameter allowed_updates of getUpdates. For chosen
# results Telegram wants BotFather's inline feedback too, off at first; asking stands for it here.
ON_REQUEST = frozenset(
    {"chat_member", "message_reaction", "message_reaction_count", "chosen_inline_result"}
)
MOST = 100
LONGEST_WAIT = 50.0  # LONG_POLL_MAX_TIMEOUT of the Bot API server


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook as setWebhook described it; `certificate` is PEM."""

    url: str
    secret: str = ""
    max_connections: int = 40
    certificate: str = ""


class Updates:
    """The updates that the bot has not confirmed, oldest first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._queue = store.shelf("update")
        self._settings = store.shelf("setting")
        self._reader: asyncio.Future[Refusal | None] | None = None
        kept = self._settings.get("hook")
        self.hook = Hook(**kept) if kept else None
        self.error: tuple[int, str] | None = None  # when a post failed last, and how
        self.moved = asyncio.Event()  # something for whoever posts to the webhook

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def waiting(self) -> bool:
        """True while the bot waits for news and has been handed all there was."""
        return (self._reader is not None or self.hook is not None) and not self._queue

    @property
    def allowed(self) -> list[str]:
        """The kinds the bot last asked for; empty means all but those on request."""
        kinds: list[str] = self._settings.get("allowed_updates", [])
        return kinds

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Remember which kinds are wanted from now on; None keeps what was said before."""
        if kinds is not None and list(kinds) != self.allowed:
            self._settings["allowed_updates"] = list(kinds)

    def set_webhook(self, hook: Hook | None, drop: bool) -> None:
        """Post updates there from now on, or nowhere; `drop` forgets those that wait."""
        self.hook, self.error = hook, None
        self._settings["hook"] = asdict(hook) if hook else None
        if drop:
            self._queue.clear()
        self._wake(WEBHOOK_SET if hook else None)
        self.moved.set()

    def undelivered(self) -> list[Json]:
        """Return what the webhook has not taken, oldest first."""
        return list(self._queue.values())

    def delivered(self, update: Json) -> None:
        """Forget an update that the webhook took."""
        self._queue.pop(str(update["update_id"]), None)

    def failed(self, at: int, words: str) -> None:
        """Remember why the webhook did not take an update."""
        self.error = at, words

    def add(self, content: Json, *, forced: bool = False) -> int | None:
        """Queue an update and return its id, or None where the bot did not ask for its kind."""
        kind = next(iter(content), "")
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST
        if not wanted and not forced:
            return None
        number = self._store.count("update", FIRST_UPDATE)
        self._queue[str(number)] = {"update_id": number, **content}
        self._wake(None)
        self.moved.set()
        return number

    async def get(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Return up to `limit` updates from `offset` on, waiting up to `seconds` for the first.

        An offset confirms all before it; a negative one keeps that many of the newest. Whoever
        waited before is sent away with a conflict, as only one may wait.
        """
        if self.hook is not None:
            raise WEBHOOK_ACTIVE
        self._confirm(offset)
        found = self._page(limit)
        if not found and seconds > 0:
            await self._news(min(seconds, LONGEST_WAIT))
            found = self._page(limit)
        return found

    def stop_waiting(self) -> None:
        """End the wait of the reader with an empty answer; the server is closing."""
        self._wake(None)

    async def _news(self, seconds: float) -> None:
        self._wake(SECOND_POLLER)
        mine = self._reader = asyncio.get_running_loop().create_future()
        try:
            if (refusal := await asyncio.wait_for(mine, seconds)) is not None:
                raise refusal
        except TimeoutError:
            pass  # a long poll that found no news is answered with an empty list
        finally:
            if self._reader is mine:
                self._reader = None

    def _wake(self, refusal: Refusal | None) -> None:
        reader, self._reader = self._reader, None
        if reader is not None and not reader.done():
            reader.set_result(refusal)

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
