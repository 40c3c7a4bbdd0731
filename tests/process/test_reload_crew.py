"""/reload on a server: whoever gets it, every process reads its content anew, once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import monotonic

import pytest

from tests.process.runner import Runner, several

pytestmark = pytest.mark.server

OPERATOR = 1001
SOON = 15.0  # seconds, where much else is to do
LATER = 2.5  # seconds in which each would have looked again


def loaded(crew: list[Runner]) -> list[int]:
    """Return how often each process has taken content that it read anew."""
    return [one.log.read_text().count("content_loaded") for one in crew]


async def test_a_reload_reaches_all(tmp_path: Path) -> None:
    """Both of two read anew; one that starts later has no reason to; SIGHUP is for one alone."""
    async with several(tmp_path, 2) as crew:
        for one in crew:
            await one.kill()
            one.more = {"ADMIN_IDS": str(OPERATOR)}
            await one.start()
        operator = crew[0].telegram.person(OPERATOR, "Ana")
        await operator.send("/reload")
        await operator.sees("read anew", 30)
        until = monotonic() + SOON
        while loaded(crew) != [1, 1]:
            assert monotonic() < until, loaded(crew)
            await asyncio.sleep(0.1)
        await crew[1].kill()
        await crew[1].start()
        crew[0].hang_up()
        while loaded(crew) != [2, 1]:
            assert monotonic() < until + SOON, loaded(crew)
            await asyncio.sleep(0.1)
        await asyncio.sleep(LATER)
        assert loaded(crew) == [2, 1]
