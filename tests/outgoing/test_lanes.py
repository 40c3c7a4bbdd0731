"""The pace: never too many a second, replies first, bulk evenly and in order."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.outgoing.lanes import Lanes
from bot.outgoing.pace import CHAT_SECOND, OTHERS, Lane, Queue, Turn

# A busy machine is no fault of the rule.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
RATES = st.one_of(st.integers(1, 60).map(float), st.floats(0.2, 40.0))


@dataclass
class Road:
    """Plays a queue forward in a time of its own and writes down who went when."""

    queue: Queue
    now: float = 0.0
    gone: list[tuple[float, str]] = field(default_factory=list)
    chats: int = 1000

    def join(self, name: str, lane: Lane, chat: int | None = None) -> Turn:
        """Put a message in its lane, to a chat of its own unless one is named."""
        self.chats += 1
        to = self.chats if chat is None else chat
        turn = Turn(to, lane, lambda: self.gone.append((self.now, name)))
        self.queue.join(turn, self.now)
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
        st.sampled_from(Lane),
        st.integers(1, 25),  # how many join together
    ),
    max_size=25,
)


@PATIENT
@given(rate=RATES, joins=JOINS)
def test_never_too_many_in_a_second(rate: float, joins: list[tuple[float, Lane, int]]) -> None:
    """However messages come in, no second sees more than the rate, and every one goes."""
    road = Road(Queue(rate))
    number = 0
    for wait, lane, several in joins:
        road.play(road.now + wait)
        for _ in range(several):
            road.join(f"{'rbt'[lane]}{number}", lane)
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
def test_lanes_keep_their_order(rate: float, joins: list[tuple[float, Lane, int]]) -> None:
    """Within a lane the first to come is the first to go."""
    road = Road(Queue(rate))
    number = 0
    for wait, lane, several in joins:
        road.play(road.now + wait)
        for _ in range(several):
            road.join(f"{'rbt'[lane]}{number:05}", lane)
            number += 1
    road.play(road.now + number * 6 + 1)
    for letter in "rbt":
        names = [name for _, name in road.gone if name.startswith(letter)]
        assert names == sorted(names)


@PATIENT
@given(rate=st.integers(2, 60), moment=st.floats(0, 5))
def test_reply_waits_one_slot_at_most(rate: int, moment: float) -> None:
    """A reply that comes while bulk is going out overtakes all of it within a slot."""
    road = Road(Queue(float(rate)))
    for number in range(rate * 10):
        road.join(f"b{number}", Lane.BULK)
    road.play(moment)
    road.join("reply", Lane.REPLY)
    road.play(moment + 3)
    assert road.times("r")[0] - moment <= road.queue.step + 1e-9


@PATIENT
@given(rate=st.integers(5, 60), moments=st.lists(st.floats(0, 6), min_size=1, max_size=5))
def test_one_chat_leaves_room_for_others(rate: int, moments: list[float]) -> None:
    """However many replies one chat has waiting, another chat's goes at once; all go in order."""
    road = Road(Queue(float(rate)))
    for number in range(rate * 5):
        road.join(f"f{number:05}", Lane.REPLY, chat=1)
    joined: list[float] = []
    for number, moment in enumerate(sorted(moments)[: rate // OTHERS]):
        road.play(moment)
        joined.append(road.now)
        road.join(f"o{number}", Lane.REPLY)
    road.play(20)
    assert road.times("o") == pytest.approx(joined)
    flood = [name for _, name in road.gone if name.startswith("f")]
    assert flood == sorted(flood)
    assert len(flood) == rate * 5


def test_bulk_goes_evenly() -> None:
    """Bulk never bursts: each message keeps its distance to the one before."""
    road = Road(Queue(30.0))
    for number in range(60):
        road.join(f"b{number}", Lane.BULK)
    road.play(10)
    times = road.times("b")
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert min(gaps) > 1 / 30
    assert max(gaps) < 1.1 / 30


def test_replies_go_at_once() -> None:
    """A second's worth of replies needs no waiting."""
    road = Road(Queue(30.0))
    for number in range(31):
        road.join(f"r{number}", Lane.REPLY)
    road.play(10)
    assert road.times("r")[:30] == [0.0] * 30
    assert road.times("r")[30] > 1.0


def test_flood_of_bulk_holds_bulk_alone() -> None:
    """After a 429 in bulk no bulk goes until its wait is over; replies go on."""
    road = Road(Queue(30.0))
    road.queue.hold(5, 4.0, Lane.BULK)
    road.join("b", Lane.BULK)
    road.join("r", Lane.REPLY, chat=5)
    road.play(10)
    assert road.gone == [(0.0, "r"), (4.0, "b")]


def test_flood_of_a_reply_holds_its_chat() -> None:
    """After a 429 for a reply that chat and bulk wait; other chats go on, even behind it."""
    road = Road(Queue(30.0))
    road.queue.hold(5, 4.0, Lane.REPLY)
    road.join("held", Lane.REPLY, chat=5)
    road.join("free", Lane.REPLY, chat=6)
    road.join("b", Lane.BULK)
    road.play(10)
    assert road.gone[0] == (0.0, "free")
    assert {name for at, name in road.gone if at >= 4.0} == {"held", "b"}


def test_longest_hold_counts() -> None:
    """A shorter wait told later does not cut a longer one."""
    road = Road(Queue(30.0))
    road.queue.hold(5, 4.0, Lane.REPLY)
    road.queue.hold(5, 2.0, Lane.REPLY)
    road.join("held", Lane.REPLY, chat=5)
    road.play(10)
    assert road.times("h") == [4.0]


@given(
    rate=st.sampled_from([1.0, 7.0, 30.0, 1000.0]),
    seed=st.integers(0, 10**6),
    replies=st.integers(0, 5),
)
@settings(PATIENT, max_examples=15)
def test_late_timers_cost_no_rate(rate: float, seed: int, replies: int) -> None:
    """With timers that come late and stalls, at least 97 % of the rate goes, never more than it."""
    chance, road = Random(seed), Road(Queue(rate))
    seconds = max(20.0, 60 / rate)
    for number in range(int(rate * seconds * 1.1)):
        road.join(f"b{number}", Lane.BULK)
    while road.now < seconds:
        if chance.random() < replies / max(rate, 20):
            road.join("r", Lane.REPLY)
        again = road.queue.serve(road.now, most=8)
        assert again is not None
        stall = 0.02 if chance.random() < 1 / rate / 10 else 0.0
        road.now = max(again, road.now + 0.0001) + chance.random() * 0.0012 + stall
    gone = road.times()
    allowed = int(rate)
    assert all(b - a > 1.0 for a, b in zip(gone, gone[allowed:], strict=False))
    assert len(gone) >= 0.97 * rate * seconds


def test_tidying_waits_for_all_bulk() -> None:
    """Tidying goes at the pace of bulk, and only when no bulk waits any more, or is held."""
    road = Road(Queue(10.0))
    for number in range(5):
        road.join(f"t{number}", Lane.TIDY)
    for number in range(5):
        road.join(f"b{number}", Lane.BULK)
    road.play(0.25)
    road.queue.hold(1, 3.0, Lane.TIDY)
    road.play(10)
    assert [name[0] for _, name in road.gone] == list("bbbbbttttt")
    assert sum(at < 3 for at in road.times()) == 3


def test_one_chat_gets_bulk_once_a_second() -> None:
    """A second bulk message to one chat waits for a second, and the others go past it."""
    road = Road(Queue(30.0))
    road.join("b1", Lane.BULK, chat=5)
    road.join("b2", Lane.BULK, chat=5)
    road.join("b3", Lane.BULK, chat=6)
    road.join("t4", Lane.TIDY, chat=5)
    road.play(10)
    assert [name for _, name in road.gone] == ["b1", "b3", "b2", "t4"]
    times = {name: at for at, name in road.gone}
    assert times["b2"] - times["b1"] >= CHAT_SECOND <= times["t4"] - times["b2"]
    assert len(road.queue.had_bulk) <= 30


def test_no_credit_for_idle_time() -> None:
    """After a quiet while bulk starts at its pace: there is no double first second."""
    road = Road(Queue(30.0))
    road.join("b", Lane.BULK)
    road.play(100)
    for number in range(40):
        road.join(f"b{number}", Lane.BULK)
    road.play(200)
    gaps = [after - before for before, after in itertools.pairwise(road.times("b")[1:])]
    assert min(gaps) > 1 / 30


@pytest.mark.parametrize("lane", Lane)
def test_who_left_takes_no_turn(lane: Lane) -> None:
    """A message nobody waits for any more takes no slot."""
    road = Road(Queue(1.0))
    road.join("first", lane)
    road.play(0.5)
    road.join("gone", lane).left = True
    road.join("last", lane)
    road.play(1.5)
    assert [name for _, name in road.gone] == ["first", "last"]


async def test_lanes_in_real_time() -> None:
    """The awaited form keeps the pace by the machine's clock, replies first."""
    lanes, loop = Lanes(20.0), asyncio.get_running_loop()
    gone: list[tuple[str, float]] = []

    async def send(name: str, chat: int, lane: Lane) -> None:
        await lanes.turn(chat, lane)
        gone.append((name, loop.time()))

    async with asyncio.TaskGroup() as group:
        for number in range(12):
            group.create_task(send(f"b{number}", number, Lane.BULK))
        await asyncio.sleep(0.12)
        group.create_task(send("reply", 99, Lane.REPLY))
    names = [name for name, _ in gone]
    assert names.index("reply") <= 4
    bulk = [at for name, at in gone if name != "reply"]
    assert all(after - before > 0.045 for before, after in itertools.pairwise(bulk))


async def test_cancelled_wait_leaves_the_lane() -> None:
    """Breaking off a wait lets the next one go in its place."""
    lanes = Lanes(1.0)
    await lanes.turn(1, Lane.REPLY)
    waiting = asyncio.create_task(lanes.turn(1, Lane.REPLY))
    await asyncio.sleep(0)
    waiting.cancel()
    started = asyncio.get_running_loop().time()
    await lanes.turn(1, Lane.REPLY)
    assert asyncio.get_running_loop().time() - started < 1.2


async def test_hold_by_the_clock() -> None:
    """A hold counts from now by the injected clock."""
    now = 100.0
    lanes = Lanes(30.0, clock=lambda: now)
    await lanes.hold(1, 50.0, Lane.BULK)
    waiting = asyncio.create_task(lanes.turn(1, Lane.BULK))
    await asyncio.sleep(0.02)
    assert not waiting.done()
    now = 151.0
    await lanes.turn(2, Lane.REPLY)  # any arrival makes the lanes look at the clock
    await asyncio.wait_for(waiting, 1)
