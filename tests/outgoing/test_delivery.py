"""What becomes of a call that fails: waited for, tried again, given back or told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from structlog.testing import capture_logs
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError, TimedOut

from bot.outgoing.delivery import Delivery
from bot.outgoing.faults import (
    Flooded,
    InDoubt,
    MaybeSent,
    NotSent,
    ServerFault,
    TryLater,
    Unreachable,
)
from bot.outgoing.pace import Lane

CHAT = 5


@dataclass
class Watch:
    """A pace that lets everybody go, a sleep that takes no time, and what they were asked."""

    now: float = 0.0
    turns: list[tuple[int, Lane]] = field(default_factory=list)
    holds: list[tuple[int, float, Lane]] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    async def turn(self, chat_id: int, lane: Lane) -> None:
        """Let go at once."""
        self.turns.append((chat_id, lane))

    async def hold(self, chat_id: int, seconds: float, lane: Lane) -> None:
        """Note the hold."""
        self.holds.append((chat_id, seconds, lane))

    async def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def watch() -> Watch:
    """Return a pace with no waiting."""
    return Watch()


@pytest.fixture
def delivery(watch: Watch) -> Delivery:
    """Return a delivery whose chance is always the same."""
    return Delivery(watch, sleep=watch.sleep, chance=lambda: 1.0, clock=lambda: watch.now)


@dataclass
class Play:
    """Raises its faults one call after the other, then returns "sent"."""

    faults: list[Exception]
    calls: int = 0

    async def __call__(self) -> str:
        """Play the next fault."""
        self.calls += 1
        if self.faults:
            raise self.faults.pop(0)
        return "sent"


PASSING: list[Callable[[], TelegramError]] = [
    lambda: NotSent("x"),
    lambda: ServerFault("x"),
    lambda: MaybeSent("x"),
    lambda: TimedOut(),
]
NAMES = ["not sent", "server fault", "maybe sent", "time-out"]


@pytest.mark.parametrize("fault", PASSING, ids=NAMES)
async def test_reply_is_tried_until_through(
    delivery: Delivery, watch: Watch, fault: Callable[[], TelegramError]
) -> None:
    """A reply goes again after growing waits up to half a minute, each time in its lane."""
    send = Play([fault() for _ in range(9)])
    assert await delivery.call(send, chat_id=CHAT) == "sent"
    assert watch.slept == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert watch.turns == [(CHAT, Lane.REPLY)] * 10


async def test_waits_differ_by_chance(watch: Watch) -> None:
    """Two callers do not come back in the same instant."""
    chances = iter([0.0, 0.5])
    delivery = Delivery(watch, sleep=watch.sleep, chance=lambda: next(chances))
    await delivery.call(Play([NotSent("x"), NotSent("x")]), chat_id=CHAT)
    assert watch.slept == [pytest.approx(0.4), pytest.approx(0.9)]


async def test_reply_waits_as_told(delivery: Delivery, watch: Watch) -> None:
    """A reply's 429 holds its chat for the time told, then the reply goes again."""
    send = Play([Flooded(7), RetryAfter(3)])
    assert await delivery.call(send, chat_id=CHAT) == "sent"
    assert watch.holds == [(CHAT, 7, Lane.REPLY), (CHAT, 3, Lane.REPLY)]
    assert watch.slept == []


async def test_bulk_waits_as_told(delivery: Delivery, watch: Watch) -> None:
    """A 429 in bulk holds the lane and gives the message back with the time told."""
    with pytest.raises(TryLater) as caught:
        await delivery.call(Play([Flooded(7)]), chat_id=CHAT, lane=Lane.BULK)
    assert caught.value.seconds == 7
    assert watch.holds == [(CHAT, 7, Lane.BULK)]


@pytest.mark.parametrize("fault", PASSING[:2], ids=NAMES[:2])
async def test_bulk_is_given_back(
    delivery: Delivery, watch: Watch, fault: Callable[[], TelegramError]
) -> None:
    """A bulk message that surely did not arrive is tried once and given back to its row."""
    send = Play([fault()])
    with pytest.raises(TryLater) as caught:
        await delivery.call(send, chat_id=CHAT, lane=Lane.BULK)
    assert send.calls == 1
    assert caught.value.seconds == 0.5
    assert watch.turns == [(CHAT, Lane.BULK)]


