"""How long a person's own data takes after a year: /progress, /export, /delete; without sending."""

from __future__ import annotations

import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.lived import Lived
from bot.clock import SystemClock
from bot.deps import Deps
from bot.packs import read_content
from bot.pictures.draw import draw
from bot.pictures.paper import render_paper
from bot.reply import Picture
from bot.services import personal, progress
from bot.shelf import Reloaded, Shelf
from bot.texts import Texts
from bot.views import personal as personal_view
from bot.views import progress as progress_view
from content.loader import packaged
from db.opening import open_database

SESSIONS, DAYS = 2_000, 365
OTHERS = 40  # people who are stored beside, each with a tenth as much
TIMES = 7
FIRST = 1001


async def measure() -> list[str]:
    """Return the figures as lines."""
    with tempfile.TemporaryDirectory() as folder:
        database = await open_database(f"sqlite+aiosqlite:///{folder}/limber.db", _now())
        deps = Deps(database, SystemClock(), Shelf(read_content(packaged())), _nothing, _never)
        try:
            await _store(deps)
            gc.collect()
            gc.freeze()  # as the bot does at its start
            size = (Path(folder) / "limber.db").stat().st_size
            return [
                f"a person with {SESSIONS:,} sessions in {DAYS} days, beside {OTHERS} others"
                f" ({size / 1e6:.0f} MB); median of {TIMES}:",
                *await _figures(deps),
            ]
        finally:
            gc.unfreeze()
            await database.close()


def _now() -> datetime:
    return datetime.now(UTC)


def _nothing() -> None:
    """Wake nobody."""


async def _never() -> Reloaded:
    raise AssertionError("the content is not read anew")


async def _store(deps: Deps) -> None:
    for person in range(FIRST, FIRST + TIMES):
        async with deps.write() as session:
            await Lived(person, _now(), DAYS, SESSIONS).store(session, deps.catalogue)
    for other in range(OTHERS):
        async with deps.write() as session:
            lived = Lived(FIRST + TIMES + other, _now(), DAYS, SESSIONS // 10)
            await lived.store(session, deps.catalogue)


async def _figures(deps: Deps) -> list[str]:
    texts, people = deps.languages["en"], range(FIRST, FIRST + TIMES)
    drawings = [await _calendar(deps, person, texts) for person in people]

    async def shown(person: int) -> None:
        draw((await _calendar(deps, person, texts)).drawing)

    async def picture(person: int) -> None:
        draw(drawings[person - FIRST].drawing)

    async def taken(person: int) -> None:
        found = await personal.export(deps, person)
        assert found is not None
        *_, (_, page) = personal_view.exported(found, texts).documents
        assert not isinstance(page, bytes)
        render_paper(page)

    async def asked(person: int) -> None:
        assert await personal.held(deps, person) is not None

    async def gone(person: int) -> None:
        assert await personal.delete(deps, person)

    return [
        await _line("/progress, with its picture", shown, 150),
        await _line("the picture alone", picture, 100),
        await _line("/export, all three files", taken, 1_000),
        await _line("/delete, what would go", asked, 1_000),
        await _line("/delete, everything", gone, 1_000),
    ]


async def _calendar(deps: Deps, person: int, texts: Texts) -> Picture:
    reply = progress_view.progress(await progress.gather(deps, person), texts)
    assert reply.picture is not None
    return reply.picture


async def _line(name: str, work: Callable[[int], Awaitable[None]], most: int) -> str:
    """Measure a piece of work, once for each person."""
    took = []
    for person in range(FIRST, FIRST + TIMES):
        begun = time.perf_counter()
        await work(person)
        took.append(1000 * (time.perf_counter() - begun))
    median = statistics.median(took)
    verdict = "" if median < most else "  TOO SLOW"
    return f"  {name}: {median:.0f} ms, at most {max(took):.0f} (shall be under {most}){verdict}"


if __name__ == "__main__":
    print("\n".join(asyncio.run(measure())))
