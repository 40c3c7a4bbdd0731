"""Limber itself: its request class, its inbox with an empty handler, its taps, its reminders."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, ContextTypes

from bench.peers import people
from bench.peers.outbox import NOTED, TEXT, ready, send_all
from bot import app, logs
from bot.clock import SystemClock
from bot.jobs import due
from bot.outgoing.request import AiohttpRequest
from bot.packs import read_content
from bot.services import noting
from bot.settings import read_settings

UNPACED = 100_000.0  # messages a second: what is measured is the work, not the pace
KEYS = '{"inline_keyboard": [[{"text": "Done", "callback_data": "d:1:1"}]]}'


class Pushed(SystemClock):
    """The machine's clock, pushed on by hours."""

    offset = timedelta()

    def now(self) -> datetime:
        """Return this moment, pushed on."""
        return datetime.now(UTC) + self.offset


class Rounds:
    """Counts what is through, and sees when a round of it is."""

    def __init__(self) -> None:
        self._each, self._through = int(os.environ["BENCH_EACH"]), 0

    def add(self, number: int = 1) -> bool:
        """Count; return whether that ends a round."""
        before, self._through = self._through, self._through + number
        return self._through // self._each > before // self._each


async def send_bare() -> None:
    """Send past the library, as reminders go out."""
    request = AiohttpRequest(in_flight=256)
    await request.initialize()
    url = f"{os.environ['BENCH_API']}/bot{os.environ['BENCH_TOKEN']}/sendMessage"

    async def one(chat: int, text: str) -> int:
        given = {"chat_id": chat, "text": text, "parse_mode": "HTML", "reply_markup": KEYS}
        return int((await request.call(url, given))["message_id"])

    ready()
    while line := await asyncio.to_thread(sys.stdin.readline):
        rows = [(0, number, TEXT) for number in range(1, int(line) + 1)]
        await send_all(rows, one, None, None)
        ready()


async def take_taps(way: str) -> None:
    """Take taps with the handlers there are, or with an empty one."""
    settings, rounds = read_settings(), Rounds()
    if way == "tap":
        catalogue = read_content(settings.content_dir).catalogue
        number = int(os.environ["BENCH_PEOPLE"])
        await people.store_at_first_step(settings.database_url, number, catalogue)
    limber = app.Limber(settings)
    await limber.start()

    async def empty(_: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        pass

    if way == "empty":
        limber.application.handlers.clear()
        limber.application.add_handler(CallbackQueryHandler(empty))
    inbox = limber.mode.inbox
    close = inbox._attempts.close

    async def counted(kept: Any) -> None:
        await close(kept)
        if rounds.add():
            ready()

    inbox._attempts.close = counted  # type: ignore[method-assign]
    await limber.run()


async def remind() -> None:
    """Let an hour's reminders be due each time a line comes."""
    rounds, clock, note = Rounds(), Pushed(), noting.note
    done = asyncio.Event()

    async def counted(deps: Any, notes: Sequence[noting.Note]) -> None:
        await note(deps, notes)
        if rounds.add(sum(isinstance(one, noting.Went) for one in notes)):
            done.set()

    noting.note = counted
    for module in (due, app):
        vars(module)["window"] = lambda _: NOTED
    settings = read_settings()
    number, each = int(os.environ["BENCH_PEOPLE"]), int(os.environ["BENCH_EACH"])
    await people.store_reminded(settings.database_url, number, each)
    limber = app.Limber(settings.model_copy(update={"send_rate": UNPACED}), clock)
    await limber.start()
    ready()
    while await asyncio.to_thread(sys.stdin.readline):
        done.clear()
        clock.offset += timedelta(hours=1)
        limber.deps.wake()
        await done.wait()
        ready()


async def main(way: str) -> None:
    """Do one of the ways until stopped; what is logged must not be taken for its word."""
    settings = read_settings()
    logs.configure(settings.log_level, settings.log_format, [])
    if way == "bare":
        await send_bare()
    elif way == "together":
        await remind()
    else:
        await take_taps(way)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
