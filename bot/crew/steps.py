"""Sessions that go on by themselves, among several processes: the leader says whose time it is."""

from __future__ import annotations

from datetime import datetime

from bot.crew.jobs import STEP, Jobs, chat_lock
from bot.deps import Deps
from bot.jobs.playing import CHUNK
from bot.services import advancing


class Steps:
    """The leader's part: a job in the person's chat lets each session go on."""

    def __init__(self, deps: Deps, jobs: Jobs) -> None:
        self._deps = deps
        self._jobs = jobs
        self._said = set[int]()  # sessions that a job waits or runs for

    @property
    def idle(self) -> bool:
        """Return whether nothing is on its way, as far as was seen."""
        return not self._said

    async def earliest(self) -> datetime | None:
        """Return when the next session goes on, but for those that a job is for."""
        self._said = {int(job["session"]) for job in await self._jobs.open_jobs(STEP)}
        return await advancing.earliest(self._deps, self._said)

    async def run(self) -> None:
        """Say of every session whose time has come that it goes on."""
        for session, person in await advancing.due(self._deps, CHUNK, self._said):
            await self._jobs.say(STEP, lock=chat_lock(person), session=session)
            self._said.add(session)

    async def close(self) -> None:
        """Do nothing: whoever has a job ends it."""
