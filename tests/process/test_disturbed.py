"""A burst while something is wrong for a while: nothing is lost, and no tap counts twice.

Nothing comes twice either, but for messages of which the bot could not know that they arrived.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests import databases
from tests.databases import ON_SERVER
from tests.process.burst import Burst
from tests.process.checks import check, doubles
from tests.process.runner import Nursery, beside_a_sandbox

PEOPLE = 6
SEED = 20261126
HOUR = 3600.0
HANGING = 12.0  # seconds: longer than the bot waits for an answer

Trouble = Callable[[Burst], Coroutine[Any, Any, None]]


async def locked(burst: Burst, seconds: float) -> None:
    """Another program lets nobody write."""
    await burst.first()
    with closing(await asyncio.to_thread(databases.hold_up, burst.bot.url)):
        await asyncio.sleep(seconds)


async def away(burst: Burst, seconds: float) -> None:
    """The server throws everybody out, and lets nobody in."""
    await burst.first()
    databases.shut(burst.bot.url)
    await asyncio.sleep(seconds)
    databases.reopen(burst.bot.url)


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


NO_PLACE, unplaced = ("server away", away) if ON_SERVER else ("disk full", full)
SHORT = {
    "locked": partial(locked, seconds=3),
    NO_PLACE: partial(unplaced, seconds=1),
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
    NO_PLACE: partial(unplaced, seconds=8 * SHARE),
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


class Prepared(NamedTuple):
    """What the tests begin with: the files of a sandbox, and a bot's database."""

    folder: Path
    url: str
    offset: float  # of its clock: preparing moves it on


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Iterator[Prepared]:
    """A bot and a sandbox whose people are through with onboarding."""
    folder = tmp_path_factory.mktemp("prepared")
    url = databases.new_url(folder)

    async def prepare() -> float:
        async with beside_a_sandbox(folder, nursery, url) as bot:
            burst = Burst(bot, random.Random(SEED), PEOPLE)
            await burst.prepare()
            await bot.terminate()
        return burst.offset

    yield Prepared(folder, url, asyncio.run(prepare()))
    databases.drop(url)


@pytest.fixture
async def burst(tmp_path: Path, prepared: Prepared, nursery: Nursery) -> AsyncIterator[Burst]:
    """People who will be due in one minute."""
    shutil.copytree(prepared.folder, tmp_path, dirs_exist_ok=True)
    url = databases.twin(prepared.url, tmp_path)
    async with beside_a_sandbox(tmp_path, nursery, url, prepared.offset) as bot:
        await bot.settled()
        found = Burst(bot, random.Random(SEED), PEOPLE)
        found.offset = prepared.offset
        yield found
    databases.drop(url)


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
