"""The pace: never too many a second, replies first, bulk evenly and in order."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.outgoing.lanes import Lanes, Queue, Turn

# A busy machine is no fault of the rule.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
RATES = st.one_of(st.integers(1, 60).map(float), st.floats(0.2, 40.0))


@dataclass
class Road:
    """Plays a queue forward in a time of its own and writes down who went when."""

    queue: Queue
    now: float = 0.0
    gone: list[tuple[float, str]] = field(default_factory=list)

    def join(self, name: str, *, bulk: bool, chat: int = 1) -> Turn:
        """Put a message in its lane."""
        turn = Turn(chat, bulk, lambda: self.gone.append((self.now, name)))
        self.queue.join(turn)
        return turn

    def play(self, until: float) -> None:
        """Serve the queue whenever it asks to be, up to a moment."""
        while (again := self.queue.serve(self.now)) is not None and again <= until:
            assert again > self.now
            self.now = again
        self.now = max(self.now, until)

    def times(self, letter: str = "") -> list[float]:
        """Return when those whose name starts with a letter went."""
        return [at for at, name in self.gone if name.startswith(letter)]


JOINS = st.lists(
    st.tuples(
        st.floats(0, 3),  # seconds after the one before
        st.booleans(),
        st.integers(1, 25),  # how many join together
    ),
    max_size=25,
)


@PATIENT
@given(rate=RATES, joins=JOINS)
def test_never_too_many_in_a_second(rate: float, joins: list[tuple[float, bool, int]]) -> None:
    """However messages come in, no second sees more than the rate, and every one goes."""
    road = Road(Queue(rate))
    number = 0
    for wait, bulk, several in joins:
        road.play(road.now + wait)
        for _ in range(several):
            road.join(f"{'b' if bulk else 'r'}{number}", bulk=bulk)
            number += 1
    road.play(road.now + number * 6 + 1)
    times = road.times()
    assert len(times) == number
    allowed = max(1, int(rate))
    window = max(1.0, 1 / rate)
    for first, one_more in zip(times, times[allowed:], strict=False):
        assert one_more - first > window


@PATIENT
@given(rate=RATES, joins=JOINS)
def test_lanes_keep_their_order(rate: float, joins: list[tuple[float, bool, int]]) -> None:
    """Within a lane the first to come is the first to go."""
    road = Road(Queue(rate))
    number = 0
    for wait, bulk, several in joins:
        road.play(road.now + wait)
        for _ in range(several):
            road.join(f"{'b' if bulk else 'r'}{number:05}", bulk=bulk)
            number += 1
    road.play(road.now + number * 6 + 1)
    for lane in "br":
        names = [name for _, name in road.gone if name.startswith(lane)]
        assert names == sorted(names)


@PATIENT
@given(rate=st.integers(2, 60), moment=st.floats(0, 5))
def test_reply_waits_one_slot_at_most(rate: int, moment: float) -> None:
    """A reply that comes while bulk is going out overtakes all of it within a slot."""
    road = Road(Queue(float(rate)))
    for number in range(rate * 10):
        road.join(f"b{number}", bulk=True)
    road.play(moment)
    road.join("reply", bulk=False)
    road.play(moment + 3)
    assert road.times("r")[0] - moment <= road.queue.second / rate + 1e-9


def test_bulk_goes_evenly() -> None:
    """Bulk never bursts: each message keeps its distance to the one before."""
    road = Road(Queue(30.0))
    for number in range(60):
        road.join(f"b{number}", bulk=True)
    road.play(10)
    times = road.times("b")
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert min(gaps) > 1 / 30
    assert max(gaps) < 1.1 / 30


def test_replies_go_at_once() -> None:
    """A second's worth of replies needs no waiting."""
    road = Road(Queue(30.0))
    for number in range(31):
        road.join(f"r{number}", bulk=False)
    road.play(10)
    assert road.times("r")[:30] == [0.0] * 30
    assert road.times("r")[30] > 1.0


def test_flood_of_bulk_holds_bulk_alone() -> None:
    """After a 429 in bulk no bulk goes until its wait is over; replies go on."""
    road = Road(Queue(30.0))
    road.queue.hold(5, 4.0, bulk=True)
    road.join("b", bulk=True)
    road.join("r", bulk=False, chat=5)
    road.play(10)
    assert road.gone == [(0.0, "r"), (4.0, "b")]


def test_flood_of_a_reply_holds_its_chat() -> None:
    """After a 429 for a reply that chat and bulk wait; other chats go on, even behind it."""
    road = Road(Queue(30.0))
    road.queue.hold(5, 4.0, bulk=False)
    road.join("held", bulk=False, chat=5)
    road.join("free", bulk=False, chat=6)
    road.join("b", bulk=True)
    road.play(10)
    assert road.gone[0] == (0.0, "free")
    assert {name for at, name in road.gone if at >= 4.0} == {"held", "b"}


def test_longest_hold_counts() -> None:
    """A shorter wait told later does not cut a longer one."""
    road = Road(Queue(30.0))
    road.queue.hold(5, 4.0, bulk=False)
    road.queue.hold(5, 2.0, bulk=False)
    road.join("held", bulk=False, chat=5)
    road.play(10)
    assert road.times("h") == [4.0]


@pytest.mark.parametrize("bulk", [True, False], ids=["bulk", "reply"])
def test_who_left_takes_no_turn(bulk: bool) -> None:
    """A message nobody waits for any more takes no slot."""
    road = Road(Queue(1.0))
    road.join("first", bulk=bulk)
    road.play(0.5)
    road.join("gone", bulk=bulk).left = True
    road.join("last", bulk=bulk)
    road.play(1.5)
    assert [name for _, name in road.gone] == ["first", "last"]


async def test_lanes_in_real_time() -> None:
    """The awaited form keeps the pace by the machine's clock, replies first."""
    lanes, loop = Lanes(20.0), asyncio.get_running_loop()
    gone: list[tuple[str, float]] = []

    async def send(name: str, bulk: bool) -> None:
        await lanes.turn(1, bulk=bulk)
        gone.append((name, loop.time()))

    async with asyncio.TaskGroup() as group:
        for number in range(12):
            group.create_task(send(f"b{number}", True))
        await asyncio.sleep(0.12)
        group.create_task(send("reply", False))
    names = [name for name, _ in gone]
    assert names.index("reply") <= 4
    bulk = [at for name, at in gone if name != "reply"]
    assert all(after - before > 0.045 for before, after in itertools.pairwise(bulk))


async def test_cancelled_wait_leaves_the_lane() -> None:
    """Breaking off a wait lets the next one go in its place."""
    lanes = Lanes(1.0)
    await lanes.turn(1, bulk=False)
    waiting = asyncio.create_task(lanes.turn(1, bulk=False))
    await asyncio.sleep(0)
    waiting.cancel()
    started = asyncio.get_running_loop().time()
    await lanes.turn(1, bulk=False)
    assert asyncio.get_running_loop().time() - started < 1.2


async def test_hold_by_the_clock() -> None:
    """A hold counts from now by the injected clock."""
    now = 100.0
    lanes = Lanes(30.0, clock=lambda: now)
    await lanes.hold(1, 50.0, bulk=True)
    waiting = asyncio.create_task(lanes.turn(1, bulk=True))
    await asyncio.sleep(0.02)
    assert not waiting.done()
    now = 151.0
    await lanes.turn(2, bulk=False)  # any arrival makes the lanes look at the clock
    await asyncio.wait_for(waiting, 1)
