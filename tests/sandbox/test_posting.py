"""What the sandbox posts to a webhook ends with it, whatever went wrong in one chat."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sandbox.posting import Posting
from sandbox.store import Json, Store
from sandbox.updates import Hook, Updates

BROKEN, SLOW = 1, 2  # chats


async def test_one_error_leaves_no_other_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in one chat is raised when posting ends, after the others have ended."""
    ended, begun = list[int](), asyncio.Event()

    async def post(_: Posting, update: Json, _hook: Hook) -> None:
        if update["message"]["chat"]["id"] == BROKEN:
            raise ZeroDivisionError
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)  # as whoever closes a connection
            ended.append(SLOW)

    monkeypatch.setattr(Posting, "_post", post)
    updates = Updates(Store(tmp_path))
    updates.set_webhook(Hook("http://127.0.0.1:9"), drop=False)
    for chat in (BROKEN, SLOW):
        updates.add({"message": {"chat": {"id": chat}}})
    posting = asyncio.create_task(Posting(updates, lambda: 0).run())
    await begun.wait()
    posting.cancel()
    with pytest.raises(ZeroDivisionError):
        await posting
    assert ended == [SLOW]
