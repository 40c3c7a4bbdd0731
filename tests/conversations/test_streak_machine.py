"""No sequence of actions shows a streak longer than the days planned, or breaks one by clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from bot.callbacks import SayDay, SetDayEnd
from bot.domain.calendar import SAYABLE, Mark
from bot.domain.local_time import local_day
from bot.domain.person import Someone
from bot.domain.progress import Progress
from bot.domain.reminder import OccurrenceState
from bot.services import progress
from tests.conftest import PushedClock
from tests.conversations.machine import Chat
from tests.conversations.reminded import person_of, rows

ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago")
COMMANDS = ("/pause 2", "/pause", "/resume", "/schedule 07:30", "/schedule 21:00 mon wed fri")
WAITING = (OccurrenceState.SENT, OccurrenceState.STARTED, OccurrenceState.DUE)


class Habit(Chat):
    """One person who practises, travels, rests and corrects as they like."""

    def __init__(self) -> None:
        super().__init__()
        self._days: set[date] = set()  # that it was for them, wherever they were

    @initialize()
    def begin(self) -> None:
        """Come on the first of January, a Thursday."""
        self.do(self.open(PushedClock(datetime(2026, 1, 1, 6, tzinfo=UTC))))

    @rule(hours=st.integers(1, 30))
    def wait(self, *, hours: int) -> None:
        """Let time pass while the bot is there."""
        self._pass(hours)
        self.do(self.house.settled())

    @rule(days=st.integers(1, 4))
    def down(self, *, days: int) -> None:
        """Let time pass while the bot is not there: where nothing waited, nothing breaks."""
        waited = self.do(self._waits())
        before = self._progress.streak or 0
        self._look()
        self.do(self.house.stop())
        self._pass(days * 24)
        self.do(self.house.start())
        self.do(self.house.settled())
        assert waited or (self._progress.streak or 0) >= before, self._progress.weeks

    async def _waits(self) -> bool:
        """Return whether a reminder is out, or about to go out: unanswered, it breaks a streak."""
        return any(row.state in WAITING for row in await rows(self.house))

    @rule()
    def practise(self) -> None:
        """Do a whole routine."""
        self.do(self._practise())

    async def _practise(self) -> None:
        await self.ana.send("/today")
        await self.house.settled()
        for _ in range(16):
            done = [one for one in self.ana.messages if one.buttons][-1]
            label = next((word for word in ("Start over", "Done") if _has(done, word)), None)
            if label is None:
                return
            await self.ana.tap(label, on=done)
            await self.house.settled()

    @rule(word=st.sampled_from(("Not today", "Snooze 1 h", "Undo", "Ill", "No time")))
    def answer(self, *, word: str) -> None:
        """Answer a reminder, or take the last answer back."""
        found = [one for one in self.ana.messages if _has(one, word)]
        if found:
            self.do(self.ana.tap(word, on=found[-1]))
            self.do(self.house.settled())

    @rule(command=st.sampled_from(COMMANDS))
    def order(self, *, command: str) -> None:
        """Pause, resume, or plan otherwise."""
        self.say(command)

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, *, zone: str) -> None:
        """Be in another zone all of a sudden, maybe across the date line."""
        self.say(f"/timezone {zone}")
        self._look()

    @rule(hour=st.sampled_from((0, 3, 6)))
    def day_end(self, *, hour: int) -> None:
        """Let the day end at another hour."""
        self.do(self.ana.tap("", data=SetDayEnd(time(hour).strftime("%H%M")).pack()))
        self.do(self.house.settled())
        self._look()

    @rule(ago=st.integers(-1, 7), said=st.sampled_from((*SAYABLE, None)))
    def correct(self, *, ago: int, said: Mark | None) -> None:
        """Say what became of a day, which may be too long ago or still to come."""
        day = self._today - timedelta(days=ago)
        self.do(self.ana.tap("", data=SayDay(day, said).pack()))
        self.do(self.house.settled())

    @invariant()
    def is_honest(self) -> None:
        """Hold the streak against the days that there were to plan."""
        if self.opened:
            self._look()
            assert (self._progress.streak or 0) <= len(self._days)

    def _pass(self, hours: int) -> None:
        for _ in range(hours):
            self.house.clock.push(hours=1)
            self._days.add(self._today)

    def _look(self) -> None:
        """See where the person is now, and which day it is for them."""
        self._someone: Someone = self.do(person_of(self.house))
        self._days.add(self._today)

    @property
    def _today(self) -> date:
        now = self.house.clock.now()
        return local_day(now, self._someone.zone, self._someone.day_end)

    @property
    def _progress(self) -> Progress:
        assert self.house.limber is not None
        return self.do(progress.gather(self.house.limber.deps, self.ana.id))


def _has(message: Any, word: str) -> bool:
    return any(word in label for row in message.buttons for label, _ in row)


TestHabit = Habit.TestCase
TestHabit.settings = settings(
    max_examples=5,
    derandomize=True,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
