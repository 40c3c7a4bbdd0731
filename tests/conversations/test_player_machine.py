"""Any sequence of taps, timers, crashes and questions leaves a row and a screen that agree."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from bot import app
from bot.callbacks import (
    Continue,
    StepDone,
    StepMore,
    StepPause,
    StepSkip,
    StepStop,
)
from bot.domain.player import Awaits
from sandbox.message import Message
from tests.conftest import PushedClock
from tests.conversations.machine import Chat
from tests.conversations.test_hands_free import NUMBER
from tests.stored import Row

QUESTIONS = ("why does my hip feel tight?", "how do I do the bridge", "purple elephants?")
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC")
OF_A_STEP = (StepDone, StepSkip, StepStop, StepPause, StepMore)


class Player(Chat):
    """One person with a phone that does anything, and a bot that may crash at any instant."""

    def __init__(self) -> None:
        super().__init__()
        self._patch = pytest.MonkeyPatch()
        self._seen: list[Message] = []  # with the buttons that they had
        self._crashes = 0
        self._patch.setattr(app, "GRACE", 0.0)  # a stop is as rude as a crash

    @initialize(hands_free=st.booleans(), routine=st.booleans())
    def begin(self, *, hands_free: bool, routine: bool) -> None:
        """Open the chat, choose a pace, start a routine or a breathing practice."""
        self.do(self._begin(hands_free=hands_free, routine=routine))

    async def _begin(self, *, hands_free: bool, routine: bool) -> None:
        await self.open(PushedClock())
        if hands_free:
            await self.ana.send("/pace")
            await self.house.settled()
            await self.ana.tap("Hands-free")
        await self.ana.send("/today" if routine else "/breathe box")
        await self.house.settled()

    @rule(pick=st.integers(0, 10_000), newest=st.booleans(), doubled=st.booleans())
    def tap(self, *, pick: int, newest: bool, doubled: bool) -> None:
        """Tap any button of the newest screen, or of any old message, once or twice."""
        self.do(self._tap(pick, newest=newest, doubled=doubled))

    async def _tap(self, pick: int, *, newest: bool, doubled: bool) -> None:
        shown = [message for message in self.ana.messages if message.buttons]
        buttons = [
            (message, data)
            for message in (shown[-1:] if newest else shown)
            for row in message.buttons
            for _, data in row
            if not data.startswith(("http", "del"))
        ]
        if buttons:
            message, data = buttons[pick % len(buttons)]
            for _ in range(2 if doubled else 1):
                await self.ana.tap("", on=message, data=data)
        await self.house.settled()

    @rule(pick=st.integers(0, 10_000))
    def tap_what_is_gone(self, *, pick: int) -> None:
        """Tap a button that the person saw once, on a second phone that still shows it."""
        old = [data for message in self._seen for row in message.buttons for _, data in row]
        of_steps = [data for data in old if any(each.parse(data) for each in OF_A_STEP)]
        if of_steps:
            self.do(self.ana.tap("", data=of_steps[pick % len(of_steps)]))
            self.do(self.house.settled())

    @rule()
    def wait_for_the_timer(self) -> None:
        """Let the time come at which the session goes on by itself."""
        if (deadline := self._row["deadline"]) is not None:
            self._move_to(datetime.fromisoformat(deadline).replace(tzinfo=UTC))

    @rule(seconds=st.integers(1, 1000))
    def wait(self, *, seconds: int) -> None:
        """Let some time pass."""
        self.house.clock.push(seconds=seconds)
        self.do(self.house.settled())

    @rule(question=st.sampled_from(QUESTIONS))
    def ask(self, *, question: str) -> None:
        """Ask something in the middle."""
        self.say(question)

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, *, zone: str) -> None:
        """Be in another zone all of a sudden."""
        self.say(f"/timezone {zone}")

    @rule()
    def today(self) -> None:
        """Ask for the routine, which may be under way."""
        self.say("/today")

    @rule(
        pick=st.integers(0, 10_000),
        milliseconds=st.integers(0, 40),
        timer=st.booleans(),
    )
    def crash(self, *, pick: int, milliseconds: int, timer: bool) -> None:
        """Stop the bot in the middle of a tap or of a timer's work, and start it again."""
        self.do(self._crash(pick, milliseconds / 1000, timer=timer))

    async def _crash(self, pick: int, seconds: float, *, timer: bool) -> None:
        shown = [message for message in self.ana.messages if message.buttons]
        buttons = [data for row in shown[-1].buttons for _, data in row] if shown else []
        deadline = self._row["deadline"]
        if timer and deadline:
            self.house.clock.set(max(self._moment(deadline), self.house.clock.now()))
        elif buttons and not buttons[pick % len(buttons)].startswith(("http", "del")):
            await self.ana.tap("", on=shown[-1], data=buttons[pick % len(buttons)])
        await asyncio.sleep(seconds)
        self._crashes += 1
        await self.house.stop()
        await self.house.start()
        await self.house.settled()

    @invariant()
    def agrees(self) -> None:
        """Hold the row against itself and against what the person sees."""
        if not self.opened:
            return
        self._seen = [*self._seen, *self.ana.messages][-60:]
        row = self._row
        assert row["owed_at"] is None, dict(row)
        live = [
            message
            for message in self.ana.messages
            for line in message.buttons
            for _, data in line
            if (done := StepDone.parse(data)) and done.session == row["id"]
        ]
        if row["state"] == "active":
            self._open(row, live)
        else:
            assert row["finished_at"] is not None
            assert row["deadline"] is None
            assert row["awaits"] is None

    def _open(self, row: Row, live: list[Message]) -> None:
        steps = row["steps"]
        assert 0 <= row["position"] < steps.count('"entry"')
        runs = row["pace"] == "hands_free" and row["awaits"] == Awaits.STEP
        assert (row["deadline"] is not None) == (row["awaits"] is not None), dict(row)
        if runs:
            assert self._moment(row["deadline"]) > self.house.clock.now()
        shown = next((one for one in self.ana.messages if one.id == row["message_id"]), None)
        assert shown is not None, self.ana.transcript()
        # A crash between a message and its note leaves a copy that the bot cannot know of.
        copies = [one.id for one in live if one.id != shown.id]
        assert len(copies) <= self._crashes, self.ana.transcript()
        assert all(copy < shown.id for copy in copies), self.ana.transcript()
        data = [data for line in shown.buttons for _, data in line]
        here = [
            found.position
            for each in OF_A_STEP
            for one in data
            if (found := each.parse(one)) and found.session == row["id"]
        ]
        assert set(here) <= {row["position"]}, self.ana.transcript()
        goes_on = any(Continue.parse(one) for one in data)
        step = NUMBER.match(shown.text)
        assert step or goes_on or "Still there" in shown.text, self.ana.transcript()

    @precondition(lambda self: self.opened)
    @rule()
    def rest(self) -> None:
        """Do nothing."""

    @property
    def _row(self) -> Row:
        with self.house.stored() as database:
            query = "select * from session order by state = 'active' desc, id desc limit 1"
            return database.row(query)

    def _moment(self, stored: str) -> datetime:
        return datetime.fromisoformat(stored).replace(tzinfo=UTC)

    def _move_to(self, moment: datetime) -> None:
        self.house.clock.set(max(moment, self.house.clock.now()))
        self.do(self.house.settled())

    def teardown(self) -> None:
        """Close the chat."""
        super().teardown()
        self._patch.undo()


TestPlayer = Player.TestCase
TestPlayer.settings = settings(
    max_examples=10,
    derandomize=True,  # the same stories each time; longer and other ones are for a soak
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