async def test_outage_grows_one_wait(delivery: Delivery, watch: Watch) -> None:
    """Many failures of one moment are one outage; only its lasting lets the wait grow."""

    async def fail() -> float:
        with pytest.raises(TryLater) as caught:
            await delivery.call(Play([NotSent("x")]), chat_id=CHAT, lane=Lane.BULK)
        return caught.value.seconds

    assert [await fail() for _ in range(3)] == [0.5, 0.5, 0.5]
    watch.now += 0.5
    assert [await fail() for _ in range(2)] == [1.0, 1.0]
    assert watch.holds == [(CHAT, 0.5, Lane.BULK), (CHAT, 1.0, Lane.BULK)]
    assert await delivery.call(Play([]), chat_id=CHAT, lane=Lane.BULK) == "sent"
    watch.now += 60
    assert await fail() == 0.5


@pytest.mark.parametrize("fault", PASSING[2:], ids=NAMES[2:])
async def test_bulk_that_may_have_arrived_is_told_apart(
    delivery: Delivery, fault: Callable[[], TelegramError]
) -> None:
    """A bulk message that may have arrived is tried once and given back as doubtful."""
    send = Play([fault()])
    with pytest.raises(InDoubt):
        await delivery.call(send, chat_id=CHAT, lane=Lane.BULK)
    assert send.calls == 1


@pytest.mark.parametrize("lane", Lane)
async def test_unchanged_is_success(delivery: Delivery, lane: Lane) -> None:
    """An edit that changes nothing has what it wanted."""
    refusal = BadRequest(
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    assert await delivery.call(Play([refusal]), chat_id=CHAT, lane=lane) is None


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(Forbidden("Forbidden: bot was blocked by the user"), id="blocked"),
        pytest.param(Forbidden("Forbidden: user is deactivated"), id="deactivated"),
        pytest.param(Forbidden("Forbidden: bot can't initiate conversation"), id="never started"),
        pytest.param(Forbidden("Forbidden: bot was kicked from the group chat"), id="kicked"),
        pytest.param(BadRequest("Bad Request: chat not found"), id="no chat"),
        pytest.param(BadRequest("Bad Request: CHAT_WRITE_FORBIDDEN"), id="muted"),
    ],
)
@pytest.mark.parametrize("lane", Lane)
async def test_nobody_there(delivery: Delivery, refusal: TelegramError, lane: Lane) -> None:
    """Whoever blocked the bot or is gone is told as such, with the chat."""
    with pytest.raises(Unreachable) as caught:
        await delivery.call(Play([refusal]), chat_id=CHAT, lane=lane)
    assert caught.value.chat_id == CHAT


@pytest.mark.parametrize("lane", Lane)
async def test_other_refusals_are_told(delivery: Delivery, lane: Lane) -> None:
    """A refusal that no waiting heals is raised as it is, at once."""
    send = Play([BadRequest("Bad Request: can't parse entities")])
    with pytest.raises(BadRequest, match="parse entities"):
        await delivery.call(send, chat_id=CHAT, lane=lane)
    assert send.calls == 1


@pytest.mark.parametrize(
    "words",
    [
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        "Bad Request: QUERY_ID_INVALID",
    ],
    ids=["too old", "invalid"],
)
async def test_old_query(delivery: Delivery, watch: Watch, words: str) -> None:
    """The answer to a query that grew too old is let go."""
    assert await delivery.answer(Play([BadRequest(words)])) is None
    assert watch.turns == []


async def test_answer_is_tried_again_unpaced(delivery: Delivery, watch: Watch) -> None:
    """The answer to a query waits in no lane and outlasts faults."""
    send = Play([NotSent("x"), Flooded(4), MaybeSent("x")])
    assert await delivery.answer(send) == "sent"
    assert watch.slept == [0.5, 4, 1.0]
    assert watch.turns == []


async def test_other_refusal_of_an_answer(delivery: Delivery) -> None:
    """Any other refusal of an answer is told."""
    with pytest.raises(BadRequest):
        await delivery.answer(Play([BadRequest("Bad Request: MESSAGE_TOO_LONG")]))


async def test_cancelled_while_waiting() -> None:
    """A stop ends the endless tries of a reply."""
    watch = Watch()
    delivery = Delivery(watch)
    call = asyncio.create_task(delivery.call(Play([NotSent("x")] * 99), chat_id=CHAT))
    await asyncio.sleep(0.01)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call


async def test_logs_carry_no_words(delivery: Delivery) -> None:
    """A fault's own words, which may quote a message, stay out of the log."""
    with capture_logs() as logs:
        await delivery.call(Play([ServerFault("secret words"), Flooded(1)]), chat_id=CHAT)
    assert [line["event"] for line in logs] == ["send_again", "rate_limited"]
    assert "secret" not in repr(logs)
