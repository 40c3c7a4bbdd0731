"""Tells open pages and waiting tests that something happened in a chat."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

ALIVE = 15.0  # seconds between comments that keep an idle connection open


class Events:
    """Fans events out to the pages of one person, and pulses for whoever polls a condition."""

    def __init__(self) -> None:
        self._pages: defaultdict[int, set[asyncio.Queue[str | None]]] = defaultdict(set)
        self._pulse = asyncio.Event()
        self._closed = False

    def publish(self, person: int, kind: str, data: Any) -> None:
        """Send an event to the pages of one person."""
        line = f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
        for page in self._pages.get(person, ()):
            page.put_nowait(line)
        self.pulse()

    def watched(self) -> list[int]:
        """Return the people whose page is open."""
        return [person for person, pages in self._pages.items() if pages]

    def pulse(self) -> None:
        """Wake everyone in `changed`."""
        self._pulse.set()
        self._pulse = asyncio.Event()

    async def changed(self, seconds: float) -> None:
        """Return at the next change, or after that many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._pulse.wait(), seconds)

    async def stream(self, person: int) -> AsyncIterator[str]:
        """Yield the lines of a person's event stream until the server closes."""
        page: asyncio.Queue[str | None] = asyncio.Queue()
        self._pages[person].add(page)
        try:
            yield ": open\n\n"
            while not self._closed:
                try:
                    line = await asyncio.wait_for(page.get(), ALIVE)
                except TimeoutError:
                    line = ": alive\n\n"
                if line is None:
                    return
                yield line
        finally:
            self._pages[person].discard(page)

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        for pages in self._pages.values():
            for page in pages:
                page.put_nowait(None)
        self.pulse()
