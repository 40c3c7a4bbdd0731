"""A burst while something is wrong for a while: nothing is lost, and no tap counts twice.

Nothing comes twice either, but for messages of which the bot could not know that they arrived.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.process.burst import Burst
from tests.process.checks import check, doubles
from tests.process.runner import Nursery, beside_a_sandbox

PEOPLE = 6
SEED = 20261126
HOUR = 3600.0
HANGING = 12.0  # seconds: longer than the bot waits for an answer

Trouble = Callable[[Burst], Coroutine[Any, Any, None]]


async def locked(burst: Burst, seconds: float) -> None:
    """Another program holds the database's write lock."""
    await burst.first()

    def hold() -> sqlite3.Connection:
        connection = sqlite3.connect(
            burst.bot.database, timeout=30, isolation_level=None, check_same_thread=False
        )
        connection.execute("begin immediate")
        return connection

    with closing(await asyncio.to_thread(hold)) as connection:
        await asyncio.sleep(seconds)
        connection.execute("rollback")


async def full(burst: Burst, seconds: float) -> None:
    """The disk has no room."""
    await burst.first()
    burst.bot.fill_disk()
    await asyncio.sleep(seconds)
    burst.bot.make_room()


async def stepped(burst: Burst, hours: Sequence[int]) -> None:
    """The bot's clock is set wrong by hours and right again; then these hours pass."""
    await burst.first()
    for step in hours:
        burst.step(step * HOUR)
        await asyncio.sleep(0.3)
    # What the wrong clock put off comes when its hour has come.
    await asyncio.sleep(1)
    burst.step(HOUR)


async def faulty(burst: Burst, seconds: float, **fault: Any) -> None:
    """The Bot API misbehaves, for sends, taps and polls alike."""
    faults = burst.bot.telegram.faults
    for method in ("*", "getUpdates"):
        faults.next(method, times=None, **fault)
    await asyncio.sleep(seconds)
    faults.clear()


SHORT = {
    "locked": partial(locked, seconds=3),
    "disk full": partial(full, seconds=1),
    "clock forward and back": partial(stepped, hours=(1, -1)),
    "clock back and forward": partial(stepped, hours=(-1, 1)),
    "500": partial(faulty, seconds=1, status=500),
    "reset": partial(faulty, seconds=1, drop="before"),
    "reset after the effect": partial(faulty, seconds=1, drop="after"),
    "slow": partial(faulty, seconds=1, delay=1.0),
    "garbage": partial(faulty, seconds=1, garbage="before"),
    "garbage after the effect": partial(faulty, seconds=1, garbage="after"),
}
# All of them take about five minutes; a soak that must be shorter has shorter troubles.
SHARE = min(1.0, float(os.environ.get("SOAK_SECONDS") or "inf") / 600)
LONG = {
    "locked": partial(locked, seconds=33 * SHARE),
    "disk full": partial(full, seconds=8 * SHARE),
    "clock forward and back": partial(stepped, hours=(1, -1, 1, -1)),
    "clock back and forward": partial(stepped, hours=(-1, 1, -1, 1)),
    "500": partial(faulty, seconds=10 * SHARE, status=500),
    "reset": partial(faulty, seconds=10 * SHARE, drop="before"),
    "reset after the effect": partial(faulty, seconds=10 * SHARE, drop="after"),
    "hanging": partial(faulty, seconds=15 * SHARE, delay=HANGING),
    "hanging, then reset": partial(faulty, seconds=15 * SHARE, delay=HANGING, drop="before"),
    "garbage": partial(faulty, seconds=10 * SHARE, garbage="before"),
    "garbage after the effect": partial(faulty, seconds=10 * SHARE, garbage="after"),
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Path:
    """The files of a bot and a sandbox whose people are through with onboarding."""
    folder = tmp_path_factory.mktemp("prepared")

    async def prepare() -> None:
        async with beside_a_sandbox(folder, nursery) as bot:
            await Burst(bot, random.Random(SEED), PEOPLE).prepare()
            await bot.terminate()

    asyncio.run(prepare())
    return folder


@pytest.fixture
async def burst(tmp_path: Path, prepared: Path, nursery: Nursery) -> AsyncIterator[Burst]:
    """People who will be due in one minute."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    async with beside_a_sandbox(tmp_path, nursery) as bot:
        await bot.settled()
        yield Burst(bot, random.Random(SEED), PEOPLE)


@pytest.mark.parametrize("trouble", SHORT.values(), ids=SHORT)
async def test_trouble(burst: Burst, trouble: Trouble) -> None:
    """Under each trouble every reminder comes and every tap takes effect once."""
    await burst.day(partial(trouble, burst))
    check(burst)


@pytest.mark.soak
@pytest.mark.parametrize("kind", LONG)
async def test_trouble_for_longer(
    burst: Burst, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same where it lasts, with two quiet days after it."""
    await burst.day(partial(LONG[kind], burst))
    check(burst)
    for _ in range(2):
        await burst.day()
        check(burst)
    with capsys.disabled():
        print(f"\n{kind}: {burst.due} reminders, {doubles(burst)} doubled, lost 0")  # noqa: T201
